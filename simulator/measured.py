"""One replication's records, cut to the measured time and to what KPIs ask for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.plan import Plan
from engine.steps.base import Step
from engine.steps.entry import InboundContact
from engine.steps.people import HumanAgent
from simulator.records import Fate, Mark, Records, StaffingRecord
from simulator.world import exit_codes

Mask = NDArray[np.bool_]
Column = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds that some KPIs need; seconds."""

    service_level: float = 20.0
    short_abandon: float = 10.0


class Measured:
    """What KPIs read: columns of measured contacts and queue visits, as numpy arrays."""

    def __init__(self, plan: Plan, records: Records, thresholds: Thresholds) -> None:
        self.plan = plan
        self.records = records
        self.thresholds = thresholds

    # ---- contacts

    @cached_property
    def _counted(self) -> Mask:
        return np.asarray(self.records.contacts.column("marks") & Mark.MEASURED, bool)

    def contact(self, name: str) -> Column:
        """A column of the measured contacts."""
        return self.records.contacts.column(name)[self._counted]

    @cached_property
    def marks(self) -> Column:
        """The marks of the measured contacts."""
        return self.contact("marks")

    def marked(self, *marks: int) -> Mask:
        """Which measured contacts have all of these marks."""
        wanted = sum(marks)
        return np.asarray((self.marks & wanted) == wanted)

    # ---- customers, one element each: those whose first contact is measured

    @cached_property
    def _customers(self) -> Column:
        first = self.contact("number") == 1
        return np.unique(self.contact("customer")[first])

    @property
    def customers(self) -> int:
        """How many customers there are; each has one need."""
        return len(self._customers)

    @cached_property
    def of_customers(self) -> Mask:
        """Which measured contacts are theirs, not of those who first came in the warm-up."""
        return np.isin(self.contact("customer"), self._customers)

    def any_contact(self, which: Mask) -> Mask:
        """For each customer, whether any of the contacts `which` is theirs."""
        return np.isin(self._customers, self.contact("customer")[which])

    # ---- visits to queues

    @cached_property
    def _on_the_line(self) -> Mask:
        """Visits to queues in which the customer is present, those of the warm-up too."""
        live = self._indexes_of(HumanAgent) + self._indexes_of(InboundContact)
        return np.isin(self.records.queue.column("step"), live)

    @cached_property
    def _live(self) -> Mask:
        """Those of them that began in the measured time."""
        in_time = self.records.queue.column("joined") >= self.records.window[0]
        return np.asarray(self._on_the_line & in_time)

    def number_waiting(self) -> tuple[float, float]:
        """Seconds that all spent in queues within the measured time, and its length.

        Who joined in the warm-up and still waits counts from its end on.
        """
        begin, end = self.records.window
        queue, present = self.records.queue, self._on_the_line
        joined, waited = queue.column("joined")[present], queue.column("waited")[present]
        inside = np.minimum(joined + waited, end) - np.maximum(joined, begin)
        return math.fsum(np.maximum(inside, 0.0)), end - begin

    def _indexes_of(self, kind: type[Step]) -> list[int]:
        return [one.index for one in self.plan.steps if isinstance(one.step, kind)]

    def queued(self, name: str) -> Column:
        """A column of the visits to queues that began in the measured time.

        Callbacks and cases are work, but nobody is on the line: they are not among these.
        """
        return self.records.queue.column(name)[self._live]

    def work_waits(self, kind: type[Step]) -> Column:
        """How long work at the steps of this kind waited in the measured time; seconds."""
        queue = self.records.queue
        own = np.isin(queue.column("step"), self._indexes_of(kind))
        in_time = queue.column("joined") >= self.records.window[0]
        return queue.column("waited")[own & in_time]

    def exits_of(self, kind: type[Step], name: str) -> float:
        """How often measured contacts took the exit `name` of steps of this kind."""
        codes = exit_codes(self.plan)
        return float(
            sum(
                self.records.exits[codes[one.index] + one.exits.index(name)]
                for one in self.plan.steps
                if isinstance(one.step, kind) and name in one.exits
            )
        )

    @cached_property
    def fates(self) -> Column:
        """How those visits ended (`Fate`)."""
        return self.queued("fate")

    @cached_property
    def waits(self) -> Column:
        """How long those visits waited; seconds."""
        return self.queued("waited")

    @cached_property
    def answered(self) -> Mask:
        """Which visits were answered."""
        return np.asarray(self.fates == Fate.ANSWERED)

    @cached_property
    def abandoned(self) -> Mask:
        """Which visits were abandoned."""
        return np.asarray(self.fates == Fate.ABANDONED)

    @cached_property
    def offered(self) -> Mask:
        """Which visits were offered to agents: neither full nor closed."""
        return np.asarray((self.fates != Fate.FULL) & (self.fates != Fate.CLOSED))

    @cached_property
    def held(self) -> Mask:
        """Which offered visits waited on the line: those who took no callback instead."""
        return np.asarray(self.offered & (self.fates != Fate.CALLBACK))

    # ---- agents

    def in_window(self, starts: Column, durations: Column, end: float = np.inf) -> float:
        """Seconds of these spans after the warm-up and, if given, before `end`."""
        late = np.maximum(starts, self.records.window[0])
        return float(np.sum(np.maximum(np.minimum(starts + durations, end) - late, 0.0)))

    @cached_property
    def busy_seconds(self) -> float:
        """Agents' time spent on contacts, after-call work included."""
        return math.fsum(self._busy(team) for team in range(len(self.records.staffing)))

    def _work(self, team: int) -> tuple[Column, Column]:
        """Start and length of each piece of work of a team."""
        queue, spells = self.records.queue, self.records.spells
        own = (queue.column("team") == team) & (queue.column("in_pieces") == 0)
        starts = queue.column("joined")[own] + queue.column("waited")[own]
        durations = queue.column("talk")[own] + queue.column("wrap")[own]
        if not len(spells):
            return starts, durations
        of_team = spells.column("team") == team
        return (
            np.concatenate([starts, spells.column("start")[of_team]]),
            np.concatenate([durations, spells.column("seconds")[of_team]]),
        )

    def _busy(self, team: int) -> float:
        """Work that began within the period, also what is finished after the shift.

        Of a shift that goes on after the period only what lies within it. Else work in time
        that nobody measures, such as on the backlog of next morning, would count.
        """
        end = self.records.window[1]
        starts, durations = self._work(team)
        if self.records.staffing[team].agents[-1] > 0:
            return self.in_window(starts, durations, end)
        began = starts < end
        return self.in_window(starts[began], durations[began])

    @cached_property
    def idle_seconds(self) -> float:
        """Agents' time spent available, within the measured time."""
        return math.fsum(
            idle_time(staffing, *self._work(team), *self.records.window)
            for team, staffing in enumerate(self.records.staffing)
        )

    @property
    def paid_seconds(self) -> float:
        """Scheduled time of all teams, shrinkage included."""
        return math.fsum(staffing.paid_seconds for staffing in self.records.staffing)

    # ---- steps

    @cached_property
    def visits(self) -> NDArray[np.int64]:
        """For each step of the plan how often measured contacts left it."""
        codes = exit_codes(self.plan)
        return np.add.reduceat(self.records.exits, codes[:-1])

    @cached_property
    def cost(self) -> float:
        """Paid time of teams and the cost of every use of a step."""
        people = math.fsum(one.paid_seconds * one.cost_per_second for one in self.records.staffing)
        steps = math.fsum(
            getattr(planned.assumptions, "cost", 0.0) * int(visits)
            for planned, visits in zip(self.plan.steps, self.visits, strict=True)
        )
        return people + steps


def idle_time(
    staffing: StaffingRecord, starts: Column, durations: Column, begin: float, end: float
) -> float:
    """Seconds that scheduled agents of one team were available between two times.

    The area between the schedule and the number at work, where the schedule is above.
    """
    times = np.concatenate([staffing.times[:-1], starts, starts + durations])
    changes = np.concatenate(
        [
            np.diff(staffing.agents, prepend=0.0),
            np.full(len(starts), -1.0),
            np.full(len(starts), 1.0),
        ]
    )
    order = np.argsort(times, kind="stable")
    free = np.cumsum(changes[order])
    edges = np.clip(np.append(times[order], end), begin, end)
    return float(np.sum(np.maximum(free, 0.0) * np.diff(edges)))

"""One replication's records, cut to the measured time, and to a part of what happened.

KPIs are computed from a `Measured`. A part, such as a channel or an interval of the day, is one
too: then it counts the contacts, visits and agents' time of that part alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.plan import Plan
from engine.steps.base import Step
from engine.steps.entry import InboundContact
from engine.steps.people import HumanAgent
from simulator.agents_time import AgentTime
from simulator.counted_time import ALL_TIME, CountedTime
from simulator.histories import Histories, Rows
from simulator.records import Fate, Mark, Records
from simulator.selections import Column, Mask, Selection, Units
from simulator.world import exit_codes


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds that some KPIs need; seconds."""

    service_level: float = 20.0
    short_abandon: float = 10.0


@dataclass(frozen=True, slots=True)
class Part:
    """What belongs to a part of a run; None for everything.

    contacts, visits: which rows of the tables of contacts and of queues.  teams: indexes.
    time: which time counts, for contacts by when they began, for visits by when they joined,
    for agents' time by when it was.
    """

    contacts: Mask | None = None
    visits: Mask | None = None
    teams: Sequence[int] | None = None
    time: CountedTime = ALL_TIME


EVERYTHING: Final = Part()


class Measured:
    """What KPIs read: columns of measured contacts and queue visits, as numpy arrays."""

    def __init__(
        self,
        plan: Plan,
        records: Records,
        thresholds: Thresholds,
        part: Part = EVERYTHING,
        whole: Measured | None = None,
    ) -> None:
        """Measure a part; `whole`: everything, of which it is one."""
        self.plan = plan
        self.records = records
        self.thresholds = thresholds
        self._part = part
        self._whole = whole or self
        self._visits: dict[str, Column] = {}

    def part(self, part: Part) -> Measured:
        """The same for a part of everything."""
        return Measured(self.plan, self.records, self.thresholds, part, self._whole)

    # ---- contacts

    @cached_property
    def histories(self) -> Histories:
        """Which contacts belong to one issue and one customer."""
        return (
            self._whole.histories if self._whole is not self else Histories(self.records.contacts)
        )

    @cached_property
    def _counted(self) -> Mask:
        contacts, part = self.records.contacts, self._part
        counted = np.asarray(contacts.column("marks") & Mark.MEASURED, bool)
        counted &= part.time.contains(contacts.column("start"))
        return counted if part.contacts is None else counted & part.contacts

    @cached_property
    def _contacts(self) -> Selection:
        return Selection(self.records.contacts, np.flatnonzero(self._counted))

    def contact(self, name: str) -> Column:
        """A column of the measured contacts."""
        return self._contacts.contact(name)

    @property
    def marks(self) -> Column:
        """The marks of the measured contacts."""
        return self.contact("marks")

    def marked(self, *marks: int) -> Mask:
        """Which measured contacts have all of these marks."""
        return self._contacts.marked(*marks)

    @cached_property
    def number_in_issue(self) -> Column:
        """For each measured contact 1 if it is the first about its issue, 2 for the second."""
        return self.histories.number_in_issue[self._contacts.rows]

    @cached_property
    def has_later(self) -> Mask:
        """Which measured contacts are followed by another one about the same issue."""
        return self.histories.has_later[self._contacts.rows]

    def seconds_under_way(self) -> float:
        """How long all contacts were under way within the measured time.

        Those that began in the warm-up count from its end on.
        """
        contacts, own = self.records.contacts, self._part.contacts
        start, end = (contacts.column(name) for name in ("start", "end"))
        if own is not None:
            start, end = start[own], end[own]
        return math.fsum(self._passed(end) - self._passed(start))

    # ---- issues and customers, by the group of their first contact

    @cached_property
    def issues(self) -> Units:
        """All contacts of each customer about one need."""
        return Units(self.records.contacts, self.histories.issues, self._counted)

    @cached_property
    def customers(self) -> Units:
        """All contacts of each customer."""
        return Units(self.records.contacts, self.histories.customers, self._counted)

    @cached_property
    def issue_numbers(self) -> Column:
        """For each contact of `issues` 1 if it is the first about its issue, 2 for the second."""
        return self.histories.number_in_issue[self.issues.rows]

    # ---- visits to queues

    @cached_property
    def on_the_line(self) -> Mask:
        """Visits to queues in which the customer is present, those of the warm-up too."""
        live = self._indexes_of(HumanAgent) + self._indexes_of(InboundContact)
        return np.isin(self.records.queue.column("step"), live)

    @cached_property
    def _in_time(self) -> Mask:
        """Visits that began in the measured time and belong to the part."""
        joined, part = self.records.queue.column("joined"), self._part
        in_time = (joined >= self.records.window[0]) & part.time.contains(joined)
        return np.asarray(in_time if part.visits is None else in_time & part.visits)

    @cached_property
    def _live(self) -> Rows:
        return np.flatnonzero(self._whole.on_the_line & self._in_time)

    def seconds_waiting(self) -> float:
        """How long all waited in queues within the measured time.

        Who joined in the warm-up and still waits counts from its end on.
        """
        queue, present = self.records.queue, self._whole.on_the_line
        if self._part.visits is not None:
            present = present & self._part.visits
        joined, waited = queue.column("joined")[present], queue.column("waited")[present]
        return math.fsum(self._passed(joined + waited) - self._passed(joined))

    def _passed(self, times: Column) -> Column:
        """How much of the measured time has passed until each of these times; seconds."""
        return self._part.time.passed(np.clip(times, *self.records.window))

    @property
    def length(self) -> float:
        """Of the measured time, or of what of it belongs to the part; seconds."""
        begin, end = self._passed(np.array(self.records.window)).tolist()
        return float(end - begin)

    def _indexes_of(self, kind: type[Step]) -> list[int]:
        return [one.index for one in self.plan.steps if isinstance(one.step, kind)]

    def queued(self, name: str) -> Column:
        """A column of the visits to queues that began in the measured time.

        Callbacks and cases are work, but nobody is on the line: they are not among these.
        """
        if name not in self._visits:
            self._visits[name] = self.records.queue.column(name)[self._live]
        return self._visits[name]

    def work_waits(self, kind: type[Step]) -> Column:
        """How long work at the steps of this kind waited in the measured time; seconds."""
        queue = self.records.queue
        own = np.isin(queue.column("step"), self._indexes_of(kind))
        return queue.column("waited")[own & self._in_time]

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

    @cached_property
    def agents(self) -> AgentTime:
        """Agents' time, of all teams."""
        return AgentTime(self.plan, self.records) if self._whole is self else self._whole.agents

    def _of_teams(self, seconds: Callable[[int, CountedTime], float]) -> float:
        teams = self._part.teams
        chosen = range(len(self.records.staffing)) if teams is None else teams
        return math.fsum(seconds(team, self._part.time) for team in chosen)

    @cached_property
    def busy_seconds(self) -> float:
        """Agents' time spent on contacts, after-call work included."""
        return self._of_teams(self.agents.busy)

    @cached_property
    def idle_seconds(self) -> float:
        """Agents' time spent available, within the measured time."""
        return self._of_teams(self.agents.idle)

    @cached_property
    def present_seconds(self) -> float:
        """Time for which agents were there to take contacts: shrinkage and outages are off."""
        return self._of_teams(self.agents.present)

    @cached_property
    def paid_seconds(self) -> float:
        """Scheduled time, shrinkage included."""
        return self._of_teams(self.agents.paid)

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
        return people + self._cost_of_steps

    @cached_property
    def handling_cost(self) -> float:
        """Time of teams spent on contacts, and the cost of every use of a step."""
        people = math.fsum(
            self.agents.busy(team, ALL_TIME) * one.cost_per_second
            for team, one in enumerate(self.records.staffing)
        )
        return people + self._cost_of_steps

    @cached_property
    def _cost_of_steps(self) -> float:
        return math.fsum(
            getattr(planned.assumptions, "cost", 0.0) * int(visits)
            for planned, visits in zip(self.plan.steps, self.visits, strict=True)
        )

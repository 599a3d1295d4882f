"""A replication is simulated once, and its records are put together as a recording."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.plan import CLOSED, Plan
from engine.steps.finish import Exit
from engine.steps.people import Callback
from simulator.agents_time import AgentTime
from simulator.recording.columns import (
    STILL_THERE,
    UNFINISHED,
    Column,
    Contacts,
    Moves,
    Queueing,
    Recording,
    Teams,
)
from simulator.records import Fate, Mark, Records, Table
from simulator.replication import replicate
from simulator.splits import UNKNOWN, Split, groups, segment_attributes, segments
from simulator.world import exit_codes

_SOON = 1e-6
"""Two times that are nearer than this are one, so much may be lost by rounding."""


def record(plan: Plan, seed: int, replication: int, scenario: str | None = None) -> Recording:
    """Simulate one replication and keep who was where when.

    scenario: under which name the plan was made.  Raises what `replicate` does.
    """
    records = replicate(plan, seed, replication, record_visits=True)
    return _Recorded(plan, records).recording(seed, replication, scenario)


class _Recorded:
    """The records of a plan, each contact a row: also those that never ended."""

    def __init__(self, plan: Plan, records: Records) -> None:
        if records.visits is None:
            raise ValueError("the replication was run without recording visits")
        self._plan, self._records = plan, records
        self._visits = records.visits
        tables = (records.contacts, records.visits, records.queue)
        self._keys = np.unique(np.concatenate([_keys(table) for table in tables]))
        self._first_codes = exit_codes(plan)
        self._over = self._end_of_time()

    def recording(self, seed: int, replication: int, scenario: str | None) -> Recording:
        records, plan = self._records, self._plan
        contacts = self._contacts()
        moves = self._moves(contacts)
        return Recording(
            seed=seed,
            replication=replication,
            scenario=scenario,
            window=records.window,
            steps=tuple(one.id for one in plan.steps),
            exits=tuple(self._exits()),
            channels=self._channels,
            outcomes=self._outcomes,
            labels={
                name: tuple(groups(Split("segment", name), plan)) for name in contacts.segments
            },
            teams=tuple(one.team for one in records.staffing),
            contacts=contacts,
            moves=moves,
            queueing=self._queueing(moves),
            agents=self._agents(),
        )

    def _end_of_time(self) -> float:
        """When the last thing happened, or the journey's limit was over."""
        queue = self._records.queue
        ends = [self._records.contacts.column("end"), self._visits.column("left")]
        ends.append(queue.column("joined") + queue.column("waited"))
        last = max((float(one.max()) for one in ends if len(one)), default=0.0)
        return max(last, self._records.window[1])

    def _exits(self) -> list[tuple[int, str, int]]:
        return [
            (one.index, name, target)
            for one in self._plan.steps
            for name, target in zip(one.exits or ("",), one.targets or (CLOSED,), strict=True)
        ]

    # ---- contacts

    def _contacts(self) -> Contacts:
        table, count = self._records.contacts, len(self._keys)
        rows = self._rows(table)
        customer = (self._keys >> 8).astype(np.int32)
        start, end = np.full(count, np.inf), np.full(count, self._over)
        np.minimum.at(start, self._rows(self._visits), self._visits.column("entered"))
        start[rows], end[rows] = table.column("start"), table.column("end")
        measured = start >= self._records.window[0]
        measured[rows] = (table.column("marks") & Mark.MEASURED) != 0
        return Contacts(
            customer=customer,
            number=(self._keys & 255).astype(np.uint8),
            channel=self._channel(rows),
            outcome=self._outcome(rows),
            start=np.where(np.isfinite(start), start, self._over),
            end=end,
            measured=measured,
            segments={
                name: segments(Split("segment", name), self._plan, self._records)[customer].astype(
                    np.int16
                )
                for name in segment_attributes(self._plan.assumptions)
            },
        )

    def _channel(self, rows: NDArray[np.int64]) -> Column:
        """The channel on which each contact came in, told by its entry, else by its first step."""
        split = Split("channel")
        names = groups(split, self._plan)
        of_step = np.full(len(self._plan.steps), names.index(UNKNOWN), np.int16)
        for entry in self._plan.entries.values():
            channel = self._plan.steps[entry].step.contact_channel()
            of_step[entry] = names.index(UNKNOWN if channel is None else channel.value)
        channels = np.full(len(self._keys), names.index(UNKNOWN), np.int16)
        # The first move of each contact: written last, so that it stays.
        channels[self._rows(self._visits)[::-1]] = of_step[self._visits.column("step")[::-1]]
        channels[rows] = of_step[self._records.contacts.column("entry")]
        seen = set(np.unique(channels).tolist())
        self._channels = tuple(name for at, name in enumerate(names) if at in seen)
        number = np.zeros(len(names), np.int16)
        number[[at for at in range(len(names)) if at in seen]] = range(len(seen))
        return number[channels]

    def _outcome(self, rows: NDArray[np.int64]) -> Column:
        """By what each contact ended: an exit step's outcome, or the exit that leads nowhere."""
        names = [
            one.step.outcome if isinstance(one.step, Exit) else exit_name
            for one in self._plan.steps
            for exit_name in one.exits or ("",)
        ]
        codes = np.full(len(self._keys), -1, np.int64)
        codes[rows] = self._records.contacts.column("last_exit")
        taken = [code for code in np.unique(codes).tolist() if code >= 0]
        outcomes = list(dict.fromkeys(names[code] or UNFINISHED for code in taken))
        if UNFINISHED not in outcomes:
            outcomes.append(UNFINISHED)
        number = np.full(len(names) + 1, outcomes.index(UNFINISHED), np.int16)
        for code in taken:
            number[code] = outcomes.index(names[code] or UNFINISHED)
        self._outcomes = tuple(outcomes)
        return number[codes]

    # ---- moves

    def _moves(self, contacts: Contacts) -> Moves:
        visits = self._visits
        contact = self._rows(visits)
        step, code = visits.column("step"), visits.column("exit")
        entered, left = visits.column("entered"), visits.column("left")
        # Each contact's in the order in which they were written: so they happened.
        order = np.argsort(contact, kind="stable")
        last = order[np.flatnonzero(np.diff(contact[order], append=-1))]
        target = np.array([to for _, _, to in self._exits()], np.int64)
        begun = np.full(len(self._keys), -1, np.int64)
        begun[self._rows(self._records.contacts)] = self._records.contacts.column("entry")
        here, since = begun, contacts.start.copy()
        here[contact[last]], since[contact[last]] = target[code[last]], left[last]
        open_ = np.flatnonzero(self._is_open() & (here >= 0))
        together = [
            np.concatenate([contact, open_]),
            np.concatenate([step, here[open_]]),
            np.concatenate([code, np.full(len(open_), STILL_THERE)]),
            np.concatenate([entered, since[open_]]),
            np.concatenate([left, np.maximum(contacts.end[open_], since[open_])]),
        ]
        order = np.argsort(together[0], kind="stable")
        kinds = (np.int32, np.int32, np.int32, np.float64, np.float64)
        return Moves(*(one[order].astype(kind) for one, kind in zip(together, kinds, strict=True)))

    def _is_open(self) -> NDArray[np.bool_]:
        """Which contacts did not end by an exit."""
        table = self._records.contacts
        ended = np.zeros(len(self._keys), bool)
        ended[self._rows(table)] = table.column("last_exit") >= 0
        return ~ended

    # ---- people

    def _queueing(self, moves: Moves) -> Queueing:
        queue = self._records.queue
        order = np.argsort(queue.column("joined"), kind="stable")
        contact, step, fate = self._rows(queue), queue.column("step"), queue.column("fate")
        joined, waited = queue.column("joined"), queue.column("waited")
        begins = joined + waited
        ends = begins + queue.column("talk")
        # Of work in pieces the sum of talk is known, and when it was over from the move.
        tries = [one.index for one in self._plan.steps if isinstance(one.step, Callback)]
        pieces = (queue.column("in_pieces") == 1) & ~np.isin(step, tries)
        pieces &= fate == Fate.ANSWERED
        ends[pieces] = _left_of(moves, contact[pieces], step[pieces], begins[pieces])
        ends = np.where(fate == Fate.ANSWERED, np.maximum(ends, begins), begins)
        columns = (contact, step, joined, begins, ends, queue.column("team"), fate)
        kinds = (np.int32, np.int32, np.float64, np.float64, np.float64, np.int16, np.uint8)
        return Queueing(
            *(one[order].astype(kind) for one, kind in zip(columns, kinds, strict=True))
        )

    def _agents(self) -> Teams:
        staffing, time = self._records.staffing, AgentTime(self._plan, self._records)
        works = [time.works(team) for team in range(len(staffing))]
        return Teams(
            team=_numbered([len(one.times) - 1 for one in staffing]),
            time=_joined([one.times[:-1] for one in staffing]),
            agents=_joined([one.agents for one in staffing]),
            busy=_numbered([len(starts) for starts, _ in works]),
            begin=_joined([starts for starts, _ in works]),
            finish=_joined([starts + seconds for starts, seconds in works]),
        )

    def _rows(self, table: Table) -> NDArray[np.int64]:
        """For each row of the table the row of its contact."""
        return np.searchsorted(self._keys, _keys(table)).astype(np.int64)


def _keys(table: Table) -> NDArray[np.int64]:
    customer: NDArray[np.int64] = table.column("customer").astype(np.int64)
    keys: NDArray[np.int64] = customer << 8 | table.column("number")
    return keys


def _left_of(moves: Moves, contact: Column, step: Column, at: Column) -> Column:
    """When the contacts left the steps at which they were at these times; seconds."""
    count = len(moves.contact)
    contacts = np.concatenate([moves.contact, contact])
    times = np.concatenate([moves.entered, at + _SOON])
    steps = np.concatenate([moves.step, step])
    is_asked = np.arange(len(times)) >= count
    order = np.lexsort((is_asked, times, steps, contacts))
    # The last move before each question is the one that it is about.
    moved = np.maximum.accumulate(np.where(is_asked[order], -1, np.arange(len(order))))
    answers = np.empty(len(times))
    answers[order] = np.append(moves.left, np.zeros(len(at)))[order[moved]]
    return answers[count:]


def _joined(columns: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return np.concatenate([np.zeros(0), *columns])


def _numbered(lengths: list[int]) -> NDArray[Any]:
    return np.repeat(np.arange(len(lengths), dtype=np.int16), lengths)

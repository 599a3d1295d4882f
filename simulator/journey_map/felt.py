"""How customers felt at each visit: modelled satisfaction with what had happened so far.

The same formula and coefficients as the KPI “CSAT, modelled”. At the last visit of an issue all
has happened, and both say the same.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.steps.ai_agent import AIAgent
from engine.steps.base import Group, Step
from simulator.kpis.experience import At, in_touch, satisfied
from simulator.measured import Measured
from simulator.records import Mark, Table
from simulator.selections import Mask

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_NOBODY: Final = -1


class Visits:
    """The visits of all issues that say anything of satisfaction, in the order of each issue's.

    issue: number of each visit's issue.  issues: how many there are.  step, exit: indexes in the
    plan.  happened: for each coefficient how often that happened at the visit itself, but
    for “unresolved”: whether a contact has come to nothing, and none has met the need so far.
    decided: the visit at which a contact's need could have been met for the last time.
    unmet: it was that, and was not met.
    """

    def __init__(self, m: Measured) -> None:
        """Read what a replication recorded; it must have recorded visits."""
        table = m.records.visits
        if table is None:
            raise ValueError("the replication was run without recording visits")
        self._model = m.plan.assumptions.experience.satisfaction
        contact, issue = _whose(m, table)
        chosen = np.flatnonzero(issue != _NOBODY)
        # A contact's visits stand in the order in which they happened.
        rows = chosen[np.argsort(contact[chosen], kind="stable")]
        walk = _Walk(m, table, rows, contact[rows])
        self.issues = int(np.count_nonzero(in_touch(m)))
        order = np.lexsort((rows, table.column("left")[rows], issue[rows]))
        self.issue = issue[rows][order]
        self.step, self.exit = walk.step[order], walk.exit[order]
        self.is_first = np.diff(self.issue, prepend=_NOBODY) != 0
        self.happened = {name: values[order] for name, values in walk.happened.items()}
        self.decided, met = walk.is_decided[order], walk.is_met[order]
        self.unmet = self.decided & ~met
        came_to_nothing = self._so_far(self.unmet.astype(np.float64)) > 0
        is_met = self._so_far((self.decided & met).astype(np.float64)) > 0
        self.happened["unresolved"] = (came_to_nothing & ~is_met).astype(np.float64)
        self._satisfied: dict[At, Floats] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self.issue)

    def satisfied(self, at: At = "value") -> Floats:
        """The modelled probability of being satisfied, as each visit left the customer."""
        if at not in self._satisfied:
            counts = {
                name: values if name == "unresolved" else self._so_far(values)
                for name, values in self.happened.items()
            }
            counts["further_contact"] = counts["further_contact"] - 1.0
            self._satisfied[at] = satisfied(self._model, counts, at)
        return self._satisfied[at]

    @cached_property
    def changed(self) -> Floats:
        """By how much each visit changed the probability; the first begins with nothing wrong."""
        now = self.satisfied()
        none = {name: np.zeros(1) for name in self.happened}
        before = np.append(satisfied(self._model, none), now[:-1])[: len(now)]
        before[self.is_first] = satisfied(self._model, none)[0]
        return np.asarray(now - before)

    @cached_property
    def in_the_end(self) -> Floats:
        """For each visit, how its issue left the customer in the end."""
        return self.satisfied()[self.last_of(self.issue)]

    def last_of(self, groups: Ints) -> Ints:
        """For each visit the last one in the same of these groups, which cut each issue."""
        order = np.lexsort((np.arange(len(groups)), groups))
        ends = np.append(np.diff(groups[order]) != 0, True)[: len(groups)]
        last = order[ends]
        found = np.empty(len(groups), np.int64)
        found[order] = last[np.cumsum(ends) - ends]
        return found

    def _so_far(self, values: Floats) -> Floats:
        """Summed from the first visit of each issue on."""
        sums = np.cumsum(values)
        starts = np.flatnonzero(self.is_first)
        before = np.append(0.0, sums)[starts]
        return np.asarray(sums - np.repeat(before, np.diff(starts, append=len(values))))


class _Walk:
    """Visits in the order of each contact's: what happened at each."""

    def __init__(self, m: Measured, table: Table, rows: Ints, contact: Ints) -> None:
        self.step = table.column("step")[rows].astype(np.int64)
        self.exit = table.column("exit")[rows].astype(np.int64)
        self._first = np.diff(contact, prepend=_NOBODY) != 0
        marks = table.column("marks")[rows].astype(np.int64)
        again = self._new(table.column("asked_again")[rows].astype(np.float64))
        told_first = self._new((table.column("asked_again")[rows] > 0).astype(np.float64))
        self.happened: dict[str, Floats] = {
            "further_contact": self._first.astype(np.float64),
            "transfer": self._new((marks & Mark.TRANSFERRED > 0).astype(np.float64)),
            "switch_without_context": told_first * (marks & Mark.SWITCHED > 0),
            "told_again": again,
            "minute_waited": self._new(table.column("waited")[rows]) / 60.0,
            "misrecognised": self._new((marks & Mark.MISRECOGNISED > 0).astype(np.float64)),
        }
        self.is_met = m.records.contacts.column("marks")[contact] & Mark.RESOLVED > 0
        self.is_decided = np.zeros(len(rows), bool)
        self.is_decided[self._decided([one.step for one in m.plan.steps])] = True

    def _new(self, so_far: Floats) -> Floats:
        """What of a contact's sum so far came at each visit."""
        before = np.append(0.0, so_far[:-1])[: len(so_far)]
        return np.asarray(so_far - np.where(self._first, 0.0, before))

    def _decided(self, steps: list[Step]) -> Ints:
        """For each contact the last visit at which its need could have been met.

        People and AI agents meet needs; where there was none of them, the last step that is
        more than an end.
        """
        can_meet = np.array(
            [one.group is Group.PEOPLE or isinstance(one, AIAgent) for one in steps]
        )
        is_end = np.array([one.group is Group.FINISH for one in steps])
        found = self._last_where(can_meet[self.step])
        found = np.where(found < 0, self._last_where(~is_end[self.step]), found)
        return np.where(found < 0, self._last_where(np.ones(len(self.step), bool)), found)

    def _last_where(self, which: Mask) -> Ints:
        starts = np.flatnonzero(self._first)
        if not len(starts):
            return np.zeros(0, np.int64)
        return np.maximum.reduceat(np.where(which, np.arange(len(which)), _NOBODY), starts)


def _whose(m: Measured, table: Table) -> tuple[Ints, Ints]:
    """For each recorded visit the row of its contact and the number of its issue, or -1."""
    issues, which = m.issues, in_touch(m)
    numbers = np.where(which, np.cumsum(which) - 1, _NOBODY)
    of_contact = np.full(len(m.records.contacts) + 1, _NOBODY, np.int64)
    of_contact[issues.rows] = issues.spread(numbers)
    contact = m.histories.rows_of(table.column("customer"), table.column("number"))
    return contact, of_contact[contact]

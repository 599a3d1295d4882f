"""How far contacts and customers come, and where they drop off.

It needs every visit to steps, so it is made from the replications in which those are recorded.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.estimates import mean_measure, ratio_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import group
from simulator.records import Mark, Table

_CONTACTS, _CUSTOMERS, _RESOLVED, _DROPPED = range(4)
_NEVER: Final = -1


def _gather(seen: Seen) -> Gathered:
    records, milestones = seen.measured.records, seen.frame.milestones
    if records.visits is None or not milestones:
        return {}
    contacts = records.contacts
    rows, places = _reached(seen, records.visits)
    measured = (contacts.column("marks") & Mark.MEASURED) > 0
    counted = measured[rows]
    rows, places = rows[counted], places[counted]
    furthest = np.full(len(contacts), _NEVER, np.int64)
    np.maximum.at(furthest, rows, places)
    resolved = (contacts.column("marks") & Mark.RESOLVED) > 0
    most = len(milestones)
    ended = [furthest[measured & kind] for kind in (resolved, ~resolved)]
    return {
        "reached": np.stack(
            [
                _distinct(rows, places, most),
                _distinct(contacts.column("customer")[rows], places, most),
                *(np.bincount(one[one >= 0], minlength=most) for one in ended),
            ]
        )
    }


def _reached(seen: Seen, visits: Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The contact's row and the milestone of every visit to one."""
    place_of = np.full(len(seen.frame.plan.steps), _NEVER, np.int64)
    for place, one in enumerate(seen.frame.milestones):
        place_of[list(one.steps)] = place
    places = place_of[visits.column("step")]
    known = places >= 0
    who = visits.column("customer")[known], visits.column("number")[known]
    rows = seen.measured.histories.rows_of(*who)
    has_ended = rows >= 0
    return rows[has_ended], places[known][has_ended]


def _distinct(who: NDArray[np.int64], places: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """How many of them have reached each place, however often."""
    pairs = np.unique(who.astype(np.int64) * most + places)
    return np.bincount(pairs % most, minlength=most)


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    rows = stacked(one["reached"] for one in told.found)
    groups = []
    for place, one in enumerate(told.frame.milestones):
        contacts, dropped = rows[:, _CONTACTS, place], rows[:, _DROPPED, place]
        first = told.frame.plan.steps[one.steps[0]].id
        measures = {
            "contacts": mean_measure(contacts, "count", told.level),
            "customers": mean_measure(rows[:, _CUSTOMERS, place], "count", told.level),
            "resolved": mean_measure(rows[:, _RESOLVED, place], "count", told.level),
            "dropped": mean_measure(dropped, "count", told.level),
            "dropped_share": ratio_measure(dropped, contacts, "share", told.level),
        }
        key = "stage" if one.is_stage else "step"
        groups.append(group({key: one.id}, one.name, first, measures))
    return None, groups, 0


CHART: Final = Chart(
    "funnel",
    "Funnel",
    "contacts and customers that came to each stage (without stages: to each main step); "
    "resolved and dropped: contacts that came no further and ended so",
    50,
    _gather,
    _tell,
)

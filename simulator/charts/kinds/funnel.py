"""How far contacts and customers come, and where they drop off.

It needs every visit to steps, so it is made from the replications in which those are recorded.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.bars import Bar, Piece, bounds_of, draw_bars, longest_name, swatch
from simulator.charts.estimates import mean_measure, ratio_measure, stacked
from simulator.charts.marks import Choice
from simulator.charts.marks import Mark as DrawnMark
from simulator.charts.paper import Paper
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import group
from simulator.charts.words import amount_text, share_text
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


def _draw(paper: Paper, told: Plain, choice: str) -> list[DrawnMark]:
    groups, what = told["groups"], choice or "contacts"
    first = max((one["measures"][what]["value"] for one in groups), default=0.0) or 1.0
    bars = [_bar(one, what, first) for one in groups]
    [axes] = paper.axes(left=longest_name(bars))
    marks = draw_bars(paper, axes, bars, most=max(bar.end for bar in bars) * 1.4)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    if what == "contacts":
        names = ["Went on", "Resolved here", "Dropped off here"]
        paper.legend([swatch(paper, style) for style in (0, 2, 1)], names)
    count = told["replications"]
    paper.small_print(
        f"{what.capitalize()} that came there, a replication",
        f"{count:,} replication{'s' if count > 1 else ''} in which every visit was recorded",
        "" if count < 2 else "whiskers: 95 % interval",
    )
    return marks


def _choices(_told: Plain) -> list[Choice]:
    return [Choice("contacts", "Contacts"), Choice("customers", "Customers")]


def _bar(one: Plain, what: str, first: float) -> Bar:
    measures, step = one["measures"], one["step"]
    reached = measures[what]["value"]
    bounds = bounds_of(measures[what])
    note = f"{amount_text(reached)} · {share_text(reached / first)}"
    said = f"{one['name']}: {amount_text(reached)} {what} came there"
    if what != "contacts":
        return Bar(one["name"], [Piece(reached, said, step)], note, bounds)
    resolved, dropped = measures["resolved"]["value"], measures["dropped"]["value"]
    on, share = max(0.0, reached - resolved - dropped), measures["dropped_share"]["value"]
    pieces = [
        Piece(on, f"{said}, {amount_text(on)} went on", step, 0),
        Piece(resolved, f"{said}, {amount_text(resolved)} were resolved here", step, 2),
        Piece(dropped, f"{said}, {amount_text(dropped)} dropped off here", step, 1),
    ]
    if dropped:
        note += f" · {share_text(share)} dropped"
    return Bar(one["name"], [piece for piece in pieces if piece.value], note, bounds)


CHART: Final = Chart(
    "funnel",
    "Funnel",
    "contacts and customers that came to each stage (without stages: to each main step); "
    "resolved and dropped: contacts that came no further and ended so",
    50,
    _gather,
    _tell,
    _choices,
    _draw,
)

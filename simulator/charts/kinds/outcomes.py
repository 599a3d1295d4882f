"""How contacts end, by the channel on which they came in and by segments of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.short_english import words
from simulator.charts.bars import Bar, Piece, draw_bars, longest_name, swatch
from simulator.charts.estimates import Numbers, mean_measure, ratio_measure, stacked
from simulator.charts.marks import Choice, Mark
from simulator.charts.paper import Paper, named
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import group
from simulator.charts.words import amount_text, share_text

CHANNEL: Final = "channel"


def _gather(seen: Seen) -> Gathered:
    frame, records = seen.frame, seen.measured.records
    customers = seen.measured.contact("customer")
    found = {CHANNEL: _counts(seen, seen.channel, len(frame.channels))}
    for one in frame.segmentations:
        own = one.of_customers(records)[customers]
        found[f"segment={one.attribute}"] = _counts(seen, own, len(one.labels))
    return found


def _counts(seen: Seen, parts: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """How many contacts of each part (a row) ended with each outcome."""
    outcomes = len(seen.frame.outcomes)
    counts = np.bincount(parts * outcomes + seen.outcome, minlength=most * outcomes)
    return counts.reshape(most, outcomes)


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    frame = told.frame
    parts: dict[str, Sequence[str]] = {CHANNEL: frame.channels}
    parts |= {f"segment={one.attribute}": one.labels for one in frame.segmentations}
    groups = []
    for by, labels in parts.items():
        rows = stacked(one[by] for one in told.found)
        for number, label in enumerate(labels):
            groups += _of_part(told, by, label, rows[:, number])
    return None, groups, 0


def _of_part(told: Told, by: str, label: str, rows: Numbers) -> list[Plain]:
    """A group for each outcome that contacts of a part have; rows: (replication, outcome)."""
    groups = []
    for number, outcome in enumerate(told.frame.outcomes):
        if not rows[:, number].any():
            continue
        measures = {
            "contacts": mean_measure(rows[:, number], "count", told.level),
            "share": ratio_measure(rows[:, number], rows.sum(axis=1), "share", told.level),
        }
        keys = {"by": by, "part": label, "outcome": outcome.id}
        groups.append(group(keys, outcome.name, outcome.step, measures))
    return groups


MOST_OUTCOMES: Final = 6
"""So many can be told apart; the others are drawn as one."""
_OTHERS: Final = "Other outcomes"


def _choices(told: Plain) -> list[Choice]:
    names = dict.fromkeys(one["keys"]["by"] for one in told["groups"])
    return [
        Choice(by, "By channel" if by == CHANNEL else f"By {words(by.partition('=')[2])}")
        for by in names
    ]


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    by = choice or CHANNEL
    groups = [one for one in told["groups"] if one["keys"]["by"] == by]
    styles = _styles(groups)
    bars = []
    for part in dict.fromkeys(one["keys"]["part"] for one in groups):
        own = [one for one in groups if one["keys"]["part"] == part]
        own.sort(key=lambda one: styles[one["keys"]["outcome"]])
        total = sum(one["measures"]["contacts"]["value"] for one in own)
        pieces = [_piece(one, styles[one["keys"]["outcome"]], part) for one in own]
        bars.append(Bar(part, pieces, amount_text(total)))
    [axes] = paper.axes(left=longest_name(bars))
    marks = draw_bars(paper, axes, bars, most=1.12)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    names = {styles[one["keys"]["outcome"]]: one["name"] for one in groups}
    names |= {MOST_OUTCOMES: _OTHERS} if MOST_OUTCOMES in names else {}
    order = sorted(names)
    paper.legend([swatch(paper, one) for one in order], [named(names[one]) for one in order])
    count = told["replications"]
    paper.small_print(
        "Share of contacts by how they ended; at the right contacts a replication",
        f"{count:,} replication{'s' if count > 1 else ''}",
    )
    return marks


def _styles(groups: list[Plain]) -> dict[str, int]:
    """By outcome a number, the most frequent first; all beyond the most have the last one."""
    sizes: dict[str, float] = {}
    for one in groups:
        name = one["keys"]["outcome"]
        sizes[name] = sizes.get(name, 0.0) + one["measures"]["contacts"]["value"]
    order = sorted(sizes, key=lambda name: -sizes[name])
    most = MOST_OUTCOMES if len(order) > MOST_OUTCOMES + 1 else MOST_OUTCOMES + 1
    return {name: min(number, most) for number, name in enumerate(order)}


def _piece(one: Plain, style: int, part: str) -> Piece:
    share, contacts = (one["measures"][name] for name in ("share", "contacts"))
    between = ""
    if share["low"] is not None:
        between = f" ({share_text(share['low'])} to {share_text(share['high'])})"
    says = (
        f"{part}, {one['name']}: {share_text(share['value'])}{between}, "
        f"{amount_text(contacts['value'])} contacts"
    )
    return Piece(share["value"], says, one["step"], style, share_text(share["value"]))


CHART: Final = Chart(
    "outcomes",
    "Outcomes",
    "contacts by how they ended; shares are of all contacts of the channel or segment",
    40,
    _gather,
    _tell,
    _choices,
    _draw,
)

"""How contacts end, by the channel on which they came in and by segments of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.charts.estimates import Numbers, mean_measure, ratio_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import group

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


CHART: Final = Chart(
    "outcomes",
    "Outcomes",
    "contacts by how they ended; shares are of all contacts of the channel or segment",
    40,
    _gather,
    _tell,
)

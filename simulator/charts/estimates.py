"""Many estimates at once: a row a replication, a column for each of what is estimated."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.statistics import t_quantile

Numbers = NDArray[np.float64]
Plain = dict[str, Any]

LOWER: Final = 0.1
UPPER: Final = 0.9
"""Between these quantiles of the replications lies the wide band."""


def stacked(rows: Iterable[NDArray[Any]]) -> Numbers:
    """A row a replication."""
    return np.stack([np.asarray(row, np.float64) for row in rows])


def mean_measure(rows: Numbers, unit: str, level: float, *, spread: bool = False) -> Plain:
    """The mean over replications with its interval; `spread`: and between what most of them lie."""
    values = np.mean(rows, axis=0)
    errors = None
    if len(rows) > 1:
        errors = np.std(rows, axis=0, ddof=1) / math.sqrt(len(rows))
    measure = measured(values, errors, len(rows), unit, level)
    if spread and len(rows) > 1:
        low, high = np.quantile(rows, [LOWER, UPPER], axis=0)
        measure |= {"p10": plain(low), "p90": plain(high)}
    return measure


def ratio_measure(tops: Numbers, bottoms: Numbers, unit: str, level: float) -> Plain:
    """Sum of the tops ÷ sum of the bottoms, with the interval of `statistics.ratio_estimate`.

    Unknown where every bottom is 0.
    """
    count, total = len(tops), np.sum(bottoms, axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = np.sum(tops, axis=0) / total
        errors = None
        if count > 1:
            squares = np.sum((tops - values * bottoms) ** 2, axis=0)
            errors = np.sqrt(squares / (count - 1) / count) / (total / count)
    return measured(values, errors, count, unit, level)


def measured(values: Numbers, errors: Numbers | None, count: int, unit: str, level: float) -> Plain:
    """A measure as it is told, from values and standard errors of `count` replications.

    Bounds stay above 0, and those of shares below 1.
    """
    measure = {"unit": unit, "value": plain(values), "low": None, "high": None}
    if errors is not None and count > 1:
        half = t_quantile(count - 1, level) * errors
        most = 1.0 if unit == "share" else np.inf
        measure["low"] = plain(np.maximum(values - half, 0.0))
        measure["high"] = plain(np.minimum(values + half, np.maximum(values, most)))
    return measure


def plain(values: NDArray[Any]) -> Any:
    """Numbers of six digits, None for what is none; a list, or one number for one."""
    if not np.ndim(values):
        return _short(float(values))
    return [_short(one) for one in values.tolist()]


def _short(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None

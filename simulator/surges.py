"""Surges: for a while more customers come than usual, by a factor or by a number."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.assumptions import Surge
from engine.calendar import DAY, seconds_of

_PIECES: Final = 10
"""A rate that decays is taken as constant for this part of its half-life."""
_HALF_LIVES: Final = 20
"""After so many half-lives what is left, a millionth, comes at a constant rate."""

_Floats = NDArray[np.float64]


def with_surges(
    times: _Floats, counts: _Floats, surges: Iterable[Surge]
) -> tuple[_Floats, _Floats]:
    """The edges of intervals (seconds) and the customers expected in each, surges put in.

    times: the usual edges, the first at midnight of the first day, one more than `counts`.
    Up to the interval in which the first surge begins all stays the same to the bit.
    """
    # A shape may end a rounding error after midnight.
    times = np.maximum.accumulate(times)
    # A factor of 1 or nobody more must not even cut an interval: it would change roundings.
    factors = [one for one in surges if one.times is not None and one.times != 1]
    pulses = [_pulse(one, float(times[0])) for one in surges if one.customers]
    if not factors and not pulses:
        return times, counts
    spans = [_span(one, float(times[0])) for one in factors]
    cuts = np.concatenate([*(np.array(span) for span in spans), *(pulse[0] for pulse in pulses)])
    cuts = np.clip(cuts, times[0], times[-1])
    edges, counts = _cut(times, counts, cuts)
    for surge, (start, end) in zip(factors, spans, strict=True):
        during = (edges[:-1] >= start) & (edges[:-1] < end)
        # Many large factors at once may give infinitely many customers, who are refused.
        with np.errstate(over="ignore", invalid="ignore"):
            counts[during] *= surge.times or 0.0
    for pulse in pulses:
        counts += np.diff(np.interp(edges, *pulse))
    return edges, counts


def _span(surge: Surge, opening: float) -> tuple[float, float]:
    """Start and end in seconds since Monday 00:00; `opening` is the first day's midnight."""
    start = opening + surge.day * DAY + seconds_of(surge.starts_at)
    return start, start + surge.lasts


def _pulse(surge: Surge, opening: float) -> tuple[_Floats, _Floats]:
    """Times (seconds) and the expected number of the surge's customers until then."""
    start, end = _span(surge, opening)
    total = surge.customers or 0.0
    if surge.half_life is None:
        return np.array([start, end]), np.array([0.0, total])
    steps = _PIECES * min(_HALF_LIVES, math.ceil(surge.lasts / surge.half_life))
    step = surge.half_life / _PIECES
    offsets = [number * step for number in range(steps) if number * step < surge.lasts]
    offsets.append(surge.lasts)
    decay = math.log(2) / surge.half_life
    whole = -math.expm1(-decay * surge.lasts)
    shares = [-math.expm1(-decay * offset) / whole for offset in offsets]
    return start + np.array(offsets), total * np.array(shares)


def _cut(times: _Floats, counts: _Floats, cuts: _Floats) -> tuple[_Floats, _Floats]:
    """The same expected customers, in intervals that also begin and end at the cuts."""
    edges = np.unique(np.concatenate([times, cuts]))
    whole = np.searchsorted(times, edges[:-1], side="right") - 1
    # Of an interval that is not cut this is exactly 1.
    shares = np.diff(edges) / np.diff(times)[whole]
    return edges, counts[whole] * shares

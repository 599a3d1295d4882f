"""What was drawn and what it means, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from engine.steps.decide import weight_bounds


def because_drawn(drawn: float, share: float) -> str:
    """Why something that happens to a share of customers did or did not; empty if it had to."""
    if not 0 < share < 1:
        return ""
    side = "below" if drawn < share else "not below"
    return f"by chance: {number(drawn)} was drawn, {side} {number(share)}"


def unless_drawn(drawn: float, share: float, *, happens: bool) -> str:
    """What would have had to be drawn for it to happen, or with `happens` false not to."""
    if share <= 0 or share >= 1:
        return f"this happens to {'nobody' if happens == (share <= 0) else 'everybody'}"
    needed = f"below {number(share)}" if happens else f"{number(share)} or more"
    return f"{number(drawn)} was drawn, and it would take {needed}"


def unless_in_part(drawn: float, weights: Mapping[str, float], name: str) -> str:
    """What would have had to be drawn for this one of several, by their weights."""
    names, bounds = weight_bounds(weights)
    if name not in names:
        return "its share is 0"
    spans = dict(zip(names, pairwise([0.0, *bounds, 1.0]), strict=True))
    low, high = spans[name]
    return f"{number(drawn)} was drawn, and it would take {number(low)} to {number(high)}"


def number(value: float) -> str:
    """A share or a draw to four digits."""
    return f"{value:.4g}"


def span(seconds: float) -> str:
    """A length of time as people say it: 0.4 s, 39 s, 12 min 5 s, 3 h 20 min, 2 days 4 h."""
    if seconds < 10:
        return f"{seconds:.2g} s" if seconds else "0 s"
    whole = round(seconds)
    for size, unit, part, smaller in _UNITS:
        if whole >= size:
            many, rest = divmod(whole, size)
            plural = "s" if unit == "day" and many != 1 else ""
            less = f" {rest // part} {smaller}" if rest // part else ""
            return f"{many:,} {unit}{plural}{less}"
    return f"{whole} s"


_UNITS = ((86_400, "day", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s"))

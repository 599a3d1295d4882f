"""Numbers of charts in words and short for axes."""

from __future__ import annotations


def span_text(seconds: float) -> str:
    """A length of time as people say it: 40 s, 5 min, 1.5 h, 2 d."""
    if seconds < 100 and seconds == round(seconds):
        return f"{seconds:.0f} s"
    for size, unit in ((60, "min"), (3600, "h"), (86_400, "d")):
        if seconds < 100 * size or unit == "d":
            return f"{seconds / size:.3g} {unit}"
    raise AssertionError(seconds)


def amount_text(value: float | None) -> str:
    """A number as exactly as it is of use; a dash for none."""
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 10 else f"{value:.2g}"


def share_text(value: float | None) -> str:
    """A share in per cent; a dash for none."""
    if value is None:
        return "–"
    return f"{value * 100:.0f} %" if value >= 0.1 or value == 0 else f"{value * 100:.1f} %"

"""Seconds as people write them: 90, 90 s, 3 min, 1 h 30 min, 1:30:00, 2 days."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec
from designer.inspector.writing.numbers import read_decimal, within
from designer.inspector.writing.reading import Unreadable, say, shown

_UNITS: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), 86_400),
    **dict.fromkeys(("w", "week", "weeks"), 7 * 86_400),
}
_PART = re.compile(r"\s*([\d.,]+)\s*([a-z]+)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)")
_NO_DURATION = QT_TRANSLATE_NOOP(
    "Inspector", "{text} is no duration: write it like 90, 90 s, 3 min or 1 h 30 min."
)


def read_duration(text: str, spec: Spec) -> float:
    """The seconds that `text` says, within the bounds of `spec`; Unreadable if it says none."""
    return within(float(_seconds(text)), spec, write_duration)


def _seconds(text: str) -> Decimal:
    plain = text.strip()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return Decimal(hours * 3600 + minutes * 60 + seconds)
    if plain and not any(char.isalpha() for char in plain):
        try:
            return read_decimal(plain)
        except Unreadable:
            raise _unreadable(text) from None
    total, end = Decimal(0), 0
    while end < len(plain):
        part = _PART.match(plain, end)
        factor = _UNITS.get(part.group(2).lower()) if part else None
        if part is None or factor is None:
            raise _unreadable(text)
        total += read_decimal(part.group(1)) * factor
        end = part.end()
    if not plain:
        raise _unreadable(text)
    return total


def _unreadable(text: str) -> Unreadable:
    return Unreadable(say(_NO_DURATION).format(text=shown(text)))


def write_duration(value: float) -> str:
    """Such as 1 min 30 s: at most what is needed to be read as the very same number."""
    rest = Decimal(repr(float(value)))
    if rest <= 0 or not rest.is_finite():
        return f"{rest.normalize():f} s" if rest else "0 s"
    parts = []
    for name, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count:f} {_days(count) if name == 'd' else name}")
    if rest:
        parts.append(f"{rest.normalize():f} s")
    return " ".join(parts)


def _days(count: Decimal) -> str:
    return "day" if count == 1 else "days"

"""Numbers, shares and bounds as people write them: 1250, 16.5 %, 16,5 %."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec
from designer.inspector.writing.reading import Unreadable, say, shown

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_SPACES = re.compile(r"(?<=\d)[\s’'](?=\d{3}\b)")
_LONGEST = 40

_NO_NUMBER = QT_TRANSLATE_NOOP("Inspector", "{text} is no number.")
_TWO_WAYS = QT_TRANSLATE_NOOP(
    "Inspector", "{text} may be {thousands} or {decimal}: write it without a comma."
)
_WHOLE = QT_TRANSLATE_NOOP("Inspector", "Only whole numbers can stand here.")
_BETWEEN = QT_TRANSLATE_NOOP("Inspector", "It must be between {low} and {high}.")
_AT_LEAST = QT_TRANSLATE_NOOP("Inspector", "It must be at least {low}.")
_AT_MOST = QT_TRANSLATE_NOOP("Inspector", "It must be at most {high}.")
_ABOVE = QT_TRANSLATE_NOOP("Inspector", "It must be more than {low}.")


def read_decimal(text: str, *, whole: bool = False) -> Decimal:
    """The number that `text` is, with a decimal comma or point; Unreadable if it is none."""
    plain = _SPACES.sub("", text.strip().replace("−", "-"))
    if _THOUSANDS.fullmatch(plain):
        is_certain = whole or "." in plain or plain.count(",") > 1
        if not is_certain:
            thousands, decimal = plain.replace(",", ""), plain.replace(",", ".")
            raise Unreadable(
                say(_TWO_WAYS).format(text=shown(text), thousands=thousands, decimal=decimal)
            )
        plain = plain.replace(",", "")
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        raise Unreadable(say(_NO_NUMBER).format(text=shown(text)))
    return Decimal(plain)


def read_number(text: str, spec: Spec) -> float:
    """The number within the bounds of `spec`; an int where it wants one."""
    whole = spec.kind is int
    number = read_decimal(text, whole=whole)
    if whole and number != int(number):
        raise Unreadable(say(_WHOLE))
    return within(int(number) if whole else float(number), spec, write_number)


def write_number(value: float) -> str:
    """The shortest text that reads as this number."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if 1e-6 <= abs(value) < 1e15 else repr(value)


def read_share(text: str, spec: Spec) -> float:
    """A share that is written in percent, with or without the sign."""
    number = read_decimal(text.strip().removesuffix("%"))
    return within(float(number / 100), spec, write_share)


def write_share(value: float) -> str:
    """A share in percent."""
    percent = (Decimal(repr(float(value))) * 100).normalize()
    return f"{percent:f} %"


def within(value: float, spec: Spec, write: Callable[[float], str]) -> float:
    """The value, if the bounds of `spec` allow it; else Unreadable."""
    low, high, above = spec.low, spec.high, spec.above
    if above is not None and value <= above:
        raise Unreadable(say(_ABOVE).format(low=write(above)))
    is_low, is_high = low is not None and value < low, high is not None and value > high
    if not is_low and not is_high:
        return value
    said = {"low": write(low or 0.0), "high": write(high or 0.0)}
    if low is not None and high is not None and _is_small(high):
        raise Unreadable(say(_BETWEEN).format(**said))
    raise Unreadable(say(_AT_LEAST if is_low else _AT_MOST).format(**said))


def bounds(spec: Spec) -> str:
    """The range as a hint, such as 1 – 9; nothing where any usual number will do."""
    if spec.unit == "share":
        return "0 – 100 %"
    if spec.low is None or spec.high is None or not _is_small(spec.high) or spec.unit == "s":
        return ""
    return f"{write_number(spec.low)} – {write_number(spec.high)}"


def _is_small(bound: float) -> bool:
    """Whether people need to be told of this bound."""
    return bound <= 10_000

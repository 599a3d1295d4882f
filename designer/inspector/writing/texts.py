"""Texts, times of day, names of choices, and values of attributes, as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec
from designer.inspector.labels import choice_label
from designer.inspector.writing.numbers import read_decimal, write_number
from designer.inspector.writing.reading import Unreadable, say, shown
from engine.calendar import Weekday
from engine.profile import Attribute, ValueType

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")
_NO_TIME = QT_TRANSLATE_NOOP("Inspector", "{text} is no time of day: write it like 09:30.")
_TOO_LONG = QT_TRANSLATE_NOOP("Inspector", "At most {count} characters can stand here.")
_TOO_SHORT = QT_TRANSLATE_NOOP("Inspector", "Something must stand here.")
_NO_ID = QT_TRANSLATE_NOOP(
    "Inspector", "An id has lower-case letters, digits and single underscores, a letter first."
)
_NOT_SO = QT_TRANSLATE_NOOP("Inspector", "{text} is not written as it must be.")
_NO_CHOICE = QT_TRANSLATE_NOOP("Inspector", "{text} is none of {choices}.")
_NO_ANSWER = QT_TRANSLATE_NOOP("Inspector", "{text} is neither yes nor no.")
_YES = frozenset({"yes", "true", "y", "x", "1", "wahr", "ja"})
_NO = frozenset({"no", "false", "n", "0", "falsch", "nein", ""})
_MOST = 8


def read_text(text: str, spec: Spec) -> str:
    """The text, if it is neither too long nor too short nor written otherwise than it must be."""
    if spec.longest is not None and len(text) > spec.longest:
        raise Unreadable(say(_TOO_LONG).format(count=spec.longest))
    if len(text) < spec.shortest:
        raise Unreadable(say(_TOO_SHORT))
    if spec.pattern and not re.match(spec.pattern, text):
        what = say(_NO_ID) if spec.is_identifier else say(_NOT_SO).format(text=shown(text))
        raise Unreadable(say(_TOO_SHORT) if not text else what)
    return text


def is_time(spec: Spec) -> bool:
    """Whether a time of day stands here."""
    return spec.kind is str and "24:00" in spec.pattern


def read_time(text: str) -> str:
    """A time of day as documents have it: 09:30 for 9:30 and 9.30, 09:00 for 9."""
    found = _TIME.fullmatch(text.strip())
    hours, minutes = (int(part or 0) for part in found.groups()) if found else (99, 0)
    if hours * 60 + minutes > 24 * 60 or minutes > 59:
        raise Unreadable(say(_NO_TIME).format(text=shown(text)))
    return f"{hours:02}:{minutes:02}"


def read_bool(text: str) -> bool:
    """Yes or no."""
    plain = text.strip().lower()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Unreadable(say(_NO_ANSWER).format(text=shown(text)))


def write_bool(value: bool) -> str:
    """Yes or no."""
    return (
        say(QT_TRANSLATE_NOOP("Inspector", "yes"))
        if value
        else say(QT_TRANSLATE_NOOP("Inspector", "no"))
    )


def read_choice(text: str, choices: Sequence[tuple[Any, str]]) -> Any:
    """The choice with this name or id, upper and lower case alike."""
    plain = text.strip().lower()
    for value, name in choices:
        if plain in {name.lower(), str(_raw(value)).lower()}:
            return value
    names = [name for _, name in choices[:_MOST]]
    more = ", …" if len(choices) > _MOST else ""
    raise Unreadable(say(_NO_CHOICE).format(text=shown(text), choices=", ".join(names) + more))


def _raw(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def read_choices(text: str, choices: Sequence[tuple[Any, str]]) -> list[Any]:
    """Several choices with commas between; a run of days as Monday – Friday."""
    found: list[Any] = []
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        ends = [end.strip() for end in re.split(r"\s*[–—-]\s*", part.strip()) if end.strip()]
        run = [read_choice(_whole(end, choices), choices) for end in ends]
        if len(run) == 2:
            values = [value for value, _ in choices]
            first, last = values.index(run[0]), values.index(run[1])
            run = values[first : last + 1]
        found += [one for one in run if one not in found]
    return found


def _whole(start: str, choices: Sequence[tuple[Any, str]]) -> str:
    """The name that alone begins so, of three letters or more; else what was written."""
    names = [name for _, name in choices if name.lower().startswith(start.lower())]
    return names[0] if len(names) == 1 and len(start) >= 2 else start


def write_choices(values: Sequence[Any], choices: Sequence[tuple[Any, str]]) -> str:
    """Their names with commas between; days that follow each other as a run."""
    names = dict(choices)
    order = list(Weekday)
    if len(values) > 2 and all(isinstance(one, Weekday) for one in values):
        numbers = [order.index(one) for one in values]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return f"{names[values[0]]} – {names[values[-1]]}"
    return ", ".join(names.get(one, str(one)) for one in values)


def enum_choices(spec: Spec) -> list[tuple[Any, str]]:
    """The members of an enumeration with their names for people."""
    return [(one, choice_label(spec.name, str(_raw(one)))) for one in spec.choices]


def read_value(text: str, attribute: Attribute | None) -> bool | float | str:
    """A value of this attribute; of one that is not known, whatever it looks like."""
    kind = attribute.type if attribute is not None else None
    if kind is ValueType.NUMBER:
        return float(read_decimal(text))
    if kind is ValueType.BOOLEAN:
        return read_bool(text)
    if kind is ValueType.CHOICE and attribute is not None and attribute.choices:
        return str(read_choice(text, [(one, one) for one in attribute.choices]))
    if kind is None:
        return _guessed(text)
    return read_text(text, Spec("value", str, longest=500))


def _guessed(text: str) -> bool | float | str:
    plain = text.strip().lower()
    if plain in {"true", "yes", "false", "no"}:
        return plain in _YES
    try:
        return float(read_decimal(text))
    except Unreadable:
        return read_text(text, Spec("value", str, longest=500))


def write_value(value: bool | float | str) -> str:
    """A value of an attribute."""
    if isinstance(value, bool):
        return write_bool(value)
    return value if isinstance(value, str) else write_number(value)

"""For each field that fits on a line: how its value is written, and read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec
from designer.inspector.labels import unset_label
from designer.inspector.references import reference_of
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing import durations, numbers, texts
from designer.inspector.writing.reading import Unreadable, say
from engine.profile import Attribute, ValueType

LONGEST_LINE = 500
"""A text that may be longer has an area of several lines."""
_NEEDED = QT_TRANSLATE_NOOP("Inspector", "Something must stand here.")


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one field are written and read; `owner` is the model that has the field.

    choices: all there is to choose from, where it is a choice.
    """

    write: Callable[[Any], str]
    read: Callable[[str], Any]
    choices: list[tuple[Any, str]] | None = None
    several: bool = False


def codec(spec: Spec, around: Surroundings, owner: Any = None) -> Codec | None:
    """The codec of a field; None for what does not fit on a line."""
    plain = _plain(spec, around, owner)
    if plain is None or not spec.optional:
        return plain
    return Codec(
        write=lambda value: "" if value is None else plain.write(value),
        read=lambda text: _optional(text, plain, spec),
        choices=plain.choices,
    )


def _optional(text: str, plain: Codec, spec: Spec) -> Any:
    unset = text.strip().lower() in {"", unset_label(spec).lower()}
    return None if unset else plain.read(text)


def _plain(spec: Spec, around: Surroundings, owner: Any) -> Codec | None:
    if spec.origin is list:
        return _several(spec, around, owner)
    if spec.choices:
        return _chosen(texts.enum_choices(spec))
    if spec.is_value:
        return _value(around, owner)
    if spec.kind is bool:
        return Codec(texts.write_bool, texts.read_bool)
    if spec.kind in {int, float}:
        return _number(spec)
    return _text(spec, around, owner) if spec.kind is str else None


def _number(spec: Spec) -> Codec:
    write, read = {
        "s": (durations.write_duration, durations.read_duration),
        "share": (numbers.write_share, numbers.read_share),
    }.get(spec.unit, (numbers.write_number, numbers.read_number))
    return Codec(write, lambda text: read(_given(text), spec))


def _given(text: str) -> str:
    if not text.strip():
        raise Unreadable(say(_NEEDED))
    return text


def _text(spec: Spec, around: Surroundings, owner: Any) -> Codec | None:
    if texts.is_time(spec):
        return Codec(str, texts.read_time)
    reference = reference_of(spec)
    choices = reference.listed(around, owner) if reference else []
    if choices:
        return _chosen(choices)
    if (spec.longest or 0) > LONGEST_LINE:
        return None
    return Codec(str, lambda text: texts.read_text(text, spec))


def _chosen(choices: list[tuple[Any, str]]) -> Codec:
    names = dict(choices)
    return Codec(
        lambda value: names.get(value, str(value)),
        lambda text: texts.read_choice(text, choices),
        choices,
    )


def _value(around: Surroundings, owner: Any) -> Codec:
    name = getattr(owner, "attribute", None)
    attribute = around.attributes().get(name) if isinstance(name, str) else None
    return Codec(
        texts.write_value, lambda text: texts.read_value(text, attribute), _values(attribute)
    )


def _values(attribute: Attribute | None) -> list[tuple[Any, str]] | None:
    """The few values that an attribute may have; None if there are more."""
    if attribute is not None and attribute.type is ValueType.BOOLEAN:
        return [(value, texts.write_bool(value)) for value in (True, False)]
    if attribute is not None and attribute.choices:
        return [(one, one) for one in attribute.choices]
    return None


def _several(spec: Spec, around: Surroundings, owner: Any) -> Codec | None:
    """A list whose elements are chosen from what there is."""
    inner = spec.element
    reference = reference_of(inner)
    choices: list[tuple[Any, str]] = list(texts.enum_choices(inner)) if inner.choices else []
    if reference is not None:
        choices = list(reference.listed(around, owner))
    elif inner.is_value:
        choices = _value(around, owner).choices or []
    if not choices and reference is None:
        return None
    return Codec(
        lambda values: texts.write_choices(values, choices),
        lambda text: _enough(texts.read_choices(text, choices), spec),
        choices,
        several=True,
    )


def _enough(values: list[Any], spec: Spec) -> list[Any]:
    if len(values) < spec.shortest:
        raise Unreadable(say(_NEEDED))
    return values

"""Values of any kind in a few words, for fields that are folded."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec, specs
from designer.inspector.labels import label, unset_label
from designer.inspector.references import keys_of
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import codec
from designer.inspector.writing.durations import write_duration
from designer.inspector.writing.reading import say
from designer.plain_text import cut
from engine.model import to_plain
from engine.value_english import value_in_english

_SECONDS = re.compile(r"(?<![\w.,])([\d,]+(?:\.\d+)?) s\b")
_MOST_NAMES, _MOST_FIELDS, _LONGEST = 6, 3, 40


def summary(value: Any, spec: Spec, around: Surroundings) -> str:
    """A value: a distribution or condition as a sentence, a model by what is special in it."""
    if value is None:
        return unset_label(spec)
    if isinstance(value, BaseModel) and spec.model is not None:
        return _fields(value, spec, around)
    said = value_in_english(to_plain(value), spec.unit, around.attributes())
    return _SECONDS.sub(_duration, said) if spec.unit == "s" else said


def _duration(found: re.Match[str]) -> str:
    return write_duration(float(found.group(1).replace(",", "")))


def _fields(model: BaseModel, spec: Spec, around: Surroundings) -> str:
    """What is not as by default; if all is, the first fields."""
    fields = {name: one for name, one in specs(type(model)).items() if name != "id"}
    if model == spec.default and all(one.model is not None for one in fields.values()):
        return say(QT_TRANSLATE_NOOP("Inspector", "as usual"))
    said = {
        name: f"{label(one).lower()} {_short(getattr(model, name), one, around)}"
        for name, one in fields.items()
        if getattr(model, name) is not None
    }
    changed = [one for name, one in said.items() if getattr(model, name) != fields[name].default]
    shown = changed or list(said.values())
    return "; ".join(shown[:_MOST_FIELDS]) + ("; …" if len(shown) > _MOST_FIELDS else "")


def _short(value: Any, spec: Spec, around: Surroundings) -> str:
    """Of a model within the model only its first field."""
    if isinstance(value, BaseModel) and spec.model is not None:
        name, first = next(iter(specs(spec.model).items()))
        return _short(getattr(value, name), first, around)
    if spec.origin in {list, dict} and (not value or spec.element.model is not None):
        return counted(value, spec, around)
    found = codec(spec, around)
    return found.write(value) if found else summary(value, spec, around)


def counted(value: Any, spec: Spec, around: Surroundings) -> str:
    """How many there are, and what they are called; what they say, if they have no names."""
    if not value:
        return unset_label(spec) if value is None else say(QT_TRANSLATE_NOOP("Inspector", "none"))
    names = _names(value, spec, around)
    if all(names):
        more = ", …" if len(names) > _MOST_NAMES else ""
        return f"{len(value)}: {', '.join(names[:_MOST_NAMES])}{more}"
    if spec.origin is list and spec.element.model is not None:
        said = [_values(one, around) for one in value[:_MOST_FIELDS]]
        return "; ".join(said) + ("; …" if len(value) > _MOST_FIELDS else "")
    return summary(value, spec, around)


def _values(model: BaseModel, around: Surroundings) -> str:
    """The values of its first fields, one after another."""
    fields = [(name, spec) for name, spec in specs(type(model)).items() if name != "id"]
    said = [(getattr(model, name), spec) for name, spec in fields[:_MOST_FIELDS]]
    texts = [_short(value, spec, around) for value, spec in said if value not in (None, "")]
    return " ".join(cut(text, _LONGEST) for text in texts)


def _names(value: Any, spec: Spec, around: Surroundings) -> list[str]:
    """What the elements are called; empty where they have no names."""
    if spec.origin is list:
        return [getattr(one, "name", "") or getattr(one, "id", "") for one in value]
    listing = keys_of(spec)
    known = dict(listing(around, None)) if listing else {}
    is_about_keys = spec.element.model is not None or bool(spec.element.models)
    return [known.get(key, str(key)) if is_about_keys else "" for key in value]

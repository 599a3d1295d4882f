"""Values made to fit attributes, and attributes to fit values."""

from __future__ import annotations

from engine.conditions import Among, Atom, Between, Compare, Contains, kind_of
from engine.document import Document
from engine.edit_kinds import Edit
from engine.edits import put_attribute
from engine.element_edits import element, with_fields
from engine.mends.remedies import nearest
from engine.naming import ids_named
from engine.profile import Attribute, Value, ValueType

_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_ATTRIBUTES = "journey.attributes"


def fitting(value: Value, attribute: Attribute) -> Value | None:
    """The same value as the attribute's type has it; None if it has nothing like it."""
    text = value if isinstance(value, str) else _written(value)
    match attribute.type:
        case ValueType.NUMBER:
            return _number(text) if not isinstance(value, bool) else None
        case ValueType.BOOLEAN:
            known = text.strip().lower()
            return known in _TRUE if known in _TRUE | _FALSE else None
        case ValueType.CHOICE if attribute.choices:
            meant = [one for one in attribute.choices if one.lower() == text.lower()]
            return next(iter([*meant, *nearest(text, attribute.choices)]), None)
        case _:
            return text


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:.15g}"


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) <= 1e15 else None


def fitting_atom(atom: Atom, attribute: Attribute) -> Atom | None:
    """The comparison with values of the attribute's type; None if there is nothing like it."""
    match atom:
        case Compare():
            value = fitting(atom.value, attribute)
            return None if value is None else with_fields(atom, value=value)
        case Among():
            values = [fitting(one, attribute) for one in atom.values]
            kept = list(dict.fromkeys(one for one in values if one is not None))
            return with_fields(atom, values=kept) if len(kept) == len(values) else None
        case _:
            return None


def type_asked_for(atom: Atom) -> ValueType | None:
    """The type that an attribute must have for the comparison to mean something."""
    match atom:
        case Compare() if atom.op not in {"eq", "ne"}:
            return ValueType.NUMBER if kind_of(atom.value) is ValueType.NUMBER else None
        case Compare():
            return kind_of(atom.value)
        case Among():
            kinds = {kind_of(value) for value in atom.values}
            return kinds.pop() if len(kinds) == 1 else None
        case Between():
            return ValueType.NUMBER
        case Contains():
            return ValueType.TEXT
        case _:
            return None


def values_asked_for(atom: Atom) -> list[Value]:
    """The values that are compared with, where these must be among an attribute's choices."""
    match atom:
        case Compare() if atom.op in {"eq", "ne"}:
            return [atom.value]
        case Among():
            return atom.values
        case _:
            return []


def is_used_only_by(document: Document, attribute: str, step: str) -> bool:
    """Whether nothing but this step speaks of the attribute, so that its type may change."""
    others = [one for one in document.journey.all_steps() if one.id != step]
    named = {*ids_named(others, "attribute"), *ids_named(document.assumptions, "attribute")}
    return attribute not in named


def with_type(document: Document, name: str, kind: ValueType) -> Edit:
    """Give an attribute another type."""
    attribute = element(document, _ATTRIBUTES, name, Attribute)
    return put_attribute(document, with_fields(attribute, type=kind))


def with_choice(document: Document, name: str, *choices: str) -> Edit:
    """Let an attribute have these choices too."""
    attribute = element(document, _ATTRIBUTES, name, Attribute)
    all_of_them = list(dict.fromkeys([*attribute.choices, *choices]))
    return put_attribute(document, with_fields(attribute, choices=all_of_them))


def given(document: Document, name: str) -> Edit:
    """Let an attribute be known before the journey starts."""
    attribute = element(document, _ATTRIBUTES, name, Attribute)
    return put_attribute(document, with_fields(attribute, given=True))

"""What conditions can be put together from, as `engine.conditions` has it: nothing here is Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from designer.inspector.field_spec import specs
from engine.conditions import Condition, Known, kind_of, type_problem
from engine.profile import Attribute, ValueType

_MODELS: Final[tuple[type[BaseModel], ...]] = get_args(get_args(Condition)[0])
ATOMS: Final = tuple(one for one in _MODELS if "attribute" in one.model_fields)
_HOLDING: Final[tuple[Any, ...]] = tuple(one for one in _MODELS if "of" in one.model_fields)
GROUPS: Final = tuple(
    one for one in _HOLDING if get_origin(one.model_fields["of"].annotation) is list
)
WRAPPERS: Final = tuple(one for one in _HOLDING if one not in GROUPS)
_WORDS: Final = {
    "eq": QT_TRANSLATE_NOOP("Condition", "is"),
    "ne": QT_TRANSLATE_NOOP("Condition", "is not"),
    "lt": QT_TRANSLATE_NOOP("Condition", "is less than"),
    "le": QT_TRANSLATE_NOOP("Condition", "is at most"),
    "gt": QT_TRANSLATE_NOOP("Condition", "is more than"),
    "ge": QT_TRANSLATE_NOOP("Condition", "is at least"),
    "in": QT_TRANSLATE_NOOP("Condition", "is one of"),
    "between": QT_TRANSLATE_NOOP("Condition", "is between"),
    "contains": QT_TRANSLATE_NOOP("Condition", "contains"),
    "known": QT_TRANSLATE_NOOP("Condition", "is known"),
    "all": QT_TRANSLATE_NOOP("Condition", "All of these"),
    "any": QT_TRANSLATE_NOOP("Condition", "Any of these"),
    "not": QT_TRANSLATE_NOOP("Condition", "not"),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """One comparison: the model it is, and its tag."""

    model: type[BaseModel]
    op: str

    @property
    def words(self) -> str:
        """How it is said between an attribute and a value."""
        return words(self.op)


def words(op: str) -> str:
    """What a kind of condition is called."""
    return QCoreApplication.translate("Condition", str(_WORDS.get(op, op.replace("_", " "))))


def tag(model: type[BaseModel]) -> str:
    """The tag of a model that has only one."""
    return str(get_args(model.model_fields["op"].annotation)[0])


def operators(attribute: Attribute | None) -> list[Operator]:
    """Every comparison that fits the attribute's type; all of them if it is not known."""
    every = [
        Operator(model, op)
        for model in ATOMS
        for op in get_args(model.model_fields["op"].annotation)
    ]
    if attribute is None:
        return every
    return [one for one in every if type_problem(_plain(one, attribute), attribute) is None]


def value_fields(model: type[BaseModel]) -> list[str]:
    """What is compared with."""
    return [name for name in specs(model) if name not in {"op", "attribute", "of"}]


def atom(operator: Operator, attribute: Attribute, old: BaseModel | None = None) -> Any:
    """The comparison with this attribute; values of the old one are kept if they fit."""
    if old is not None:
        kept = {
            name: getattr(old, name) for name in value_fields(operator.model) if hasattr(old, name)
        }
        try:
            made = operator.model.model_validate(
                {
                    **_values(operator, attribute),
                    **kept,
                    "op": operator.op,
                    "attribute": attribute.id,
                },
                strict=True,
            )
        except ValidationError:
            made = None
        if made is not None and type_problem(made, attribute) is None:  # type: ignore[arg-type]
            return made
    return _plain(operator, attribute)


def starting(attributes: Mapping[str, Attribute]) -> Any:
    """The comparison to begin with: of the first attribute, as simple as can be."""
    first = next(iter(attributes.values()), None)
    if first is None:  # pragma: no cover - there are always signals
        return Known(attribute="channel")
    return _plain(operators(first)[0], first)


def _plain(operator: Operator, attribute: Attribute) -> Any:
    values = {**_values(operator, attribute), "op": operator.op, "attribute": attribute.id}
    return operator.model.model_validate(values, strict=True)


def _values(operator: Operator, attribute: Attribute) -> dict[str, Any]:
    usuals: dict[ValueType, bool | float | str] = {
        ValueType.BOOLEAN: True,
        ValueType.NUMBER: 0.0,
        ValueType.TEXT: "text",
        ValueType.CHOICE: next(iter(attribute.choices), "text"),
    }
    usual = usuals[attribute.type]
    values: dict[str, Any] = {}
    for name in value_fields(operator.model):
        spec = specs(operator.model)[name]
        if spec.origin is list:
            values[name] = [usual]
        elif spec.is_value or (spec.kind is str and kind_of(usual) is ValueType.TEXT):
            values[name] = usual
        else:
            values[name] = 0.0 if spec.kind is float else "text"
    return values

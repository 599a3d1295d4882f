"""The choices that a step has of its own: branches, variants, options, actions, intents."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from engine.element_edits import with_fields
from engine.errors import EditError
from engine.steps.base import Step
from engine.validation.rules.choices import own_choices

_Step = TypeVar("_Step", bound=Step)


def choices_of(step: Step) -> tuple[str, list[Any]]:
    """The field that holds the choices, and these."""
    ids = own_choices(step)
    for field in type(step).model_fields:
        items = getattr(step, field)
        if isinstance(items, list) and ids and ids == [getattr(one, "id", None) for one in items]:
            return field, items
    raise EditError(f"“{step.name}” has no choices", mend="choose another step.")


def with_choices(step: _Step, items: list[Any]) -> _Step:
    """The step with these choices instead."""
    return with_fields(step, **{choices_of(step)[0]: items})


def without_choice(step: _Step, name: str) -> _Step:
    """The step without the choices of this id."""
    return with_choices(step, [one for one in choices_of(step)[1] if one.id != name])


def with_id(item: Any, name: str) -> Any:
    """A choice under another id."""
    if not isinstance(item, BaseModel):
        raise TypeError(f"{item!r} is no choice")
    return with_fields(item, id=name)

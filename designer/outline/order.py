"""The order of exits, where the designer gives it: options, branches, variants, actions."""

from __future__ import annotations

from engine.document import Document
from engine.edit_places import find_step
from engine.edits import Edit, Splice
from engine.steps.base import Step
from engine.steps.decide import ConditionStep, NextBestAction, Split
from engine.steps.talk import Menu


def move_exit(document: Document, name: str, exit_name: str, by: int) -> Edit | None:
    """Exchange an exit of the step `name` with the one before (-1) or after it (1).

    None if the step's type gives the order, or there is no such neighbour.
    """
    place, graph, number = find_step(document, name)
    step = graph.steps[number]
    field = _ordered(step)
    items = list(getattr(step, field)) if field else []
    at = next((n for n, item in enumerate(items) if item.id == exit_name), None)
    if at is None or not 0 <= at + by < len(items):
        return None
    first = min(at, at + by)
    pair = (items[first + 1], items[first])
    label = f"Move “{items[at].name}” of “{step.name}”"
    where = f"{place}.steps.{name}.{field}"
    return Splice(label, where, first, 2, pair, frozenset({name}))


def _ordered(step: Step) -> str:
    """The field with what the designer puts in order, an exit each."""
    match step:
        case Menu():
            return "options"
        case ConditionStep():
            return "branches"
        case Split():
            return "variants"
        case NextBestAction():
            return "candidates"
    return ""

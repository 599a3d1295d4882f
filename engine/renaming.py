"""Giving things other ids, wherever they are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.document import Document
from engine.edit_kinds import Edit, SetField, Several
from engine.edit_places import graph_place, respliced
from engine.element_edits import element, with_fields
from engine.journey import Input, SubJourneyDefinition
from engine.naming import renamed
from engine.profile import Attribute
from engine.scenarios import Scenario
from engine.steps.base import Step
from engine.steps.control import SubJourney

_ATTRIBUTES = "journey.attributes"
_SUBS = "journey.sub_journeys"


def rename_attribute(document: Document, old: str, new: str) -> Edit:
    """Give the attribute `old` the id `new`: in steps, assumptions and scenarios too.

    In a sub-journey with an input of that name, the name means the input and stays.
    """
    attribute = element(document, _ATTRIBUTES, old, Attribute)
    label, ids = f"Rename attribute “{old}”", {"attribute": {old: new}}
    journey, known = document.journey, document.journey.attributes
    other = with_fields(attribute, id=new)
    shadowing = {sub.id for sub in journey.sub_journeys if any(one.id == old for one in sub.inputs)}
    edits: list[Edit] = [
        respliced(label, _ATTRIBUTES, known, [other if one is attribute else one for one in known])
    ]
    for name in (None, *(sub.id for sub in journey.sub_journeys)):
        if name not in shadowing:
            edits += _in_graph(document, label, name, lambda step: renamed(step, ids))
    assumptions = renamed(document.assumptions, ids)
    sources = [
        one.model_copy(update={"at": _moved(one.at, old, new)}) for one in assumptions.sources
    ]
    assumptions = assumptions.model_copy(update={"sources": sources})
    edits.append(SetField(label, "assumptions", assumptions))
    named = [_elsewhere(one, old, new) for one in document.scenarios.named]
    edits.append(SetField(label, "scenarios.named", named))
    return Several(label, tuple(edits))


def rename_input(document: Document, sub: str, old: str, new: str) -> Edit:
    """Give the input `old` of a sub-journey the id `new`, for its steps and those that call it."""
    at, label = f"{_SUBS}.{sub}.inputs", f"Rename input “{old}”"
    given = element(document, at, old, Input)
    inputs = element(document, _SUBS, sub, SubJourneyDefinition).inputs
    other = with_fields(given, id=new)

    def calling(step: Step) -> Step:
        if not isinstance(step, SubJourney) or step.journey != sub:
            return step
        attributes = {new if key == old else key: one for key, one in step.inputs.items()}
        constants = {new if key == old else key: one for key, one in step.constants.items()}
        return step.model_copy(update={"inputs": attributes, "constants": constants})

    def within(step: Step) -> Step:
        return calling(renamed(step, {"attribute": {old: new}}))

    edits = [respliced(label, at, inputs, [other if one is given else one for one in inputs])]
    for name in (None, *(one.id for one in document.journey.sub_journeys)):
        edits += _in_graph(document, label, name, within if name == sub else calling)
    return Several(label, tuple(edits))


def _in_graph(
    document: Document, label: str, graph: str | None, change: Callable[[Step], Step]
) -> Iterator[Edit]:
    found = document.journey if graph is None else document.journey.sub_journey(graph)
    old = found.steps if found is not None else []
    new = [change(step) for step in old]
    touched = frozenset(one.id for one, other in zip(old, new, strict=True) if one is not other)
    if touched:
        yield respliced(label, f"{graph_place(graph)}.steps", old, new, touched)


def _elsewhere(scenario: Scenario, old: str, new: str) -> Scenario:
    changes = [one.model_copy(update={"at": _moved(one.at, old, new)}) for one in scenario.changes]
    return scenario.model_copy(update={"changes": changes})


def _moved(at: str, old: str, new: str) -> str:
    """A place under the attribute's new id."""
    parts = at.split("/")
    moved = [
        new if part == old and before in {"attributes", "population"} else part
        for before, part in zip(["", *parts], parts, strict=False)
    ]
    return "/".join(moved)

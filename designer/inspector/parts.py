"""What is shown on which tab: fields of the selected step, or of the journey itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.change_labels import change_label
from designer.inspector.field_spec import specs
from designer.inspector.labels import label
from designer.inspector.step_edits import step_edit
from designer.inspector.writing.reading import say
from engine.assumptions import Assumptions
from engine.document import Document
from engine.edits import Edit, SetField, Several, replace_step, set_assumptions
from engine.journey import Journey, SubJourneyDefinition
from engine.layout import CanvasNote, Frame
from engine.steps.base import Step, StepAssumptions

MAP_FIELDS: Final = (
    *(name for name in Step.model_fields if name not in {"id", "name", "note"}),
    "note",
)
_JOURNEY_MAP: Final = ("stages", "personas")
_GRAPH: Final = frozenset({"steps", "links", "id", "name"})
_CHANGE_ALL = QT_TRANSLATE_NOOP("Inspector", "Change {field} of {count} steps")


@dataclass(frozen=True, slots=True)
class Part:
    """Fields of one model, where to find it, and the edit that changes it.

    key: parts of the same key can use the same form.
    read: the model as it is now; None if it is there no more.
    gesture: what typing into its fields is called, to be taken back at once.
    place: where the model stands in the document, for the sources of its numbers.
    """

    key: Hashable
    model: type[BaseModel]
    names: tuple[str, ...]
    read: Callable[[Document], BaseModel | None]
    edit: Callable[[Document, Any, Any], Edit]
    gesture: tuple[str, ...]
    place: str = ""


def find_step(document: Document, name: str) -> Step | None:
    """The step with this id."""
    return next((one for one in document.journey.all_steps() if one.id == name), None)


def step_title(step: Step) -> Part:
    """The step's name."""
    return _step_part(step, "title", ("name",))


def step_design(step: Step) -> Part:
    """The fields that only this type of step has."""
    common = Step.model_fields
    return _step_part(
        step, "design", tuple(name for name in specs(type(step)) if name not in common)
    )


def step_map(step: Step) -> Part:
    """The fields that every step has, for the journey map."""
    return _step_part(step, "map", MAP_FIELDS)


def _step_part(step: Step, tab: str, names: tuple[str, ...]) -> Part:
    name = step.id
    return Part(
        key=(type(step), tab),
        model=type(step),
        names=names,
        read=lambda document: find_step(document, name),
        edit=step_edit,
        gesture=("step", name),
    )


def step_assumptions(step: Step) -> Part:
    """The numbers that only simulation needs."""
    name, model = step.id, type(step).assumptions

    def edit(document: Document, old: StepAssumptions, new: StepAssumptions) -> Edit:
        found = find_step(document, name)
        said = change_label(old, new, found.name if found else name)
        return Several(said, (set_assumptions(document, name, new),))

    return Part(
        key=(model, "assumptions"),
        model=model,
        names=tuple(specs(model)),
        read=lambda document: document.assumptions.steps.get(name) or model(),
        edit=edit,
        gesture=("assumptions", name),
        place=f"assumptions/steps/{name}",
    )


def journey_title() -> Part:
    """The journey's name."""
    return _section(Journey, "journey", "title", ("name",))


def journey_design() -> Part:
    """What the journey consists of besides its steps."""
    names = [one for one in specs(Journey) if one not in _GRAPH and one not in _JOURNEY_MAP]
    return _section(Journey, "journey", "design", tuple(names))


def journey_map() -> Part:
    """Stages and personas."""
    return _section(Journey, "journey", "map", _JOURNEY_MAP)


def journey_assumptions() -> Part:
    """Demand, people, the period, and the like."""
    names = [one for one in specs(Assumptions) if one != "steps"]
    # Who works when stands first after who comes when: these two are asked for most.
    order = ["period", "demand", "staffing", *names]
    return _section(Assumptions, "assumptions", "assumptions", tuple(dict.fromkeys(order)))


def _section(model: type[BaseModel], at: str, tab: str, names: tuple[str, ...]) -> Part:
    def read(document: Document) -> BaseModel:
        found: BaseModel = getattr(document, at)
        return found

    return Part((model, tab), model, names, read, _fields_edit(at), (at,), at)


def sub_title(sub: str) -> Part:
    """The sub-journey's name."""
    return _sub_part(sub, "title", ("name",))


def sub_design(sub: str) -> Part:
    """What the sub-journey is given, and how it may end."""
    names = [name for name in specs(SubJourneyDefinition) if name not in _GRAPH]
    return _sub_part(sub, "design", tuple(names))


def _sub_part(sub: str, tab: str, names: tuple[str, ...]) -> Part:
    at = f"journey.sub_journeys.{sub}"
    return Part(
        key=(SubJourneyDefinition, tab),
        model=SubJourneyDefinition,
        names=names,
        read=lambda document: document.journey.sub_journey(sub),
        edit=_fields_edit(at),
        gesture=(at,),
    )


def _fields_edit(at: str) -> Callable[[Document, Any, Any], Edit]:
    def edit(_document: Document, old: BaseModel, new: BaseModel) -> Edit:
        said = change_label(old, new)
        fields = [one for one in type(new).model_fields if getattr(old, one) != getattr(new, one)]
        return Several(
            said, tuple(SetField(said, f"{at}.{one}", getattr(new, one)) for one in fields)
        )

    return edit


def frame(name: str) -> Part:
    """A frame's title, and whether it is collapsed."""
    at = f"layout.frames.{name}"
    names = ("title", "collapsed")
    return Part(
        key=(Frame, "design"),
        model=Frame,
        names=names,
        read=lambda document: next((x for x in document.layout.frames if x.id == name), None),
        edit=_fields_edit(at),
        gesture=(at,),
    )


def note(name: str) -> Part:
    """A note's text."""
    at = f"layout.notes.{name}"
    return Part(
        key=(CanvasNote, "design"),
        model=CanvasNote,
        names=("text",),
        read=lambda document: next((x for x in document.layout.notes if x.id == name), None),
        edit=_fields_edit(at),
        gesture=(at,),
    )


def several_steps(names: tuple[str, ...]) -> Part:
    """What can be said of several steps at once; empty where they differ."""
    fields = ("stage", "owner", "touchpoint", "emotion")

    def read(document: Document) -> BaseModel | None:
        steps = [one for one in document.journey.all_steps() if one.id in names]
        if not steps:
            return None
        shared = {
            field: getattr(steps[0], field)
            for field in fields
            if len({getattr(step, field) for step in steps}) == 1
        }
        return Step(id="several", name="several", **shared)

    def edit(document: Document, old: Step, new: Step) -> Edit:
        changes = {
            one: getattr(new, one) for one in fields if getattr(new, one) != getattr(old, one)
        }
        steps = [one for one in document.journey.all_steps() if one.id in names]
        title = label(specs(Step)[next(iter(changes), "stage")]).lower()
        said = say(_CHANGE_ALL).format(field=title, count=len(steps))
        return Several(
            said,
            tuple(replace_step(document, step.model_copy(update=changes)) for step in steps),
        )

    gesture = ("several", *names)
    return Part((Step, "several"), Step, fields, read, edit, gesture)

"""What the inspector shows for what is selected: a name, tabs of fields, or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector import parts
from designer.inspector.parts import Part
from designer.inspector.writing.reading import say
from designer.selection import LinkKey, Selection
from engine.document import Document
from engine.journey import Journey
from engine.steps.base import Step
from engine.validation.finding import Finding

DESIGN: Final = 0
ASSUMPTIONS: Final = 1
MAP: Final = 2
_NO_NUMBERS = QT_TRANSLATE_NOOP("Inspector", "Simulation needs no numbers for this step.")
_NO_FIELDS = QT_TRANSLATE_NOOP("Inspector", "There is nothing to set here.")
_DIFFERENT = QT_TRANSLATE_NOOP(
    "Inspector", "What differs is shown empty. What you enter holds for all."
)
_BEGIN = QT_TRANSLATE_NOOP(
    "Inspector", "Begin with a step from the palette: where do customers come in?"
)
_SELECT = QT_TRANSLATE_NOOP(
    "Inspector", "Select a step to edit it. Below is what the whole journey shares."
)
_SEVERAL = QT_TRANSLATE_NOOP("Inspector", "{count} selected steps")


@dataclass(frozen=True, slots=True)
class Shown:
    """A name to edit or a title to read, what it is, and the tabs; or the link."""

    kind: str
    tabs: Sequence[Part] = ()
    name: Part | None = None
    title: str = ""
    link: LinkKey | None = None


def shown(document: Document, selection: Selection) -> Shown:
    """What to show now. Of nothing it is the journey, or the sub-journey that is open."""
    selected = selection.selected
    step = parts.find_step(document, selection.step) if selection.step else None
    if step is not None:
        return _step(step)
    if len(selected.steps) > 1:
        return _several(document, selected.steps)
    if selected.links and not selected.steps:
        kind = say(QT_TRANSLATE_NOOP("Inspector", "From an exit to a step"))
        title = say(QT_TRANSLATE_NOOP("Inspector", "Link"))
        return Shown(kind, title=title, link=selected.links[0])
    if selected.frames:
        kind = say(QT_TRANSLATE_NOOP("Inspector", "Groups steps on the canvas"))
        title = say(QT_TRANSLATE_NOOP("Inspector", "Frame"))
        return Shown(kind, [parts.frame(selected.frames[0])], title=title)
    if selected.notes:
        kind = say(QT_TRANSLATE_NOOP("Inspector", "A remark on the canvas"))
        title = say(QT_TRANSLATE_NOOP("Inspector", "Note"))
        return Shown(kind, [parts.note(selected.notes[0])], title=title)
    return _whole(selection.graph)


def _step(step: Step) -> Shown:
    kind = f"{type(step).title} · {type(step).group.value}"
    tabs = [parts.step_design(step), parts.step_assumptions(step), parts.step_map(step)]
    return Shown(kind, tabs, name=parts.step_title(step))


def _several(document: Document, names: tuple[str, ...]) -> Shown:
    steps = [one for one in document.journey.all_steps() if one.id in names]
    kinds = ", ".join(dict.fromkeys(type(one).title for one in steps))
    title = say(_SEVERAL).format(count=len(names))
    return Shown(kinds, [parts.several_steps(names)], title=title)


def _whole(graph: str | None) -> Shown:
    if graph is not None:
        kind = say(QT_TRANSLATE_NOOP("Inspector", "Sub-journey · nothing is selected"))
        return Shown(kind, [parts.sub_design(graph)], name=parts.sub_title(graph))
    kind = say(QT_TRANSLATE_NOOP("Inspector", "Journey · nothing is selected"))
    tabs = [parts.journey_design(), parts.journey_assumptions(), parts.journey_map()]
    return Shown(kind, tabs, name=parts.journey_title())


def hint(document: Document, selection: Selection, part: Part | None) -> str:
    """What to say above the fields: what to do next, or why there are none."""
    if len(selection.steps) > 1:
        return say(_DIFFERENT)
    if part is not None and not part.names:
        is_design = issubclass(part.model, Step)
        return say(_NO_FIELDS if is_design else _NO_NUMBERS)
    if selection.selected or selection.graph is not None:
        return ""
    if not document.journey.steps:
        return say(_BEGIN)
    return say(_SELECT) if part is not None and part.model is Journey else ""


def concerns(finding: Finding, selection: Selection) -> bool:
    """Whether the finding is about what is shown."""
    if selection.selected:
        return finding.step is not None and finding.step == selection.step
    place = f"journey/sub_journeys/{selection.graph}"
    is_of_graph = selection.graph is None or f"{finding.field}/".startswith(f"{place}/")
    return finding.step is None and is_of_graph

"""What the inspector shows for what is selected: a name, tabs of fields, or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector import parts
from designer.inspector.parts import Part
from designer.inspector.writing.reading import say
from designer.selection import LinkKey, Selection
from engine.document import Document
from engine.steps.base import Step

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

"""Moving what lies on the canvas, and pinning steps to where they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from engine.document import Document
from engine.edit_kinds import Edit, Keys, Several
from engine.edit_places import respliced
from engine.element_edits import checked, element, put_named, with_fields
from engine.layout import STEP_SIZE, CanvasNote, Frame, Layout

Position = tuple[float, float]
FRAMES: Final = "layout.frames"
NOTES: Final = "layout.notes"
_NOWHERE: Mapping[str, Position] = {}


def move_all(
    document: Document,
    positions: Mapping[str, Position],
    frames: Mapping[str, Position] = _NOWHERE,
    notes: Mapping[str, Position] = _NOWHERE,
) -> Edit:
    """Put steps, frames and notes, by their ids, where the mappings say: all in one edit."""
    label = f"Move {_said(document, positions, frames, notes)}"
    edits: list[Edit] = []
    if positions:
        plain = {name: [*place] for name, place in positions.items()}
        known = checked(Layout, {"positions": plain}).positions
        edits.append(Keys(label, "layout.positions", known, touched=frozenset(positions)))
    for name, (x, y) in frames.items():
        frame = with_fields(element(document, FRAMES, name, Frame), x=x, y=y)
        edits.append(put_named(document, FRAMES, frame, label))
    for name, (x, y) in notes.items():
        note = with_fields(element(document, NOTES, name, CanvasNote), x=x, y=y)
        edits.append(put_named(document, NOTES, note, label))
    return Several(label, tuple(edits))


def _said(
    document: Document,
    positions: Mapping[str, Position],
    frames: Mapping[str, Position],
    notes: Mapping[str, Position],
) -> str:
    """What moves, for the undo menu: a frame stands for what moves because it lies in it."""
    if len(frames) == 1:
        name = next(iter(frames))
        steps, _, within = inside(document, name)
        if set(positions) <= set(steps) and set(notes) <= set(within):
            return f"frame{titled(element(document, FRAMES, name, Frame).title)}"
    if not frames and not notes:
        return steps_said(document, positions)
    return counted(len(positions), len(frames), len(notes))


def counted(steps: int, frames: int, notes: int) -> str:
    """How many of each, in words; there must be one of something."""
    counts = ((steps, "step"), (frames, "frame"), (notes, "note"))
    said = [f"{count} {kind}" + "s" * (count != 1) for count, kind in counts if count]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def titled(title: str) -> str:
    """A frame's title as it follows the word “frame”."""
    return f" “{title}”" if title else ""


def steps_said(document: Document, names: Collection[str]) -> str:
    """Which steps, for the undo menu: the name of one, or how many."""
    if len(names) != 1:
        return f"{len(names)} steps"
    steps = (step.name for step in document.journey.all_steps() if step.id in names)
    return f"“{next(steps, next(iter(names)))}”"


def inside(document: Document, frame: str) -> tuple[list[str], list[str], list[str]]:
    """Ids of the steps, frames and notes that lie in a frame, so that they move with it."""
    outer = element(document, FRAMES, frame, Frame)
    positions, layout = document.layout.positions, document.layout
    graph = document.journey if outer.graph is None else document.journey.sub_journey(outer.graph)
    steps = [
        step.id
        for step in (graph.steps if graph else ())
        if step.id in positions and _is_over(outer, positions[step.id])
    ]
    beside = (one for one in layout.frames if one.id != frame and one.graph == outer.graph)
    frames = [one.id for one in beside if _lies_in(outer, one) and not _lies_in(one, outer)]
    notes = [n.id for n in layout.notes if n.graph == outer.graph and _lies_in(outer, n)]
    return steps, frames, notes


def _is_over(outer: Frame, position: list[float]) -> bool:
    x, y = position
    return _holds(outer, x, y, *STEP_SIZE)


def _lies_in(outer: Frame, one: Frame | CanvasNote) -> bool:
    return _holds(outer, one.x, one.y, one.width, one.height)


def _holds(outer: Frame, x: float, y: float, width: float, height: float) -> bool:
    """Whether the middle of a rectangle lies in the frame, and the frame is not the smaller."""
    right, below = outer.x + outer.width, outer.y + outer.height
    is_in = outer.x <= x + width / 2 <= right and outer.y <= y + height / 2 <= below
    return is_in and width <= outer.width and height <= outer.height


def pin(document: Document, names: Collection[str]) -> Edit:
    """Let Tidy leave these steps where they are."""
    pinned = document.layout.pinned
    new = [*pinned, *(name for name in dict.fromkeys(names) if name not in set(pinned))]
    label = f"Pin {steps_said(document, names)}"
    return respliced(label, "layout.pinned", pinned, new, frozenset(names))


def unpin(document: Document, names: Collection[str]) -> Edit:
    """Let Tidy move these steps again."""
    pinned = document.layout.pinned
    new = [name for name in pinned if name not in set(names)]
    label = f"Unpin {steps_said(document, names)}"
    return respliced(label, "layout.pinned", pinned, new, frozenset(names))

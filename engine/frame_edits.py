"""Edits of frames and notes: what is drawn on the canvas and never executed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeGuard

from engine.document import Document
from engine.edit_kinds import Edit, SetField
from engine.element_edits import checked, element, put_named, remove_named, with_fields
from engine.errors import EditError
from engine.fresh_ids import unused_id
from engine.layout import STEP_SIZE, CanvasNote, Frame
from engine.moves import FRAMES, NOTES, inside, titled

Position = tuple[float, float]
Rect = tuple[float, float, float, float]
"""x and y of the upper left corner, width, height."""

MARGIN = 24.0
TITLE = 32.0
"""Room that a new frame leaves around its steps, and above them for its title."""


def add_frame(
    document: Document,
    title: str,
    around: Collection[str] | Rect,
    graph: str | None = None,
    name: str | None = None,
) -> Edit:
    """Add a frame around the steps with these ids, or with this rectangle.

    graph: the sub-journey on whose canvas it lies; name: its id, a fresh one if left out.
    """
    x, y, width, height = around if _is_rect(around) else _around(document, around)
    name = name or unused_id({one.id for one in document.layout.frames}, "frame")
    fields = {"title": title, "x": x, "y": y, "width": width, "height": height, "graph": graph}
    frame = checked(Frame, {"id": name, **fields})
    return put_named(document, FRAMES, frame, f"Add frame{titled(title)}")


def _is_rect(around: Collection[str] | Rect) -> TypeGuard[Rect]:
    return len(around) == 4 and all(isinstance(one, int | float) for one in around)


def _around(document: Document, names: Iterable[Any]) -> Rect:
    """The rectangle around steps, with room for the title of a frame."""
    known = document.layout.positions
    places = [known[name] for name in names if name in known]
    if not places:
        raise EditError("no step lies there that a frame could go around", mend="select steps.")
    left, top = (min(place[axis] for place in places) for axis in (0, 1))
    right, below = (max(place[axis] for place in places) + STEP_SIZE[axis] for axis in (0, 1))
    width, height = right - left + 2 * MARGIN, below - top + 2 * MARGIN + TITLE
    return left - MARGIN, top - MARGIN - TITLE, width, height


def resize_frame(document: Document, name: str, rect: Rect) -> Edit:
    """Give a frame this rectangle."""
    old = element(document, FRAMES, name, Frame)
    x, y, width, height = rect
    frame = with_fields(old, x=x, y=y, width=width, height=height)
    return put_named(document, FRAMES, frame, f"Resize frame{titled(old.title)}")


def collapse_frame(document: Document, name: str, collapsed: bool = True) -> Edit:
    """Close a frame over what lies in it, or open it again."""
    doing = "Collapse" if collapsed else "Expand"
    title = titled(element(document, FRAMES, name, Frame).title)
    touched = frozenset(inside(document, name)[0])
    return SetField(f"{doing} frame{title}", f"{FRAMES}.{name}.collapsed", collapsed, touched)


def retitle_frame(document: Document, name: str, title: str) -> Edit:
    """Give a frame another title."""
    element(document, FRAMES, name, Frame)
    return SetField(f"Retitle frame{titled(title)}", f"{FRAMES}.{name}.title", title)


def remove_frame(document: Document, name: str) -> Edit:
    """Remove a frame; what lies in it stays."""
    title = titled(element(document, FRAMES, name, Frame).title)
    return remove_named(document, FRAMES, name, f"Remove frame{title}")


# ---- notes


def add_note(
    document: Document,
    text: str,
    position: Position,
    graph: str | None = None,
    name: str | None = None,
) -> Edit:
    """Add a note; `graph` is the sub-journey on whose canvas it lies, `name` its id."""
    name = name or unused_id({one.id for one in document.layout.notes}, "note")
    x, y = position
    note = checked(CanvasNote, {"id": name, "text": text, "x": x, "y": y, "graph": graph})
    return put_named(document, NOTES, note, "Add note")


def change_note_text(document: Document, name: str, text: str) -> Edit:
    """Let a note say something else."""
    element(document, NOTES, name, CanvasNote)
    return SetField("Change text of note", f"{NOTES}.{name}.text", text)


def resize_note(document: Document, name: str, rect: Rect) -> Edit:
    """Give a note this rectangle."""
    x, y, width, height = rect
    old = element(document, NOTES, name, CanvasNote)
    note = with_fields(old, x=x, y=y, width=width, height=height)
    return put_named(document, NOTES, note, "Resize note")


def remove_note(document: Document, name: str) -> Edit:
    """Remove a note."""
    return remove_named(document, NOTES, name, "Remove note")

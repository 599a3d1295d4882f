"""Nothing vanishes: what is put where a collapsed frame hides what it holds, opens that frame."""

from __future__ import annotations

from engine.document import Document
from engine.edits import Edit, Several
from engine.frame_edits import collapse_frame
from engine.moves import inside


def in_sight(document: Document, edit: Edit) -> Edit:
    """The edit, and with it the opening of collapsed frames into which it puts a step."""
    collapsed = [frame.id for frame in document.layout.frames if frame.collapsed]
    if not collapsed:
        return edit
    after = edit.apply(document)[0]
    still = {frame.id for frame in after.layout.frames if frame.collapsed}
    opened = [
        collapse_frame(after, name, collapsed=False)
        for name in collapsed
        if name in still and set(inside(after, name)[0]) - set(inside(document, name)[0])
    ]
    return Several(edit.label, (edit, *opened)) if opened else edit

"""What is not seen because it lies in a collapsed frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.canvas.paper import FrameItem
from engine.document import Document
from engine.moves import inside


@dataclass
class Hidden:
    """Ids of steps and frames, each with the frame that is drawn in its place; and of notes."""

    steps: dict[str, str] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)


def hidden_in(document: Document, frames: Mapping[str, FrameItem]) -> Hidden:
    """What these frames hide; each is told how many steps lie in it."""
    hidden = Hidden()
    for name, item in frames.items():
        steps, within, notes = inside(document, name)
        item.steps_inside = len(steps)
        if item.frame.collapsed:
            hidden.steps.update(dict.fromkeys(steps, name))
            hidden.frames.update(dict.fromkeys(within, name))
            hidden.notes.update(notes)
    hidden.steps = {step: _outermost(name, hidden.frames) for step, name in hidden.steps.items()}
    return hidden


def _outermost(frame: str, frame_in: Mapping[str, str]) -> str:
    while frame in frame_in:
        frame = frame_in[frame]
    return frame

"""Where things lie on the canvas. Never changes what a journey means or its content hash."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from engine.model import Identifier, Model, Note, StepId, SubJourneyId

Coordinate = Annotated[float, Field(ge=-1e7, le=1e7)]
MAX_PINNED = 50_000
STEP_SIZE: Final = (176.0, 66.0)
"""Width and height of a step's card on the canvas."""
Length = Annotated[float, Field(gt=0, le=1e6)]


class Frame(Model):
    """A titled area that groups steps."""

    id: Identifier
    title: Annotated[str, Field(max_length=200)] = ""
    x: Coordinate
    y: Coordinate
    width: Length
    height: Length
    collapsed: bool = False
    graph: SubJourneyId | None = None
    """The sub-journey on whose canvas it lies; the journey's own, if left out."""


class CanvasNote(Model):
    """A remark on the canvas."""

    id: Identifier
    text: Note
    x: Coordinate
    y: Coordinate
    width: Length = 200
    height: Length = 80
    graph: SubJourneyId | None = None
    """The sub-journey on whose canvas it lies; the journey's own, if left out."""


class Layout(Model):
    """Positions of steps (x, y of the upper left corner), frames and notes."""

    positions: dict[StepId, Annotated[list[Coordinate], Field(min_length=2, max_length=2)]] = {}
    pinned: Annotated[list[StepId], Field(max_length=MAX_PINNED, fail_fast=True)] = []
    frames: Annotated[list[Frame], Field(max_length=2000)] = []
    notes: Annotated[list[CanvasNote], Field(max_length=2000)] = []

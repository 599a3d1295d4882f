"""What the mouse does between press and release; each gesture can be given up with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

if TYPE_CHECKING:
    from designer.canvas.view import JourneyView

START = 4
"""Pixels that the mouse must move before a press becomes a drag."""


class Gesture(Protocol):
    """A press that goes on; places are pixels of the viewport."""

    cursor: Qt.CursorShape

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse is here now."""

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The button is let go here: now the document changes, if it does at all."""

    def cancel(self) -> None:
        """Everything looks as before."""


class PanGesture:
    """The canvas follows the mouse."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: JourneyView, at: QPoint) -> None:
        self._view, self._last = view, at

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """Move along."""
        by = self._last - at
        self._last = at
        self._view.pan(by.x(), by.y())

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Stay."""

    def cancel(self) -> None:
        """Stay as well: nobody wants to be thrown back."""


class BandGesture:
    """A rubber band selects what it touches."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, view: JourneyView, start: QPointF, *, adds: bool) -> None:
        self._view, self._start = view, start
        self._before = view.selection.selected
        if not adds:
            view.selection.select()
        self._kept = self._before if adds else type(self._before)()

    def move(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:  # noqa: ARG002
        """Select what the band touches now."""
        band = QRectF(self._start, self._view.mapToScene(at)).normalized()
        self._view.show_aids(band=band)
        scene, kept = self._view.journey_scene, self._kept
        steps = [
            name
            for name, card in scene.cards.items()
            if name not in kept.steps and card.isVisible() and band.intersects(card.scene_rect())
        ]
        notes = [
            name
            for name, note in scene.notes.items()
            if name not in kept.notes and note.isVisible() and band.intersects(note.scene_rect())
        ]
        frames = [
            name
            for name, frame in scene.frames.items()
            if name not in kept.frames and frame.isVisible() and band.contains(frame.scene_rect())
        ]
        self._view.selection.select(
            [*kept.steps, *steps], kept.links, [*kept.frames, *frames], [*kept.notes, *notes]
        )

    def release(self, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """What is selected stays selected."""

    def cancel(self) -> None:
        """Select what was selected before, as far as it is still there."""
        old, scene = self._before, self._view.journey_scene
        self._view.selection.select(
            [name for name in old.steps if name in scene.cards],
            [key for key in old.links if key in scene.links],
            [name for name in old.frames if name in scene.frames],
            [name for name in old.notes if name in scene.notes],
        )

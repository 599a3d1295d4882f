"""What is at a place of the canvas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem

from designer.canvas.card import CardItem
from designer.canvas.link import LinkItem, OpenExit
from designer.canvas.paper import FrameItem, NoteItem
from designer.selection import LinkKey


@dataclass(frozen=True, slots=True)
class Hit:
    """Exactly one of these, or nothing."""

    step: str | None = None
    exit: LinkKey | None = None
    link: LinkKey | None = None
    frame: str | None = None
    note: str | None = None

    def __bool__(self) -> bool:
        return self != Hit()

    @property
    def elements(self) -> tuple[str | None, LinkKey | None, str | None, str | None]:
        """What of it can be selected: step, link, frame, note."""
        return self.step, self.link, self.frame, self.note


def hit_of(items: Iterable[QGraphicsItem], at: QPointF) -> Hit:
    """What a press at this place is meant for; of `items`, those on top come first."""
    for item in items:
        if isinstance(item, OpenExit):
            card = item.parentItem()
            if isinstance(card, CardItem):
                return Hit(exit=(card.step.id, item.exit_name))
        elif isinstance(item, CardItem):
            exit_name = item.exit_at(at)
            if exit_name is not None:
                return Hit(exit=(item.step.id, exit_name))
            return Hit(step=item.step.id)
        elif isinstance(item, LinkItem):
            return Hit(link=item.key)
        elif isinstance(item, NoteItem):
            return Hit(note=item.note.id)
        elif isinstance(item, FrameItem):
            return Hit(frame=item.frame.id)
    return Hit()

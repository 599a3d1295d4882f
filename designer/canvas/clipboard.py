"""Copy, cut, paste and duplicate, as JSON text, so also between windows and into a mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QGuiApplication

from designer.canvas.measures import GRID
from designer.selection import LinkKey, Selection
from designer.session import Session
from engine.document import Document
from engine.edit_kinds import in_turn
from engine.edits import Edit, disconnect
from engine.fragment import Paste, copied, pasted
from engine.frame_edits import remove_frame, remove_note
from engine.removal import remove_steps


def copy(session: Session, selection: Selection) -> bool:
    """Put what is selected on the clipboard; False if nothing is."""
    text = _text(session, selection)
    if text:
        QGuiApplication.clipboard().setText(text)
    return bool(text)


def _text(session: Session, selection: Selection) -> str:
    chosen = selection.selected
    if not (chosen.steps or chosen.frames or chosen.notes):
        return ""
    return copied(session.document, chosen.steps, chosen.frames, chosen.notes)


def cut(session: Session, selection: Selection) -> None:
    """Copy what is selected, and remove it."""
    if copy(session, selection):
        remove(session, selection)


def paste(session: Session, selection: Selection, at: QPointF | None = None) -> None:
    """Add what is on the clipboard; EditError if that is nothing of a journey."""
    _add(session, selection, QGuiApplication.clipboard().text(), at)


def duplicate(session: Session, selection: Selection) -> None:
    """A second one of all that is selected, beside it; the clipboard stays as it is."""
    text = _text(session, selection)
    if text:
        _add(session, selection, text, None)


def _add(session: Session, selection: Selection, text: str, at: QPointF | None) -> None:
    place = None if at is None else (round(at.x() / GRID) * GRID, round(at.y() / GRID) * GRID)
    found: Paste = pasted(session.document, text, selection.graph, place)
    session.do(found.edit)
    selection.select(found.ids, (), found.frames, found.notes)


def remove(session: Session, selection: Selection, *, reconnect: bool = False) -> None:
    """Remove all that is selected, in one edit; with `reconnect`, what is around closes up."""
    edit = _removal(session, selection, reconnect=reconnect)
    if edit is not None:
        session.do(edit)


def _removal(session: Session, selection: Selection, *, reconnect: bool) -> Edit | None:
    chosen = selection.selected
    parts: list[Callable[[Document], Edit]] = []
    links = [key for key in chosen.links if key[0] not in chosen.steps]
    parts += [partial(_unlinked, key=key) for key in links]
    if chosen.steps:
        parts.append(partial(remove_steps, names=chosen.steps, reconnect=reconnect))
    parts += [partial(remove_frame, name=name) for name in chosen.frames]
    parts += [partial(remove_note, name=name) for name in chosen.notes]
    if len(parts) == 1:
        return parts[0](session.document)
    label = QCoreApplication.translate("Canvas", "Remove what is selected")
    return in_turn(label, session.document, *parts) if parts else None


def _unlinked(document: Document, key: LinkKey) -> Edit:
    return disconnect(document, *key)

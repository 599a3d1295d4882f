"""Copy, cut, paste and duplicate, as JSON text, so also between windows and into a mail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from designer.canvas.measures import GRID
from designer.selection import Selection
from designer.session import Session
from engine.document import Document
from engine.edit_kinds import in_turn
from engine.edits import Edit, Several, disconnect
from engine.errors import EditError
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
    steps: list[Callable[[Document], Edit]] = []
    for source, exit_name in chosen.links:
        if source not in chosen.steps:
            steps.append(lambda now, s=source, e=exit_name: disconnect(now, s, e))
    if chosen.steps:
        steps.append(lambda now: remove_steps(now, chosen.steps, reconnect))
    steps += [lambda now, n=name: remove_frame(now, n) for name in chosen.frames]
    steps += [lambda now, n=name: remove_note(now, n) for name in chosen.notes]
    if not steps:
        return None
    made = in_turn("", session.document, *steps)
    if len(made.edits) == 1:
        return made.edits[0]
    return Several(f"Remove {len(chosen.steps)} steps and what is selected besides", made.edits)

"""One document that is being edited: what it is now, what was done, who wants to know.

Everything that changes a document goes through `Session.do` and can be taken back. Views are
told which steps look different and read the document again; none of them keeps a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

from engine.document import Document
from engine.edits import Edit, Several


@dataclass(frozen=True, slots=True)
class Change:
    """What listeners are told: which steps (by id) look different, and what was done."""

    touched: frozenset[str]
    label: str


Listener = Callable[[Change], None]


@dataclass(frozen=True, slots=True)
class _Done:
    """One entry of the history: what takes it back, and what it was part of."""

    inverse: Edit
    together: Hashable | None


class Session:
    """A document, its history, and where it is saved (None if it never was)."""

    def __init__(self, document: Document, path: Path | None = None) -> None:
        self._document = document
        self._path = path
        self._done: list[_Done] = []
        self._undone: list[Edit] = []
        self._listeners: list[Listener] = []
        # How many entries the saved document had; None once that state cannot be come back to.
        self._saved: int | None = 0

    @property
    def document(self) -> Document:
        """The document as it is now; frozen, so that nobody edits it behind the session's back."""
        return self._document

    @property
    def path(self) -> Path | None:
        """Where it was last saved, or read from."""
        return self._path

    # ---- doing and taking back

    def do(self, edit: Edit, together: Hashable | None = None) -> None:
        """Make an edit; EditError if it cannot be made, and then nothing is changed.

        together: what a gesture is called that makes many edits, such as typing into one
        field: those that follow each other and have the same name are taken back at once.
        """
        changed, inverse = edit.apply(self._document)
        self._forget_undone()
        last = self._done[-1] if self._done else None
        if together is not None and last is not None and last.together == together:
            self._done[-1] = _Done(_both(edit.label, inverse, last.inverse), together)
        else:
            self._done.append(_Done(inverse, together))
        self._become(changed, edit)

    def end_of_gesture(self) -> None:
        """What comes next is taken back by itself, whatever it is called."""
        if self._done and self._done[-1].together is not None:
            self._done[-1] = _Done(self._done[-1].inverse, None)

    def undo(self) -> None:
        """Take the last entry back; nothing happens if there is none."""
        if self._done:
            edit = self._done.pop().inverse
            changed, redo = edit.apply(self._document)
            self._undone.append(redo)
            self._become(changed, edit)

    def redo(self) -> None:
        """Make again what was taken back last; nothing happens if there is nothing."""
        if self._undone:
            edit = self._undone.pop()
            changed, inverse = edit.apply(self._document)
            self._done.append(_Done(inverse, None))
            self._become(changed, edit)

    def go_to(self, position: int) -> None:
        """Undo or redo until so many entries of `history` are done; ValueError beyond its ends."""
        if not 0 <= position <= len(self.history):
            raise ValueError(f"the history has no position {position}")
        while self.position > position:
            self.undo()
        while self.position < position:
            self.redo()

    @property
    def history(self) -> list[str]:
        """What every entry does, the first first; those after `position` are taken back."""
        done = [entry.inverse.label for entry in self._done]
        return done + [edit.label for edit in reversed(self._undone)]

    @property
    def position(self) -> int:
        """How many entries of the history are done."""
        return len(self._done)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; None if there is nothing."""
        return self._done[-1].inverse.label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would make again; None if there is nothing."""
        return self._undone[-1].label if self._undone else None

    # ---- saving

    @property
    def is_changed(self) -> bool:
        """Whether there is something that was not saved."""
        return self._saved != self.position

    def was_saved(self, path: Path) -> None:
        """The document as it is now is saved at `path`."""
        self._path = path
        self._saved = self.position
        # What is typed after saving is an entry of its own, or undo would skip what was saved.
        self.end_of_gesture()

    # ---- listening

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; the function that is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _become(self, document: Document, edit: Edit) -> None:
        self._document = document
        change = Change(edit.touched, edit.label)
        for listener in tuple(self._listeners):
            listener(change)

    def _forget_undone(self) -> None:
        if self._undone and self._saved is not None and self._saved > self.position:
            self._saved = None
        self._undone.clear()


def _both(label: str, first: Edit, second: Edit) -> Edit:
    """Two inverses as one, the later one first; one inside the other stays one list."""
    rest = second.edits if isinstance(second, Several) else (second,)
    return Several(label, (first, *rest))

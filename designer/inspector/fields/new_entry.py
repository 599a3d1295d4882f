"""A line for the name of something new that a field shall refer to: a skill, a purpose."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from designer.inspector.fields.line_edit import LineEdit
from designer.inspector.references import Reference, new_id
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.reading import say
from engine.edits import put_named
from engine.errors import EditError


class NewEntry(QWidget):
    """Enter makes it, Escape gives up.

    made: the id of the new thing; the edit that makes it waits in the surroundings.
    """

    made = Signal(str)
    given_up = Signal()

    def __init__(
        self, reference: Reference, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._reference, self._around = reference, around
        self.line = LineEdit()
        self.line.setMaxLength(200)
        self.line.setPlaceholderText(say(reference.new))
        self.line.setAccessibleName(say(reference.new))
        add = QPushButton(self.tr("Add"))
        add.setAccessibleName(f"{self.tr('Add')}: {say(reference.new)}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(add)
        self.line.returnPressed.connect(self._on_entered)
        add.clicked.connect(self._on_entered)
        self.line.escaped.connect(self.given_up)

    def open(self) -> None:
        """Ask for a name."""
        self.line.clear()
        self.show()
        self.line.setFocus()

    def _on_entered(self) -> None:
        title = self.line.text().strip()
        make = self._reference.make
        if not title or make is None:
            self.given_up.emit()
            return
        taken = [name for name, _ in self._reference.listed(self._around, None)]
        name = new_id(title, taken)
        try:
            item = make(name, title)
            self._around.first(put_named(self._around.document, self._reference.place, item))
        except EditError:  # pragma: no cover - the places of references are the document's own
            self.given_up.emit()
            return
        self.line.clear()
        self.made.emit(name)

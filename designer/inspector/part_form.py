"""A form bound to a part of the document: what is made in it becomes edits of the session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.model_form import ModelForm
from designer.inspector.parts import Part
from designer.inspector.surroundings import Surroundings
from designer.theme.look import px
from engine.edits import Several
from engine.errors import EditError
from engine.validation.finding import Finding


class PartForm(QWidget):
    """Shows one part after another of the same key."""

    def __init__(self, part: Part, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part, self._around = part, around
        self.form = ModelForm(part.model, part.names, around)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        self._source = note("", SOFT)
        layout.addWidget(self._source)
        layout.addWidget(self.form)
        self.form.changed.connect(self._on_changed)
        self.form.left.connect(around.session.end_of_gesture)

    def show_part(self, part: Part) -> None:
        """Show this part; drafts of another one are forgotten."""
        if part.gesture != self._part.gesture:
            self.form.forget()
        self._part = part
        self.refresh()

    def refresh(self) -> None:
        """Show the part as it is now."""
        model = self._part.read(self._around.document)
        if model is not None:
            self.form.show_model(model, self._part.place)
        source = self._around.source(self._part.place)
        self._source.setText(source)
        self._source.setVisible(bool(source))

    def flag(self, findings: Sequence[Finding]) -> None:
        """Say at each field what was found about it, the worst first."""
        for name, row in self.form.rows.items():
            row.flag(next((one for one in findings if one.field and name in _fields(one)), None))

    def reveal(self, way: Sequence[str]) -> QWidget:
        """The widget to put the focus on for this field."""
        return self.form.reveal(way)

    def _on_changed(self, model: Any, gesture: Any) -> None:
        session, part = self._around.session, self._part
        first = self._around.take_first()
        old = part.read(session.document)
        if old is None:
            return
        try:
            edit = part.edit(session.document, old, model)
            if first:
                edit = Several(edit.label, (*first, edit))
            together = None if gesture is None else (*part.gesture, *gesture)
            session.do(edit, together)
        except EditError as error:
            self.form.show_model(old, part.place)
            self.form.refuse(f"{error.what[:1].upper()}{error.what[1:]}.")


def _fields(finding: Finding) -> set[str]:
    """The names of which one may be that of the field: the first, or that after the section."""
    return set((finding.field or "").split("/")[:2]) - {"journey", "assumptions"}

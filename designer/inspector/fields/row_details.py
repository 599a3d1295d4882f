"""What of a row fits into no cell: the rest of its model, or a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import SOFT, note
from designer.inspector.field_spec import Spec, specs
from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.fields.group import UnionEditor
from designer.inspector.measures import INDENT
from designer.inspector.model_form import ModelForm
from designer.inspector.rows.sheet import ABSENT, Row, Sheet, model_columns
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.summaries import summary
from designer.theme.look import px

_HIDDEN = frozenset({"steps", "links"})
"""Graphs are drawn, not filled in."""


class RowDetails(QWidget):
    """Below the table, for the current row.

    changed: the row as it is now, and the gesture.
    """

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, sheet: Sheet, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._around = sheet, around
        self._row = Row(None, ABSENT)
        self._form: ModelForm | None = None
        self._folded: FoldedEditor | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(INDENT, px(2), 0, px(6))
        self._source = note("", SOFT)
        self._layout.addWidget(self._source)
        self.hide()

    def show_row(self, row: Row, place: str) -> None:
        """Show the rest of this row."""
        spec = self._sheet.details(row)
        self._row = row
        source = self._around.source(place) if place and row.value is not ABSENT else ""
        self._source.setText(source)
        self._source.setVisible(bool(source))
        if spec is None:
            self.hide()
            return
        if spec.models or self._is_whole(spec):
            self._show_whole(spec, row, place)
        elif row.value is ABSENT:
            self.hide()
        else:
            self._show_rest(spec, row.value, place)

    def _is_whole(self, spec: Spec) -> bool:
        """Whether the cells say nothing of the model's fields, so that all of it is shown here."""
        return (
            self._sheet.spec.origin is dict and len(self._sheet.columns()) == 2 and bool(spec.model)
        )

    def _show_whole(self, spec: Spec, row: Row, place: str) -> None:
        if self._folded is None:
            self._folded = whole_editor(spec, self._around)
            self._folded.set_names(self._sheet.columns()[-1].title, "")
            self._folded.changed.connect(self._on_whole)
            self._folded.left.connect(self.left)
            self._layout.addWidget(self._folded)
        value = None if row.value is ABSENT else row.value
        self._folded.show_value(value, _KeyOwner(row.key), place)
        if value is not None:
            self._folded.open()
        self.show()

    def _show_rest(self, spec: Spec, value: BaseModel, place: str) -> None:
        if self._form is None:
            cells = model_columns(spec, self._around)
            names = [
                name for name in specs(type(value)) if name not in cells and name not in _HIDDEN
            ]
            if not names:
                self.hide()
                return
            names += [name for name in cells if specs(type(value))[name].is_condition]
            # An id is what others refer to: last, as it is seldom changed.
            names.sort(key=lambda name: name == "id")
            self._form = ModelForm(type(value), names, self._around, unit=spec.unit)
            self._form.changed.connect(self._on_form)
            self._form.left.connect(self.left)
            self._layout.addWidget(self._form)
        self._form.show_model(value, place)
        self.show()

    def forget(self) -> None:
        """What was typed and not taken over goes."""
        if self._folded is not None:
            self._folded.forget()
        if self._form is not None:
            self._form.forget()

    def reveal(self, way: Sequence[str]) -> QWidget | None:
        """The widget for a field inside."""
        if self._folded is not None:
            return self._folded.reveal(way)
        return self._form.reveal(way) if self._form is not None else None

    def _on_form(self, model: Any, gesture: Any) -> None:
        self.changed.emit(replace(self._row, value=model), gesture)

    def _on_whole(self, value: Any, gesture: Any) -> None:
        self.changed.emit(replace(self._row, value=ABSENT if value is None else value), gesture)


class _KeyOwner:
    """Stands for the model that has the value, of which only the key is known."""

    def __init__(self, key: Any) -> None:
        self.attribute = key


def whole_editor(spec: Spec, around: Surroundings) -> FoldedEditor:
    """An editor for all of a value, which can also be unset."""
    from designer.inspector.fields.group import GroupEditor  # noqa: PLC0415

    making = UnionEditor if spec.models else GroupEditor
    return FoldedEditor(replace(spec, optional=True), around, making, summary)

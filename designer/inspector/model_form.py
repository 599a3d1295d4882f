"""A form for the fields of any model: it is told a model, and says when the user made another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.completing import Misfit, completed
from designer.inspector.field_spec import specs
from designer.inspector.reaching import names_it, reach
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.reading import say
from designer.theme.look import px

_NOT_YET = QT_TRANSLATE_NOOP("Inspector", "{problem} So far it is not in the journey.")


class ModelForm(QWidget):
    """Rows of fields.

    What is right by itself but does not fit the other fields is kept as a draft, until one of
    them is changed so that all of them fit.

    changed: the new model, and the gesture.
    """

    changed = Signal(object, object)
    left = Signal()

    def __init__(
        self,
        model: type[BaseModel],
        names: Sequence[str],
        around: Surroundings,
        *,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        from designer.inspector.field_row import FieldRow  # noqa: PLC0415 - a cycle

        super().__init__(parent)
        self.model_type = model
        self._around = around
        self._model: BaseModel | None = None
        self._drafts: dict[str, Any] = {}
        self._last = ""
        self.rows: dict[str, FieldRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        for name in names:
            row = FieldRow(specs(model, unit)[name], around)
            row.changed.connect(self._on_changed)
            row.left.connect(self.left)
            layout.addWidget(row)
            self.rows[name] = row

    def show_model(self, model: BaseModel, place: str) -> None:
        """Show this model, which stands at `place` of the document."""
        old, self._model = self._model, model
        for name, row in self.rows.items():
            value = getattr(model, name)
            if name in self._drafts:
                if old is not None and getattr(old, name) == value:
                    continue
                self._drop(name)
            at = f"{place}/{_key(model, name)}" if place else ""
            row.show_value(value, model, at)

    def forget(self) -> None:
        """Something else will be shown: what was not taken over goes, what is open is folded."""
        self._drafts = {}
        for row in self.rows.values():
            row.refuse("")
            row.editor.forget()

    def entry(self) -> QWidget:
        """The first field's widget."""
        return next((row.editor.entry() for row in self.rows.values()), self)

    def reveal(self, way: Sequence[str]) -> QWidget:
        """The widget for the field that the way leads to; the nearest if it leads nowhere."""
        if way and way[0] in self.rows:
            return self.rows[way[0]].reveal(way[1:])
        for name, row in self.rows.items():
            value = getattr(self._model, name, None)
            if way and reach(value, way):
                return row.reveal(way)
            if way and names_it(value, way[0]):
                return row.reveal(())
        return self.entry()

    def refuse(self, message: str) -> None:
        """The last change could not be made: say so at its field."""
        if self._last in self.rows:
            self.rows[self._last].refuse(message)

    def _drop(self, name: str) -> None:
        self._drafts.pop(name, None)
        self.rows[name].refuse("")

    def _on_changed(self, name: str, value: Any, gesture: Any) -> None:
        model = self._model
        if model is None:
            return
        self._last = name
        if name in self._drafts and getattr(model, name) == value:
            self._drop(name)
            return
        changes = {**self._drafts, name: value}
        found = completed(model, changes)
        if isinstance(found, Misfit) and found.together and self._drafts:
            alone = completed(model, {name: value})
            found, changes = (
                (found, changes) if isinstance(alone, Misfit) else (alone, {name: value})
            )
        if isinstance(found, Misfit):
            self._keep(name, value, found)
            return
        for one in changes:
            self._drop(one)
        self._model = found
        self.changed.emit(found, gesture)

    def _keep(self, name: str, value: Any, problem: Misfit) -> None:
        if problem.together:
            self._drafts[name] = value
            self.rows[name].show_value(value, self._model, "")
            self.rows[name].refuse(say(_NOT_YET).format(problem=problem.message))
        else:
            self.rows[name].refuse(problem.message)
        self._around.take_first()


def _key(model: BaseModel, name: str) -> str:
    return type(model).model_fields[name].alias or name

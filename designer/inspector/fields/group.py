"""Fields of a model within a model, and of one of several models that a tag tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_spec import Spec, specs
from designer.inspector.fields.combo import Combo
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.shape import ShapeSketch
from designer.inspector.labels import choice_label
from designer.inspector.measures import INDENT
from designer.inspector.model_form import ModelForm
from designer.inspector.starting_values import converted
from designer.inspector.surroundings import Surroundings
from designer.theme.look import px
from engine.model import TAGS


class GroupEditor(Editor):
    """The fields of a model, a little to the right."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(INDENT, 0, 0, px(6))
        self._layout.setSpacing(px(8))
        self.form: ModelForm | None = None

    def entry(self) -> QWidget:
        """The first field."""
        return self.form.entry() if self.form is not None else self

    def forget(self) -> None:
        """None of its fields keeps anything."""
        if self.form is not None:
            self.form.forget()

    def set_wrong(self, wrong: bool) -> None:
        """The fields mark themselves."""

    def set_names(self, name: str, help_: str) -> None:
        """The fields have their own names."""

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Show the fields of the model; those of another model if it is another."""
        if self.form is None or self.form.model_type is not type(value):
            self._exchange(type(value))
        if self.form is not None:
            self.form.show_model(value, place)

    def reveal(self, way: Sequence[str]) -> QWidget:
        """Go on in the form."""
        return self.form.reveal(way) if self.form is not None else self

    def _exchange(self, model: type[BaseModel]) -> None:
        if self.form is not None:
            self._layout.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        unit = self.spec.unit
        self.form = ModelForm(model, list(specs(model)), self.around, unit=unit)
        self.form.changed.connect(self.changed)
        self.form.left.connect(self.left)
        self._layout.addWidget(self.form)


class UnionEditor(GroupEditor):
    """Which of the models it is, and its fields; a distribution is drawn as well."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._value: BaseModel | None = None
        self.combo = Combo()
        self.combo.setAccessibleName(QCoreApplication.translate("Inspector", "Kind"))
        self._layout.addWidget(self.combo)
        self._sketch = ShapeSketch()
        self._layout.addWidget(self._sketch)
        self.combo.activated.connect(self._on_kind)

    def entry(self) -> QWidget:
        """The kind."""
        return self.combo

    def show_value(self, value: Any, owner: Any, place: str) -> None:
        """Show which it is, and its fields."""
        self._value = value
        entries = [(one, _kind_name(one)) for one in self.spec.models]
        self.combo.put(entries, type(value))
        super().show_value(value, owner, place)
        self._sketch.show_distribution(value, self.spec.unit)
        self._layout.addWidget(self._sketch)

    def _on_kind(self, _index: int) -> None:
        chosen = self.combo.value()
        if isinstance(chosen, type) and chosen is not type(self._value):
            self.changed.emit(converted(self._value, chosen, self.around), None)


def _kind_name(model: type[BaseModel]) -> str:
    tag = next(name for name in model.model_fields if name in TAGS)
    return choice_label(tag, str(model.model_fields[tag].default))

"""One comparison of a condition: an attribute, an operator in words, a value of its type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.inspector.completing import Misfit, completed
from designer.inspector.conditions import Operator, atom, operators, value_fields
from designer.inspector.field_row import BAD, note
from designer.inspector.field_spec import Spec, specs
from designer.inspector.fields.check_list import CheckListEditor
from designer.inspector.fields.choice import ChoiceEditor
from designer.inspector.fields.combo import Combo
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.line import LineEditor
from designer.inspector.fields.rows import RowsEditor
from designer.inspector.labels import label
from designer.inspector.surroundings import Surroundings
from designer.theme.look import px, text_scale
from engine.profile import Attribute, ValueType

_LARGE = 1.3


class ComparisonBox(QWidget):
    """Pickers, one below the other where there is little room.

    changed: the comparison, and the gesture.
    """

    changed = Signal(object, object)
    left = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._atom: Any = None
        self._shape: object = None
        self.editors: dict[str, Editor] = {}
        self.attribute, self.operator = Combo(), Combo()
        self.attribute.setAccessibleName(self.tr("What is looked at"))
        self.operator.setAccessibleName(self.tr("How it is compared"))
        self._values = QVBoxLayout()
        self._values.setSpacing(px(4))
        # Beside the operator there is room for a short value, unless the text is large.
        self._line = QHBoxLayout()
        self._line.setSpacing(px(4))
        self._line.addWidget(self.operator, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(4))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(2))
        self._head.addWidget(self.attribute, 1)
        self._layout.addLayout(self._head)
        self._layout.addLayout(self._line)
        self._layout.addLayout(self._values)
        self._message = note("", BAD)
        self._message.hide()
        self._layout.addWidget(self._message)
        self.attribute.activated.connect(self._on_attribute)
        self.operator.activated.connect(self._on_operator)

    def take(self, menu: QWidget) -> None:
        """Show the menu of this part beside what is looked at."""
        self._head.addWidget(menu)

    def entry(self) -> QWidget:
        """The picker of attributes."""
        return self.attribute

    def _known(self) -> Attribute | None:
        return self._around.attributes().get(self._atom.attribute) if self._atom else None

    def show_condition(self, condition: Any) -> None:
        """Show this comparison."""
        self._atom = condition
        names = [(one.id, one.name or one.id) for one in self._around.attributes().values()]
        if all(one != condition.attribute for one, _ in names):
            missing = self.tr("{0} (missing)").format(condition.attribute)
            names.append((condition.attribute, missing))
        self.attribute.put(names, condition.attribute)
        attribute = self._known()
        current = Operator(type(condition), condition.op)
        offered = operators(attribute)
        if current not in offered:
            offered.append(current)
        self.operator.put([(one, one.words) for one in offered], current)
        self._show_values(condition, attribute)

    def _show_values(self, condition: Any, attribute: Attribute | None) -> None:
        kind = attribute.type if attribute else None
        has_choices = bool(attribute and attribute.choices)
        shape = (type(condition), kind, has_choices)
        if shape != self._shape:
            self._shape = shape
            self._rebuild(type(condition), kind, has_choices=has_choices)
        for name, editor in self.editors.items():
            editor.show_value(getattr(condition, name), condition, "")

    def _rebuild(self, model: Any, kind: ValueType | None, *, has_choices: bool) -> None:
        for editor in self.editors.values():
            editor.hide()
            self._line.removeWidget(editor)
            self._values.removeWidget(editor)
            editor.deleteLater()
        self.editors = {}
        self._message.hide()
        names = value_fields(model)
        for name in names:
            spec = specs(model)[name]
            editor = _value_editor(spec, self._around, kind, has_choices=has_choices)
            editor.set_names(label(spec), "")
            editor.changed.connect(self._on_value)
            editor.left.connect(self.left)
            editor.complained.connect(self._on_complained)
            is_short = len(names) == 1 and spec.origin is not list and text_scale() < _LARGE
            line = self._line if is_short else self._values
            line.addWidget(editor, 1)
            self.editors[name] = editor

    def _on_attribute(self, _index: int) -> None:
        name = self.attribute.value()
        attribute = self._around.attributes().get(str(name))
        if attribute is None or name == self._atom.attribute:
            return
        offered = operators(attribute)
        current = Operator(type(self._atom), self._atom.op)
        operator = current if current in offered else offered[0]
        self.changed.emit(atom(operator, attribute, self._atom), None)

    def _on_operator(self, _index: int) -> None:
        operator, attribute = self.operator.value(), self._known()
        if isinstance(operator, Operator) and attribute is not None:
            self.changed.emit(atom(operator, attribute, self._atom), None)

    def _on_value(self, value: Any, gesture: Any) -> None:
        sender = self.sender()
        name = next(name for name, editor in self.editors.items() if editor is sender)
        changed = completed(self._atom, {name: value})
        if isinstance(changed, Misfit):
            self._on_complained(changed.message)
            return
        self._on_complained("")
        self.changed.emit(changed, None if gesture is None else (name, *gesture))

    def _on_complained(self, message: str) -> None:
        sender = self.sender()
        if isinstance(sender, Editor):
            sender.set_wrong(bool(message))
        self._message.setText(message)
        self._message.setVisible(bool(message))


def _value_editor(
    spec: Spec, around: Surroundings, kind: ValueType | None, *, has_choices: bool
) -> Editor:
    if spec.origin is list:
        return CheckListEditor(spec, around) if has_choices else RowsEditor(spec, around)
    if spec.is_value and (has_choices or kind is ValueType.BOOLEAN):
        return ChoiceEditor(replace(spec, optional=False), around)
    return LineEditor(spec, around)

"""Several of what there is: a list with boxes, and a line to make something new."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.fields.new_entry import NewEntry
from designer.inspector.labels import unset_label
from designer.inspector.references import reference_of
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import codec
from designer.inspector.writing.texts import write_choices
from designer.plain_text import cut
from designer.theme.look import px

_MOST_ROWS = 8


class _Boxes(QListWidget):
    """Space checks; Alt with the arrows moves what is checked up or down."""

    def __init__(self, owner: CheckListEditor) -> None:
        super().__init__()
        self._owner = owner
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Alt+Up and Alt+Down change the order."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._owner.shift(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class CheckListEditor(Editor):
    """What is checked comes first, in its order."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._value: list[Any] = []
        self._owner: Any = None
        self._choices: list[tuple[Any, str]] = []
        self.boxes = _Boxes(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(self.boxes)
        self.boxes.itemChanged.connect(self._on_item)
        reference = reference_of(spec.element)
        self.new = NewEntry(reference, around) if reference is not None and reference.new else None
        if self.new is not None:
            self.new.made.connect(self._on_made)
            layout.addWidget(self.new)

    def entry(self) -> QWidget:
        """The list."""
        return self.boxes

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Check these, and list what else there is."""
        self._owner = owner
        found = codec(self.spec, self.around, owner)
        names = dict(found.choices or []) if found else {}
        chosen = [(one, names.get(one, str(one))) for one in value]
        others = [(one, name) for one, name in names.items() if one not in value]
        if reference_of(self.spec.element) is None:
            # Days and channels have an order of their own, which is not to be disturbed.
            chosen, others = [(one, name) for one, name in names.items()], []
        self._value = list(value)
        self._fill(chosen + others)

    def _fill(self, choices: list[tuple[Any, str]]) -> None:
        current = self.boxes.currentRow()
        self.boxes.blockSignals(True)
        if [name for _, name in choices] != [name for _, name in self._choices]:
            self.boxes.clear()
            for _, name in choices:
                item = QListWidgetItem(cut(" ".join(name.split()), 200))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                self.boxes.addItem(item)
        self._choices = choices
        for number, (one, _) in enumerate(choices):
            state = Qt.CheckState.Checked if one in self._value else Qt.CheckState.Unchecked
            self.boxes.item(number).setCheckState(state)
        self.boxes.setCurrentRow(max(min(current, len(choices) - 1), 0))
        self.boxes.blockSignals(False)
        height = self.boxes.sizeHintForRow(0) if choices else px(20)
        rows = max(min(len(choices), _MOST_ROWS), 1)
        self.boxes.setFixedHeight(rows * height + px(6))
        self.boxes.setVisible(bool(choices))

    def _on_item(self, item: QListWidgetItem) -> None:
        one = self._choices[self.boxes.row(item)][0]
        is_checked = item.checkState() == Qt.CheckState.Checked
        if is_checked == (one in self._value):
            return
        value = [*self._value, one] if is_checked else [x for x in self._value if x != one]
        if reference_of(self.spec.element) is None:
            order = [choice for choice, _ in self._choices]
            value.sort(key=order.index)
        self._put(value)

    def _put(self, value: list[Any]) -> None:
        self._value = value
        self.changed.emit(value, None)

    def _on_made(self, name: str) -> None:
        self._put([*self._value, name])
        self.boxes.setFocus()

    def shift(self, by: int) -> None:
        """Put the current one of those that are checked further up or down."""
        row = self.boxes.currentRow()
        if not 0 <= row < len(self._value) or not 0 <= row + by < len(self._value):
            return
        value = list(self._value)
        value[row], value[row + by] = value[row + by], value[row]
        self.boxes.setCurrentRow(row + by)
        self._put(value)


def listed(value: Any, spec: Spec, around: Surroundings) -> str:
    """What is checked, by name."""
    if not value:
        return unset_label(spec)
    found = codec(spec, around)
    return write_choices(value, list(found.choices or []) if found else [])

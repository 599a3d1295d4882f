"""Yes or no."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor
from designer.inspector.surroundings import Surroundings
from designer.plain_text import PlainLabel


class _Caption(PlainLabel):
    """The words beside the box: long ones wrap, which a check box's own text cannot."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A click on the words is a click on the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.clicked.emit()


class CheckEditor(Editor):
    """A check box with its own caption."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self.box = QCheckBox()
        self._caption = _Caption()
        self._caption.clicked.connect(self.box.click)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._caption, 1)
        self.box.clicked.connect(self._on_clicked)

    def entry(self) -> QWidget:
        """The box."""
        return self.box

    def set_names(self, name: str, help_: str) -> None:
        """Say what it is, beside it too."""
        super().set_names(name, help_)
        self._caption.setText(name)

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Check it or not."""
        self.box.setChecked(bool(value))

    def _on_clicked(self, checked: bool) -> None:
        self.changed.emit(checked, None)

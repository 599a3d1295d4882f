"""Numbers, durations, shares, short texts and ids: whatever fits on a line."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticUndefined
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_spec import Spec
from designer.inspector.fields.editor import Editor, same
from designer.inspector.fields.line_edit import LineEdit
from designer.inspector.labels import unset_label
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import Codec, codec
from designer.inspector.writing.numbers import bounds
from designer.inspector.writing.reading import Unreadable

_NOTHING = object()


class LineEditor(Editor):
    """A line; what cannot be read stays in it, marked, and goes nowhere."""

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(spec, around, parent)
        self._value: Any = _NOTHING
        self._before: Any = _NOTHING
        self._owner: Any = None
        self._is_wrong = False
        self.line = LineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        if spec.optional:
            self.line.setPlaceholderText(unset_label(spec))
        self.line.textEdited.connect(self._on_edited)
        self.line.editingFinished.connect(self._on_finished)
        self.line.escaped.connect(self._on_escaped)

    def _codec(self) -> Codec:
        found = codec(self.spec, self.around, self._owner)
        return found or Codec(str, str)

    def entry(self) -> QWidget:
        """The line."""
        return self.line

    def forget(self) -> None:
        """The next value is written, whatever stands there."""
        self._value = _NOTHING

    def show_value(self, value: Any, owner: Any, place: str) -> None:  # noqa: ARG002
        """Write the value, unless it is what stands there."""
        self._owner = owner
        if self._value is not _NOTHING and same(value, self._value):
            return
        self._value = self._before = value
        self._show_hint()
        text = self._codec().write(value)
        if self.line.text() != text:
            self.line.put_text(text)
        self._complain("")

    def _show_hint(self) -> None:
        """The range; and what is usual, where something else stands there."""
        hint, default = bounds(self.spec), self.spec.default
        is_usual = default is PydanticUndefined or default in {None, ""} or default == self._value
        if not is_usual and self.spec.kind in {int, float}:
            usual = self.tr("usually {0}").format(self._codec().write(default))
            hint = f"{hint}, {usual}" if hint else usual
        self.line.set_hint(hint)

    def _on_edited(self, text: str) -> None:
        try:
            value = self._codec().read(text)
        except Unreadable as problem:
            self._complain(str(problem))
            return
        self._complain("")
        self._put(value)

    def _put(self, value: Any) -> None:
        if not same(value, self._value):
            self._value = value
            self._show_hint()
            self.changed.emit(value, ())

    def _on_finished(self) -> None:
        if self._is_wrong:
            # Half of what was meant, such as 1 of 12, must not stay behind.
            self._put(self._before)
        elif self._value is not _NOTHING:
            text = self._codec().write(self._value)
            if self.line.text() != text:
                self.line.put_text(text)
            self._before = self._value
        self.left.emit()

    def _on_escaped(self) -> None:
        """Back to what it was: what is wrong goes, what was typed since the last stop as well."""
        self._complain("")
        self._put(self._before)
        self.line.put_text(self._codec().write(self._value))

    def _complain(self, message: str) -> None:
        self._is_wrong = bool(message)
        self.complained.emit(message)

    def set_names(self, name: str, help_: str) -> None:
        """Say what it is, and what it is if nothing is written."""
        default = self.spec.default
        usual = ""
        if default is not PydanticUndefined and default not in {None, ""}:
            usual = f" {self._codec().write(default)}"
        super().set_names(name, f"{help_}{usual}".strip())

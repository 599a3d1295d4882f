"""One line of a form: what it is called, the field, what is wrong with it, where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_kinds import editor_for, has_own_caption
from designer.inspector.field_spec import Spec
from designer.inspector.labels import label
from designer.inspector.problem_box import MARKS, colour_of
from designer.inspector.surroundings import Surroundings
from designer.plain_text import PlainLabel, set_tip
from designer.theme.look import SMALL, font, px
from engine.validation.finding import Finding

SOFT = QPalette.ColorRole.PlaceholderText
BAD = QPalette.ColorRole.BrightText


class FieldRow(QWidget):
    """The label stands above its field, what is wrong below it, in words.

    changed: the field's name, the new value, the gesture.
    """

    changed = Signal(str, object, object)
    left = Signal()

    def __init__(self, spec: Spec, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = spec.name
        self._around = around
        self.editor = editor_for(spec, around)
        # Of a table, every row says itself where its numbers come from.
        self._is_deep = spec.origin not in {list, dict}
        self._messages = {"field": "", "form": ""}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(3))
        title = label(spec)
        self._title, self._help = title, spec.help
        self.editor.set_names(title, spec.help)
        set_tip(self.editor, spec.help)
        self.label: PlainLabel | None = None
        if not has_own_caption(spec):
            self.label = note(title.replace("&", "&&"), SOFT)
            self.label.setBuddy(self.editor.entry())
            set_tip(self.label, spec.help)
            self._layout.addWidget(self.label)
        self._layout.addWidget(self.editor)
        self._message: PlainLabel | None = None
        self._source: PlainLabel | None = None
        self._flag: PlainLabel | None = None
        self.editor.changed.connect(self._on_changed)
        self.editor.left.connect(self.left)
        self.editor.complained.connect(self._on_complained)

    def show_value(self, value: Any, owner: Any, place: str) -> None:
        """Show the value of `owner`, which stands at `place`."""
        self.editor.show_value(value, owner, place)
        has_numbers = place and value is not None
        self._show_source(self._around.source(place, deep=self._is_deep) if has_numbers else "")

    def refuse(self, message: str) -> None:
        """Say why what is shown is not in the document; nothing is wrong if nothing is said."""
        self._messages["form"] = message
        self._show_message()

    def flag(self, finding: Finding | None) -> None:
        """Say what was found about the field, in the colour of how bad it is."""
        if self._flag is None:
            if finding is None:
                return
            self._flag = note("", SOFT)
            self._layout.insertWidget(self._layout.indexOf(self.editor) + 1, self._flag)
        self._flag.setVisible(finding is not None)
        said = f"{MARKS[finding.severity]} {finding.what}" if finding else ""
        self._flag.setText(said)
        self.editor.set_names(self._title, f"{said} {self._help}".strip())
        if finding is not None:
            palette = self._flag.palette()
            palette.setColor(SOFT, colour_of(finding.severity))
            self._flag.setPalette(palette)

    @property
    def message(self) -> str:
        """What is said to be wrong."""
        return self._messages["field"] or self._messages["form"]

    def reveal(self, way: Sequence[str]) -> QWidget:
        """The widget to put the focus on for a field inside this one."""
        return self.editor.reveal(way)

    def _on_changed(self, value: Any, gesture: Any) -> None:
        way = None if gesture is None else (self.name, *gesture)
        self.changed.emit(self.name, value, way)

    def _on_complained(self, message: str) -> None:
        self._messages["field"] = message
        self._show_message()

    def _show_message(self) -> None:
        message = self.message
        self.editor.set_wrong(bool(message))
        if self._message is None:
            if not message:
                return
            self._message = note("", BAD)
            self._layout.insertWidget(self._layout.indexOf(self.editor) + 1, self._message)
        self._message.setText(message)
        self._message.setVisible(bool(message))

    def _show_source(self, source: str) -> None:
        if self._source is None:
            if not source:
                return
            self._source = note("", SOFT)
            self._layout.addWidget(self._source)
        self._source.setText(source)
        self._source.setVisible(bool(source))


def note(text: str, role: QPalette.ColorRole) -> PlainLabel:
    """A small text beside a field."""
    result = PlainLabel(text)
    result.setFont(font(SMALL))
    result.setForegroundRole(role)
    return result

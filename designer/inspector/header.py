"""The top of the inspector: the name, to be edited where it stands, and what it is the name of."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from designer.inspector.field_row import BAD, SOFT, note
from designer.inspector.field_spec import specs
from designer.inspector.fields.title import TitleEditor
from designer.inspector.measures import EDGE
from designer.inspector.parts import Part
from designer.inspector.surroundings import Surroundings
from designer.plain_text import PlainLabel, set_tip
from designer.theme.look import TITLE, font, px
from engine.errors import EditError
from engine.journey import Journey


class Header(QWidget):
    """A title that is a field if there is a part to edit, and a line below it."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._part: Part | None = None
        self.name = TitleEditor(specs(Journey)["name"], around)
        self.name.set_names(self.tr("Name"), "")
        self.title = PlainLabel()
        self.title.setFont(font(TITLE, strong=True))
        self.kind = note("", SOFT)
        for label in (self.title, self.kind):
            label.setContentsMargins(6, 0, 0, 0)
        self._message = note("", BAD)
        self._message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE - 6, px(12), EDGE - 6, px(4))
        layout.setSpacing(px(2))
        for widget in (self.name, self.title, self._message, self.kind):
            layout.addWidget(widget)
        self.name.changed.connect(self._on_changed)
        self.name.complained.connect(self._on_complained)
        self.name.left.connect(around.session.end_of_gesture)

    def show_part(self, part: Part, kind: str) -> None:
        """Show the name that this part has."""
        if self._part is None or self._part.gesture != part.gesture:
            self.name.forget()
        self._part = part
        set_tip(self.kind, part.gesture[-1])
        self.kind.setText(kind)
        self.title.hide()
        self.refresh()
        self.name.show()
        # Its height is asked for anew: what was hidden had told of no change.
        self.name.updateGeometry()
        self.name.area.updateGeometry()

    def show_text(self, title: str, kind: str) -> None:
        """Show a title that cannot be edited."""
        self._part = None
        self.title.setText(title)
        self.kind.setText(kind)
        self.name.hide()
        self._message.hide()
        self.title.show()

    def refresh(self) -> None:
        """Show the name as it is now."""
        model = self._part.read(self._around.document) if self._part else None
        if model is not None:
            self.name.show_value(getattr(model, "name", ""), model, "")

    def _on_changed(self, value: Any, _gesture: Any) -> None:
        session, part = self._around.session, self._part
        old = part.read(session.document) if part else None
        if old is None or part is None:
            return
        try:
            edit = part.edit(session.document, old, old.model_copy(update={"name": value}))
            session.do(edit, (*part.gesture, "name"))
        except EditError as error:
            self._on_complained(error.what)

    def _on_complained(self, message: str) -> None:
        self.name.set_wrong(bool(message))
        self._message.setText(message)
        self._message.setVisible(bool(message))

"""A change of a scenario: found by searching, made with a slider, read as a sentence."""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from designer.plain_text import PlainLabel, tip
from designer.search_words import SearchWords
from designer.session import Session
from designer.theme.look import active, px
from designer.what_if.value_row import ValueRow
from engine.change_english import changes_in_english
from engine.change_range import made, read
from engine.changeable import Changeable, changeable
from engine.document import Document
from engine.errors import WaylineError
from engine.scenarios import AnyChange, Scenario, with_scenario

_MOST = 200
_LONGEST = 160
_NAME = "what_if"


class ChangePicker(QWidget):
    """changed: `change()` may be another one."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before: list[AnyChange] = []
        self._fields: list[Changeable] = []
        self._field: Changeable | None = None
        self._change: AnyChange | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("What to change: agents, containment, patience …"))
        self.search.setAccessibleName(self.tr("Search for what to change"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What can be changed"))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(px(72))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.value = ValueRow()
        self.value.setEnabled(False)
        self.sentence = PlainLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.value)
        column.addWidget(self.sentence)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.currentRowChanged.connect(self._on_row)
        self.value.changed.connect(self._on_value)

    def begin(self, before: list[AnyChange], change: AnyChange | None = None) -> None:
        """Begin anew: `before` are the scenario's changes that come first; `change` is edited."""
        self._before = list(before)
        self._fields = list(changeable(self._changed_document()))
        self._field = None
        self.search.clear()
        self._fill("")
        if change is not None:
            self._edit(change)
        else:
            self._on_row(-1)

    def change(self) -> AnyChange | None:
        """The change, if it fits."""
        return self._change

    def choose(self, place: str) -> None:
        """Choose the place with this path."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == place:
                self.list.setCurrentRow(row)
                return

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802
        """Up and down in the search field go through what is found."""
        if watched is self.search and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(self.list.currentRow() + by, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    # ---- finding

    def _changed_document(self) -> Document:
        """The document after the changes before this one, as far as they fit."""
        document = self._session.document
        if not self._before:
            return document
        try:
            return with_scenario(_with(document, self._before), _NAME)
        except WaylineError:
            return document

    def _fill(self, text: str) -> None:
        words = SearchWords(text)
        found = [one for one in self._fields if words.are_in(one.said, one.at)]
        self.list.blockSignals(True)
        self.list.clear()
        for one in found[:_MOST]:
            item = QListWidgetItem(" ".join(one.said.split())[:_LONGEST])
            item.setData(Qt.ItemDataRole.UserRole, one.at)
            item.setToolTip(tip(one.said))
            self.list.addItem(item)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        if text and found:
            self.list.setCurrentRow(0)

    def _edit(self, change: AnyChange) -> None:
        field = next((one for one in self._fields if one.at == change.at), None)
        known = read(field, change) if field is not None else None
        self.search.setText(field.said if field is not None else "")
        if field is None or known is None:
            self._change = change
            self._say(self.tr("This change can be removed, and made anew."))
            return
        self.choose(field.at)
        self.value.show_field(field, *known)
        self._on_value()

    # ---- what is chosen

    def _on_row(self, row: int) -> None:
        item = self.list.item(row) if row >= 0 else None
        place = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._field = next((one for one in self._fields if one.at == place), None)
        self.value.setEnabled(self._field is not None)
        if self._field is not None:
            self.value.show_field(self._field)
        self._on_value()

    def _on_value(self) -> None:
        self._change = None
        chosen = self.value.chosen
        if self._field is None or chosen is None:
            self._say("")
            self.changed.emit()
            return
        try:
            change = made(self._field, *chosen)
            document = _with(self._session.document, [*self._before, change])
            said = changes_in_english(document, _NAME)[-1]
            with_scenario(document, _NAME)
        except WaylineError as error:
            self._say(f"{error.what} {error.mend}", is_bad=True)
        except ValidationError:
            self._say(self.tr("This value cannot stand there."), is_bad=True)
        else:
            self._change = change
            self._say(said)
        self.changed.emit()

    def _say(self, text: str, *, is_bad: bool = False) -> None:
        palette = self.sentence.palette()
        palette.setColor(QPalette.ColorRole.WindowText, active().bad if is_bad else active().ink)
        self.sentence.setPalette(palette)
        self.sentence.setText(text)


def _with(document: Document, changes: list[AnyChange]) -> Document:
    named = [Scenario(id=_NAME, name=_NAME, changes=changes)]
    scenarios = document.scenarios.model_copy(update={"named": named})
    return document.model_copy(update={"scenarios": scenarios})

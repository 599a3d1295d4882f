"""Finds every text and number of the document, and goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from designer import icons
from designer.find_texts import Entry, Texts
from designer.plain_text import PlainLabel, tip
from designer.popup import ListKeys, Popup
from designer.search_words import SearchWords
from designer.selection import Selection
from designer.session import Change, Session
from designer.theme.look import active, px
from designer.two_line_list import INK, LOWER, PICTURE, TwoLineList, row_height

AnyIndex = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
_MOST_ROWS = 8
_ON_CANVAS = "layout/"
_BEFORE = 30
"""So many letters of a long text are shown before what is found in it."""


class FindBar(Popup):
    """Over the canvas: type, choose with the arrows, go there with Enter."""

    def __init__(self, session: Session, selection: Selection, over: QWidget) -> None:
        super().__init__(over, 420, at_right=True)
        self._session, self._selection = session, selection
        self._texts, self._hits = Texts(), HitModel(self)
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Find names, settings, notes, numbers"))
        self._field.setAccessibleName(self.tr("Find in the journey"))
        self._count = PlainLabel()
        self._count.setWordWrap(False)
        self._list = TwoLineList(self._hits)
        self._list.setAccessibleName(self.tr("What was found"))
        self._closing = QToolButton()
        self._closing.setAccessibleName(self.tr("Close"))
        self._closing.setToolTip(self.tr("Close"))
        self._closing.clicked.connect(self.close_popup)
        self._arrange()
        ListKeys(self._field, self._list)
        self._field.textChanged.connect(self._fill)
        self._field.returnPressed.connect(self._go_to_current)
        self._list.chosen.connect(self._go)
        self._list.selectionModel().currentChanged.connect(self._show_count)
        self._stop = session.listen(self._on_change)

    def close_find(self) -> None:
        """Follow the session no longer."""
        self._stop()

    def open(self) -> None:
        """Show it, ready to type something else."""
        self._closing.setIcon(icons.icon("close"))
        self._fill()
        super().open()
        self._field.setFocus()
        self._field.selectAll()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its rows are."""
        rows = min(self._hits.rowCount(), _MOST_ROWS)
        height = px(16) + self._field.sizeHint().height()
        return QSize(px(420), height + (rows * row_height() + px(10) if rows else 0))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._field, 1)
        row.addWidget(self._count)
        row.addWidget(self._closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(6))
        column.addLayout(row)
        column.addWidget(self._list)

    def _on_change(self, _change: Change) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        words, row = SearchWords(self._field.text()), self._list.currentIndex().row()
        entries = self._texts.entries(self._session.document) if words else []
        self._hits.show(_found(entries, words), words)
        count = self._hits.rowCount()
        self._list.setVisible(bool(count))
        if count:
            self._list.setCurrentIndex(self._hits.index(min(max(row, 0), count - 1)))
        self._show_count()
        self.place()

    def _show_count(self, *_: object) -> None:
        count, row = self._hits.rowCount(), self._list.currentIndex().row()
        if count:
            said = self.tr("%1 of %2").replace("%1", f"{row + 1:,}").replace("%2", f"{count:,}")
        else:
            said = self.tr("not found") if self._field.text().strip() else ""
        self._count.setText(said)

    def _go_to_current(self) -> None:
        self._go(self._list.currentIndex())

    def _go(self, index: QModelIndex) -> None:
        entry = index.data(HIT)
        if not isinstance(entry, Entry):
            return
        if entry.field.startswith(_ON_CANVAS):
            self._show_on_canvas(*entry.field.split("/")[1:])
        else:
            self._selection.go_to(entry.step.id if entry.step else None, entry.field)

    def _show_on_canvas(self, kind: str, name: str) -> None:
        self._selection.show_graph(None)
        if kind == "frames":
            self._selection.select(frames=[name])
        else:
            self._selection.select(notes=[name])


def _found(entries: Sequence[Entry], words: SearchWords) -> list[Entry]:
    """What has all the words, at least one of them in its own text; names come first."""
    hits = [entry for entry in entries if words.hit(entry.own, entry.around)]
    hits.sort(key=lambda entry: not (entry.is_name and words.are_in(entry.text)))
    return hits


class HitModel(QAbstractListModel):
    """What was found, and where it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: Sequence[Entry] = ()
        self._words = SearchWords("")

    def show(self, hits: Sequence[Entry], words: SearchWords) -> None:
        """Show these, found by these words."""
        self.beginResetModel()
        self._hits, self._words = hits, words
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:  # noqa: N802
        """One row each."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown and said of a row."""
        if not index.isValid():
            return None
        entry = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._excerpt(entry.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (self._excerpt(entry.text), _where(entry))))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(f"{entry.text}\n{_where(entry)}")
            case _ if role == HIT:
                return entry
            case _ if role == LOWER:
                return _where(entry)
            case _ if role == PICTURE:
                return entry.step.icon if entry.step else _picture(entry.field)
            case _ if role == INK and entry.step is not None:
                return active().groups[entry.step.group]
        return None

    def _excerpt(self, text: str) -> str:
        """The text in one line, from shortly before what was found in it."""
        line = " ".join(text.split())
        at = max(self._words.first_in(line) - _BEFORE, 0)
        return f"…{line[at:]}" if at else line


def _where(entry: Entry) -> str:
    if entry.is_name and entry.step is not None:
        return " › ".join(filter(None, (entry.where, type(entry.step).title)))
    return entry.where


def _picture(field: str) -> str:
    if field.startswith(_ON_CANVAS):
        return "frame" if "/frames/" in field else "note"
    return "map" if field.startswith("journey/") else "settings"

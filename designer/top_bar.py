"""The line at the top of a window: menus, the document's name and how it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QVBoxLayout, QWidget

from designer.plain_text import ElidedLabel, PlainLabel
from designer.theme import look

_LEAST_TITLE = 190
"""So much room the document's name has."""


class TopBar(QWidget):
    """Wayline, the menus, and in the middle which document it is and whether it is saved."""

    def __init__(self, menus: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("top")
        self._mark = PlainLabel("Wayline")
        self._mark.setWordWrap(False)
        self._name = ElidedLabel()
        self._state = ElidedLabel()
        for label in (self._name, self._state):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self._name)
        titles.addWidget(self._state)
        self._menus = menus
        self._bar: QWidget | None = None
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(12)
        self._first.addWidget(self._mark)
        self._first.addWidget(menus)
        self._first.addLayout(titles, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        self._first.addLayout(self._buttons)
        self._second.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 4, 12, 4)
        rows.setSpacing(4)
        rows.addLayout(self._first)
        rows.addLayout(self._second)
        self.restyle()

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right."""
        self._buttons.addWidget(button)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar at the right, or below if there is no room for it."""
        self._bar = bar
        self._first.addWidget(bar)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The bar stands where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._bar is None:
            return
        beside = (self._mark, self._menus, self._bar)
        wanted = sum(widget.sizeHint().width() for widget in beside)
        wanted += self._buttons.sizeHint().width() + look.px(_LEAST_TITLE)
        row, other = self._first, self._second
        if wanted > self.width():
            row, other = other, row
        if row.indexOf(self._bar) < 0:
            other.removeWidget(self._bar)
            row.addWidget(self._bar)

    def show_document(self, name: str, state: str) -> None:
        """Which document it is, and how it stands."""
        self._name.setText(name)
        self._state.setText(state)

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        theme = look.active()
        self.setStyleSheet(
            f"#top {{ background: {theme.panel.name()};"
            f" border-bottom: 1px solid {theme.line.name()}; }}"
            " QMenuBar { border: none; }"
        )
        self._mark.setFont(look.font(look.TITLE, strong=True))
        self._name.setFont(look.font(strong=True))
        self._state.setFont(look.font(look.SMALL))
        soft = self._state.palette()
        soft.setColor(soft.ColorRole.WindowText, theme.soft)
        self._state.setPalette(soft)
        self._fit()

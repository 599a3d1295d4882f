"""The line at the top of a window: menus, the document's name and how it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QVBoxLayout, QWidget

from designer.plain_text import ElidedLabel, PlainLabel
from designer.theme import look


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
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 12, 4)
        layout.setSpacing(12)
        layout.addWidget(self._mark)
        layout.addWidget(menus)
        layout.addLayout(titles, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        layout.addLayout(self._buttons)
        self.restyle()

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right."""
        self._buttons.addWidget(button)

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

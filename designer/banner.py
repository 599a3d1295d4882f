"""What the user should know now, above the canvas: never a window in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from designer import icons
from designer.plain_text import PlainLabel, set_tip
from designer.theme import look

Answer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""

_SHOWN_MS = 8000


class Banner(QWidget):
    """One message with its answers; a new one takes the place of the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Message"))
        self._sign = QLabel()
        self.text = PlainLabel()
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.text, 1)
        self.buttons: list[QPushButton] = []
        self._is_bad = False
        self._dressed_for: object = None
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Close message"))
        set_tip(self._close, self.tr("Close message"))
        self._close.clicked.connect(self.hide)
        self._row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, text: str, answers: Sequence[Answer] = (), *, is_bad: bool = False) -> None:
        """Show the text; without answers, and unless it is bad news, it goes by itself."""
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for words, do in answers:
            button = QPushButton(words)
            button.clicked.connect(self._answered(do))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        for one, other in pairwise((self._close, *self.buttons, self._close)):
            # The answers come before the cross, although it was made first.
            self.setTabOrder(one, other)
        self.text.setText(text)
        self._is_bad = is_bad
        self._dress()
        self.show()
        if answers or is_bad:
            self._timer.stop()
        else:
            self._timer.start()

    def _answered(self, do: Callable[[], object]) -> Callable[[], None]:
        def answer() -> None:
            self.hide()
            do()

        return answer

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow colours and text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._dressed_for is not None:
            self._dress()

    def _dress(self) -> None:
        theme = look.active()
        wanted = (theme, look.text_scale(), self._is_bad)
        if self._dressed_for == wanted:
            # A style sheet of its own is such a change, too.
            return
        self._dressed_for = wanted
        colour = theme.bad if self._is_bad else theme.accent
        name = "error" if self._is_bad else "hint"
        self._sign.setPixmap(icons.pixmap(name, colour, look.px(18)))
        self._close.setIcon(icons.icon("close"))
        self.setStyleSheet(
            f"#banner {{ background: {theme.accent_soft.name()};"
            f" border-bottom: 1px solid {colour.name()}; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:  # noqa: N802
        """Nothing goes on when it is not seen."""
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

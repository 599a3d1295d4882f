"""The buttons that play a replay, and how fast."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from designer import icons
from designer.plain_text import set_tip
from designer.theme import look

SPEEDS = (1, 10, 60, 300, 1000, 3600)
USUAL = 300


class Transport(QWidget):
    """play_asked: play, or pause.  speed_changed: simulated seconds a second.

    start_asked, back_asked, forward_asked, end_asked: to that place, or to that event.
    """

    play_asked = Signal()
    start_asked = Signal()
    back_asked = Signal()
    forward_asked = Signal()
    end_asked = Signal()
    speed_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_playing = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.px(2))
        self._icons: dict[str, QToolButton] = {}
        self._tool("to-start", self.tr("To the start"), self.start_asked)
        self._tool("step-back", self.tr("To the event before"), self.back_asked)
        self.play = QPushButton()
        self.play.setProperty("kind", "primary")
        self.play.clicked.connect(self.play_asked)
        self._row.addWidget(self.play)
        self._tool("step-forward", self.tr("To the next event"), self.forward_asked)
        self._tool("to-end", self.tr("To the end"), self.end_asked)
        self.speeds = QComboBox()
        self.speeds.setAccessibleName(self.tr("Speed"))
        set_tip(self.speeds, self.tr("How much faster than real time"))
        for speed in SPEEDS:
            self.speeds.addItem(f"{speed:,} ×", float(speed))
        self.speeds.setCurrentIndex(SPEEDS.index(USUAL))
        self.speeds.currentIndexChanged.connect(self._on_speed)
        self._row.addSpacing(look.px(6))
        self._row.addWidget(self.speeds)
        self.restyle()

    @property
    def speed(self) -> float:
        """Simulated seconds a second."""
        return float(self.speeds.currentData())

    def show_playing(self, is_playing: bool) -> None:
        """The button plays, or pauses."""
        self._is_playing = is_playing
        words = self.tr("Pause") if is_playing else self.tr("Play")
        self.play.setText(words)
        self.play.setAccessibleName(words)
        set_tip(self.play, f"{words} ({self.tr('Space')})")
        name = "pause" if is_playing else "run"
        self.play.setIcon(icons.icon(name, look.active().on_accent))

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        size = QSize(look.px(16), look.px(16))
        for name, button in self._icons.items():
            button.setIcon(icons.icon(name))
            button.setIconSize(size)
        self.play.setIconSize(QSize(look.px(14), look.px(14)))
        # As wide for either word, so that nothing moves beside it.
        self.play.setMinimumWidth(look.px(92))
        self.show_playing(self._is_playing)

    def _tool(self, icon: str, name: str, asked: SignalInstance) -> None:
        button = QToolButton()
        button.setAccessibleName(name)
        set_tip(button, name)
        button.clicked.connect(asked)
        self._icons[icon] = button
        self._row.addWidget(button)

    def _on_speed(self) -> None:
        self.speed_changed.emit(self.speed)

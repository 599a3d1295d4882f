"""Simulated time that passes while a replay is played: so many times as fast as real time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

FRAME_MS: Final = 33
_LONGEST_MS: Final = 250
"""After a longer pause, such as of a computer that slept, time goes on from where it was."""


class PlayClock(QObject):
    """passed: so many simulated seconds have passed since the last time.  turned: on or off."""

    passed = Signal(float)
    turned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speed = 300.0
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self._on_frame)

    @property
    def is_playing(self) -> bool:
        """Whether time passes."""
        return self._timer.isActive()

    def play(self) -> None:
        """Let time pass."""
        if not self.is_playing:
            self._elapsed.start()
            self._timer.start()
            self.turned.emit()

    def pause(self) -> None:
        """Let it stand."""
        if self.is_playing:
            self._timer.stop()
            self.turned.emit()

    def _on_frame(self) -> None:
        seconds = min(self._elapsed.restart(), _LONGEST_MS) / 1000
        self.passed.emit(seconds * self.speed)

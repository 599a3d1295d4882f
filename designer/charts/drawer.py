"""Draws one chart after the other in another thread; of those that wait only the last."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from designer.beside import Beside
from designer.charts.drawing import Drawn, Wish, drawn, prepare


class Drawer(QObject):
    """ready: what draws is imported; None, or the WaylineError that says why it is not.

    drawn: a `Drawn`, of what was wished last.
    """

    ready = Signal(object)
    drawn = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_busy = self._is_closed = False
        self._wished: Wish | None = None

    def prepare(self) -> None:
        """Import what draws."""
        task = Beside(prepare)
        task.done.connect(self._on_ready)
        task.start()

    def draw(self, wish: Wish) -> None:
        """Draw this, unless it is what was wished before."""
        if wish != self._wished and not self._is_closed:
            self._wished = wish
            if not self._is_busy:
                self._start(wish)

    def close(self) -> None:
        """Tell nothing more."""
        self._is_closed = True

    def _start(self, wish: Wish) -> None:
        self._is_busy = True
        task = Beside(partial(drawn, wish))
        task.done.connect(self._on_drawn)
        task.ended.connect(self._on_ended)
        task.start()

    def _on_ready(self, error: object) -> None:
        if not self._is_closed:
            self.ready.emit(error)

    def _on_ended(self) -> None:
        """It may have failed as well; the next is drawn anyway."""
        self._is_busy = False

    def _on_drawn(self, result: object) -> None:
        if self._is_closed or not isinstance(result, Drawn) or self._wished is None:
            return
        if result.wish == self._wished:
            self.drawn.emit(result)
        elif not self._is_busy:
            self._start(self._wished)

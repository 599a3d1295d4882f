"""A panel that is an invitation to run until there are results, and shows them from then on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from designer.empty_state import EmptyState
from designer.runs import Runs


class ResultPages(QWidget):
    """run_asked: there is nothing yet, and shall be.

    What shows results takes a moment to import, so `make` is called with the first ones; then
    `show` whenever they may be others and the panel is seen.
    """

    run_asked = Signal()

    def __init__(
        self, runs: Runs, said: str, make: Callable[[], QWidget], show: Callable[[], None]
    ) -> None:
        super().__init__()
        self._runs, self._make, self._show = runs, make, show
        self._made: QWidget | None = None
        self._is_behind = True
        self._nothing = EmptyState()
        self._nothing.say(said, "run", self.tr("Run"))
        self._nothing.clicked.connect(self.run_asked)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._nothing)
        runs.changed.connect(self._on_changed)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """What came while it was not seen is shown now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._catch_up()

    def _on_changed(self) -> None:
        self._is_behind = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        if not self._is_behind or self._runs.shown is None:
            return
        self._is_behind = False
        if self._made is None:
            self._made = self._make()
            self._pages.addWidget(self._made)
            self._pages.setCurrentWidget(self._made)
        self._show()

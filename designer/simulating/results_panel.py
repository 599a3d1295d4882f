"""The run that is shown: its key figures, and in words what happened, or all about one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from designer.runs import Runs
from designer.session import Change, Session
from designer.simulating.pages import ResultPages
from designer.theme.look import px

if TYPE_CHECKING:
    from designer.results import KpiCards, Words


class ResultsPanel(QWidget):
    """run_asked: there is nothing yet, and shall be.  step_chosen: a sentence led to this step."""

    run_asked = Signal()
    step_chosen = Signal(str)

    def __init__(self, session: Session, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Results"))
        self._session, self._runs = session, runs
        self._cards: KpiCards | None = None
        self._words: Words | None = None
        self._kpi: str | None = None
        pages = ResultPages(
            runs,
            self.tr("Run the journey to see where its customers wait, give up and come back."),
            self._make,
            self._show,
        )
        pages.run_asked.connect(self.run_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)
        self._targets = session.document.scenarios.targets
        self._stop = session.listen(self._on_change)

    @property
    def cards(self) -> KpiCards | None:
        """The cards, once there are results."""
        return self._cards

    @property
    def words(self) -> Words | None:
        """What is said beside them."""
        return self._words

    def close_panel(self) -> None:
        """Let go of the session."""
        self._stop()

    def _make(self) -> QWidget:
        from designer.results import KpiCards, Words  # noqa: PLC0415 - takes a moment to import

        page = QWidget()
        self._cards, self._words = KpiCards(), Words()
        self._cards.chosen.connect(self._on_chosen)
        self._words.left.connect(self._on_left)
        self._words.step_chosen.connect(self.step_chosen)
        self._words.setMinimumWidth(px(220))
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._cards, 3)
        row.addWidget(self._words, 2)
        return page

    def _show(self) -> None:
        results = self._runs.shown
        if self._cards is None or results is None:
            return
        targets = self._session.document.scenarios.targets
        self._cards.show_results(
            results, self._runs.before(results), targets, is_stale=self._runs.current is None
        )
        self._show_words()

    def _show_words(self) -> None:
        from designer.results import Sentence, explained  # noqa: PLC0415

        results = self._runs.shown
        if self._cards is None or self._words is None or results is None:
            return
        face = next((card.face for card in self._cards.cards if card.face.kpi == self._kpi), None)
        if face is None:
            heading = self.tr("What happened, in words")
            self._words.show_words(heading, explained(results, self._session.document))
            return
        # The first line is the name.
        lines = [Sentence(line) for line in face.explained.split("\n")[1:]]
        self._words.show_words(f"{face.name}: {face.value}", lines, can_leave=True)

    def _on_chosen(self, kpi: str) -> None:
        self._kpi = None if kpi == self._kpi else kpi
        self._show_words()

    def _on_left(self) -> None:
        self._kpi = None
        self._show_words()
        if self._cards is not None and self._cards.cards:
            self._cards.cards[0].setFocus()

    def _on_change(self, _change: Change) -> None:
        """Targets change no result, but what is said of it."""
        targets = self._session.document.scenarios.targets
        if targets is not self._targets:
            self._targets = targets
            self._show()

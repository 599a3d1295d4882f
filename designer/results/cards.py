"""The KPIs of a run side by side, and a line that says of which run."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from designer.empty_state import EmptyState
from designer.plain_text import PlainLabel
from designer.responsive_grid import ResponsiveGrid
from designer.results.card import LEAST_WIDTH, KpiCard
from designer.results.faces import Face, faces, from_before
from designer.runs import RunResults
from designer.theme.look import px
from engine.scenarios import Target


class KpiCards(QWidget):
    """chosen: a card was pressed; the KPI's id. run_asked: there is nothing yet, and shall be."""

    chosen = Signal(str)
    run_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Key figures"))
        self._cards: list[KpiCard] = []
        self._heading = PlainLabel()
        self._heading.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing = EmptyState()
        self._nothing.say(
            self.tr("Run the journey to see its key figures here."), "run", self.tr("Run")
        )
        self._nothing.clicked.connect(self.run_asked)
        self._grid = ResponsiveGrid(LEAST_WIDTH)
        self._arrange()
        self.show_results(None)

    @property
    def cards(self) -> Sequence[KpiCard]:
        """Those that are shown, in their order."""
        return self._cards

    @property
    def heading(self) -> str:
        """Of which run the cards are."""
        return self._heading.text()

    def show_results(
        self,
        results: RunResults | None,
        before: RunResults | None = None,
        targets: Sequence[Target] = (),
        *,
        is_stale: bool = False,
    ) -> None:
        """Show a run, and what changed since the one before; None for none.

        is_stale: the journey has changed since.
        """
        self._nothing.setVisible(results is None)
        self._area.setVisible(results is not None)
        self._heading.setVisible(results is not None)
        if results is None:
            self._show([])
            return
        said = self._said(results, is_stale=is_stale)
        if before is not None and results.is_whole:
            said += self.tr("; changes are against the run before")
        self._heading.setText(said)
        self._show(faces(results, before, targets, is_stale=is_stale))

    def _arrange(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The cards themselves have the focus, and scroll into view with it.
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(16), px(8), px(16), px(8))
        outer.setSpacing(px(8))
        outer.addWidget(self._heading)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._nothing, 1)

    def _show(self, shown: Sequence[Face]) -> None:
        lines = {
            "has_change": any(face.change.text for face in shown),
            "has_target": any(face.target.text for face in shown),
        }
        if [face.kpi for face in shown] == [card.face.kpi for card in self._cards]:
            # The same cards stay, and with them the focus.
            for card, face in zip(self._cards, shown, strict=True):
                card.show_face(face, **lines)
            return
        self._cards = [KpiCard(face) for face in shown]
        for card, face in zip(self._cards, shown, strict=True):
            card.show_face(face, **lines)
            card.chosen.connect(self.chosen)
        self._grid.show_items(self._cards)

    def _said(self, results: RunResults, *, is_stale: bool) -> str:
        level = f"{results.level * 100:g} %"
        count = self.tr("%n replications", "", results.replications)
        if results.replications == 1:
            count = self.tr("1 replication")
        if not results.is_whole:
            count = self.tr("so far %1").replace("%1", count)
        parts = [count, self.tr("%1 intervals").replace("%1", level)]
        parts.append(self.tr("seed %1").replace("%1", str(results.data["seed"])))
        if results.scenario is not None:
            parts.insert(0, self.tr("scenario %1").replace("%1", results.scenario))
        said = ", ".join(parts)
        said = said[:1].upper() + said[1:]
        return f"{from_before()}. {said}" if is_stale else said

"""Two runs side by side: every KPI of both, the difference, and what can be said of it."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.plain_text import PlainLabel, set_tip
from designer.results import KpiCards, ResultsTable
from designer.results.changes import are_paired, difference_of
from designer.results.rows import Column, Row, Rows
from designer.runs import Kept, Reading, RunResults, Runs
from designer.session import Session
from designer.theme.look import px
from engine.document import Document
from simulator.differences import verdict_text
from simulator.kpis import KPIS


class Comparison(QWidget):
    """difference_asked: of these two results on the canvas.  saved, failed: as of the table."""

    difference_asked = Signal(object, object)
    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._runs = session, runs
        self._kept: list[Kept] = []
        self._is_chosen = False
        self.old, self.new = QComboBox(), QComboBox()
        self.old.setAccessibleName(self.tr("The run to compare with"))
        self.new.setAccessibleName(self.tr("The run that is compared"))
        self.canvas = QPushButton(self.tr("Show on the canvas"))
        self.canvas.setAccessibleName(self.tr("Show the difference on the canvas"))
        self._how = PlainLabel()
        self._how.setForegroundRole(self._how.foregroundRole().PlaceholderText)
        self.table = ResultsTable(
            self.tr("Comparison"), self.tr("Run the journey twice to compare: with two scenarios.")
        )
        self.cards = KpiCards()
        self._arrange()
        for combo in (self.old, self.new):
            # Long names must not make the window wider.
            narrow = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            combo.setSizeAdjustPolicy(narrow)
            combo.setMinimumContentsLength(12)
            combo.activated.connect(self._on_chosen)
        self.canvas.clicked.connect(self._on_canvas)
        self.table.saved.connect(self.saved)
        self.table.failed.connect(self.failed)

    def refresh(self) -> None:
        """Offer the runs that are remembered, by default the newest and the baseline."""
        kept = self._runs.kept()
        if [one.results for one in kept] == [one.results for one in self._kept] and [
            one.is_current for one in kept
        ] == [one.is_current for one in self._kept]:
            return
        before = self._chosen(self.old), self._chosen(self.new)
        self._kept = kept
        for combo, known in zip((self.old, self.new), before, strict=True):
            combo.clear()
            for one in kept:
                combo.addItem(called(one, self._session.document))
            self._choose(combo, known)
        is_gone = self._chosen(self.old) is None or self._chosen(self.new) is None
        if kept and (is_gone or not self._is_chosen):
            self._choose_usual()
        self._show()

    def choose(self, old: RunResults, new: RunResults) -> None:
        """Compare these two."""
        self._is_chosen = True
        self._choose(self.old, old)
        self._choose(self.new, new)
        self._show()

    # ---- showing

    def _on_chosen(self) -> None:
        self._is_chosen = True
        self._show()

    def _choose_usual(self) -> None:
        newest = self._kept[0].results
        others = [one.results for one in self._kept[1:]]
        old = next((one for one in others if one.scenario is None), None)
        self._choose(self.new, newest)
        self._choose(self.old, old or (others[0] if others else newest))

    def _choose(self, combo: QComboBox, results: RunResults | None) -> None:
        numbers = [n for n, one in enumerate(self._kept) if one.results is results]
        combo.setCurrentIndex(numbers[0] if numbers else -1)

    def _chosen(self, combo: QComboBox) -> RunResults | None:
        at = combo.currentIndex()
        return self._kept[at].results if 0 <= at < len(self._kept) else None

    def _show(self) -> None:
        old, new = self._chosen(self.old), self._chosen(self.new)
        is_pair = old is not None and new is not None and old is not new
        self.canvas.setEnabled(is_pair)
        for combo in (self.old, self.new):
            set_tip(combo, combo.currentText())
        if old is None or new is None or not is_pair:
            self._how.setText("")
            self.table.show_table(Rows(self.tr("KPI"), (), ()))
            self.cards.show_results(new, is_stale=False)
            return
        self._how.setText(
            self.tr("The same customers in both runs: paired intervals.")
            if are_paired(old, new)
            else self.tr("Other random numbers or another number of runs: intervals by Welch.")
        )
        self.table.show_table(compared(old, new))
        targets = self._session.document.scenarios.targets
        self.cards.show_results(new, old, targets)

    def _on_canvas(self) -> None:
        old, new = self._chosen(self.old), self._chosen(self.new)
        if old is not None and new is not None:
            self.difference_asked.emit(old, new)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.setContentsMargins(px(12), px(8), px(12), 0)
        row.addWidget(PlainLabel(self.tr("From")))
        row.addWidget(self.old, 1)
        row.addWidget(PlainLabel(self.tr("to")))
        row.addWidget(self.new, 1)
        row.addWidget(self.canvas)
        self._how.setContentsMargins(px(12), 0, px(12), 0)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.table, 2)
        both.addWidget(self.cards, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self._how)
        column.addLayout(both, 1)


def called(kept: Kept, document: Document) -> str:
    """What a run is called, so that one finds it."""
    translate = QCoreApplication.translate
    names = {one.id: one.name for one in document.scenarios.named}
    results = kept.results
    name = translate("WhatIf", "Baseline")
    if results.scenario is not None:
        name = names.get(results.scenario, results.scenario)
    count = translate("WhatIf", "{0} replications").format(f"{results.replications:,}")
    seed = translate("WhatIf", "seed {0}").format(results.data["seed"])
    words = f"{' '.join(name.split())[:60]} · {count} · {seed} · {kept.at:%H:%M:%S}"
    return words if kept.is_current else words + translate("WhatIf", " · before your change")


def compared(old: RunResults, new: RunResults) -> Rows:
    """A row for each KPI that applies to both: what it was, what it is, and the difference."""
    translate = QCoreApplication.translate
    columns = (
        Column("before", translate("WhatIf", "from"), ""),
        Column("after", translate("WhatIf", "to"), ""),
        Column("difference", translate("WhatIf", "difference"), translate("WhatIf", _EXPLAINED)),
    )
    rows = []
    for kpi in KPIS.values():
        difference = difference_of(kpi, old, new)
        if difference is None:
            continue
        said = verdict_text(difference, kpi.unit, kpi.better)
        one = difference.paired
        factor, unit = (100.0, "points") if kpi.unit == "share" else (1.0, kpi.unit)
        has_interval = not math.isnan(one.half_width)
        low, high = (one.low * factor, one.high * factor) if has_interval else (None, None)
        reading = Reading(one.value * factor, low, high, unit)
        readings = [old.kpis[kpi.id], new.kpis[kpi.id], reading]
        rows.append(Row(kpi.id, f"{kpi.name}: {said}", readings))
    return Rows(translate("WhatIf", "KPI"), columns, rows)


_EXPLAINED = "second run minus first; of shares in points"

"""The list of problems: each leads to the step and the field, and can be mended here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from designer.empty_state import EmptyState
from designer.problems.checker import Checker
from designer.problems.detail import ProblemDetail
from designer.problems.filters import ProblemFilter
from designer.problems.mending import Mend, Mends, mend_all
from designer.problems.places import Places
from designer.problems.problem_list import FINDING, ProblemModel
from designer.selection import Selection
from designer.session import Session
from designer.theme.look import px
from designer.two_line_list import TwoLineList
from engine.edits import Edit
from engine.errors import EditError
from engine.validation import Finding, rules_by_code

_SIDE_BY_SIDE = 480
"""From this width on the details may stand beside the list, not below it."""
_SHARES = [560, 440]
"""Of the width or height, for the list and the details."""


class ProblemsPanel(QWidget):
    """All findings of the checker; the selected one is told in full."""

    def __init__(
        self,
        checker: Checker,
        session: Session,
        selection: Selection,
        mends: Mends,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._checker, self._session = checker, session
        self._selection, self._mends = selection, mends
        self._model = ProblemModel(self)
        self._list = TwoLineList(self._model)
        self._list.setAccessibleName(self.tr("Problems"))
        self._filter, self._detail, self._nothing = ProblemFilter(), ProblemDetail(), EmptyState()
        self._ways: Sequence[Mend] = ()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._arrange()
        self._connect()
        self._fill()

    def show_step(self, step: str) -> None:
        """Select the worst finding of a step, whatever is filtered."""
        for finding in self._checker.by_step.get(step, ()):
            self._filter.clear()
            self._make_current(self._model.row_of(finding))
            return

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the details beside the list where there is room, else below."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        is_wide = width >= px(_SIDE_BY_SIDE) and width > height
        way = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != way:
            self._splitter.setOrientation(way)
            self._splitter.setSizes(_SHARES)

    # ---- building

    def _arrange(self) -> None:
        self._splitter.addWidget(self._list)
        self._splitter.addWidget(self._detail)
        for number, share in enumerate(_SHARES):
            self._splitter.setStretchFactor(number, share)
        self._splitter.setSizes(_SHARES)
        self._splitter.setChildrenCollapsible(False)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._splitter)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filter)
        column.addLayout(self._pages, 1)

    def _connect(self) -> None:
        self._checker.findings_changed.connect(self._fill)
        self._filter.changed.connect(self._fill)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        self._list.chosen.connect(self._go)
        self._detail.mend_asked.connect(self._fix)
        self._detail.mend_all_asked.connect(self._fix_all)
        self._nothing.clicked.connect(self._filter.clear)

    # ---- showing

    def _fill(self) -> None:
        """List what there is and passes; what was current stays so, or its row does."""
        before, row = self._current(), self._list.currentIndex().row()
        bar = self._list.verticalScrollBar()
        scrolled = bar.value()
        places, words = Places(self._session.document), self._filter.words()
        shown = [
            finding
            for finding in self._checker.findings
            if self._filter.passes(finding, words, places.said(finding) if words else "")
        ]
        self._model.show(shown, places)
        self._filter.show_counts(self._checker.counts)
        self._pages.setCurrentWidget(self._splitter if shown else self._nothing)
        self._say_nothing()
        kept = self._model.row_of(before) if before is not None else -1
        bar.setValue(scrolled)
        self._make_current(kept if kept >= 0 else min(max(row, 0), len(shown) - 1))
        self._tell()

    def _say_nothing(self) -> None:
        if self._checker.findings:
            text, button = self.tr("No problem passes the filter."), self.tr("Show all")
            self._nothing.say(text, "search", button)
        elif self._checker.is_ready:
            text = self.tr("No problems. The journey can be simulated and exported.")
            self._nothing.say(text, "ok")

    def _make_current(self, row: int) -> None:
        if row >= 0:
            self._list.setCurrentIndex(self._model.index(row))

    def _current(self) -> Finding | None:
        found = self._list.currentIndex().data(FINDING)
        return found if isinstance(found, Finding) else None

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        finding = self._current()
        self._ways = self._ways_of(finding)
        self._detail.show_finding(finding, self._ways, len(self._of_kind(finding)))

    def _ways_of(self, finding: Finding | None) -> Sequence[Mend]:
        if finding is None:
            return ()
        try:
            return self._mends(self._session.document, finding)
        except EditError:  # the document has changed, and the next check has not come back yet
            return ()

    def _of_kind(self, finding: Finding | None) -> list[Finding]:
        return [one for one in self._checker.findings if finding and one.code == finding.code]

    # ---- doing

    def _go(self, index: QModelIndex) -> None:
        finding = index.data(FINDING)
        if isinstance(finding, Finding):
            self._selection.go_to(finding.step, finding.field)

    def _fix(self, number: int) -> None:
        finding = self._current()
        # Asked again: the document may have changed since the buttons were made.
        ways, label = self._ways_of(finding), self._ways[number].label
        self._do(next((way.edit for way in ways if way.label == label), None))

    def _fix_all(self, number: int) -> None:
        finding = self._current()
        if finding is None:
            return
        rule = rules_by_code().get(finding.code)
        label = self.tr("Fix all: %1").replace("%1", rule.title if rule else finding.code)
        alike = self._of_kind(finding)
        self._do(mend_all(self._session.document, alike, self._mends, number, label))

    def _do(self, edit: Edit | None) -> None:
        """Make the edit; the focus goes to the list, as the button will be gone."""
        self._list.setFocus()
        if edit is None:
            self._detail.show_failure(self.tr("There is nothing left to mend here."))
            return
        try:
            self._session.do(edit)
        except EditError as error:
            self._detail.show_failure(f"{error.what} {error.mend}".strip())
        else:
            self._tell()

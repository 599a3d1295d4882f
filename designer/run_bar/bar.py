"""The bar that runs the journey: which scenario, how, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from designer import icons
from designer.plain_text import set_tip
from designer.run_bar.options import USUAL, RunOptions
from designer.run_bar.period import in_words
from designer.run_bar.progress import RunProgress
from designer.runs import Runs, RunSettings
from designer.session import Change, Session
from designer.theme import look

_LONGEST_NAME = 60


class RunBar(QWidget):
    """run_asked, cancel_asked: the button was pressed.

    asked_for: another scenario or other settings are chosen than before.
    """

    run_asked = Signal()
    cancel_asked = Signal()
    asked_for = Signal()

    def __init__(self, session: Session, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Run"))
        self._session, self._runs = session, runs
        self.scenarios = QComboBox()
        self.scenarios.setAccessibleName(self.tr("Scenario"))
        self.scenarios.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.options = RunOptions(session, self)
        self.how = QPushButton()
        self.button = QPushButton()
        self._progress = RunProgress()
        self._arrange()
        self.scenarios.currentIndexChanged.connect(self._on_scenario)
        self.options.changed.connect(self._on_options)
        self.how.clicked.connect(self.open_options)
        self.button.clicked.connect(self._on_button)
        runs.changed.connect(self._show_state)
        runs.progressed.connect(self._progress.show_progress)
        self._stop = session.listen(self._on_change)
        self._show_scenarios()
        self._show_state()
        self.restyle()

    def close_bar(self) -> None:
        """Let go of the session."""
        self._stop()
        self.options.close()

    @property
    def scenario(self) -> str | None:
        """The id of the scenario that is chosen; None for the baseline."""
        chosen = self.scenarios.currentData()
        return str(chosen) if chosen is not None else None

    @property
    def settings(self) -> RunSettings:
        """How to run."""
        return self.options.settings

    def choose_scenario(self, name: str | None) -> None:
        """Choose the scenario with this id; None for the baseline."""
        self.scenarios.setCurrentIndex(max(0, self.scenarios.findData(name)))

    def open_options(self) -> None:
        """Show how it will be run, to choose."""
        self.options.open_below(self.how)

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        # Before a label and a spin box ask for it, a combo takes more than its share.
        self.scenarios.setFixedWidth(look.px(190))
        self._middle.setFixedWidth(look.px(172))
        for widget in (self.scenarios, self._middle, self.button):
            widget.setFixedHeight(look.px(30))
        self.button.setIconSize(QSize(look.px(14), look.px(14)))
        self._progress.restyle()
        self._show_state()

    # ---- building

    def _arrange(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.how)
        self._middle.addWidget(self._progress)
        fixed = QSizePolicy.Policy.Fixed
        self._middle.setSizePolicy(fixed, fixed)
        self.setSizePolicy(fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.scenarios)
        row.addWidget(self._middle)
        row.addWidget(self.button)

    # ---- showing

    def _on_change(self, _change: Change) -> None:
        self._show_scenarios()
        self._show_how()

    def _show_scenarios(self) -> None:
        named = self._session.document.scenarios.named
        wanted = [(None, self.tr("Baseline")), *((one.id, one.name or one.id) for one in named)]
        combo = self.scenarios
        shown = [(combo.itemData(n), combo.itemText(n)) for n in range(combo.count())]
        short = [(name, " ".join(words.split())[:_LONGEST_NAME]) for name, words in wanted]
        if shown == short:
            return
        before = self.scenario
        combo.blockSignals(True)
        combo.clear()
        for name, words in short:
            combo.addItem(words, name)
        combo.setCurrentIndex(max(0, combo.findData(before)))
        combo.blockSignals(False)
        self._tell_scenario()
        if self.scenario != before:
            self.asked_for.emit()

    def _tell_scenario(self) -> None:
        set_tip(self.scenarios, self.tr("Scenario: {0}").format(self.scenarios.currentText()))

    def _show_how(self) -> None:
        period = self._session.document.assumptions.period
        words = in_words(period, self.settings, USUAL)
        self.how.setText(words)
        self.how.setAccessibleName(self.tr("How to run: {0}").format(words))
        tip = self.tr("How long a period is simulated, and how often; the seed")
        set_tip(self.how, f"{words}\n{tip}")

    def _show_state(self) -> None:
        is_running = self._runs.running is not None
        if is_running == self._progress.isVisibleTo(self) and self.button.text():
            self._dress(is_running=is_running)
            self._show_how()
            return
        self._middle.setCurrentWidget(self._progress if is_running else self.how)
        self._progress.begin()
        self._dress(is_running=is_running)
        self._show_how()

    def _dress(self, *, is_running: bool) -> None:
        theme, button = look.active(), self.button
        button.setText(self.tr("Cancel") if is_running else self.tr("Run  F5"))
        button.setAccessibleName(self.tr("Cancel the run") if is_running else self.tr("Run"))
        set_tip(
            button,
            self.tr("End this run; what was computed is kept (Shift+F5)")
            if is_running
            else self.tr("Simulate the journey as it is now (F5)"),
        )
        name, ink = ("close", theme.ink) if is_running else ("run", theme.on_accent)
        button.setIcon(icons.pixmap(name, ink, look.px(14)))
        kind = "plain" if is_running else "primary"
        if button.property("kind") != kind:
            button.setProperty("kind", kind)
            button.style().unpolish(button)
            button.style().polish(button)

    # ---- doing

    def _on_scenario(self, _index: int) -> None:
        self._tell_scenario()
        self.asked_for.emit()

    def _on_options(self) -> None:
        self._show_how()
        self.asked_for.emit()

    def _on_button(self) -> None:
        if self._runs.running is not None:
            self.cancel_asked.emit()
        else:
            self.run_asked.emit()

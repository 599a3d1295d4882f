"""Which chart of a run, and which view of it: two combos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from designer.theme import look

_LONGEST_NAME: Final = 60


class Choosing(QWidget):
    """changed: another chart or view is chosen, or it is of other results."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.charts = _combo(self.tr("Chart"))
        self.views = _combo(self.tr("Shown in the chart"))
        self._told: Mapping[str, Any] = {}
        self._chosen: dict[str, str] = {}
        """The view that was chosen last of each chart."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.charts)
        self._row.addWidget(self.views)
        self.charts.currentIndexChanged.connect(self._fill_views)
        self.views.currentIndexChanged.connect(self._on_view)
        self.restyle()

    @property
    def chart(self) -> str:
        """The id of the chart; empty if there is none."""
        return str(self.charts.currentData() or "")

    @property
    def view(self) -> str:
        """The id of the view; empty for the usual one."""
        return str(self.views.currentData() or "")

    @property
    def view_name(self) -> str:
        """What the view is called; empty if it is the only one."""
        return self.views.currentText() if self.views.count() > 1 else ""

    def show_charts(self, told: Mapping[str, Any]) -> None:
        """Offer these charts; what was chosen stays. `simulator.charts` should be imported."""
        from simulator.charts import CHARTS  # noqa: PLC0415 - takes a moment to import

        self._told = told
        _refill(self.charts, [(name, told[name]["name"]) for name in CHARTS if name in told])
        self._fill_views()

    def restyle(self) -> None:
        """Take the text size of the active look."""
        self._row.setSpacing(look.px(8))
        self.charts.setMinimumWidth(look.px(150))
        self.views.setMinimumWidth(look.px(120))
        self.views.setMaximumWidth(look.px(300))

    def _fill_views(self) -> None:
        from simulator.charts import CHARTS  # noqa: PLC0415 - takes a moment to import

        told = self._told.get(self.chart)
        choices = CHARTS[self.chart].choices(told) if told is not None and told["groups"] else []
        views = [(one.id, one.name) for one in choices]
        _refill(self.views, views, self._chosen.get(self.chart))
        self.views.setVisible(len(views) > 1)
        self.changed.emit()

    def _on_view(self) -> None:
        self._chosen[self.chart] = self.view
        self.changed.emit()


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _refill(combo: QComboBox, entries: list[tuple[str, str]], chosen: str | None = None) -> None:
    """Offer these, unheard; what was chosen stays, if it is still there."""
    wanted = combo.currentData() if chosen is None else chosen
    was_silent = combo.blockSignals(True)
    combo.clear()
    for name, text in entries:
        line = " ".join(text.split())
        combo.addItem(line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME] + "…", name)
    combo.setCurrentIndex(max(0, combo.findData(wanted)))
    combo.blockSignals(was_silent)

"""The panels around the canvas: in docks and tabs, shown by name, and gone round with F6."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from designer.canvas.canvas import Canvas
from designer.history_list import HistoryList
from designer.inspector.panel import Inspector
from designer.outline.panel import OutlinePanel
from designer.palette import Palette
from designer.problems.panel import ProblemsPanel
from designer.theme import look


class Panels(QObject):
    """Steps and outline at the left, the inspector at the right, problems and history below."""

    def __init__(
        self,
        canvas: Canvas,
        palette: Palette,
        outline: OutlinePanel,
        inspector: Inspector,
        problems: ProblemsPanel,
        history: HistoryList,
    ) -> None:
        super().__init__(canvas)
        self._canvas, self.inspector = canvas, inspector
        self.palette, self.outline = palette, outline
        self.problems, self.history = problems, history
        self.docks: list[QDockWidget] = []
        self.left = _tabs(self.tr("Steps and outline"))
        self.left.addTab(palette, self.tr("Steps"))
        self.left.addTab(outline, self.tr("Outline"))
        self.below = _tabs(self.tr("Problems and history"))
        self.below.addTab(problems, self.tr("Problems"))
        self.below.addTab(history, self.tr("History"))

    def add_docks(self, window: QMainWindow) -> None:
        """Put the panels around the canvas."""
        area = Qt.DockWidgetArea
        for name, title, widget, where in (
            ("left", self.tr("Steps"), self.left, area.LeftDockWidgetArea),
            ("inspector", self.tr("Inspector"), self.inspector, area.RightDockWidgetArea),
            ("below", self.tr("Problems"), self.below, area.BottomDockWidgetArea),
        ):
            dock = QDockWidget(title, window)
            dock.setObjectName(name)
            dock.setWidget(widget)
            # A line parts the panels; their tabs are title enough.
            dock.setTitleBarWidget(QWidget(dock))
            dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
            window.addDockWidget(where, dock)
            self.docks.append(dock)
        for corner, where in (
            (Qt.Corner.BottomLeftCorner, area.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, area.RightDockWidgetArea),
        ):
            window.setCorner(corner, where)
        sizes = {"left": 200, "inspector": 320, "below": 208}
        for dock in self.docks:
            size = look.px(sizes[dock.objectName()])
            upright = dock.objectName() != "below"
            # Large text must leave room for the canvas.
            size = min(size, window.width() // 4 if upright else window.height() // 3)
            turned = Qt.Orientation.Horizontal if upright else Qt.Orientation.Vertical
            window.resizeDocks([dock], [size], turned)

    def panels(self) -> list[QWidget]:
        """What F6 goes round: each takes the focus."""
        left, below = self.left.currentWidget(), self.below.currentWidget()
        return [w for w in (left, self._canvas.view, self.inspector, below) if w.isVisible()]

    def next(self, by: int) -> None:
        """Give the focus to the next panel, or the one before."""
        panels, focus = self.panels(), QApplication.focusWidget()
        here = next(
            (n for n, p in enumerate(panels) if focus and (p is focus or p.isAncestorOf(focus))),
            -by,
        )
        enter(panels[(here + by) % len(panels)])

    def show(self, name: str) -> None:
        """Show this panel and give it the focus."""
        widget = {
            "palette": self.palette,
            "outline": self.outline,
            "inspector": self.inspector,
            "problems": self.problems,
            "history": self.history,
        }[name]
        for tabs in (self.left, self.below):
            if tabs.indexOf(widget) >= 0:
                tabs.setCurrentWidget(widget)
        for dock in self.docks:
            if dock.widget().isAncestorOf(widget) or dock.widget() is widget:
                dock.show()
        enter(widget)

    def show_count(self, problems: int) -> None:
        """Say on the tab how many problems there are."""
        words = self.tr("Problems {0}").format(problems) if problems else self.tr("Problems")
        self.below.setTabText(self.below.indexOf(self.problems), words)


def _tabs(name: str) -> QTabWidget:
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    tabs.setAccessibleName(name)
    tabs.tabBar().setAccessibleName(name)
    return tabs


def enter(panel: QWidget) -> None:
    """Give the focus to the panel, or to the first thing in it that takes it."""
    inside = [panel, *panel.findChildren(QWidget)]
    takes = Qt.FocusPolicy.TabFocus
    for widget in inside:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & takes:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

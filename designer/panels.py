"""The panels around the canvas: in docks and tabs, shown by name, and gone round with F6."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from designer.theme import look

_SIZES = {"left": 200, "inspector": 320, "below": 208}
_TALL = 352
"""How high what is below the canvas shall be for results, if there is room."""


@dataclass(frozen=True, slots=True)
class Panel:
    """name: by which it is shown.  title: on its tab."""

    name: str
    title: str
    widget: QWidget


class Panels(QObject):
    """Tabs at the left and below, the inspector at the right, the canvas in the middle."""

    def __init__(
        self,
        canvas: QWidget,
        left: Sequence[Panel],
        inspector: QWidget,
        below: Sequence[Panel],
    ) -> None:
        super().__init__(canvas)
        self._middle, self.inspector = canvas, inspector
        self._titles = {panel.name: panel.title for panel in (*left, *below)}
        self._widgets = {panel.name: panel.widget for panel in (*left, *below)}
        self._widgets["inspector"] = inspector
        self.docks: list[QDockWidget] = []
        self.left = _tabs(self.tr("Steps and outline"), left)
        self.below = _tabs(self.tr("Results, problems and history"), below)

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
        for dock in self.docks:
            size = look.px(_SIZES[dock.objectName()])
            upright = dock.objectName() != "below"
            # Large text must leave room for the canvas.
            size = min(size, window.width() // 4 if upright else window.height() // 3)
            turned = Qt.Orientation.Horizontal if upright else Qt.Orientation.Vertical
            window.resizeDocks([dock], [size], turned)

    def give_room(self, window: QMainWindow) -> None:
        """Make what is below the canvas so high that results can be read, if there is room."""
        dock = next(dock for dock in self.docks if dock.widget() is self.below)
        wanted = min(look.px(_TALL), window.height() * 2 // 5)
        if dock.height() < wanted:
            window.resizeDocks([dock], [wanted], Qt.Orientation.Vertical)

    def put_in_middle(self, widget: QWidget) -> None:
        """What F6 comes to between the panels at the left and at the right."""
        self._middle = widget

    def panels(self) -> list[QWidget]:
        """What F6 goes round: each takes the focus."""
        left, below = self.left.currentWidget(), self.below.currentWidget()
        return [w for w in (left, self._middle, self.inspector, below) if w.isVisible()]

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
        widget = self._widgets[name]
        for tabs in (self.left, self.below):
            if tabs.indexOf(widget) >= 0:
                tabs.setCurrentWidget(widget)
        for dock in self.docks:
            if dock.widget().isAncestorOf(widget) or dock.widget() is widget:
                dock.show()
        enter(widget)

    def show_count(self, name: str, count: int) -> None:
        """Say on this panel's tab how many there are of what it lists."""
        title = self._titles[name]
        words = f"{title} {count}" if count else title
        self.below.setTabText(self.below.indexOf(self._widgets[name]), words)


def _tabs(name: str, panels: Sequence[Panel]) -> QTabWidget:
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    tabs.setAccessibleName(name)
    tabs.tabBar().setAccessibleName(name)
    for panel in panels:
        tabs.addTab(panel.widget, panel.title)
    return tabs


def enter(panel: QWidget) -> None:
    """Give the focus to the panel, or to the first thing in it that takes it."""
    inside = [panel, *panel.findChildren(QWidget)]
    takes = Qt.FocusPolicy.TabFocus
    for widget in inside:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & takes:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

"""What lies over the canvas: zoom, the way back from sub-journeys, what to do when it is empty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from designer import icons
from designer.canvas.view import JourneyView
from designer.plain_text import PlainLabel, set_tip
from designer.selection import Selection
from designer.session import Session
from designer.theme import look


class Box(QFrame):
    """A small panel over the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("box")
        self.restyle()

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        theme = look.active()
        self.setStyleSheet(
            f"#box {{ background: {theme.panel.name()}; border: 1px solid {theme.line.name()};"
            f" border-radius: {look.px(8)}px; }}"
        )


class ZoomBox(Box):
    """− 100 % + and fit."""

    def __init__(self, view: JourneyView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(0)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._less = self._button("zoom-out", self.tr("Zoom out"), view.zoom_out)
        self._shown = QToolButton()
        self._shown.setAccessibleName(self.tr("Zoom to 100 %"))
        set_tip(self._shown, self.tr("Zoom to 100 %"))
        self._shown.clicked.connect(self._to_hundred)
        more = self._button("zoom-in", self.tr("Zoom in"), view.zoom_in)
        fit = self._button("fit", self.tr("Show everything"), self._fit)
        for widget in (self._less, self._shown, more, fit):
            # For the mouse: all of it has keys, and the canvas should not be left for it.
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(widget)
        view.zoom_changed.connect(self._show)
        self._show(view.zoom)
        self.restyle()

    def _button(self, icon: str, name: str, clicked: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        set_tip(button, name)
        button.clicked.connect(clicked)
        self._buttons.append((button, icon))
        return button

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        super().restyle()
        for button, icon in getattr(self, "_buttons", []):
            button.setIcon(icons.icon(icon))
            button.setIconSize(QSize(look.px(16), look.px(16)))

    def _show(self, zoom: float) -> None:
        self._shown.setText(f"{round(zoom * 100)} %")
        self.adjustSize()

    def _to_hundred(self) -> None:
        self._view.set_zoom(1.0)

    def _fit(self) -> None:
        self._view.fit()


class Breadcrumbs(Box):
    """Journey › Sub-journey: seen only where there is a way back."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self._home = QPushButton()
        self._home.setProperty("kind", "quiet")
        self._home.clicked.connect(self._go_home)
        self._here = PlainLabel()
        self._here.setWordWrap(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 12, 2)
        layout.addWidget(self._home)
        arrow = PlainLabel("›")
        layout.addWidget(arrow)
        layout.addWidget(self._here)
        selection.graph_changed.connect(self._show)
        self._stop = session.listen(lambda _change: self._show())
        self._show()

    def stop(self) -> None:
        """Follow the session no longer."""
        self._stop()

    def _show(self) -> None:
        journey = self._session.document.journey
        graph = self._selection.graph
        sub = journey.sub_journey(graph) if graph is not None else None
        self.setVisible(sub is not None)
        if sub is not None:
            self._home.setText(_short(journey.name))
            self._home.setAccessibleName(self.tr("Back to the journey"))
            self._here.setText(_short(sub.name))
            self.adjustSize()

    def _go_home(self) -> None:
        self._selection.show_graph(None)


class EmptyCanvas(QWidget):
    """An empty canvas says what to do next, in one line with one button."""

    asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        self._line = PlainLabel()
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._line.setWordWrap(False)
        self.button = QPushButton(self.tr("Add the first step"))
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.asked)
        self._hint = PlainLabel(self.tr("or press Tab on the canvas"))
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setWordWrap(False)
        for widget in (self._line, self.button, self._hint):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.restyle()

    def say(self, *, is_sub: bool) -> None:
        """What comes first in a journey, or in a sub-journey, into which customers come anyway."""
        self._line.setText(
            self.tr("Customers come in here from the step that runs this sub-journey.")
            if is_sub
            else self.tr("A journey begins with how customers come in.")
        )

    def restyle(self) -> None:
        """Take the colours of the active theme."""
        soft = f"color: {look.active().soft.name()}; background: transparent;"
        self._line.setStyleSheet(soft)
        self._hint.setStyleSheet(soft)


def _short(name: str) -> str:
    text = " ".join(name.split())
    return text if len(text) <= 40 else text[:39] + "…"

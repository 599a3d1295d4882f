"""All that belongs to one open document: its session, its canvas and its panels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from designer.canvas import arranging, clipboard
from designer.canvas.along import along
from designer.canvas.canvas import Canvas
from designer.canvas.gliding import Glide, places_now
from designer.canvas.scene import Hit
from designer.canvas.view import Want
from designer.palette import Palette
from designer.problems.checker import Checker
from designer.problems.mending import Mend
from designer.problems.panel import ProblemsPanel
from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings
from engine.align import Alignment
from engine.document import Document
from engine.edits import Edit
from engine.errors import EditError
from engine.frame_edits import collapse_frame
from engine.steps.control import SubJourney
from engine.sub_journey_edits import add_sub_journey
from engine.validation.finding import Finding


class Workspace(QObject):
    """The document's session and every view of it; what the actions do, they do here.

    failed: an error that the user should read.
    """

    failed = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self.settings = session, settings
        self.selection = Selection(session, self)
        self.canvas = Canvas(session, self.selection, parent)
        self.checker = Checker(session, self)
        self.palette = Palette(session, self.selection, parent)
        self.problems = ProblemsPanel(self.checker, session, self.selection, _no_mends)
        self._build()
        self._glide: Glide | None = None
        self.canvas.failed.connect(self.failed)
        self.canvas.view.nudged.connect(self._nudge)
        self.palette.chosen.connect(self._add_here)
        self.palette.pulled.connect(self._pulled)
        self.palette.dropped.connect(self._dropped)
        self.palette.given_up.connect(self._given_up)
        self.checker.findings_changed.connect(self._show_findings)

    def _build(self) -> None:
        """The panels at the left, at the right and below, and the canvas in the middle."""
        self.center = self.canvas
        self.left = _tabs(self.tr("Steps and outline"))
        self.left.addTab(self.palette, self.tr("Steps"))
        self.below = _tabs(self.tr("Problems and history"))
        self.below.addTab(self.problems, self.tr("Problems"))

    def add_docks(self, window: QMainWindow) -> None:
        """Put the panels around the canvas."""
        area = Qt.DockWidgetArea
        for name, title, widget, where in (
            ("left", self.tr("Steps"), self.left, area.LeftDockWidgetArea),
            ("below", self.tr("Problems"), self.below, area.BottomDockWidgetArea),
        ):
            dock = QDockWidget(title, window)
            dock.setObjectName(name)
            dock.setWidget(widget)
            # A line parts the panels; their tabs are title enough.
            dock.setTitleBarWidget(QWidget(dock))
            dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
            window.addDockWidget(where, dock)

    def _show_findings(self) -> None:
        worst = {
            step: min((f.severity for f in found), key=lambda s: s.rank)
            for step, found in self.checker.by_step.items()
            if found
        }
        self.canvas.scene.show_severities(worst)
        count = len(self.checker.findings)
        words = self.tr("Problems %n", "", count) if count else self.tr("Problems")
        self.below.setTabText(self.below.indexOf(self.problems), words)

    def close_workspace(self) -> None:
        """Let go of the session: nothing of it may outlive the window."""
        self._stop_gliding()
        self.canvas.close_canvas()
        self.checker.close()
        self.palette.close_palette()
        self.selection.close()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self.canvas.restyle()

    def attempt(self, do: Callable[[], object]) -> None:
        """Do it; what stands in its way is said."""
        try:
            do()
        except EditError as error:
            self.failed.emit(error)

    def _do(self, make: Callable[[], Edit]) -> None:
        self.attempt(lambda: self.session.do(make()))

    # ---- the clipboard and removing

    def copy(self) -> None:
        """Copy what is selected."""
        self.attempt(lambda: clipboard.copy(self.session, self.selection))

    def cut(self) -> None:
        """Cut what is selected."""
        self.attempt(lambda: clipboard.cut(self.session, self.selection))

    def paste(self) -> None:
        """Paste where the mouse is if it is over the canvas, else where there is room."""
        at = self._mouse_place()
        self.attempt(lambda: clipboard.paste(self.session, self.selection, at))

    def duplicate(self) -> None:
        """A second one of what is selected."""
        self.attempt(lambda: clipboard.duplicate(self.session, self.selection))

    def remove(self, *, reconnect: bool = False) -> None:
        """Remove what is selected."""
        self.attempt(lambda: clipboard.remove(self.session, self.selection, reconnect=reconnect))

    def _mouse_place(self) -> QPointF | None:
        view = self.canvas.view
        at = view.viewport().mapFromGlobal(QCursor.pos())
        over = view.viewport().rect().contains(at) and view.viewport().underMouse()
        return view.mapToScene(at) if over else None

    # ---- selecting

    def select_all(self) -> None:
        """Every step, frame and note that is shown."""
        scene = self.canvas.scene
        steps = [name for name in scene.cards if not scene.is_hidden(name)]
        self.selection.select(steps, (), scene.frames, scene.notes)

    def select_along(self, *, forward: bool) -> None:
        """All steps that follow the selected ones, or lead to them, besides these."""
        found = along(self.selection.shown_graph, self.selection.steps, forward=forward)
        self.selection.select(found)

    # ---- putting in order

    def align(self, how: Alignment) -> None:
        """Align or distribute the selected steps."""
        self.attempt(lambda: arranging.align(self.session, self.selection, self.canvas.scene, how))

    def _nudge(self, right: int, down: int) -> None:
        scene = self.canvas.scene
        self.attempt(lambda: arranging.nudge(self.session, self.selection, scene, right, down))

    def toggle_pin(self) -> None:
        """Pin the selected steps, or let them go."""
        self.attempt(lambda: arranging.toggle_pin(self.session, self.selection))

    def frame(self) -> None:
        """A frame around what is selected; its title can be typed at once."""
        scene = self.canvas.scene
        self.attempt(
            lambda: self.canvas.edit_text(
                Hit(frame=arranging.frame_selected(self.session, self.selection, scene))
            )
        )

    def fold(self) -> None:
        """Collapse the selected frames, or all if none is; if all are, expand them."""
        frames = self.canvas.scene.frames
        names = self.selection.selected.frames or tuple(frames)
        collapsed = not all(frames[name].frame.collapsed for name in names)
        for name in names:
            if frames[name].frame.collapsed != collapsed:
                self._do(lambda n=name: collapse_frame(self.session.document, n, collapsed))  # type: ignore[misc]

    def note(self) -> None:
        """A note; its text can be typed at once."""
        view = self.canvas.view
        at = self._mouse_place() or view.mapToScene(view.viewport().rect().center())
        self.attempt(
            lambda: self.canvas.edit_text(
                Hit(note=arranging.note_at(self.session, self.selection, at))
            )
        )

    def tidy(self, *, only_selected: bool = False) -> None:
        """Lay the steps out anew; they glide, unless motion is to be reduced."""
        from engine.tidy import tidy  # noqa: PLC0415

        self._stop_gliding()
        only = self.selection.steps if only_selected else None
        before = places_now(self.canvas.scene)
        self._do(lambda: tidy(self.session.document, self.selection.graph, only))
        glide = Glide(self.canvas.scene, before, self)
        if glide.is_worth_it and not self.settings.reduced_motion:
            self._glide = glide
            glide.start()
        if not only_selected:
            self.canvas.view.fit()

    def _stop_gliding(self) -> None:
        if self._glide is not None:
            self._glide.stop()
            self._glide.deleteLater()
            self._glide = None
            self.canvas.scene.show_as_it_is()

    # ---- steps

    def rename(self) -> None:
        """Edit the name, title or text of what is selected, where it stands."""
        chosen = self.selection.selected
        for hit in (
            *(Hit(step=name) for name in chosen.steps[-1:]),
            *(Hit(frame=name) for name in chosen.frames[-1:]),
            *(Hit(note=name) for name in chosen.notes[-1:]),
        ):
            self.canvas.edit_text(hit)
            return

    def inspect(self) -> None:
        """Go on in the inspector with what is selected."""
        self.selection.field_asked.emit(self.selection.step, "name")

    def sub_journey(self) -> str | None:
        """The id of the sub-journey that the selected step runs."""
        name = self.selection.step
        card = self.canvas.scene.cards.get(name) if name else None
        if card is None or not isinstance(card.step, SubJourney):
            return None
        found = self.session.document.journey.sub_journey(card.step.journey)
        return found.id if found is not None else None

    def open_sub_journey(self) -> None:
        """Show the sub-journey that the selected step runs."""
        name = self.sub_journey()
        if name is not None:
            self.selection.show_graph(name)

    def new_sub_journey(self) -> None:
        """Add an empty sub-journey and show it."""
        names = {sub.id for sub in self.session.document.journey.sub_journeys}
        self._do(lambda: add_sub_journey(self.session.document, self.tr("Sub-journey")))
        for sub in self.session.document.journey.sub_journeys:
            if sub.id not in names:
                self.selection.show_graph(sub.id)

    # ---- the palette

    def _add_here(self, kind: str) -> None:
        self.canvas.add_here(kind)
        self.canvas.view.setFocus()

    def _viewport_place(self, screen: QPoint) -> QPointF | None:
        view = self.canvas.view
        at = view.viewport().mapFromGlobal(screen)
        return view.mapToScene(at) if view.viewport().rect().contains(at) else None

    def _pulled(self, kind: str, screen: QPoint) -> None:
        self.canvas.show_pulled(kind, self._viewport_place(screen))

    def _given_up(self) -> None:
        self.canvas.show_pulled("", None)

    def _dropped(self, kind: str, screen: QPoint) -> None:
        at = self._viewport_place(screen)
        self._given_up()
        if at is None:
            return
        link = self.canvas.scene.link_at(at)
        exit_ = self.canvas.scene.hit(at).exit
        self.canvas.add(kind, Want(at, exit_ if link is None else None, link))
        self.canvas.view.setFocus()


def _tabs(name: str) -> QTabWidget:
    tabs = QTabWidget()
    tabs.setDocumentMode(True)
    tabs.setAccessibleName(name)
    tabs.tabBar().setAccessibleName(name)
    return tabs


def _no_mends(_document: Document, _finding: Finding) -> list[Mend]:
    return []

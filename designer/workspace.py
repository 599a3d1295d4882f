"""All that belongs to one open document: its session, its canvas and its panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractAnimation, QObject, QPoint, QPointF, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from designer.canvas import arranging, clipboard
from designer.canvas.canvas import Canvas
from designer.canvas.gliding import Glide, places_now
from designer.canvas.hit import Hit
from designer.canvas.selecting import Selecting
from designer.canvas.tidying import tidy_edit
from designer.canvas.view import Want
from designer.exporting import Exporting
from designer.find import FindBar
from designer.first_tour import first_tour
from designer.heat import HeatView
from designer.history_list import HistoryList
from designer.inspector.panel import Inspector
from designer.middle import Middle
from designer.outline.panel import OutlinePanel
from designer.palette import Palette
from designer.panels import Panel, Panels
from designer.picture_dialogs import PictureDialogs
from designer.problems.checker import Checker
from designer.problems.panel import ProblemsPanel
from designer.selection import Selection
from designer.session import Session
from designer.settings import Settings
from designer.simulating import Simulating
from designer.tour import Tour
from engine.align import Alignment
from engine.edits import Edit, Several
from engine.errors import EditError
from engine.frame_edits import collapse_frame
from engine.journey import Journey
from engine.mends import Mend, mends
from engine.moves import inside
from engine.removal import remove_steps
from engine.steps.base import Step
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
        self.selecting = Selecting(self.canvas.scene, self.selection)
        self.checker = Checker(session, self)
        self.inspector = Inspector(session, self.selection)
        self.outline = OutlinePanel(session, self.selection, self.checker, _summary)
        self.palette = Palette(session, self.selection, parent)
        self.problems = ProblemsPanel(self.checker, session, self.selection, mends)
        self.history = HistoryList(session)
        self.finding = FindBar(session, self.selection, self.canvas)
        self.simulating = Simulating(
            session, self.selection, self.checker, self.canvas, settings, self
        )
        self.heat = HeatView(self.canvas, self.selection, self.simulating.runs, self)
        self.center = Middle(self.canvas, session, self.selection, self.simulating.runs)
        self.around = Panels(
            self.canvas.view,
            [
                Panel("palette", self.tr("Steps"), self.palette),
                Panel("outline", self.tr("Outline"), self.outline),
            ],
            self.inspector,
            [
                *self.simulating.panels(),
                Panel("problems", self.tr("Problems"), self.problems),
                Panel("history", self.tr("History"), self.history),
            ],
        )
        self.around.below.setCurrentWidget(self.problems)
        self.pictures = PictureDialogs(session, self.canvas.scene, parent)
        self.exporting = Exporting(session, self.selection, settings, parent)
        self.canvas.failed.connect(self.failed)
        self.pictures.failed.connect(self.failed)
        self.canvas.view.failed.connect(self.failed)
        self.canvas.view.nudged.connect(self._nudge)
        self.canvas.view.stretched.connect(self._stretch)
        self.palette.chosen.connect(self._add_here)
        self.palette.pulled.connect(self._pulled)
        self.palette.dropped.connect(self._dropped)
        self.palette.given_up.connect(self._given_up)
        self.outline.add_asked.connect(self._add_after)
        self.outline.link_asked.connect(self._link_from)
        self.outline.delete_asked.connect(self._delete)
        self.outline.menu_asked.connect(self.canvas.view.menu_asked)
        self.checker.findings_changed.connect(self._show_findings)
        self.simulating.failed.connect(self.failed)
        self.simulating.what_if.difference_asked.connect(self.heat.show_difference)
        self.center.failed.connect(self.failed)
        self.center.run_asked.connect(self.simulating.run)
        self.center.turned.connect(self._on_turned)
        self.around.below.currentChanged.connect(self._on_panel)
        self.exporting.problems_asked.connect(self._show_problems)

    def _show_findings(self) -> None:
        worst = {
            step: min((f.severity for f in found), key=lambda s: s.rank)
            for step, found in self.checker.by_step.items()
            if found
        }
        self.canvas.scene.show_severities(worst)
        self.inspector.show_findings(self.checker.findings, self._mends)
        self.around.show_count("problems", len(self.checker.findings))

    def _mends(self, finding: Finding) -> Sequence[Mend]:
        return mends(self.session.document, finding)

    def close_workspace(self) -> None:
        """Let go of the session: nothing of it may outlive the window."""
        self.exporting.close_exporting()
        self.center.close_middle()
        self.heat.close_heat()
        self.simulating.close_simulating()
        self.canvas.close_canvas()
        self.checker.close()
        self.palette.close_palette()
        self.inspector.stop_listening()
        self.outline.close_outline()
        self.history.close_history()
        self.finding.close_find()
        self.selection.close()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self.canvas.restyle()
        self.center.restyle()
        self.heat.restyle()
        self.simulating.restyle()

    def attempt(self, do: Callable[[], object]) -> None:
        """Do it; what stands in its way is said."""
        self.canvas.scene.settle()
        try:
            do()
        except EditError as error:
            self.failed.emit(error)

    def _do(self, make: Callable[[], Edit]) -> None:
        self.attempt(lambda: self.session.do(make()))

    # ---- panels

    def _on_panel(self, _index: int) -> None:
        """A replay says itself where customers are."""
        is_replay = self.around.below.currentWidget() is self.simulating.replay
        self.heat.set_aside(is_aside=is_replay)

    def _show_problems(self) -> None:
        self.around.show("problems")

    def _on_turned(self) -> None:
        page = self.center.map_page
        is_map = self.center.shows_map and page is not None
        self.around.put_in_middle(page if is_map and page is not None else self.canvas.view)

    def find(self) -> None:
        """Search in everything that the document says."""
        self.finding.open()

    def start_tour(self, bar: QWidget) -> None:
        """Five callouts around the window; remembered as seen, however it ends."""
        for name in ("problems", "inspector", "palette"):
            self.around.show(name)
        tour = Tour(
            first_tour(self.around.left, self.canvas, self.inspector, self.around.below, bar), self
        )
        tour.finished.connect(self._tour_is_over)
        tour.start()

    def _tour_is_over(self) -> None:
        self.settings.tour_seen = True
        self.canvas.view.setFocus()

    def show_journey(self) -> None:
        """What the whole journey shares, in the inspector."""
        self.selection.show_graph(None)
        self.selection.select()
        self.around.show("inspector")

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

    def _delete(self, steps: tuple[str, ...]) -> None:
        self._do(lambda: remove_steps(self.session.document, steps))

    def _mouse_place(self) -> QPointF | None:
        view = self.canvas.view
        at = view.viewport().mapFromGlobal(QCursor.pos())
        over = view.viewport().rect().contains(at) and view.viewport().underMouse()
        return view.mapToScene(at) if over else None

    # ---- putting in order

    def align(self, how: Alignment) -> None:
        """Align or distribute the selected steps."""
        self.attempt(lambda: arranging.align(self.session, self.selection, self.canvas.scene, how))

    def _nudge(self, right: int, down: int) -> None:
        scene = self.canvas.scene
        self.attempt(lambda: arranging.nudge(self.session, self.selection, scene, right, down))

    def _stretch(self, right: int, down: int) -> None:
        scene = self.canvas.scene
        self.attempt(lambda: arranging.stretch(self.session, self.selection, scene, right, down))

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
        changed = [name for name in names if frames[name].frame.collapsed != collapsed]
        edits = [collapse_frame(self.session.document, name, collapsed) for name in changed]
        if len(edits) == 1:
            self._do(lambda: edits[0])
        elif edits:
            label = f"{'Collapse' if collapsed else 'Expand'} {len(edits)} frames"
            self._do(lambda: Several(label, tuple(edits)))

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
        self.canvas.scene.settle()
        document, graph = self.session.document, self.selection.shown_graph
        only = self._selected_and_framed() if only_selected else None
        before = places_now(self.canvas.scene)
        edit = tidy_edit(document, graph, self.selection.graph, only)
        if edit is None:
            return
        self.session.do(edit)
        glide = Glide(self.canvas.scene, before, self)
        if glide.is_worth_it and not self.settings.reduced_motion:
            glide.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
        else:
            glide.deleteLater()
        if not only_selected:
            self.canvas.view.fit()

    def _selected_and_framed(self) -> list[str]:
        """The selected steps, and those in the selected frames."""
        selected, document = self.selection.selected, self.session.document
        framed = [step for frame in selected.frames for step in inside(document, frame)[0]]
        return list(dict.fromkeys([*selected.steps, *framed]))

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

    def _add_after(self, step: str | None, exit_name: str | None) -> None:
        """The outline asks for a step after an exit of this one."""
        if step is not None:
            self.selection.go_to(step)
        card = self.canvas.scene.cards.get(step or "")
        if card is not None and exit_name is not None:
            self.canvas.ask_for_step(Want(exit=(card.step.id, exit_name)))
        else:
            self.canvas.view.ask_for_next()

    def _link_from(self, step: str, exit_name: str | None) -> None:
        self.selection.go_to(step)
        self.canvas.ask_for_link(step, exit_name)

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


def _summary(step: Step, journey: Journey) -> str:
    return step.summary(journey)

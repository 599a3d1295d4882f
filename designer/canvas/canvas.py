"""The canvas with what lies over it: zoom, overview, way back from sub-journeys, small windows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsRectItem,
    QVBoxLayout,
    QWidget,
)

from designer.canvas import access, adding
from designer.canvas.chooser import Choice, Chooser
from designer.canvas.hit import Hit
from designer.canvas.inline_editor import InlineEditor
from designer.canvas.measures import CARD_HEIGHT, CARD_WIDTH
from designer.canvas.minimap import MiniMap
from designer.canvas.overlays import Breadcrumbs, EmptyCanvas, ZoomBox
from designer.canvas.scene import JourneyScene
from designer.canvas.view import JourneyView, Want
from designer.selection import LinkKey, Selection
from designer.session import Session
from designer.theme import look
from engine.edits import Edit, close_exit, connect, disconnect
from engine.errors import EditError
from engine.frame_edits import change_note_text, retitle_frame
from engine.graph_edits import rename_step
from engine.next_steps import next_steps
from engine.steps.catalog import step_types
from engine.steps.control import SubJourney

END_HERE, UNLINK = "\x00end", "\x00unlink"
"""Keys of choices that are no steps; ids cannot be like them."""


class Canvas(QWidget):
    """One document's canvas.

    failed: an EditError that the user should read.
    """

    failed = Signal(object)

    def __init__(
        self, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.selection = session, selection
        self.scene = JourneyScene(session, selection, self)
        self.view = JourneyView(self.scene, session, selection, self)
        self._ghost: QGraphicsRectItem | None = None
        self._editor: InlineEditor | None = None
        self._edited = Hit()
        self._edited_area = QRectF()
        self.setFocusProxy(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.minimap = MiniMap(self.view, self)
        self.zoom_box = ZoomBox(self.view, self)
        self.breadcrumbs = Breadcrumbs(session, selection, self)
        self.empty = EmptyCanvas(self)
        self._beside_zoom: QWidget | None = None
        self.empty.asked.connect(self.view.ask_for_next)
        self.view.step_asked.connect(self.ask_for_step)
        self.view.text_asked.connect(self.edit_text)
        self.view.opened.connect(self.open_step)
        self.scene.looks_different.connect(self._show_whether_empty)
        self.scene.looks_different.connect(self._show_minimap)
        self.view.moved.connect(self._show_minimap)
        self.view.moved.connect(self._place_editor)
        self.scene.mirrored.connect(self._on_mirrored)
        selection.graph_changed.connect(self._on_graph)
        selection.changed.connect(self._tell_focus)
        self._show_whether_empty()

    def close_canvas(self) -> None:
        """Follow the session no longer."""
        self.finish_editing()
        self.view.cancel_gesture()
        self.scene.settle()
        self.scene.close()
        self.breadcrumbs.stop()

    def restyle(self) -> None:
        """Take the colours and the text size of the active look."""
        self.scene.restyle()
        self.view.restyle()
        self.minimap.restyle()
        self.zoom_box.restyle()
        self.breadcrumbs.restyle()
        self.empty.restyle()
        self._lay_out()

    # ---- asking for a step

    def ask_for_step(self, want: Want) -> None:
        """Open the quick-add where the step is wanted."""
        source, exit_name = want.exit or want.link or (None, None)
        document, graph = self.session.document, self.selection.graph
        if want.exit is not None and want.at is None and want.exit[0] in self.scene.cards:
            at = self.scene.cards[want.exit[0]].exit_point(want.exit[1]) + QPointF(28, -20)
        elif want.at is not None:
            at = want.at
        else:
            at = self.view.mapToScene(self.view.spot())
        choices = [
            Choice(
                s.kind,
                s.type.title,
                "" if s.fits else self.tr("not on this channel"),
                s.type.icon,
                look.active().groups[s.type.group],
                f"{s.type.help} {s.type.group.value}",
            )
            for s in next_steps(document, source, exit_name, graph)
        ]
        chooser = Chooser(self.tr("Add a step"), choices, self)
        chooser.setProperty("wayline-chooser", "add")
        if want.exit is not None:
            self._offer_exits(chooser, want.exit)
        self._want = want
        chooser.chosen.connect(self._add_chosen)
        self._open(chooser, at)

    def _offer_exits(self, chooser: Chooser, key: LinkKey) -> None:
        card = self.scene.cards[key[0]]
        chooser.offer_exits([(e.name, e.label) for e in card.exits], key[1])

    def _add_chosen(self, kind: str, exit_name: str) -> None:
        want = self._want
        if want.exit is not None and exit_name:
            want = Want(want.at, (want.exit[0], exit_name))
        self.add(kind, want)

    def add(self, kind: str, want: Want) -> None:
        """Add a step of this type; what stands in its way is said."""
        self.scene.settle()
        try:
            adding.add(self.session, self.selection, self.scene, kind, want)
        except EditError as error:
            self.failed.emit(error)

    def add_here(self, kind: str) -> None:
        """Add a step of this type after the selected one, else where there is room."""
        step = self.selection.step
        link = self.selection.selected.links
        card = self.scene.cards.get(step) if step else None
        open_exits = [e.name for e in card.exits if not e.is_linked] if card else []
        if step is not None and open_exits:
            self.add(kind, Want(exit=(step, open_exits[0])))
        elif len(link) == 1 and step is None:
            self.add(kind, Want(link=link[0]))
        else:
            middle = self.view.mapToScene(self.view.viewport().rect().center())
            self.add(kind, Want() if self.scene.cards else Want(at=middle))

    def show_pulled(self, kind: str, at: QPointF | None) -> None:
        """Show where a step type pulled out of the palette would be put; None: nowhere."""
        if self._ghost is not None:
            self.scene.removeItem(self._ghost)
            self._ghost = None
        for link in self.scene.links.values():
            link.mark(is_target=False)
        if at is None:
            return
        target = self.scene.link_at(at)
        if target is not None:
            self.scene.links[target].mark(is_target=True)
        pen = QPen(look.active().groups[step_types()[kind].group], 1.5, Qt.PenStyle.DashLine)
        corner = at - QPointF(0, CARD_HEIGHT / 2)
        self._ghost = self.scene.addRect(QRectF(corner, QSizeF(CARD_WIDTH, CARD_HEIGHT)), pen)

    # ---- asking for a link

    def ask_for_link(self, step: str | None = None, exit_name: str | None = None) -> None:
        """Let the user choose, by typing, where an exit of the selected step leads."""
        key = self._exit_to_link(step, exit_name)
        if key is None:
            return
        graph = self.selection.shown_graph
        choices = [
            Choice(s.id, s.name, type(s).title, type(s).icon, look.active().groups[type(s).group])
            for s in graph.steps
        ]
        choices.append(Choice(END_HERE, self.tr("End here on purpose"), "", "close"))
        choices.append(Choice(UNLINK, self.tr("Remove the link"), "", "delete"))
        chooser = Chooser(self.tr("Where does it lead?"), choices, self)
        chooser.setProperty("wayline-chooser", "link")
        self._offer_exits(chooser, key)
        self._linked = key
        chooser.chosen.connect(self._link_chosen)
        self._open(chooser, self.scene.cards[key[0]].exit_point(key[1]) + QPointF(28, -20))

    def _exit_to_link(self, step: str | None, exit_name: str | None) -> LinkKey | None:
        links = self.selection.selected.links
        if step is None and len(links) == 1 and not self.selection.steps:
            return links[0]
        name = step or (self.selection.steps[-1] if self.selection.steps else None)
        card = self.scene.cards.get(name) if name else None
        if name is None or card is None or not card.exits:
            return None
        open_exits = [e.name for e in card.exits if not e.is_linked and not e.is_closed]
        return name, exit_name or (open_exits or [e.name for e in card.exits])[0]

    def _link_chosen(self, target: str, exit_name: str) -> None:
        source = self._linked[0]
        name = exit_name or self._linked[1]
        document = self.session.document
        try:
            if target == UNLINK:
                self.session.do(disconnect(document, source, name))
            elif target == END_HERE:
                self.session.do(close_exit(document, source, name))
            else:
                self.session.do(connect(document, source, name, target))
        except EditError as error:
            self.failed.emit(error)

    def _open(self, chooser: Chooser, at: QPointF) -> None:
        chooser.left.connect(self._focus_view)
        # What it offers may be there no longer.
        self.scene.mirrored.connect(chooser.close)
        self.view.ensureVisible(QRectF(at, at), 60, 60)
        chooser.open_at(self.view.mapFromScene(at))

    def _focus_view(self) -> None:
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    # ---- editing in place

    def open_step(self, step: str) -> None:
        """Into a sub-journey; of another step the name is edited."""
        shown = self.scene.cards[step].step
        if isinstance(shown, SubJourney) and self.session.document.journey.sub_journey(
            shown.journey
        ):
            self.selection.show_graph(shown.journey)
        else:
            self.edit_text(Hit(step=step))

    def edit_text(self, hit: Hit) -> None:
        """Edit a step's name, a frame's title or a note's text where it stands."""
        self.finish_editing()
        self._edited = hit
        if hit.step is not None:
            card = self.scene.cards[hit.step]
            area = QRectF(card.pos() + QPointF(40, 10), QPointF(card.scene_rect().right(), 0))
            area.setHeight(28)
            editor = self._edit(area, card.step.name, many_lines=False)
            editor.kept.connect(partial(self._rename, hit.step))
        elif hit.frame is not None:
            frame = self.scene.frames[hit.frame]
            area = QRectF(frame.pos(), QPointF(frame.scene_rect().right(), frame.pos().y() + 28))
            editor = self._edit(area, frame.frame.title, many_lines=False)
            editor.kept.connect(partial(self._retitle, hit.frame))
        elif hit.note is not None:
            note = self.scene.notes[hit.note]
            editor = self._edit(note.scene_rect(), note.note.text, many_lines=True)
            editor.kept.connect(partial(self._rewrite, hit.note))

    def _edit(self, area: QRectF, text: str, *, many_lines: bool) -> InlineEditor:
        self.view.ensureVisible(area, 20, 20)
        self._edited_area = area
        port, shown = self.view.viewport(), self._shown_area()
        self._editor = InlineEditor(port, self.view, shown, text, many_lines=many_lines)
        self._editor.ended.connect(self._on_edited)
        return self._editor

    def _shown_area(self) -> QRect:
        shown = self.view.mapFromScene(self._edited_area).boundingRect()
        shown.setHeight(max(look.px(30), shown.height()))
        shown.setWidth(max(look.px(140), shown.width()))
        return shown

    def _place_editor(self) -> None:
        if self._editor is not None:
            self._editor.place(self._shown_area())

    def _on_edited(self) -> None:
        self._editor = None

    def finish_editing(self) -> None:
        """Keep what is being typed in place, if anything is."""
        if self._editor is not None:
            self._editor.keep()

    def _on_mirrored(self) -> None:
        """What is edited may be there no longer."""
        step, _, frame, note = self._edited.elements
        scene = self.scene
        is_there = step in scene.cards or frame in scene.frames or note in scene.notes
        if self._editor is not None and not is_there:
            self._editor.give_up()

    def _rename(self, step: str, name: str) -> None:
        self._do(lambda: rename_step(self.session.document, step, name))

    def _retitle(self, frame: str, title: str) -> None:
        self._do(lambda: retitle_frame(self.session.document, frame, title))

    def _rewrite(self, note: str, text: str) -> None:
        self._do(lambda: change_note_text(self.session.document, note, text))

    def _do(self, make: Callable[[], Edit]) -> None:
        try:
            self.session.do(make())
        except EditError as error:
            self.failed.emit(error)

    # ---- what lies over the canvas

    def _on_graph(self) -> None:
        self.view.show_start()
        self._lay_out()

    def _tell_focus(self) -> None:
        access.tell_focus(self.view)

    def _show_whether_empty(self) -> None:
        self.empty.say(is_sub=self.selection.graph is not None)
        self.empty.setVisible(not self.scene.cards)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put what lies over the canvas into its corners."""
        super().resizeEvent(event)
        self._lay_out()

    def add_overlay(self, box: QWidget) -> None:
        """Put a small panel beside the zoom, or above it where there is no room."""
        self._beside_zoom = box
        self.place_overlays()

    def place_overlays(self) -> None:
        """Put what lies over the canvas where it belongs: something of it has another size."""
        self._lay_out()

    def _lay_out(self) -> None:
        width, height, air = self.width(), self.height(), 12
        for box in (self.zoom_box, self.breadcrumbs, self.empty):
            box.adjustSize()
        self.minimap.move(width - self.minimap.width() - air, height - self.minimap.height() - air)
        self.zoom_box.move(air, height - self.zoom_box.height() - air)
        self._place_beside_zoom(air)
        self.breadcrumbs.move(air, air)
        self.empty.move((width - self.empty.width()) // 2, (height - self.empty.height()) // 2)
        self._show_minimap()

    def _place_beside_zoom(self, air: int) -> None:
        box, zoom = self._beside_zoom, self.zoom_box
        if box is None:
            return
        box.adjustSize()
        right = zoom.x() + zoom.width() + air
        if right + box.width() + air <= self.width():
            box.move(right, self.height() - box.height() - air)
        else:
            box.move(air, zoom.y() - box.height() - air // 2)

    def _show_minimap(self) -> None:
        """Only where there is room for it, and something that it alone shows."""
        all_is_seen = self.view.seen().contains(self.scene.content_rect())
        box = self._beside_zoom
        is_free = box is None or not (
            box.isVisibleTo(self) and box.geometry().intersects(self.minimap.geometry())
        )
        has_room = self.width() > 420 and self.height() > 260 and is_free
        self.minimap.setVisible(has_room and bool(self.scene.cards) and not all_is_seen)

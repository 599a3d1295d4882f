"""The canvas with what lies over it: zoom, overview, way back from sub-journeys, small windows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsRectItem,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer import icons
from designer.canvas import access, adding
from designer.canvas.chooser import Choice, Chooser
from designer.canvas.inline_editor import InlineEditor
from designer.canvas.measures import CARD_HEIGHT, CARD_WIDTH
from designer.canvas.minimap import MiniMap
from designer.canvas.scene import Hit, JourneyScene
from designer.canvas.view import JourneyView, Want
from designer.plain_text import PlainLabel, set_tip
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
        self.zoom_box = _ZoomBox(self.view, self)
        self.breadcrumbs = _Breadcrumbs(session, selection, self)
        self.empty = _EmptyState(self)
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

    def _lay_out(self) -> None:
        width, height, air = self.width(), self.height(), 12
        for box in (self.zoom_box, self.breadcrumbs, self.empty):
            box.adjustSize()
        self.minimap.move(width - self.minimap.width() - air, height - self.minimap.height() - air)
        self.zoom_box.move(air, height - self.zoom_box.height() - air)
        self.breadcrumbs.move(air, air)
        self.empty.move((width - self.empty.width()) // 2, (height - self.empty.height()) // 2)
        self._show_minimap()

    def _show_minimap(self) -> None:
        """Only where there is room for it, and something that it alone shows."""
        all_is_seen = self.view.seen().contains(self.scene.content_rect())
        has_room = self.width() > 420 and self.height() > 260
        self.minimap.setVisible(has_room and bool(self.scene.cards) and not all_is_seen)


class _Box(QFrame):
    """A small panel over the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("box")
        self.restyle()

    def restyle(self) -> None:
        theme = look.active()
        self.setStyleSheet(
            f"#box {{ background: {theme.panel.name()}; border: 1px solid {theme.line.name()};"
            f" border-radius: {look.px(8)}px; }}"
        )


class _ZoomBox(_Box):
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


class _Breadcrumbs(_Box):
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


class _EmptyState(QWidget):
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
        soft = f"color: {look.active().soft.name()}; background: transparent;"
        self._line.setStyleSheet(soft)
        self._hint.setStyleSheet(soft)


def _short(name: str) -> str:
    text = " ".join(name.split())
    return text if len(text) <= 40 else text[:39] + "…"

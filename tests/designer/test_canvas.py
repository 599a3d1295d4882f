"""The canvas follows the document, and gestures become edits of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas.canvas import Canvas
from designer.canvas.view import Want
from designer.selection import Selection
from designer.session import Session
from engine.document import Document, document_to_bytes, read_document
from engine.edits import connect, disconnect
from engine.frame_edits import add_frame, add_note, collapse_frame
from engine.new_document import new_document
from engine.shipped import sample_path
from tests.designer import hands


def shown(qtbot: QtBot, document: Document, size: tuple[int, int] = (1200, 760)) -> Canvas:
    session = Session(document, Path("untitled.journey.json"))
    selection = Selection(session)
    canvas = Canvas(session, selection)
    selection.setParent(canvas)
    qtbot.addWidget(canvas, before_close_func=_let_go)
    canvas.resize(*size)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.activateWindow()
    canvas.view.setFocus()
    canvas.view.fit()
    return canvas


def _let_go(canvas: Canvas) -> None:
    canvas.close_canvas()
    canvas.selection.close()


@pytest.fixture
def starter(qtbot: QtBot) -> Canvas:
    return shown(qtbot, read_document(sample_path("starter")))


@pytest.fixture
def empty(qtbot: QtBot) -> Canvas:
    return shown(qtbot, new_document("Untitled"))


def links_of(canvas: Canvas) -> dict[tuple[str, str], str | None]:
    journey = canvas.session.document.journey
    return {(link.from_, link.exit): link.to for link in journey.links}


def at(canvas: Canvas, step: str) -> tuple[float, float]:
    x, y = canvas.session.document.layout.positions[step]
    return x, y


def test_every_step_and_link_of_the_document_is_shown(starter: Canvas) -> None:
    journey = starter.session.document.journey
    assert list(starter.scene.cards) == [step.id for step in journey.steps]
    assert set(starter.scene.links) == {(x.from_, x.exit) for x in journey.links if x.to}


def test_an_exit_that_leads_nowhere_asks_for_a_step_until_it_is_closed(starter: Canvas) -> None:
    assert not starter.scene.open_exits
    starter.session.do(disconnect(starter.session.document, "agent", "closed"))
    assert list(starter.scene.open_exits) == [("agent", "closed")]
    starter.session.undo()
    assert not starter.scene.open_exits


def test_a_card_is_dragged_onto_the_grid_and_one_undo_brings_it_back(starter: Canvas) -> None:
    before, start = at(starter, "agent"), hands.middle(starter.view, "agent")
    hands.drag(starter.view.viewport(), start, start + QPoint(37, 121))
    x, y = at(starter, "agent")
    assert (x % 8, y % 8) == (0, 0)
    assert x - before[0] == pytest.approx(37, abs=8)
    assert y - before[1] == pytest.approx(121, abs=8)
    assert starter.session.history == ["Move “Agent”"]
    starter.session.undo()
    assert at(starter, "agent") == before
    assert starter.scene.cards["agent"].pos() == QPointF(*before)


def test_the_document_does_not_change_while_the_mouse_is_down_and_esc_gives_up(
    starter: Canvas,
) -> None:
    document, start = starter.session.document, hands.middle(starter.view, "agent")
    hands.press(starter.view.viewport(), start)
    hands.travel(starter.view.viewport(), start, start + QPoint(90, 90))
    assert starter.scene.cards["agent"].pos() != QPointF(*at(starter, "agent"))
    assert starter.session.document is document
    hands.key(Qt.Key.Key_Escape)
    assert starter.scene.cards["agent"].pos() == QPointF(*at(starter, "agent"))
    assert starter.session.history == []


def test_cards_nearly_in_line_come_into_line(starter: Canvas) -> None:
    start = hands.middle(starter.view, "helped")
    hands.drag(starter.view.viewport(), start, start + QPoint(60, 5))
    assert at(starter, "helped")[1] == at(starter, "agent")[1]


def test_a_link_is_pulled_from_a_port_to_a_card(starter: Canvas) -> None:
    view = starter.view
    hands.drag(
        view.viewport(), hands.port(view, "agent", "abandoned"), hands.middle(view, "helped")
    )
    assert links_of(starter)["agent", "abandoned"] == "helped"
    assert starter.selection.selected.links == (("agent", "abandoned"),)


def test_a_link_let_go_on_the_ground_asks_which_step_comes_there(starter: Canvas) -> None:
    view = starter.view
    start = hands.port(view, "agent", "abandoned")
    hands.drag(view.viewport(), start, start + QPoint(120, 160))
    hands.keys("callback")
    hands.key(Qt.Key.Key_Return)
    added = links_of(starter)["agent", "abandoned"]
    assert added == "callback"
    assert starter.selection.step == added
    assert view.hasFocus()


def test_the_end_of_a_selected_link_is_pulled_to_another_step(starter: Canvas) -> None:
    view = starter.view
    item = starter.scene.links["call", "arrived"]
    half = (item.start + item.end) / 2
    hands.click(view, hands.place(view, half))
    assert starter.selection.selected.links == (("call", "arrived"),)
    hands.drag(
        view.viewport(), hands.place(view, item.end - QPointF(6, 0)), hands.middle(view, "helped")
    )
    assert links_of(starter)["call", "arrived"] == "helped"


def test_a_rubber_band_selects_what_it_touches(starter: Canvas) -> None:
    view, cards = starter.view, starter.scene.cards
    start = hands.place(view, cards["call"].pos() - QPointF(30, 30))
    end = hands.place(view, cards["agent"].scene_rect().bottomRight() + QPointF(4, 12))
    hands.drag(view.viewport(), start, end)
    assert starter.selection.steps == ("call", "agent")


def test_shift_click_adds_and_takes_away(starter: Canvas) -> None:
    view, shift = starter.view, Qt.KeyboardModifier.ShiftModifier
    hands.click(view, hands.middle(view, "call"))
    hands.click(view, hands.middle(view, "helped"), shift)
    assert starter.selection.steps == ("call", "helped")
    hands.click(view, hands.middle(view, "call"), shift)
    assert starter.selection.steps == ("helped",)


def test_several_are_dragged_together(starter: Canvas) -> None:
    view = starter.view
    starter.selection.select(["call", "agent"])
    gap = at(starter, "agent")[0] - at(starter, "call")[0]
    start = hands.middle(view, "agent")
    hands.drag(view.viewport(), start, start + QPoint(0, 104))
    assert at(starter, "agent")[0] - at(starter, "call")[0] == gap
    assert at(starter, "call")[1] == at(starter, "agent")[1] == pytest.approx(104, abs=8)
    assert starter.session.history == ["Move 2 steps"]


def test_a_step_dropped_on_a_link_is_put_into_it(starter: Canvas) -> None:
    view = starter.view
    hands.double_click(view, hands.place(view, QPointF(200, 300)))
    hands.keys("announcement")
    hands.key(Qt.Key.Key_Return)
    added = starter.selection.step
    assert added is not None
    item = starter.scene.links["agent", "resolved"]
    half = (item.start + item.end) / 2
    hands.drag(view.viewport(), hands.middle(view, added), hands.place(view, half))
    links = links_of(starter)
    assert links["agent", "resolved"] == added
    assert [to for (source, _), to in links.items() if source == added] == ["helped"]


def test_a_double_click_on_a_link_asks_for_a_step_in_between(starter: Canvas) -> None:
    view = starter.view
    item = starter.scene.links["call", "arrived"]
    hands.double_click(view, hands.place(view, (item.start + item.end) / 2))
    hands.keys("menu")
    hands.key(Qt.Key.Key_Return)
    links = links_of(starter)
    assert links["call", "arrived"] == "menu"
    assert [to for (source, _), to in links.items() if source == "menu"] == ["agent"]
    rects = [card.scene_rect() for card in starter.scene.cards.values()]
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[:n])


def test_an_empty_canvas_has_one_button_and_it_asks_for_an_entry(
    empty: Canvas, qtbot: QtBot
) -> None:
    assert empty.empty.isVisible()
    qtbot.mouseClick(empty.empty.button, Qt.MouseButton.LeftButton)
    hands.keys("inbound")
    hands.key(Qt.Key.Key_Return)
    assert list(empty.scene.cards) == ["inbound_contact"]
    assert not empty.empty.isVisible()


def test_esc_closes_the_chooser_and_nothing_changed(empty: Canvas) -> None:
    hands.key(Qt.Key.Key_Tab)
    assert not empty.view.hasFocus()
    hands.key(Qt.Key.Key_Escape)
    assert empty.view.hasFocus()
    assert empty.session.history == []


def test_a_name_is_edited_in_place(starter: Canvas) -> None:
    hands.double_click(starter.view, hands.middle(starter.view, "agent"))
    hands.keys("Adviser")
    hands.key(Qt.Key.Key_Return)
    step = starter.scene.cards["agent"].step
    assert step.name == "Adviser"
    assert starter.view.hasFocus()


def test_esc_leaves_the_name_as_it_was(starter: Canvas) -> None:
    hands.double_click(starter.view, hands.middle(starter.view, "agent"))
    hands.keys("Adviser")
    hands.key(Qt.Key.Key_Escape)
    assert starter.session.history == []


def test_arrows_walk_along_the_links(starter: Canvas) -> None:
    walked = []
    for which in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        hands.key(which)
        walked.append(starter.selection.step)
    assert walked == ["call", "agent", "helped", "agent"]


def test_a_frame_takes_its_steps_along_and_hides_them_when_it_is_collapsed(
    starter: Canvas,
) -> None:
    session, view = starter.session, starter.view
    session.do(add_frame(session.document, "Service", ["agent", "helped"], name="service"))
    frame = starter.scene.frames["service"]
    before = at(starter, "agent")
    start = hands.place(view, frame.pos() + QPointF(120, 12))
    hands.drag(view.viewport(), start, start + QPoint(0, 80))
    assert at(starter, "agent")[1] > before[1]
    assert at(starter, "call")[1] == before[1]
    hands.click(view, hands.place(view, frame.pos() + QPointF(15, 14)))
    assert session.document.layout.frames[0].collapsed
    assert not starter.scene.cards["agent"].isVisible()
    assert not starter.scene.links["agent", "resolved"].isVisible()
    inwards = starter.scene.links["call", "arrived"]
    assert inwards.isVisible()
    assert inwards.end.x() == frame.scene_rect().left()
    session.undo()
    assert starter.scene.cards["agent"].isVisible()


def collapsed_far_from_everything(canvas: Canvas) -> QPointF:
    """An empty collapsed frame; returns a place that it hides, beside what it shows."""
    session = canvas.session
    session.do(add_frame(session.document, "Later", (-200.0, 200.0, 700.0, 300.0), name="later"))
    session.do(collapse_frame(session.document, "later"))
    canvas.view.fit()
    return QPointF(300, 380)


def test_a_step_dropped_where_a_collapsed_frame_hides_opens_the_frame(starter: Canvas) -> None:
    session, view = starter.session, starter.view
    place = collapsed_far_from_everything(starter)
    done = len(session.history)
    hands.drag(view.viewport(), hands.middle(view, "helped"), hands.place(view, place))
    assert starter.scene.cards["helped"].isVisible()
    assert not session.document.layout.frames[0].collapsed
    assert len(session.history) == done + 1
    session.undo()
    assert session.document.layout.frames[0].collapsed


def test_a_step_added_where_a_collapsed_frame_hides_opens_the_frame(starter: Canvas) -> None:
    place = collapsed_far_from_everything(starter)
    hands.double_click(starter.view, hands.place(starter.view, place))
    hands.keys("wait")
    hands.key(Qt.Key.Key_Return)
    assert starter.scene.cards["wait"].isVisible()


def test_a_corner_changes_the_size_of_a_note(starter: Canvas) -> None:
    session, view = starter.session, starter.view
    session.do(add_note(session.document, "Mind the gap", (0, 160), name="gap"))
    starter.selection.select(notes=["gap"])
    corner = hands.place(
        view, starter.scene.notes["gap"].scene_rect().bottomRight() - QPointF(4, 4)
    )
    hands.drag(view.viewport(), corner, corner + QPoint(64, 32))
    note = session.document.layout.notes[0]
    assert (note.width, note.height) == (264, 112)


def test_a_note_that_is_selected_elsewhere_comes_into_sight(starter: Canvas) -> None:
    session, view = starter.session, starter.view
    session.do(add_note(session.document, "Far away", (6000, 4000), name="far"))
    note = starter.scene.notes["far"].scene_rect()
    assert not view.seen().intersects(note)
    starter.selection.select(notes=["far"])
    assert view.seen().contains(note)


def test_zoom_stays_within_10_and_400_percent_and_where_the_mouse_is(starter: Canvas) -> None:
    view = starter.view
    spot = QPoint(300, 200)
    before = view.mapToScene(spot)
    view.set_zoom(2.0, spot)
    after = view.mapToScene(spot)
    assert (after - before).manhattanLength() < 2
    view.set_zoom(99)
    assert view.zoom == 4.0
    view.set_zoom(0.001)
    assert view.zoom == 0.1
    view.fit()
    assert view.seen().contains(starter.scene.content_rect())


def test_far_away_steps_can_still_be_pressed(qtbot: QtBot) -> None:
    canvas = shown(qtbot, read_document(sample_path("omnichannel_retail")))
    canvas.view.set_zoom(0.15)
    canvas.view.centerOn(canvas.scene.content_rect().center())
    assert canvas.view.is_overview
    name = next(iter(canvas.scene.cards))
    hands.click(canvas.view, hands.middle(canvas.view, name))
    assert canvas.selection.steps == (name,)


def test_a_collapsed_frame_survives_a_link_across_it(starter: Canvas) -> None:
    session = starter.session
    session.do(add_frame(session.document, "All", ["call", "agent"], name="all"))
    session.do(collapse_frame(session.document, "all"))
    session.do(connect(session.document, "agent", "unresolved", "helped"))
    outwards = starter.scene.links["agent", "unresolved"]
    assert outwards.isVisible()
    assert outwards.start.x() == starter.scene.frames["all"].scene_rect().right()


@pytest.fixture(autouse=True)
def _no_text_left() -> Iterator[None]:
    yield
    QApplication.clipboard().clear()


def test_what_lies_in_a_collapsed_frame_is_hidden_whatever_it_is(empty: Canvas) -> None:
    session, scene = empty.session, empty.scene
    frames = {"outer": (0, 0, 900, 600), "inner": (40, 40, 400, 300)}
    for name, rect in frames.items():
        session.do(add_frame(session.document, name, rect, None, name))
    session.do(add_note(session.document, "Remark", (60, 90), None, "remark"))
    for kind, x in (("inbound_contact", 80.0), ("announcement", 560.0), ("exit", 1200.0)):
        empty.add(kind, Want(at=QPointF(x, 200)))
    session.do(connect(session.document, "inbound_contact", "arrived", "announcement"))
    session.do(connect(session.document, "announcement", "played", "exit"))
    before = document_to_bytes(session.document)

    def seen() -> set[str]:
        items = {**scene.cards, **scene.frames, **scene.notes}
        return {name for name, item in items.items() if item.isVisible()}

    everything = {"outer", "inner", "remark", "inbound_contact", "announcement", "exit"}
    assert seen() == everything
    session.do(collapse_frame(session.document, "inner"))
    assert seen() == everything - {"remark", "inbound_contact"}
    session.do(collapse_frame(session.document, "outer"))
    assert seen() == {"outer", "exit"}
    assert not scene.links["inbound_contact", "arrived"].isVisible()
    assert scene.links["announcement", "played"].isVisible()
    edge = scene.frames["outer"].scene_rect()
    assert scene.links["announcement", "played"].start == QPointF(edge.right(), edge.center().y())
    assert scene.content_rect().left() == 0
    session.do(collapse_frame(session.document, "outer", collapsed=False))
    session.do(collapse_frame(session.document, "inner", collapsed=False))
    assert seen() == everything
    assert scene.links["inbound_contact", "arrived"].isVisible()
    assert scene.links["announcement", "played"].start == scene.cards["announcement"].exit_point(
        "played"
    )
    assert document_to_bytes(session.document) == before


def test_a_note_hides_nothing_that_is_drawn_after_it(starter: Canvas) -> None:
    def picture() -> bytes:
        card = next(iter(starter.scene.cards.values()))
        area = starter.view.mapFromScene(card.scene_rect()).boundingRect()
        image = starter.view.viewport().grab().toImage().copy(area)
        return bytes(image.constBits())

    before = picture()
    starter.session.do(add_note(starter.session.document, "Far away", (0, 4000)))
    starter.session.do(add_note(starter.session.document, "In sight", (0, -120)))
    assert picture() == before

"""The palette: what fits, what is searched, what is added."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.palette import Palette
from designer.window import Window
from engine.steps.catalog import step_types
from tests.designer import hands


def titles(palette: Palette) -> list[str]:
    model = palette.list.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return [row.data() for row in rows if row.flags() & Qt.ItemFlag.ItemIsEnabled]


def row(palette: Palette, title: str) -> QModelIndex:
    model = palette.list.model()
    rows = (model.index(number, 0) for number in range(model.rowCount()))
    return next(index for index in rows if index.data() == title)


def test_on_an_empty_canvas_only_entries_can_come(new_window: Callable[[], Window]) -> None:
    palette = new_window().work().palette
    assert titles(palette) == ["Inbound contact", "Outbound audience", "Business event"]


def test_after_a_step_no_entry_can_come(
    qtbot: QtBot, sample_window: Callable[[str], Window]
) -> None:
    space = sample_window("starter").work()
    space.selection.select(["agent"])
    qtbot.waitUntil(lambda: "Inbound contact" not in titles(space.palette))
    assert "Exit" in titles(space.palette)


def test_everything_is_there_when_it_is_asked_for(new_window: Callable[[], Window]) -> None:
    palette = new_window().work().palette
    palette.fitting.click()
    assert titles(palette) == [cls.title for cls in step_types().values()]


def test_who_searches_finds_by_name_help_and_group(new_window: Callable[[], Window]) -> None:
    palette = new_window().work().palette
    palette.field.setFocus()
    hands.keys("quiet")
    assert titles(palette) == ["Contact cap and quiet hours"]
    palette.field.clear()
    hands.keys("people")
    assert {"Human agent", "Callback", "Case"} <= set(titles(palette))
    palette.field.clear()
    hands.keys("no such thing")
    assert titles(palette) == []


def test_enter_in_the_search_adds_the_first_that_is_found(new_window: Callable[[], Window]) -> None:
    space = new_window().work()
    space.palette.field.setFocus()
    hands.keys("inbound")
    hands.key(Qt.Key.Key_Return)
    assert list(space.canvas.scene.cards) == ["inbound_contact"]
    assert space.canvas.view.hasFocus()


def test_down_leads_into_the_list_and_enter_adds(sample_window: Callable[[str], Window]) -> None:
    space = sample_window("starter").work()
    space.palette.field.setFocus()
    hands.keys("wait")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    assert space.selection.step == "wait"


def test_a_double_click_adds_after_the_selected_step(
    qtbot: QtBot, new_window: Callable[[], Window]
) -> None:
    space = new_window().work()
    for title in ("Inbound contact", "Announcement"):
        qtbot.waitUntil(lambda title=title: title in titles(space.palette))  # type: ignore[misc]
        at = space.palette.list.visualRect(row(space.palette, title)).center()
        qtbot.mouseClick(space.palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(
            space.palette.list.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at,
        )
    assert list(space.canvas.scene.cards) == ["inbound_contact", "announcement"]
    assert ("inbound_contact", "arrived") in space.canvas.scene.links


def test_esc_while_dragging_drops_nothing(new_window: Callable[[], Window]) -> None:
    space = new_window().work()
    viewport = space.palette.list.viewport()
    start = space.palette.list.visualRect(row(space.palette, "Business event")).center()
    over = space.canvas.view.viewport()
    end = viewport.mapFromGlobal(over.mapToGlobal(over.rect().center()))
    hands.press(viewport, start)
    hands.travel(viewport, start, end)
    assert len(space.canvas.scene.items()) == 1
    QTest.keyClick(space.palette.list, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert space.canvas.scene.items() == []
    assert space.session.history == []


def test_dropped_beside_the_canvas_nothing_is_added(new_window: Callable[[], Window]) -> None:
    space = new_window().work()
    viewport = space.palette.list.viewport()
    start = space.palette.list.visualRect(row(space.palette, "Business event")).center()
    hands.drag(viewport, start, start - (start - viewport.rect().bottomLeft()))
    assert space.session.history == []


def test_what_can_come_next_is_not_worked_out_for_who_does_not_see_it(
    sample_window: Callable[[str], Window],
) -> None:
    space = sample_window("starter").work()
    space.around.show("outline")
    space.selection.select(["agent"])
    assert not space.palette._later.isActive()
    space.around.show("palette")
    assert "Inbound contact" not in titles(space.palette)

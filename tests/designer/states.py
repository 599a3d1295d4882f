"""All that a window can show, for tests that look at everything."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar

from designer.window import Window
from engine.frame_edits import add_frame, add_note
from tests.designer import hands


def every_state(window: Window, steps: int = 1000) -> Iterator[str]:
    """The window in all that it can show, one after the other."""
    space = window.work()
    yield "nothing selected"
    for step in list(space.canvas.scene.cards)[:steps]:
        space.selection.select([step])
        for tab in range(space.inspector.findChildren(QTabBar)[0].count()):
            space.inspector.findChildren(QTabBar)[0].setCurrentIndex(tab)
            QApplication.processEvents()
            yield f"{step}, tab {tab}"
    space.selection.select(list(space.canvas.scene.cards)[:3])
    yield "several steps"
    space.selection.select(links=[next(iter(space.canvas.scene.links))])
    yield "a link"
    session = space.session
    session.do(add_frame(session.document, "Frame", list(space.canvas.scene.cards)[:2], name="f"))
    session.do(add_note(session.document, "Note", (0, 500), name="n"))
    space.selection.select(frames=["f"])
    yield "a frame"
    space.selection.select(notes=["n"])
    yield "a note"
    for panel in ("outline", "palette", "history", "problems"):
        space.around.show(panel)
        yield panel
    space.canvas.view.setFocus()
    space.canvas.view.ask_for_next()
    yield "quick-add"
    hands.key(Qt.Key.Key_Escape)
    space.find()
    yield "find"
    hands.key(Qt.Key.Key_Escape)
    window.show_commands()
    yield "commands"
    hands.key(Qt.Key.Key_Escape)
    window.banner.tell("Something", [("Do it", lambda: None)])
    yield "a message"
    yield from _exporting(window)
    yield from _with_results(window)


def _exporting(window: Window) -> Iterator[str]:
    """The Export dialog: the bundle, and both tabs of a target with several files."""
    exporting = window.work().exporting
    exporting.open()
    dialog = exporting.dialog
    assert dialog is not None
    yield "exports are being made"
    while dialog.made is None:
        QApplication.processEvents()
    yield "the bundle"
    dialog.targets.choose("document")
    dialog.target.preview.field.setText("a")
    for tab in range(dialog.target.tabs.count()):
        dialog.target.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        yield f"an export, tab {tab}"
    exporting.close_exporting()
    window.activateWindow()


def _with_results(window: Window) -> Iterator[str]:
    """What a run of one day shows, panel by panel."""
    simulating, around = window.work().simulating, window.work().around
    simulating.bar.open_options()
    yield "how to run"
    simulating.bar.options.close()
    simulating.bar.options.replications.setValue(2)
    simulating.run()
    while simulating.runs.running is not None:
        QApplication.processEvents()
    yield "results"
    if simulating.results.cards is not None and simulating.results.cards.cards:
        simulating.results.cards.cards[0].click()
    yield "all about one figure"
    for panel in simulating.panels():
        around.show(panel.name)
        QApplication.processEvents()
        yield panel.name
    window.work().center.show_map(is_shown=True)
    QApplication.processEvents()
    yield "journey map"

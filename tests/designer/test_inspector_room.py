"""Everything in the inspector fits into it, with what is wrong said in full."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.session import Session
from designer.theme import look
from engine.edits import add_step
from engine.mends import mends
from engine.new_document import new_document
from engine.new_step import new_step
from engine.steps.catalog import step_types
from engine.validation import validate
from tests.designer.inspector_hands import shown_inspector


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_in_the_inspector_is_cut_at_its_right(
    scale: float, qtbot: QtBot, qapp: QApplication
) -> None:
    look.apply(qapp, "light", scale)
    try:
        session = Session(new_document("Every step there is, and none is linked"))
        for kind in step_types():
            session.do(add_step(session.document, new_step(session.document, kind), (0, 0)))
        inspector = shown_inspector(session, qtbot)
        inspector.show_findings(
            validate(session.document), lambda finding: mends(session.document, finding)
        )
        steps = [step.id for step in session.document.journey.steps]
        for step in (None, *steps):
            inspector.selection.select([step] if step else [])
            for tab in range(inspector.tabs.count()):
                inspector.tabs.setCurrentIndex(tab)
                qapp.processEvents()
                content, room = inspector.area.widget(), inspector.area.viewport().width()
                assert content.minimumSizeHint().width() <= room, (step, tab)
    finally:
        look.apply(qapp, "light", 1.0)

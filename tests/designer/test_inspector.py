"""The inspector shows what is selected and makes an undoable edit of every change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.inspector.panel import Inspector
from designer.selection import Selection
from designer.session import Session
from engine.document import document_to_bytes, read_document
from engine.shipped import sample_path

Opened = tuple[Session, Selection, Inspector]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    session = Session(read_document(sample_path("bankunited")))
    selection = Selection(session)
    inspector = Inspector(session, selection)
    qtbot.addWidget(inspector)
    inspector.resize(320, 800)
    inspector.show()
    return session, selection, inspector


def test_a_step_is_renamed_where_its_name_stands(opened: Opened, qtbot: QtBot) -> None:
    session, selection, inspector = opened
    start = document_to_bytes(session.document)
    selection.select(["adviser"])
    line = inspector.header.name.line
    assert line.text() == "Adviser"
    line.selectAll()
    qtbot.keyClicks(line, "Expert")
    assert session.history == ["Rename step to “Expert”"]
    assert inspector.header.kind.text() == "Human agent · people"
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == "Adviser"
    assert document_to_bytes(session.document) == start

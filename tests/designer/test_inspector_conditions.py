"""A condition is put together from pickers alone, and said in English while it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from designer.inspector.comparison import ComparisonBox
from designer.inspector.condition_node import ConditionNode, GroupBox
from designer.inspector.conditions import ATOMS, GROUPS, WRAPPERS, Operator, atom, operators
from designer.inspector.fields.choice import ChoiceEditor
from designer.inspector.fields.condition import ConditionEditor
from designer.inspector.fields.folded import FoldedEditor
from designer.inspector.fields.line import LineEditor
from designer.session import Session
from engine.condition_english import in_english
from engine.conditions import All, AnyOf, Compare, Condition, Known, Not, type_problem
from engine.document import document_to_bytes, read_document
from engine.edits import add_step
from engine.profile import SIGNALS, Attribute, ValueType
from engine.shipped import sample_path
from engine.steps.entry import OutboundAudience
from tests.designer.inspector_hands import shown_inspector, write

Key = Qt.Key


@pytest.fixture
def session() -> Session:
    session = Session(read_document(sample_path("omnichannel_retail")))
    session.do(add_step(session.document, OutboundAudience(id="campaign", name="Campaign")))
    return session


@pytest.fixture
def folded(session: Session, qtbot: QtBot) -> Iterator[FoldedEditor]:
    """The field of the audience's condition."""
    inspector = shown_inspector(session, qtbot)
    inspector.selection.select(["campaign"])
    assert inspector.page is not None
    editor = inspector.page.form.rows["who"].editor
    assert isinstance(editor, FoldedEditor)
    yield editor
    inspector.stop_listening()


def who(session: Session) -> Condition | None:
    step = session.document.journey.steps[-1]
    assert isinstance(step, OutboundAudience)
    return step.who


def pick(combo: QComboBox, text: str) -> None:
    """Choose by the keyboard, as far as it is away."""
    away = combo.findText(text) - combo.currentIndex()
    assert combo.findText(text) >= 0, f"{text} is not offered"
    for _ in range(abs(away)):
        QTest.keyClick(combo, Key.Key_Down if away > 0 else Key.Key_Up)


def comparison(node: ConditionNode) -> ComparisonBox:
    assert isinstance(node.body, ComparisonBox)
    return node.body


def group(node: ConditionNode) -> GroupBox:
    assert isinstance(node.body, GroupBox)
    return node.body


def test_a_condition_is_built_from_nothing(session: Session, folded: FoldedEditor) -> None:
    start, position = document_to_bytes(session.document), session.position
    assert folded.box is not None
    assert folded.box.text() == "everybody"
    QTest.keyClick(folded.box, Key.Key_Space)
    QTest.keyClick(folded.button, Key.Key_Return)
    inner = folded.inner
    assert isinstance(inner, ConditionEditor)
    node = inner.node
    pick(comparison(node).attribute, "Sales in a year")
    pick(comparison(node).operator, "is at least")
    value = comparison(node).editors["value"]
    assert isinstance(value, LineEditor)
    write(value.line, "250,5")
    assert who(session) == Compare(op="ge", attribute="yearly_value", value=250.5)
    QTest.mouseClick(node.more[0], Qt.MouseButton.LeftButton)
    second = group(node).nodes[1]
    pick(comparison(second).attribute, "Channel")
    pick(comparison(second).operator, "is")
    chosen = comparison(second).editors["value"]
    assert isinstance(chosen, ChoiceEditor)
    pick(chosen.combo, "email")
    second.negate.trigger()
    expected = All(
        of=[
            Compare(op="ge", attribute="yearly_value", value=250.5),
            Not(of=Compare(op="eq", attribute="channel", value="email")),
        ]
    )
    assert who(session) == expected
    said = in_english(expected, session.document.journey.known_attributes())
    assert folded.button.sentence() == said
    pick(group(node).combo, "Any of these")
    assert isinstance(who(session), AnyOf)
    second.remove.trigger()
    assert who(session) == expected.of[0]
    QTest.keyClick(folded.box, Key.Key_Space)
    assert who(session) is None
    session.go_to(position)
    assert document_to_bytes(session.document) == start


def test_half_a_number_stays_out_of_the_condition(session: Session, folded: FoldedEditor) -> None:
    assert folded.box is not None
    QTest.keyClick(folded.box, Key.Key_Space)
    folded.open()
    inner = folded.inner
    assert isinstance(inner, ConditionEditor)
    pick(comparison(inner.node).attribute, "Waited")
    pick(comparison(inner.node).operator, "is between")
    low = comparison(inner.node).editors["low"]
    assert isinstance(low, LineEditor)
    before = who(session)
    write(low.line, "much")
    assert who(session) == before
    assert low.line.property("wrong")
    QTest.keyClick(low.line, Key.Key_Escape)
    assert not low.line.property("wrong")


def test_whatever_conditions_there_are_can_be_picked() -> None:
    assert {*ATOMS, *GROUPS, *WRAPPERS} >= {Compare, Known, All, AnyOf, Not}
    offered: set[Operator] = set()
    for kind in ValueType:
        choices = ["a", "b"] if kind is ValueType.CHOICE else []
        attribute = Attribute(id="one", type=kind, choices=choices)
        for operator in operators(attribute):
            made = atom(operator, attribute)
            assert type_problem(made, attribute) is None
            assert operator.words
            offered.add(operator)
    assert {operator.model for operator in offered} == set(ATOMS)


def test_another_attribute_keeps_the_operator_and_value_that_fit() -> None:
    old = Compare(op="gt", attribute="waited", value=90.0)
    number = Operator(Compare, "gt")
    assert atom(number, SIGNALS["contact_number"], old) == Compare(
        op="gt", attribute="contact_number", value=90.0
    )
    assert number not in operators(SIGNALS["channel"])
    assert atom(Operator(Compare, "eq"), SIGNALS["channel"], old).value == "voice"

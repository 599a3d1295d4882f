"""Whatever the model of a step has, its form has; each field can be changed, and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.inspector.field_spec import Spec, specs
from designer.inspector.fields.json_text import JsonEditor
from designer.inspector.model_form import ModelForm
from designer.inspector.panel import Inspector
from designer.inspector.part_form import PartForm
from designer.inspector.starting_values import blank, named
from designer.inspector.surroundings import Surroundings
from designer.session import Session
from engine.assumptions import Assumptions
from engine.distributions import Empirical
from engine.document import document_to_bytes, parse_document, read_document
from engine.edits import add_step, put_named
from engine.journey import Input, Journey, Outcome, SubJourneyDefinition
from engine.model import Model
from engine.profile import ValueType
from engine.shipped import sample_path
from engine.steps.base import Step
from engine.steps.catalog import step_types
from tests.designer.inspector_hands import change, shown_inspector

COMMON = set(Step.model_fields)
SUB = SubJourneyDefinition(
    id="sub",
    name="Sub",
    inputs=[Input(id="about", type=ValueType.TEXT)],
    outcomes=[Outcome(id="over")],
)


@pytest.fixture
def session() -> Session:
    session = Session(read_document(sample_path("omnichannel_retail")))
    for sub in (SUB, SUB.model_copy(update={"id": "other_sub"})):
        session.do(put_named(session.document, "journey.sub_journeys", sub))
    return session


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Iterator[Inspector]:
    inspector = shown_inspector(session, qtbot)
    yield inspector
    inspector.stop_listening()


@pytest.mark.parametrize("tag", step_types())
def test_every_field_of_every_step_type_is_shown_and_can_be_changed(
    tag: str, session: Session, inspector: Inspector
) -> None:
    cls = step_types()[tag]
    new = filled(cls, session)
    session.do(add_step(session.document, new, (0.0, 0.0)))
    inspector.selection.select([new.id])
    for tab, fields in enumerate(
        (
            [name for name in cls.model_fields if name not in COMMON and name != "type"],
            list(cls.assumptions.model_fields),
            [name for name in Step.model_fields if name not in {"id", "name"}],
        )
    ):
        inspector.tabs.setCurrentIndex(tab)
        page = inspector.page
        assert (set(page.form.rows) if page else set()) == set(fields)
        for field in fields:
            changed_and_taken_back(session, inspector, field)


@pytest.mark.parametrize("tab", range(3))
def test_every_field_of_the_journey_can_be_changed(
    tab: int, session: Session, inspector: Inspector
) -> None:
    inspector.tabs.setCurrentIndex(tab)
    page = inspector.page
    assert page is not None
    for field in page.form.rows:
        changed_and_taken_back(session, inspector, field)


def test_the_journey_leaves_nothing_out(inspector: Inspector) -> None:
    shown = set()
    for tab in range(3):
        inspector.tabs.setCurrentIndex(tab)
        shown |= set(inspector.page.form.rows) if inspector.page else set()
    everything = {*Journey.model_fields, *Assumptions.model_fields}
    # Graphs are drawn; the name is the title; the id of a file stays.
    assert everything - shown == {"id", "name", "steps", "links"}


def test_a_sub_journey_is_edited_while_it_is_open(session: Session, inspector: Inspector) -> None:
    inspector.selection.show_graph("sub")
    page = inspector.page
    assert page is not None
    assert set(page.form.rows) == {"note", "inputs", "outcomes"}
    for field in page.form.rows:
        changed_and_taken_back(session, inspector, field)


def filled(cls: type[Step], session: Session) -> Step:
    """A step of this type whose lists of models are not empty."""
    around = Surroundings(session)
    given = {
        name: [named(spec.element.model, around, "Some", [])]
        for name, spec in specs(cls).items()
        if spec.origin is list and spec.element.model is not None
    }
    step = blank(cls, around, id="another", name="Another", **given)
    assert isinstance(step, Step)
    return step


def changed_and_taken_back(session: Session, inspector: Inspector, field: str) -> None:
    page = inspector.page
    assert isinstance(page, PartForm)
    start, position = document_to_bytes(session.document), session.position
    row = page.form.rows[field]
    change(row.editor)
    for other, editor in ((one, page.form.rows[one].editor) for one in page.form.rows):
        # What depends on another field is taken once that is given as well.
        if other != field and other in row.message:
            change(editor)
    end = document_to_bytes(session.document)
    assert end != start, f"{field}: nothing changed ({row.message})"
    assert parse_document(end) == session.document
    assert row.message == ""
    QApplication.processEvents()
    session.go_to(position)
    assert document_to_bytes(session.document) == start
    assert session.history[position]


def models_in(spec: Spec) -> Iterator[type[BaseModel]]:
    """The models that may stand at a field, in its lists and mappings too."""
    if spec.origin in {list, dict}:
        yield from models_in(spec.element)
    elif not spec.is_condition:
        yield from spec.models
        if spec.model is not None:
            yield spec.model


def reachable(*roots: type[BaseModel]) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    pending = list(roots)
    while pending:
        for spec in specs(pending.pop()).values():
            new = set(models_in(spec)) - found
            found |= new
            pending += new
    return found


def test_of_everything_there_can_be_a_new_one(session: Session) -> None:
    models = reachable(Journey, Assumptions, *(cls.assumptions for cls in step_types().values()))
    assert len(models) > 40
    for model in models:
        assert isinstance(blank(model, Surroundings(session)), model)


def test_a_field_of_an_unknown_kind_is_edited_as_json(session: Session, qtbot: QtBot) -> None:
    class Odd(Model):
        pair: tuple[int, str] = (1, "a")

    around, told = Surroundings(session), []
    form = ModelForm(Odd, ["pair"], around)
    qtbot.addWidget(form)
    form.changed.connect(lambda model, _: told.append(model))
    form.show_model(Odd(), "")
    form.show()
    editor = form.rows["pair"].editor
    assert isinstance(editor, JsonEditor)
    editor.area.setPlainText('[2, "b"')
    assert form.rows["pair"].message.startswith("This is no JSON: line 1")
    editor.area.setPlainText('["b", 2]')
    assert form.rows["pair"].message
    assert not told
    editor.area.setPlainText('[2, "b"]')
    assert told == [Odd(pair=(2, "b"))]
    assert not form.rows["pair"].message


def test_values_and_weights_are_given_one_after_the_other(session: Session, qtbot: QtBot) -> None:
    form, told = ModelForm(Empirical, ["values", "weights"], Surroundings(session)), []
    qtbot.addWidget(form)
    form.changed.connect(lambda model, _: told.append(model))
    form.show_model(Empirical(values=[1.0, 2.0], weights=[1.0, 3.0]), "")
    form.show()
    values, weights = (form.rows[name].editor for name in ("values", "weights"))
    change(values)
    assert "as many as values" in form.rows["values"].message
    assert not told
    change(weights)
    assert told == [Empirical(values=[1.0, 2.0, 2.0], weights=[1.0, 3.0, 3.0])]
    assert not form.rows["values"].message

"""New steps of every type, and journeys to begin with."""

from __future__ import annotations

import pytest

from engine.document import Document, document_to_bytes, parse_document
from engine.edits import add_step
from engine.errors import EditError
from engine.fresh_ids import as_identifier, unused_id, unused_name
from engine.new_document import new_document
from engine.new_step import fresh_id, new_step
from engine.steps.catalog import step_types
from engine.steps.control import SubJourney
from engine.steps.decide import ConditionStep
from engine.steps.finish import Exit
from engine.steps.guard import Consent
from engine.validation import Severity, validate


def test_fresh_ids_are_unused_by_all_steps(document: Document) -> None:
    assert fresh_id(document, "ai_agent") == "ai_agent"
    assert fresh_id(document, "call") == "call_2"
    assert fresh_id(document, "inside") == "inside_2"
    assert fresh_id(document, "Grüße, 2 × Welt!") == "gr_e_2_welt"
    assert fresh_id(document, "客户") == "new"


def test_ids_and_names_count_on() -> None:
    assert unused_id({"a", "a_2", "a_3"}, "a") == "a_4"
    longest = "x" * 40
    assert unused_id({longest}, longest) == "x" * 38 + "_2"
    assert as_identifier("9 lives_", "no") == "lives"
    assert unused_name({"Agent"}, "Agent") == "Agent 2"
    assert unused_name({"Agent", "Agent 2"}, "Agent 2") == "Agent 3"
    assert unused_name({"2"}, "2") == "2 2"
    assert len(unused_name({"n" * 200}, "n" * 200)) == 200


@pytest.mark.parametrize("kind", step_types())
@pytest.mark.parametrize("graph", [None, "inner"])
def test_every_type_can_be_begun_in_any_journey(
    document: Document, kind: str, graph: str | None
) -> None:
    for start in (new_document("Empty"), document):
        within = graph if start is document else None
        step = new_step(start, kind, within)
        assert step.kind == kind
        changed = add_step(start, step, (0, 0), within).apply(start)[0]
        assert parse_document(document_to_bytes(changed)) == changed
        again = new_step(changed, kind)
        assert again.id == f"{step.id}_2"
        assert again.name not in {one.name for one in changed.journey.all_steps()}


@pytest.mark.parametrize("kind", step_types())
def test_new_steps_bring_no_error_but_loose_exits(document: Document, kind: str) -> None:
    errors = {finding for finding in validate(document) if finding.severity is Severity.ERROR}
    added = add_step(document, new_step(document, kind)).apply(document)[0]
    new = {one for one in validate(added) if one.severity is Severity.ERROR} - errors
    # The document's own sub-journey has inputs, and only people know what to put in.
    more = {"W127"} if kind == "sub_journey" else set()
    assert {one.code for one in new} <= {"W101", "W403"} | more


def test_new_steps_use_what_the_journey_has(document: Document) -> None:
    consent = new_step(document, "consent")
    assert isinstance(consent, Consent)
    assert consent.purpose == "reminders"
    ask = new_step(document, "condition")
    assert isinstance(ask, ConditionStep)
    assert ask.branches[0].when.model_dump()["attribute"] == "plan"
    call = new_step(document, "sub_journey", "check")
    assert isinstance(call, SubJourney)
    assert call.journey == "inner"
    end = new_step(document, "exit", "inner")
    assert isinstance(end, Exit)
    assert end.outcome == "finished"
    # Whatever called it would call itself.
    inside = new_step(document, "sub_journey", "inner")
    assert isinstance(inside, SubJourney)
    assert inside.journey == "sub_journey"


def test_unknown_type_is_refused(document: Document) -> None:
    with pytest.raises(EditError, match="no step type “fax”"):
        new_step(document, "fax")


@pytest.mark.parametrize(
    ("name", "identifier", "shown"),
    [
        ("My first journey", "my_first_journey", "My first journey"),
        ("  ", "untitled_journey", "Untitled journey"),
        ("旅程", "journey", "旅程"),
        ("x" * 300, "x" * 40, "x" * 200),
    ],
)
def test_a_new_document_is_empty_and_can_be_saved(name: str, identifier: str, shown: str) -> None:
    made = new_document(name)
    assert (made.journey.id, made.journey.name) == (identifier, shown)
    assert parse_document(document_to_bytes(made)) == made
    assert made == Document(journey=made.journey)
    assert not made.journey.steps

"""Whatever refers to something is found and can be given another id."""

from __future__ import annotations

import pytest

from engine.document import Document, document_to_bytes, read_document
from engine.naming import ids_named, names_in, renamed
from engine.shipped import sample_names, sample_path
from engine.steps.catalog import step_types
from engine.validation import validate

KINDS = {
    "attribute": lambda d: d.journey.attributes,
    "purpose": lambda d: d.journey.purposes,
    "skill": lambda d: d.journey.skills,
    "team": lambda d: d.journey.teams,
    "stage": lambda d: d.journey.stages,
    "sub_journey": lambda d: d.journey.sub_journeys,
    "step": lambda d: [*d.journey.all_steps()],
}


def test_everything_that_is_named_exists(document: Document) -> None:
    inputs = {one.id for sub in document.journey.sub_journeys for one in sub.inputs}
    signals = {"waited"}
    for kind, items in KINDS.items():
        named = set(ids_named(document, kind))
        assert named
        assert named <= {one.id for one in items(document)} | inputs | signals


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_under_other_ids_is_as_sound(name: str) -> None:
    """Declared ids are changed in the plain text; if a reference were missed, a rule would tell."""
    sample = read_document(sample_path(name))
    new = {
        kind: {one.id: f"{one.id[:36]}_zz" for one in items(sample)}
        for kind, items in KINDS.items()
    }
    other = renamed(sample, new)
    journey = other.journey.model_copy(
        update={
            "steps": [s.model_copy(update={"id": new["step"][s.id]}) for s in other.journey.steps],
            **{
                f"{kind}s": [
                    one.model_copy(update={"id": new[kind][one.id]})
                    for one in getattr(other.journey, f"{kind}s")
                ]
                for kind in ("attribute", "purpose", "skill", "team", "stage")
            },
        }
    )
    other = other.model_copy(update={"journey": journey})
    # Notes on sources name places in text, which are no ids.
    bare = [one.model_copy(update={"assumptions": one.assumptions.model_copy(
        update={"sources": []})}) for one in (sample, other)]  # fmt: skip
    found = [[(one.code, one.severity) for one in validate(document)] for document in bare]
    assert found[0] == found[1]


def test_nothing_is_copied_that_does_not_change(document: Document) -> None:
    assert renamed(document, {}) is document
    assert renamed(document, {"team": {"nobody": "somebody"}}) is document
    changed = renamed(document, {"team": {"front": "face"}})
    assert changed.journey.attributes is document.journey.attributes
    assert changed.layout is document.layout
    assert list(changed.assumptions.staffing) == ["face", *list(document.assumptions.staffing)[1:]]
    assert document_to_bytes(renamed(changed, {"team": {"face": "front"}})) == document_to_bytes(
        document
    )


def test_every_read_and_write_of_a_step_is_named(document: Document) -> None:
    for step in document.journey.all_steps():
        named = set(ids_named(step, "attribute"))
        assert named >= {*step.reads(), *step.writes(), *step.asked()}
        assert (step.purpose_used() is None) or ("purpose", step.purpose_used()) in names_in(step)
        assert (step.calls() is None) or ("sub_journey", step.calls()) in names_in(step)
    assert {step.kind for step in document.journey.steps} == set(step_types())

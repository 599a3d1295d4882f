"""The exported BPMN in SpiffWorkflow itself: the same steps, attributes, time and outcome."""

from __future__ import annotations

import pytest

from engine.export.target import targets
from engine.export.vector import Decision, Expected, Vector, differences, run_vector
from engine.program import Program
from tests.exports.cases import CASES, FEW, paths, program
from tests.exports.hand_made import awkward, awkward_vectors, journey
from tests.exports.spiff_engine import SpiffFile

ROUNDED = 1e-4
"""Seconds: the engine's clock knows microseconds, and every wait is rounded once."""


def differing(program: Program, vectors: tuple[Vector, ...]) -> list[tuple[str, list[str]]]:
    (content,) = targets()["spiff"].write(program).values()
    file = SpiffFile(program, content)
    found = ((one, differences(one.expected, file.run(one), ROUNDED)) for one in vectors)
    return [(one.id, told) for one, told in found if told]


@pytest.mark.parametrize("name", FEW)
def test_it_takes_the_simulated_ways(name: str) -> None:
    assert differing(program(name), paths(name, most=8)) == []


def test_awkward_names_texts_and_steps_that_lead_to_themselves() -> None:
    assert differing(awkward(), awkward_vectors()) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_it_takes_every_simulated_way(name: str) -> None:
    found = paths(name)
    assert found
    assert differing(program(name), found) == []


def test_an_outcome_called_closed_is_no_contact_that_ended() -> None:
    sub = {
        "id": "sub",
        "name": "Sub",
        "outcomes": [{"id": "closed"}, {"id": "well"}],
        "steps": [
            {"id": "tell", "type": "message", "name": "Tell"},
            {"id": "shut", "type": "exit", "name": "Shut", "outcome": "closed"},
        ],
        "links": [
            {"from": "tell", "exit": "sent", "to": "shut"},
            {"from": "tell", "exit": "failed", "to": None},
        ],
    }
    deep = {"id": "deep", "type": "sub_journey", "name": "Deep", "journey": "sub"}
    links = {"call.arrived": "deep", "deep.closed": "end", "deep.well": None}
    made = journey([deep], links, sub_journeys=[sub])
    ends = {}
    for result in ("sent", "failed"):
        told = [Decision(node="deep__tell", result=result, seconds=5)]
        nothing = Expected(steps=[], attributes={}, seconds=0, outcome=None, resolved=None)
        given = {"channel": "chat", "contact_number": 1.0, "waited": 0.0}
        vector = Vector(
            id=result, entry="call", at=0, attributes=given, decisions=told, expected=nothing
        )
        whole = vector.model_copy(update={"expected": run_vector(made, vector)})
        assert differing(made, (whole,)) == []
        ends[result] = whole.expected.steps[-1]
    assert ends == {"sent": "end", "failed": "deep__tell"}

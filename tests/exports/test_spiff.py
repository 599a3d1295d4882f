"""The exported BPMN in SpiffWorkflow itself: the same steps, attributes, time and outcome."""

from __future__ import annotations

import pytest

from engine.export.target import targets
from engine.export.vector import Vector, differences
from engine.program import Program
from tests.exports.cases import CASES, FEW, paths, program
from tests.exports.hand_made import awkward, awkward_vectors
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

"""The exported BPMN in SpiffWorkflow itself: the same steps, attributes, time and outcome."""

from __future__ import annotations

import pytest

from engine.export.target import targets
from engine.export.vector import Vector, differences
from tests.exports.cases import CASES, FEW, paths, program
from tests.exports.spiff_engine import SpiffFile

ROUNDED = 1e-4
"""Seconds: the engine's clock knows microseconds, and every wait is rounded once."""


def differing(name: str, vectors: tuple[Vector, ...]) -> list[tuple[str, list[str]]]:
    (content,) = targets()["spiff"].write(program(name)).values()
    file = SpiffFile(program(name), content)
    found = ((one, differences(one.expected, file.run(one), ROUNDED)) for one in vectors)
    return [(one.id, told) for one, told in found if told]


@pytest.mark.parametrize("name", FEW)
def test_it_takes_the_simulated_ways(name: str) -> None:
    assert differing(name, paths(name, most=8)) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_it_takes_every_simulated_way(name: str) -> None:
    found = paths(name)
    assert found
    assert differing(name, found) == []

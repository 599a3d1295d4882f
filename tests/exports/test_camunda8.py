"""BPMN for Camunda 8 in bpmn-engine, with feelin for FEEL: the same ways as simulated.

The broker itself is not here: what the zeebe namespace means is done by the runner. The engine
needs up to a second for a path, so that only the slow tests take all of them. It never ends where
an event gateway leads straight back to itself, so the journey made by hand is not tried in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.export.target import targets
from engine.export.vector import Vector
from engine.operations import End
from engine.program import Program
from tests.exports.cases import CASES, FEW, cover, paths, program
from tests.exports.node_engines import NodeEngine, compared, job_of, node_engine

ROUNDED = 0.1
"""Seconds: the engine's timers know milliseconds, and it asks its clock twice."""


@pytest.fixture(scope="module")
def engine() -> Iterator[NodeEngine]:
    with node_engine("run_bpmn_engine.mjs") as running:
        yield running


def run(engine: NodeEngine, program: Program, vectors: tuple[Vector, ...]) -> list[str]:
    (content,) = targets()["camunda8"].write(program).values()
    jobs = [job_of(program, one) for one in vectors]
    answers = engine.ask({"source": content.decode(), "vectors": jobs})
    found = []
    for vector, answer in zip(vectors, answers, strict=True):
        node = program.nodes.get(answer.get("last", ""))
        end = node.operation if node else None
        ended = {"outcome": None, "resolved": None}
        if isinstance(end, End):
            ended = {"outcome": end.outcome, "resolved": end.resolved}
        found += compared(program, vector, {**answer, **ended}, ROUNDED)
    return found


@pytest.mark.parametrize("name", FEW)
def test_it_takes_the_simulated_ways(engine: NodeEngine, name: str) -> None:
    assert run(engine, program(name), paths(name, most=3)) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_it_takes_every_link(engine: NodeEngine, name: str) -> None:
    assert run(engine, program(name), cover(name)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_it_takes_every_simulated_way(engine: NodeEngine, name: str) -> None:
    assert run(engine, program(name), paths(name)) == []

"""The runtime takes every path that simulated customers took: steps, attributes and time."""

from __future__ import annotations

import pytest

from engine.document import document_from_plain, read_document
from engine.export.coverage import coverage
from engine.export.exploring import explored
from engine.export.vector import ConformanceError, Vector, differences, made_vector, run_vector
from engine.program import Program, make_program
from engine.shipped import sample_names, sample_path
from engine.steps.catalog import step_types
from simulator.lives import Lives, Visit
from simulator.replication import replicate
from simulator.vectors import vectors
from tests.simulator.generated import generated

EVERYBODY = 10**6
GENERATED = range(100)
MORE = pytest.mark.conformance


def sampled(name: str) -> Program:
    return make_program(read_document(sample_path(name)))


def made(number: int) -> Program:
    return make_program(document_from_plain(generated(number)))


def differing(program: Program, found: list[Vector]) -> list[list[str]]:
    ran = ((one, run_vector(program, one)) for one in found)
    return [found for one, seen in ran if (found := differences(one.expected, seen))]


@pytest.mark.parametrize("name", sample_names())
def test_every_path_of_a_sample(name: str) -> None:
    program = sampled(name)
    found = vectors(program, seed=1, replications=1, most=EVERYBODY)
    assert len({tuple(one.expected.steps) for one in found}) > 1
    assert differing(program, found) == []


@pytest.mark.parametrize(
    "number", [*GENERATED[:40], *(pytest.param(n, marks=MORE) for n in GENERATED[40:])]
)
def test_every_path_of_a_generated_journey(number: int) -> None:
    program = made(number)
    found = vectors(program, seed=1, replications=1, most=EVERYBODY)
    assert found
    assert differing(program, found) == []


def test_every_step_type_is_walked() -> None:
    walked = {
        program.nodes[step].planned.step.kind
        for number in GENERATED[:20]
        for program in [made(number)]
        for one in vectors(program, seed=1, replications=1, most=EVERYBODY)
        for step in one.expected.steps
    }
    assert walked == set(step_types())


@pytest.mark.parametrize("name", sample_names())
def test_exits_that_nobody_took_are_explored(name: str) -> None:
    program = sampled(name)
    lived = vectors(program, seed=1, replications=1, most=EVERYBODY)
    more = explored(program, lived)
    before, after = coverage(program, lived)["exits"], coverage(program, [*lived, *more])["exits"]
    assert after["taken"] > before["taken"]
    # Whether it is open is the clock's to say, and no report's.
    assert set(after["missing"]) <= {"open.closed"}
    assert differing(program, more) == []


@pytest.mark.parametrize("number", GENERATED[:20])
def test_explored_ways_can_be_run_again(number: int) -> None:
    program = made(number)
    lived = vectors(program, seed=1, replications=1, most=EVERYBODY)
    assert differing(program, explored(program, lived)) == []


def test_another_way_than_the_simulated_one_is_told() -> None:
    program = sampled("evara")
    lives = Lives()
    replicate(program.plan, 1, 0, watch=lives)
    visits = next(one for one in lives.visits.values() if len(one) > 4 and one[-1].exit == "")
    turned = [*visits[:-1], Visit("nowhere", "", visits[-1].entered, visits[-1].left, {})]
    with pytest.raises(ConformanceError, match="nowhere"):
        made_vector("turned", program, turned)


def test_vectors_survive_being_written_and_read() -> None:
    program = sampled("evara")
    for one in vectors(program, seed=1, replications=1, most=5):
        assert Vector.model_validate_json(one.model_dump_json()) == one

"""Exported state machines in another interpreter of the States Language: that of moto."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from engine.conditions import Atom, Contains, atoms_in, evaluate
from engine.export.targets.asl import write
from engine.export.vector import Vector
from engine.program import Program
from tests.exports.cases import CASES, paths, program
from tests.exports.choices import choices
from tests.exports.hand_made import awkward, awkward_vectors
from tests.exports.moto_engine import MotoEngine, moto_engine
from tests.exports.node_engines import compared, job_of
from tests.exports.random_conditions import conditions, customers
from tests.exports.whole_numbers import in_whole_numbers

SOME = ["evara", "starter", "generated-4"]


@pytest.fixture(scope="module")
def moto() -> Iterator[MotoEngine]:
    with pytest.MonkeyPatch.context() as patch, moto_engine(patch) as engine:
        yield engine


def run(engine: MotoEngine, program: Program, vectors: tuple[Vector, ...]) -> list[str]:
    (text,) = write(program).values()
    found = []
    for one in vectors:
        whole = in_whole_numbers(program, one)
        found += compared(program, whole, engine.run(text.decode(), job_of(program, whole)))
    return found


@pytest.mark.parametrize("name", SOME)
def test_a_machine_takes_the_simulated_way(moto: MotoEngine, name: str) -> None:
    assert run(moto, program(name), paths(name, 8)) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_a_machine_takes_eight_paths_of_every_journey(moto: MotoEngine, name: str) -> None:
    assert run(moto, program(name), paths(name, 8)) == []


def test_awkward_names_texts_and_steps_that_lead_to_themselves(moto: MotoEngine) -> None:
    assert run(moto, awkward(), awkward_vectors()) == []


@pytest.mark.conformance
def test_conditions_mean_the_same_in_choices(moto: MotoEngine) -> None:
    # This interpreter matches texts as file names are matched, against the language's
    # specification, where only the asterisk is special and may be escaped; nor does it read
    # exponents that begin with 0.
    plain = [one for one in conditions() if not any(map(is_special, atoms_in(one)))]
    machine = json.dumps(choices(plain)).replace("e-07", "e-7")
    outputs = [moto.output(machine, {"attributes": one, "held": {}}) for one in customers()]
    assert len(plain) * len(outputs) >= 4000
    for customer, output in zip(customers(), outputs, strict=True):
        holding = [f"c{n}" for n, one in enumerate(plain) if evaluate(one, customer)]
        assert list(output["held"]) == holding


def is_special(atom: Atom) -> bool:
    return isinstance(atom, Contains) and bool(set("*?[\\") & set(atom.value))

"""Exported machines in XState: the simulated way, and conditions that mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.export.target import Severity, targets
from engine.export.targets.xstate import MODULE, write
from engine.export.vector import Vector
from engine.model import to_plain
from engine.program import Program, make_program
from tests.exports.cases import CASES, FEW, document, paths, program
from tests.exports.hand_made import awkward, awkward_vectors, waits
from tests.exports.node_engines import (
    NodeEngine,
    compared,
    job_of,
    module_beside_packages,
    node_engine,
)
from tests.exports.random_conditions import conditions, customers, expected


@pytest.fixture(scope="module")
def xstate() -> Iterator[NodeEngine]:
    with node_engine("run_xstate.mjs") as engine:
        yield engine


def ask(engine: NodeEngine, program: Program, jobs: list[dict[str, Any]]) -> Any:
    files = dict(write(program))
    module = module_beside_packages(MODULE, files.pop(MODULE))
    (text,) = files.values()
    return engine.ask({"module": module, "machine": text.decode(), "vectors": jobs})


def run(engine: NodeEngine, program: Program, vectors: tuple[Vector, ...]) -> list[str]:
    answers = ask(engine, program, [job_of(program, one) for one in vectors])
    pairs = zip(vectors, answers, strict=True)
    return [one for vector, answer in pairs for one in compared(program, vector, answer)]


@pytest.mark.parametrize("name", FEW)
def test_a_machine_takes_the_simulated_way(xstate: NodeEngine, name: str) -> None:
    assert run(xstate, program(name), paths(name, 8)) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_a_machine_takes_every_path(xstate: NodeEngine, name: str) -> None:
    assert run(xstate, program(name), paths(name)) == []


def test_conditions_mean_the_same_in_the_exported_module(xstate: NodeEngine) -> None:
    module = module_beside_packages(MODULE, write(program("starter"))[MODULE])
    told = [to_plain(one) for one in conditions()]
    job = {"conditions": told, "records": customers()}
    held = xstate.ask({"module": module, "differential": job})
    assert len(told) * len(customers()) >= 4000
    assert held == expected()


def test_awkward_names_texts_and_steps_that_lead_to_themselves(xstate: NodeEngine) -> None:
    assert run(xstate, awkward(), awkward_vectors()) == []


def losses(days: float, **wait: Any) -> list[tuple[str, str, Severity]]:
    found = targets()["xstate"].losses(waits(days, **wait))
    return [(one.step, one.feature, one.severity) for one in found]


def test_timers_that_would_go_off_at_once_are_refused() -> None:
    assert losses(24.8) == []
    assert losses(24.9) == [
        ("pause", "duration", Severity.ERROR),
        ("paid", "timeout", Severity.ERROR),
    ]


def test_a_timer_of_unknown_length_is_told_of() -> None:
    assert losses(1, attribute="pause") == [("pause", "attribute", Severity.DEGRADED)]


def test_a_timer_that_turns_out_too_long_stops_the_machine(xstate: NodeEngine) -> None:
    vector = awkward_vectors()[1]
    for seconds in (25 * 86_400.0, -1.0, None):
        known = {**vector.attributes, "pause": seconds}
        job = {**job_of(awkward(), vector), "attributes": known}
        (answer,) = ask(xstate, awkward(), [job])
        assert "wait" in answer["error"]


def test_the_same_journey_has_the_same_bytes() -> None:
    assert write(program("evara")) == write(make_program(document("evara")))

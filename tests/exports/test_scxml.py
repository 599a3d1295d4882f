"""Exported state charts in SCION: the simulated way, and conditions that mean the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from engine.export.conditions.ecmascript import ecmascript
from engine.export.target import Severity, targets
from engine.export.targets.scxml import write
from engine.export.vector import Vector
from engine.operations import End
from engine.program import Program, make_program
from tests.exports.cases import CASES, FEW, document, paths, program
from tests.exports.hand_made import awkward, awkward_vectors, waits
from tests.exports.node_engines import NodeEngine, compared, job_of, node_engine
from tests.exports.random_conditions import conditions, customers, expected


@pytest.fixture(scope="module")
def scion() -> Iterator[NodeEngine]:
    with node_engine("run_scion.mjs") as engine:
        yield engine


def ask(engine: NodeEngine, program: Program, jobs: list[dict[str, Any]]) -> Any:
    (text,) = write(program).values()
    ends = {
        node.id: (node.operation.outcome, node.operation.resolved)
        for node in program.nodes.values()
        if isinstance(node.operation, End)
    }
    return engine.ask({"chart": text.decode(), "vectors": jobs, "outcomes": ends})


def run(engine: NodeEngine, program: Program, vectors: tuple[Vector, ...]) -> list[str]:
    answers = ask(engine, program, [job_of(program, one) for one in vectors])
    pairs = zip(vectors, answers, strict=True)
    return [one for vector, answer in pairs for one in compared(program, vector, answer)]


@pytest.mark.parametrize("name", FEW)
def test_a_chart_takes_the_simulated_way(scion: NodeEngine, name: str) -> None:
    assert run(scion, program(name), paths(name, 8)) == []


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_a_chart_takes_every_path(scion: NodeEngine, name: str) -> None:
    assert run(scion, program(name), paths(name)) == []


def test_awkward_names_texts_and_steps_that_lead_to_themselves(scion: NodeEngine) -> None:
    assert run(scion, awkward(), awkward_vectors()) == []


def test_conditions_mean_the_same_in_scion(scion: NodeEngine) -> None:
    root = ET.Element("scxml", xmlns="http://www.w3.org/2005/07/scxml", datamodel="ecmascript")
    data = ET.SubElement(root, "datamodel")
    ET.SubElement(data, "data", id="attributes", expr="{}")
    state = ET.SubElement(root, "state", id="asked")
    events = [f"condition_{number}" for number in range(len(conditions()))]
    for event, condition in zip(events, conditions(), strict=True):
        # The customer comes with the event, and is all that the expression reads.
        text = ecmascript(condition, "_event.data")
        holds = ET.SubElement(state, "transition", event=event, cond=text)
        ET.SubElement(holds, "log", label="holds")
    ET.indent(root)
    chart = ET.tostring(root, encoding="unicode")
    job = {"events": events, "records": customers()}
    held = scion.ask({"chart": chart, "differential": job})
    assert len(events) * len(customers()) >= 4000
    assert held == expected()


def losses(days: float, **wait: Any) -> list[tuple[str, str, Severity]]:
    found = targets()["scxml"].losses(waits(days, **wait))
    return [(one.step, one.feature, one.severity) for one in found]


def test_timers_that_some_engines_cannot_hold_are_told_of() -> None:
    assert losses(24.8) == []
    assert losses(24.9) == [
        ("pause", "duration", Severity.DEGRADED),
        ("paid", "timeout", Severity.DEGRADED),
    ]
    assert losses(1, attribute="pause") == [("pause", "attribute", Severity.DEGRADED)]


@pytest.mark.parametrize("seconds", [-1.0, None, "long"])
def test_a_wait_of_unknown_length_ends_in_a_state_of_its_own(
    scion: NodeEngine, seconds: object
) -> None:
    vector = awkward_vectors()[1]
    job = job_of(awkward(), vector)
    upto = next(n for n, one in enumerate(vector.decisions) if one.node == "noon")
    known = {**vector.attributes, "pause": seconds}
    decided = job["decisions"][:upto]
    (answer,) = ask(scion, awkward(), [{**job, "attributes": known, "decisions": decided}])
    assert answer["end"] == "wait-of-unknown-length"
    assert answer["steps"][-1] == "pause"


def test_the_same_journey_has_the_same_bytes() -> None:
    assert write(program("evara")) == write(make_program(document("evara")))

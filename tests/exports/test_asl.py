"""Exported state machines in aws-local-stepfunctions, and under the language's own checks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.conditions import Contains
from engine.export.asl.names import state_name
from engine.export.target import targets
from engine.export.targets.asl import write
from engine.export.vector import Vector
from engine.program import Program, make_program
from tests.exports.cases import CASES, FEW, document, paths, program
from tests.exports.choices import choices
from tests.exports.hand_made import awkward, awkward_vectors, journey
from tests.exports.node_engines import NodeEngine, compared, job_of, node, node_engine
from tests.exports.random_conditions import TEXTS, conditions, customers, expected
from tests.exports.whole_numbers import in_whole_numbers

NAMES = [*FEW, "awkward"]


def made(name: str) -> Program:
    return awkward() if name == "awkward" else program(name)


@pytest.fixture(scope="module")
def stepfunctions() -> Iterator[NodeEngine]:
    with node_engine("run_als.mjs") as engine:
        yield engine


def run(engine: NodeEngine, program: Program, vectors: tuple[Vector, ...]) -> list[str]:
    whole = [in_whole_numbers(program, one) for one in vectors]
    assert [one.expected.steps for one in whole] == [one.expected.steps for one in vectors]
    (text,) = write(program).values()
    jobs = [job_of(program, one) for one in whole]
    answers = engine.ask({"machine": text.decode(), "vectors": jobs})
    pairs = zip(whole, answers, strict=True)
    return [one for vector, answer in pairs for one in compared(program, vector, answer)]


@pytest.mark.parametrize("name", FEW)
def test_a_machine_takes_the_simulated_way(stepfunctions: NodeEngine, name: str) -> None:
    assert run(stepfunctions, program(name), paths(name, 8)) == []


def test_a_worker_may_end_a_limited_wait_before_its_time(stepfunctions: NodeEngine) -> None:
    vector = awkward_vectors()[0]
    job = job_of(awkward(), vector)
    late = next(one for one in job["decisions"] if one["timer"])
    late |= {"timer": False, "error": "Journey.TimedOut", "seconds": 10}
    (text,) = write(awkward()).values()
    (answer,) = stepfunctions.ask({"machine": text.decode(), "vectors": [job]})
    assert answer["steps"] == vector.expected.steps
    assert answer["seconds"] == vector.expected.seconds - 3600 + 10


@pytest.mark.conformance
@pytest.mark.parametrize("name", CASES)
def test_a_machine_takes_every_path(stepfunctions: NodeEngine, name: str) -> None:
    assert run(stepfunctions, program(name), paths(name)) == []


def test_awkward_names_texts_and_steps_that_lead_to_themselves(stepfunctions: NodeEngine) -> None:
    assert run(stepfunctions, awkward(), awkward_vectors()) == []


def test_conditions_mean_the_same_in_choices(stepfunctions: NodeEngine) -> None:
    inputs = [{"attributes": one, "held": {}} for one in customers()]
    ended = stepfunctions.ask({"machine": json.dumps(choices(conditions())), "inputs": inputs})
    held = [[f"c{number}" in one["held"] for one in ended] for number in range(len(conditions()))]
    assert len(held) * len(inputs) >= 4000
    assert held == expected()


def test_contained_texts_mean_the_same_in_choices(stepfunctions: NodeEngine) -> None:
    # This engine takes a question mark for a wildcard, and a wildcard ends with the line; by the
    # language's specification only the asterisk is special.
    texts = [one for one in TEXTS if one not in {"?", "a\nb"}]
    parts = tuple(Contains(attribute="text", value=one) for one in texts if one)
    machine = json.dumps(choices(parts))
    inputs = [{"attributes": {"text": one}, "held": {}} for one in texts]
    ended = stepfunctions.ask({"machine": machine, "inputs": inputs})
    for text, one in zip(texts, ended, strict=True):
        contained = [f"c{number}" for number, part in enumerate(parts) if part.value in text]
        assert list(one["held"]) == contained


def checked(program: Program, folder: Path) -> Path:
    """The exported file, which passes statelint."""
    ((name, text),) = write(program).items()
    file = folder / name
    file.write_bytes(text)
    lint = [sys.executable, "-m", "statelint", str(file)]
    done = subprocess.run(lint, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    return file


def validate(*files: Path) -> str:
    paths = [part for file in files for part in ("--json-path", str(file))]
    return node("node_modules/asl-validator/dist/bin/asl-validator.js", *paths)


@pytest.mark.parametrize("name", NAMES)
def test_statelint_and_asl_validator_find_no_error(name: str, tmp_path: Path) -> None:
    assert "is valid" in validate(checked(made(name), tmp_path))


@pytest.mark.conformance
def test_the_checks_find_no_error_in_any_journey(tmp_path: Path) -> None:
    said = validate(*(checked(program(name), tmp_path) for name in CASES))
    assert said.count("is valid") == len(CASES)


def test_the_checks_do_find_errors(tmp_path: Path) -> None:
    broken = tmp_path / "broken.asl.json"
    broken.write_text('{"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "b"}}}', "utf-8")
    with pytest.raises(AssertionError, match="MISSING_TRANSITION_TARGET"):
        validate(broken)


def test_names_that_are_too_long_are_shortened_and_kept_in_comments() -> None:
    (text,) = write(awkward()).values()
    states = json.loads(text)["States"]
    long = [one for one in awkward().nodes if len(one) > 64]
    assert long
    assert max(map(len, states)) <= 80
    assert {states[state_name(one)]["Comment"] for one in long} == set(long)
    assert all("-" in state_name(one) for one in long)


def losses(steps: list[dict[str, Any]], links: dict[str, str | None]) -> set[tuple[str, str, str]]:
    attributes = [{"id": "pause", "type": "number"}]
    made = journey(steps, links, attributes=attributes)
    return {(one.step, one.feature, one.severity.value) for one in targets()["asl"].losses(made)}


def waiting(**wait: Any) -> set[tuple[str, str, str]]:
    steps = [{"id": "rest", "type": "wait", "name": "Rest", **wait}]
    return losses(steps, {"call.arrived": "rest", "rest.done": "end"})


def test_waits_last_whole_numbers_and_a_year_at_most() -> None:
    day = 86_400.0
    assert waiting(duration=365 * day) == set()
    assert waiting(duration=0.5) == {("rest", "duration", "degraded")}
    assert ("rest", "duration", "error") in waiting(duration=366 * day)
    assert waiting(attribute="pause") == {("rest", "attribute", "degraded")}
    assert waiting(until="12:00") == {("rest", "hold", "degraded")}


def rounds(most: int, then: str) -> set[tuple[str, str, str]]:
    """Losses of a journey that waits twelve times in a round."""
    names = [f"rest_{number}" for number in range(12)]
    waits = [{"id": one, "type": "wait", "name": "Rest", "duration": 1} for one in names]
    loop = {"id": "round", "type": "retry_loop", "name": "Round", "max": most}
    ways = ["call.arrived", *(f"{one}.done" for one in names)]
    links = dict(zip(ways, [*names, "round"], strict=True))
    return losses([*waits, loop], {**links, "round.again": names[0], "round.done": then})


def test_an_execution_has_a_longest_history() -> None:
    assert rounds(500, "end") == set()
    assert rounds(1000, "end") == {("", "history", "degraded")}
    assert ("", "history", "degraded") in rounds(1, "rest_0")


def test_what_nothing_leads_to_is_left_out_and_told() -> None:
    steps = [{"id": "rest", "type": "wait", "name": "Rest", "duration": 60}]
    assert losses(steps, {"call.arrived": "end", "rest.done": "end"}) == {("rest", "step", "info")}


def test_the_same_journey_has_the_same_bytes() -> None:
    assert write(program("evara")) == write(make_program(document("evara")))

"""Serverless Workflow: the official schema holds, and the tasks mean what the journey means."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.conditions import (
    All,
    Among,
    AnyOf,
    Between,
    Compare,
    Condition,
    Contains,
    Known,
    Not,
    evaluate,
)
from engine.document import document_from_plain
from engine.export.conditions.jq import in_jq, literal
from engine.export.losses import losses_of
from engine.export.target import Severity, Status, targets
from engine.export.vector import differences
from engine.program import Program, make_program
from engine.steps.data import Assignment
from tests.exports.cases import FEW, paths, program
from tests.exports.node_engines import FOLDER, installed, node_program

TARGET = targets()["serverless_workflow"]
A_MILLISECOND = 1e-3
"""Durations of this language are whole milliseconds."""


def exported(made: Program) -> dict[str, Any]:
    (content,) = TARGET.write(made).values()
    return dict(json.loads(content))


def checker() -> list[str]:
    """The command of the official schema's checker."""
    installed()
    return [node_program(), str(FOLDER / "check_workflow.cjs")]


def wrong(*workflows: dict[str, Any]) -> list[str | None]:
    """What the schema says is wrong with each."""
    lines = "".join(f"{json.dumps(one)}\n" for one in workflows)
    done = subprocess.run(checker(), input=lines, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_case_keeps_the_official_schema() -> None:
    assert wrong(*(exported(program(name)) for name in FEW)) == [None] * len(FEW)


def test_the_checker_finds_what_is_wrong() -> None:
    workflow = exported(program("starter"))
    task = {"wait": {"weeks": 3}}
    (found,) = wrong({**workflow, "do": [{"too-long": task}]})
    assert found is not None


@pytest.mark.parametrize("name", FEW)
def test_the_tasks_lead_along_every_path(name: str) -> None:
    pytest.importorskip("jq")
    from tests.exports.workflow_reader import Reader  # noqa: PLC0415 - it needs jq

    made = program(name)
    workflow = exported(made)
    for vector in paths(name):
        reader = Reader(made, workflow, vector)
        tolerance = A_MILLISECOND * (1 + len(vector.expected.steps))
        assert differences(vector.expected, reader.to_the_end(), tolerance) == []
        assert len(set(reader.keys)) == len(reader.keys)


def test_what_is_said_of_it_is_no_more_than_what_was_done() -> None:
    assert TARGET.status is Status.SCHEMA_VALID
    assert "not executed" in TARGET.title
    assert "no engine executed it" in TARGET.engine
    found = losses_of(program("evara"), TARGET)
    assert any(one.feature == "execution" and one.severity is Severity.INFO for one in found)


def test_the_bytes_are_the_same_every_time() -> None:
    made = program("omnichannel_retail")
    again = make_program(made.document)
    assert TARGET.write(made) == TARGET.write(again)


def test_names_that_mean_something_to_the_language_are_no_task_names() -> None:
    journey = {
        "id": "ends",
        "name": "Ends ${ .x }",
        "steps": [
            {"id": "continue", "type": "inbound_contact", "name": "Call"},
            {"id": "exit", "type": "message", "name": "${ 1 }", "template": "${ halt }"},
            {"id": "end", "type": "exit", "name": "End"},
        ],
        "links": [
            {"from": "continue", "exit": "arrived", "to": "exit"},
            {"from": "exit", "exit": "sent", "to": "end"},
            {"from": "exit", "exit": "failed", "to": None},
        ],
    }
    plain = {"format": "wayline/journey", "version": 1, "journey": journey}
    workflow = exported(make_program(document_from_plain(plain)))
    assert wrong(workflow) == [None]
    tasks = {name: task for one in workflow["do"] for name, task in one.items()}
    assert not {"continue", "exit", "end"} & set(tasks)
    assert tasks["continue-step"]["then"] == "exit-step"
    template = tasks["exit-step"]["with"]["parameters"]["template"]
    assert template == '${ "\\u0024{ halt }" }'


ATTRIBUTES = st.sampled_from(["tier", "age", "vip", "absent"])
TEXTS = st.text(st.sampled_from('aB $\\({}")é🚀\n'), max_size=4)
NUMBERS = st.sampled_from([0.0, -1.0, 0.1, 17.0, 1e15, 5e-324]) | st.integers(-3, 3).map(float)
VALUES = TEXTS | NUMBERS | st.booleans()
ORDERS = st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"])
ATOMS: st.SearchStrategy[Condition] = (
    st.builds(Compare, op=ORDERS, attribute=ATTRIBUTES, value=VALUES)
    | st.builds(Among, attribute=ATTRIBUTES, values=st.lists(VALUES, min_size=1, max_size=4))
    | st.builds(Between, attribute=ATTRIBUTES, low=NUMBERS, high=NUMBERS)
    | st.builds(Contains, attribute=ATTRIBUTES, value=TEXTS.filter(bool))
    | st.builds(Known, attribute=ATTRIBUTES)
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(All, of=st.lists(inner, min_size=1, max_size=3))
        | st.builds(AnyOf, of=st.lists(inner, min_size=1, max_size=3))
        | st.builds(Not, of=inner)
    ),
    max_leaves=5,
)
CUSTOMERS = st.dictionaries(st.sampled_from(["tier", "age", "vip"]), VALUES | st.none())


@settings(max_examples=400)
@given(CONDITIONS, st.lists(CUSTOMERS, min_size=10, max_size=10))
def test_jq_decides_as_we_do(condition: Condition, customers: list[dict[str, Any]]) -> None:
    jq = pytest.importorskip("jq")
    held = jq.compile(in_jq(condition, ".attributes"))
    for customer in customers:
        text = json.dumps({"attributes": customer})
        assert held.input_text(text).first() is evaluate(condition, customer)


@given(VALUES)
def test_a_literal_is_the_value(value: bool | float | str) -> None:
    jq = pytest.importorskip("jq")
    assert jq.compile(literal(value)).input_text("null").first() == value


@pytest.mark.parametrize("old", [None, "text", True, 4.5])
@pytest.mark.parametrize("add", [-3.0, 0.1])
def test_adding_to_what_is_no_number_begins_at_zero(old: Any, add: float) -> None:
    jq = pytest.importorskip("jq")
    step = {"attribute": "sum", "add": add}
    journey = {
        "id": "sums",
        "name": "Sums",
        "attributes": [{"id": "sum", "type": "number"}],
        "steps": [
            {"id": "call", "type": "inbound_contact", "name": "Call"},
            {"id": "more", "type": "set_attributes", "name": "More", "set": [step]},
        ],
        "links": [
            {"from": "call", "exit": "arrived", "to": "more"},
            {"from": "more", "exit": "done", "to": None},
        ],
    }
    plain = {"format": "wayline/journey", "version": 1, "journey": journey}
    tasks = exported(make_program(document_from_plain(plain)))["do"]
    text = next(one["more"]["set"]["attributes"] for one in tasks if "more" in one)
    context = {"attributes": {"sum": old}}
    found = jq.compile(f". as $context | {text[2:-1]}").input_value(context).first()
    assert found == {"sum": Assignment(attribute="sum", add=add).result({"sum": old}.get)}

"""Conditions as texts in the evaluators of the engines that read them: always the same answer."""

from __future__ import annotations

from SpiffWorkflow.bpmn.script_engine import TaskDataEnvironment

from engine.export.conditions.feel import feel_condition
from engine.export.conditions.python import python_condition
from tests.exports.node_engines import node_engine
from tests.exports.random_conditions import conditions, customers, expected

ENOUGH = 4_000


def test_python_in_spiff_workflow() -> None:
    evaluate = TaskDataEnvironment({}).evaluate
    texts = [python_condition(one) for one in conditions()]
    found = [[evaluate(text, {"attributes": one}) for one in customers()] for text in texts]
    assert sum(map(len, found)) >= ENOUGH
    assert found == expected()


def test_feel_in_feelin() -> None:
    texts = [feel_condition(one) for one in conditions()]
    with node_engine("evaluate_feel.mjs") as feelin:
        found = feelin.ask({"texts": texts, "records": customers()})
    assert sum(map(len, found)) >= ENOUGH
    assert found == expected()

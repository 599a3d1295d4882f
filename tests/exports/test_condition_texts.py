"""Conditions as texts in the evaluators of the engines that read them: always the same answer."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.script_engine import TaskDataEnvironment

from engine.conditions import Condition, atoms_in, evaluate, type_problem
from engine.export.conditions.feel import feel_condition
from engine.export.conditions.juel import juel_condition
from engine.export.conditions.python import python_condition
from engine.profile import Attribute, ValueType
from tests.exports.node_engines import node_engine
from tests.exports.random_conditions import conditions, customers, expected

ENOUGH = 4_000
EL = [Path("/usr/share/java") / f"tomcat10-{name}.jar" for name in ("el-api", "jasper-el")]
"""Jakarta EL, as Debian's libtomcat10-java has it."""
TYPES = {
    "tier": ValueType.TEXT, "age": ValueType.NUMBER, "vip": ValueType.BOOLEAN,
    "call__who": ValueType.TEXT, "length": ValueType.NUMBER, "hold": ValueType.TEXT,
}  # fmt: skip


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


def fits(condition: Condition) -> bool:
    """Whether the validator would let it pass: every attribute compared with its own type."""
    return all(
        atom.attribute in TYPES
        and type_problem(atom, Attribute(id="any", type=TYPES[atom.attribute])) is None
        for atom in atoms_in(condition)
    )


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def told(name: str, value: object) -> str:
    kind = {bool: "b", float: "n", str: "s"}.get(type(value), "-")
    # Java tells -0 from 0 when it compares; nothing that is measured or counted is -0.
    plain = value + 0.0 if isinstance(value, float) else value
    text = str(plain).lower() if isinstance(value, bool) else str(plain)
    return f"{name}={kind}:{encoded(text)}"


@pytest.mark.conformance
def test_juel_in_jakarta_el() -> None:
    java = shutil.which("java")
    if java is None or not all(one.exists() for one in EL):
        pytest.skip("java and Debian's libtomcat10-java are needed")
    tried = [one for one in conditions(3_000) if fits(one)]
    records = [{name: one.get(name) for name in TYPES} for one in customers()]
    lines = [
        "|".join([encoded(f"${{{juel_condition(one)}}}"), *(told(*pair) for pair in each.items())])
        for one in tried
        for each in records
    ]
    source = Path(__file__).parent / "java" / "Juel.java"
    done = subprocess.run(
        [java, "-cp", ":".join(map(str, EL)), str(source)],
        input="\n".join(lines),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = done.stdout.splitlines()
    assert len(found) >= ENOUGH
    assert found == [str(evaluate(one, each)).lower() for one in tried for each in records]

"""The worker contract: what a worker is told for each command, and what it may report."""

from __future__ import annotations

from typing import Any, Final

from engine.operations import Command, Compute, End
from engine.profile import ValueType
from engine.program import Node, Program
from engine.runtime.commands import parameters_of
from engine.steps.base import Step

_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Final = {
    ValueType.BOOLEAN: "boolean",
    ValueType.NUMBER: "number",
    ValueType.TEXT: "string",
    ValueType.CHOICE: "string",
}
_COMPUTED: Final = (
    "The function engine.runtime.computed(program, node, attributes, at) gives the report; `hold` "
    "is how many seconds the wait lasts that follows, 0 for none."
)
_ERRORS: Final = {
    "unknown_result": "A result that the step does not have: the report is refused.",
    "unknown_attribute": "An attribute that the command does not set: the report is refused.",
    "wrong_type": "A value of another type than the attribute's: the report is refused.",
    "no_report": "Nothing is reported: the contact waits, and is called off where the step has a "
    "timeout. Do the command again under the same key: whoever did it already reports the same.",
}
_ERROR: Final = {
    "$schema": _SCHEMA,
    "type": "object",
    "properties": {
        "what": {"type": "string", "description": "What is wrong, with the offending value."},
        "where": {"type": "string", "description": "The contact or the step."},
        "mend": {"type": "string", "description": "What to do about it."},
    },
    "required": ["what"],
}
"""How a report that is refused is answered."""


def worker_contract(program: Program) -> dict[str, Any]:
    """Every command that the journey gives, as plain JSON values with JSON Schemas."""
    by_name: dict[str, list[Node]] = {}
    for node in program.nodes.values():
        if isinstance(node.operation, (Command, Compute)):
            by_name.setdefault(node.operation.name, []).append(node)
    return {
        "format": "wayline/worker-contract",
        "version": 1,
        "delivery": "engine.runtime gives each command a key, and the same one again if it is "
        "repeated; other engines have means of their own.",
        "checks": "engine.runtime refuses what does not keep this contract. Other engines take any "
        "report: check it against the schemas here before you make it.",
        "commands": {name: _command(program, by_name[name]) for name in sorted(by_name)},
        "outcomes": {
            node.id: {"outcome": end.outcome, "resolved": end.resolved, "value": end.value}
            for node in program.nodes.values()
            if isinstance(end := node.operation, End)
        },
        "errors": {"reasons": _ERRORS, "error": _ERROR},
    }


def _command(program: Program, nodes: list[Node]) -> dict[str, Any]:
    step = nodes[0].planned.step
    is_computed = isinstance(nodes[0].operation, Compute)
    return {
        "title": type(step).title,
        "what": type(step).help,
        "computed": _COMPUTED if is_computed else None,
        "parameters": _parameters(type(step)),
        "steps": [_step(node) for node in nodes],
        "report": _report(program, nodes, is_computed=is_computed),
    }


def _step(node: Node) -> dict[str, Any]:
    return {
        "step": node.planned.id,
        "node": node.id,
        "parameters": parameters_of(node.planned.step),
        "sends": list(getattr(node.operation, "sends", ())),
        "results": node.reports,
        "timeout_seconds": node.timeout.seconds if node.timeout else None,
    }


def _parameters(kind: type[Step]) -> dict[str, Any]:
    """The schema of a step type's own design fields."""
    schema = kind.model_json_schema(by_alias=True, mode="serialization")
    own = set(kind.model_fields) - set(Step.model_fields) - {"type"}
    needed = sorted(name for name in schema.get("required", ()) if name in own)
    return {
        "$schema": _SCHEMA,
        "type": "object",
        "properties": {
            name: one for name, one in schema.get("properties", {}).items() if name in own
        },
        "required": needed,
        "additionalProperties": False,
        **({"$defs": schema["$defs"]} if "$defs" in schema else {}),
    }


def _value(program: Program, name: str) -> dict[str, Any]:
    """The schema of an attribute's value; null: it is not known."""
    choices = program.choices.get(name)
    if choices:
        return {"enum": [*choices, None]}
    return {"type": [_TYPES[program.attributes[name]], "null"]}


def _report(program: Program, nodes: list[Node], *, is_computed: bool) -> dict[str, Any]:
    """The schema of a report: a result, the attributes that changed, how long a hold lasts."""
    results = sorted({name for node in nodes for name in node.reports})
    names = {name for node in nodes for name in getattr(node.operation, "sets", ())}
    hold = {"hold": {"type": "number", "minimum": 0, "description": "Seconds."}}
    return {
        "$schema": _SCHEMA,
        "type": "object",
        "properties": {
            "result": {"enum": results},
            "attributes": {
                "type": "object",
                "properties": {name: _value(program, name) for name in sorted(names)},
                "additionalProperties": False,
            },
            **(hold if is_computed else {}),
        },
        "required": ["result"],
        "additionalProperties": False,
    }

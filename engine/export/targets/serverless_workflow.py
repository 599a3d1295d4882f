"""CNCF Serverless Workflow 1.0: named tasks in one list, each leading to the next by `then`.

What is known is kept in the workflow's context: `contact`, `attributes`, `rounds`, `commands` (how
many were given), `result` and `hold` (of the report before). A task is called like its node, and
what follows from a report is a switch called like it and `-way`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.export.conditions.jq import in_jq, literal
from engine.export.target import Loss, Severity, Status, target
from engine.model import to_plain
from engine.operations import (
    Assign,
    Command,
    Compute,
    Count,
    Decide,
    Delay,
    End,
    Hold,
    Listen,
    Pass,
    Put,
    Timeout,
)
from engine.program import Node, Program
from engine.runtime.commands import parameters_of

Plain = dict[str, Any]
Task = tuple[str, Plain]
"""A task by its name."""

NAME: Final = "serverless_workflow"
DSL: Final = "1.0.0"
"""What later versions 1.0 add is not needed, and checkers of this one accept it."""

_BEGIN: Final = "begin-contact"
_CLOSED: Final = "closed-on-purpose"
_UNKNOWN: Final = "unknown-result"
_DIRECTIVES: Final = frozenset({"continue", "exit", "end"})
_ATTRIBUTES: Final = "$context.attributes"
_TIMED_OUT: Final = "https://serverlessworkflow.io/spec/1.0.0/errors/timeout"


def _losses(program: Program) -> Iterator[Loss]:
    yield Loss(
        "",
        "execution",
        NAME,
        Severity.INFO,
        "The document keeps the schema of Serverless Workflow 1.0.0, but no engine executed it "
        "in our tests.",
        "Try the conformance vectors in your engine before customers go through it.",
    )
    yield Loss(
        "",
        "commands",
        NAME,
        Severity.DEGRADED,
        "A command is a call that is answered when the work is done, which may take hours.",
        "Exchange the function “command” for one that emits an event and listens for the answer, "
        "if your engine's calls cannot last that long.",
    )
    for node in program.nodes.values():
        match node.operation:
            case Hold() | Delay(attribute=str()):
                yield Loss(
                    node.planned.id,
                    "wait",
                    NAME,
                    Severity.DEGRADED,
                    "A wait cannot last as long as an expression says.",
                    "Let the worker of “wait” answer after the seconds that it is given.",
                )
            case Listen(event=event):
                yield Loss(
                    node.planned.id,
                    "event",
                    NAME,
                    Severity.INFO,
                    "The journey ignores what happened before it began to wait; the "
                    "specification does not say whether an engine does.",
                    f"Report “{event}” only while the contact waits for it.",
                )


@target(
    NAME,
    "Serverless Workflow 1.0 (keeps the schema, not executed)",
    Status.SCHEMA_VALID,
    "schema 1.0.0 as in @serverlessworkflow/sdk 1.0.1; no engine executed it",
    losses=_losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """One workflow, as JSON, which YAML readers read, too."""
    text = json.dumps(_workflow(program), indent=2, ensure_ascii=False, allow_nan=False)
    return {f"{program.document.journey.id}.workflow.json": f"{text}\n".encode()}


def _workflow(program: Program) -> Plain:
    journey = program.document.journey
    tasks = [*_beginning(program)]
    for node in program.nodes.values():
        tasks += _tasks(node)
    tasks += _last(program)
    return {
        "document": {
            "dsl": DSL,
            "namespace": "wayline",
            "name": journey.id.replace("_", "-").strip("-"),
            "version": "1.0.0",
            "title": journey.name,
            "metadata": {"journey": journey.id, "journey_sha256": program.sha256},
        },
        "use": {"functions": {"command": _worker()}},
        "do": [{name: task} for name, task in tasks],
    }


def _worker() -> Plain:
    """Commands go to one place, which the workflow's input names."""
    return {
        "call": "http",
        "with": {
            "method": "post",
            "endpoint": "${ $workflow.input.worker }",
            "headers": {"Idempotency-Key": "${ .key }"},
            "body": "${ . }",
        },
    }


def _beginning(program: Program) -> Iterator[Task]:
    """Contacts come in: at which entry the workflow's input says, if there are several."""
    if len(program.entries) > 1:
        cases = {
            entry: {
                "when": _expression(f"$workflow.input.entry == {literal(entry)}"),
                "then": f"{_BEGIN}-{entry}",
            }
            for entry in program.entries
        }
        yield _BEGIN, _switch(cases)
    for entry in program.entries:
        channel = program.nodes[entry].planned.step.contact_channel()
        signals = {"channel": channel.value if channel else None, "contact_number": 1, "waited": 0}
        begun = {
            "contact": _expression("$workflow.input.contact"),
            "attributes": _expression(
                f"{json.dumps(signals)} + ($workflow.input.attributes // {{}})"
            ),
            "rounds": _expression("{}"),
            "commands": 0,
            "result": _expression("null"),
            "hold": 0,
        }
        name = f"{_BEGIN}-{entry}" if len(program.entries) > 1 else _BEGIN
        yield (
            name,
            _set(begun, "{contact, attributes, rounds, commands, result, hold}", _name(entry)),
        )


def _tasks(node: Node) -> Iterator[Task]:
    first, *others = _does(node)
    step = node.planned.step
    described = {"step": node.planned.id, "name": step.name} if node.is_first else {}
    yield first[0], {**first[1], **({"metadata": described} if described else {})}
    yield from others


def _does(node: Node) -> Iterator[Task]:
    match node.operation:
        case Count() as count:
            yield from _counts(node, count)
        case Command() as command:
            yield from _asks(node, command.name, command.sends, command.timeout)
        case Compute() as compute:
            yield from _asks(node, compute.name, compute.sends)
        case Listen() as listen:
            yield from _listens(node, listen)
        case operation:
            yield _name(node.id), _single(node, operation)


def _single(node: Node, operation: Pass | Decide | Assign | Delay | Hold | End) -> Plain:
    """What one task is enough for."""
    match operation:
        case Pass():
            return {"set": {"passed": node.id}, "then": _only_way(node)}
        case Decide():
            return _decides(node, operation)
        case Assign(puts=puts):
            changed = " | ".join(["$context", *map(_put, puts), ".attributes"])
            values = {"attributes": _expression(changed)}
            return _set(values, "$context + {attributes}", _only_way(node))
        case Delay(attribute=None, seconds=seconds):
            return {"wait": _duration(seconds), "then": _only_way(node)}
        case Delay(attribute=attribute):
            return _waits(node, f"{_ATTRIBUTES}[{literal(attribute)}]")
        case Hold():
            return _waits(node, "$context.hold")
        case End(outcome=outcome, resolved=resolved, value=value):
            return _ended(outcome, resolved, value)


def _decides(node: Node, decide: Decide) -> Plain:
    cases = {
        one: {"when": _expression(in_jq(when, _ATTRIBUTES)), "then": _way(node, one)}
        for one, when in decide.cases
    }
    return _switch(cases, _way(node, decide.otherwise))


def _counts(node: Node, count: Count) -> Iterator[Task]:
    name, key = _name(node.id), literal(node.id)
    more = f"$context.rounds + {{{key}: (($context.rounds[{key}] // 0) + 1)}}"
    dispatch = f"{node.id}-way"
    yield name, _set({"rounds": _expression(more)}, "$context + {rounds}", dispatch)
    again = _expression(f"$context.rounds[{key}] <= {count.most}")
    cases = {count.again: {"when": again, "then": _way(node, count.again)}}
    yield dispatch, _switch(cases, _way(node, count.enough))


def _asks(
    node: Node, name: str, sends: tuple[str, ...], timeout: Timeout | None = None
) -> Iterator[Task]:
    """A call; what its report says becomes part of the context."""
    call = {
        "call": "command",
        "with": {
            **_command(node, name),
            "parameters": _escaped(parameters_of(node.planned.step)),
            "attributes": _expression(_sent(sends)),
            "results": node.reports,
        },
        "export": {"as": _expression(_REPORTED)},
    }
    yield from _perhaps_late(node, call, timeout)
    yield _dispatch(node)


_REPORTED: Final = (
    "$context + {commands: ($context.commands + 1), result, hold: (.hold // 0), "
    "attributes: ($context.attributes + (.attributes // {}))}"
)


def _listens(node: Node, listen: Listen) -> Iterator[Task]:
    happened = (
        f"$context + {{commands: ($context.commands + 1), result: {literal(listen.happened)}}}"
    )
    task = {
        "listen": {
            "to": {
                "one": {
                    "with": {"type": _escaped(listen.event)},
                    "correlate": {
                        "contact": {
                            "from": _expression(".data.contact"),
                            "expect": _expression("$context.contact"),
                        }
                    },
                }
            }
        },
        "export": {"as": _expression(happened)},
    }
    yield from _perhaps_late(node, task, listen.timeout)
    yield _dispatch(node)


def _perhaps_late(node: Node, task: Plain, timeout: Timeout | None) -> Iterator[Task]:
    """The task, called off after the timeout if it has one."""
    dispatch = {"then": f"{node.id}-way"}
    if timeout is None:
        yield _name(node.id), {**task, **dispatch}
        return
    late = _set(
        {"result": timeout.result}, "$context + {result, commands: ($context.commands + 1)}"
    )
    caught = {"errors": {"with": {"type": _TIMED_OUT}}, "do": [{f"{node.id}-late": late}]}
    limited = {**task, "timeout": {"after": _duration(timeout.seconds)}}
    tried = {"try": [{f"{node.id}-asked": limited}], "catch": caught}
    yield _name(node.id), {**tried, **dispatch}


def _dispatch(node: Node) -> Task:
    cases = {
        one: {"when": _expression(f"$context.result == {literal(one)}"), "then": _way(node, one)}
        for one in node.ways
    }
    return f"{node.id}-way", _switch(cases)


def _waits(node: Node, seconds: str) -> Plain:
    """A wait as long as only an expression says is the worker's."""
    return {
        "call": "command",
        "with": {**_command(node, "wait"), "seconds": _expression(seconds)},
        "export": {"as": _expression("$context + {commands: ($context.commands + 1)}")},
        "then": _only_way(node),
    }


def _command(node: Node, name: str) -> Plain:
    key = '$context.contact + "/" + ($context.commands + 1 | tostring)'
    return {"key": _expression(key), "step": node.planned.id, "name": name}


def _last(program: Program) -> Iterator[Task]:
    if any(way is None for node in program.nodes.values() for way in node.ways.values()):
        yield _CLOSED, _ended(None, None, None)
    error = {
        "type": "https://serverlessworkflow.io/spec/1.0.0/errors/runtime",
        "status": 500,
        "title": "A report without a result that the step has, or an entry that does not exist",
    }
    yield _UNKNOWN, {"raise": {"error": error}}


def _ended(outcome: str | None, resolved: bool | None, value: float | None) -> Plain:
    ended = {"outcome": outcome, "resolved": resolved, "value": to_plain(value)}
    return {"set": {**ended, "attributes": _expression(_ATTRIBUTES)}, "then": "end"}


def _set(values: Plain, exported: str, then: str | None = None) -> Plain:
    task = {"set": values, "export": {"as": _expression(exported)}}
    return {**task, "then": then} if then is not None else task


def _switch(cases: Mapping[str, Plain], otherwise: str = _UNKNOWN) -> Plain:
    items = [{name: case} for name, case in cases.items()]
    return {"switch": [*items, {"none-of-these": {"then": otherwise}}]}


def _put(put: Put) -> str:
    """A jq filter that changes one attribute of the context."""
    here = f".attributes[{literal(put.attribute)}]"
    if put.add is not None:
        return f'{here} |= (if type == "number" then . else 0 end) + {literal(put.add)}'
    if put.copy_of is not None:
        return f"{here} = .attributes[{literal(put.copy_of)}]"
    return f"{here} = {literal(put.value)}"


def _sent(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(f"{literal(one)}: {_ATTRIBUTES}[{literal(one)}]" for one in names) + "}"


def _escaped(value: Any) -> Any:
    """Texts of the design that look like expressions, as expressions that mean these texts."""
    if isinstance(value, dict):
        return {key: _escaped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    return _expression(literal(value)) if isinstance(value, str) and "${" in value else value


def _duration(seconds: float) -> Plain:
    """As whole seconds, and milliseconds where there is a rest."""
    whole, rest = divmod(round(seconds * 1000), 1000)
    return {"seconds": whole, **({"milliseconds": rest} if rest else {})}


def _expression(jq: str) -> str:
    return f"${{ {jq} }}"


def _only_way(node: Node) -> str:
    return _way(node, next(iter(node.ways)))


def _way(node: Node, result: str) -> str:
    to = node.ways[result]
    return _CLOSED if to is None else _name(to)


def _name(node: str) -> str:
    """What the node's first task is called: like the node, unless that means something else."""
    return f"{node}-step" if node in _DIRECTIVES else node

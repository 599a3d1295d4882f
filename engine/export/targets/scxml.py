"""SCXML of the W3C, with the ECMAScript data model.

The host sends the event `start` with `entry` and `attributes`. What others must do is raised as
`command`, what must be listened for as `listen`; hosts see both as internal events. Answers are
events `result` with the command's `visit`, its `result`, changed `attributes` and, of what is
computed, `hold`; events of other systems are `event` with `name` and `id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree as ET

from engine.export.asked import asked_of, listened_for
from engine.export.conditions.ecmascript import ecmascript, literal
from engine.export.target import Loss, Severity, Status, target
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
from engine.profile import Value
from engine.program import Node, Program

NAME: Final = "scxml"
NAMESPACE: Final = "http://www.w3.org/2005/07/scxml"
NOT_BEGUN: Final = "not-begun"
CLOSED: Final = "closed-on-purpose"
FAILED: Final = "wait-of-unknown-length"
LONGEST: Final = (2**31 - 1) / 1000
"""Seconds that the timers of engines in JavaScript last at most."""

_DATA: Final = {"attributes": "{}", "events": "[]", "visit": "0", "hold": "0"}
_REPORTED: Final = "_event.data.attributes"


def _losses(program: Program) -> Iterator[Loss]:
    for node in program.nodes.values():
        match node.operation:
            case Delay(attribute=str(name)):
                yield Loss(
                    node.planned.id,
                    "attribute",
                    NAME,
                    Severity.DEGRADED,
                    "Engines in JavaScript hold timers of 24.8 days at most, and how long this "
                    "one lasts is known only when it starts.",
                    f"Make sure that “{name}” is never more than {int(LONGEST)}, or use an engine "
                    "that holds longer timers.",
                )
            case Delay(seconds=seconds) if seconds > LONGEST:
                yield _long(node, "duration", seconds)
            case Command(timeout=Timeout(seconds=seconds)) if seconds > LONGEST:
                yield _long(node, "timeout", seconds)
            case Listen(timeout=Timeout(seconds=seconds)) if seconds > LONGEST:
                yield _long(node, "timeout", seconds)


def _long(node: Node, feature: str, seconds: float) -> Loss:
    return Loss(
        node.planned.id,
        feature,
        NAME,
        Severity.DEGRADED,
        f"A timer of {seconds / 86_400:.1f} days goes off at once in engines in JavaScript, such "
        "as SCION, which hold 24.8 days at most.",
        "Use an engine that holds longer timers, or chain several waits.",
    )


@target(NAME, "SCXML", Status.EXECUTED, "@scion-scxml/scxml 4.3.27", losses=_losses)
def write(program: Program) -> Mapping[str, bytes]:
    """The state chart; a state is called like its node."""
    root = chart(program)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return {f"{program.document.journey.id}.scxml": f"{head}\n{text}\n".encode()}


def chart(program: Program) -> ET.Element:
    """The state chart as elements."""
    root = ET.Element(
        "scxml",
        xmlns=NAMESPACE,
        version="1.0",
        datamodel="ecmascript",
        name=program.document.journey.id,
        initial=NOT_BEGUN,
    )
    data = ET.SubElement(root, "datamodel")
    nodes = program.nodes.values()
    rounds = {node.id: 0 for node in nodes if isinstance(node.operation, Count)}
    for name, first in {**_DATA, "rounds": json.dumps(rounds)}.items():
        ET.SubElement(data, "data", id=name, expr=first)
    root.append(_not_begun(program))
    root.extend(map(_state, nodes))
    root.extend(ET.Element("final", id=name) for name in _extra_ends(program))
    return root


def _extra_ends(program: Program) -> Iterator[str]:
    nodes = program.nodes.values()
    if any(way is None for node in nodes for way in node.ways.values()):
        yield CLOSED
    if any(isinstance(node.operation, Delay) and node.operation.attribute for node in nodes):
        yield FAILED


def _not_begun(program: Program) -> ET.Element:
    state = ET.Element("state", id=NOT_BEGUN)
    for entry in program.entries:
        when = {"event": "start"}
        if len(program.entries) > 1:
            when["cond"] = f"_event.data.entry === '{entry}'"
        begins = ET.SubElement(state, "transition", when | {"target": entry})
        signals = json.dumps(program.signals_at(entry))
        begins.append(_assign("attributes", signals))
        begins.extend(_learned(program.attributes))
    return state


def _assign(location: str, expression: str) -> ET.Element:
    return ET.Element("assign", location=location, expr=expression)


def _attribute(name: str) -> str:
    return f"attributes.{name}"


def _learned(names: Iterable[str]) -> Iterator[ET.Element]:
    """Each attribute that the event reports gets the value that it reports."""
    for name in names:
        learned = ET.Element("if", cond=f"{_REPORTED} && '{name}' in {_REPORTED}")
        learned.append(_assign(_attribute(name), f"{_REPORTED}.{name}"))
        yield learned


def _state(node: Node) -> ET.Element:
    state = ET.Element("final" if isinstance(node.operation, End) else "state", id=node.id)
    entry = ET.SubElement(state, "onentry")
    ET.SubElement(entry, "log", label="enter", expr=f"'{node.id}'")
    entry.extend(_on_entry(node))
    if _has_timer(node):
        ET.SubElement(ET.SubElement(state, "onexit"), "cancel", sendid=_timer_id(node))
    state.extend(_ways(node))
    return state


def _has_timer(node: Node) -> bool:
    match node.operation:
        case Delay() | Hold():
            return True
        case Command(timeout=timeout) | Listen(timeout=timeout):
            return timeout is not None
        case _:
            return False


def _timer_id(node: Node) -> str:
    return f"timer.{node.id}"


def _on_entry(node: Node) -> Iterator[ET.Element]:
    match node.operation:
        case Command(timeout=timeout) as asked:
            yield from _asks("command", asked_of(node, asked))
            yield from _times_out(node, timeout)
        case Compute() as asked:
            yield from _asks("command", asked_of(node, asked))
        case Listen(timeout=timeout) as listen:
            yield from _asks("listen", listened_for(node, listen))
            yield from _times_out(node, timeout)
        case Delay(attribute=None, seconds=seconds):
            yield _timer(node, delay=_seconds(seconds))
        case Delay(attribute=str(name)):
            yield from _timer_of(node, _attribute(name))
        case Hold():
            yield _timer(node, delayexpr=_in_seconds("hold"))


def _asks(event: str, told: dict[str, Any]) -> Iterator[ET.Element]:
    yield _assign("visit", "visit + 1")
    send = ET.Element("send", event=event, target="#_internal")
    ET.SubElement(send, "param", name="visit", expr="visit")
    sends = told.pop("sends", None)
    for name, value in told.items():
        text = literal(value) if isinstance(value, str) else json.dumps(value)
        ET.SubElement(send, "param", name=name, expr=text)
    if sends is not None:
        pairs = ", ".join(f"{name}: {_attribute(name)}" for name in sends)
        ET.SubElement(send, "param", name="attributes", expr=f"{{{pairs}}}")
    yield send


def _times_out(node: Node, timeout: Timeout | None) -> Iterator[ET.Element]:
    if timeout is not None:
        yield _timer(node, delay=_seconds(timeout.seconds))


def _timer(node: Node, **delay: str) -> ET.Element:
    return ET.Element("send", {"event": _timer_id(node), "id": _timer_id(node), **delay})


def _timer_of(node: Node, seconds: str) -> Iterator[ET.Element]:
    """A timer as long as an attribute says, if that says how long."""
    choice = ET.Element("if", cond=f"typeof {seconds} === 'number' && {seconds} >= 0")
    choice.append(_timer(node, delayexpr=_in_seconds(seconds)))
    ET.SubElement(choice, "else")
    ET.SubElement(choice, "raise", event="error.wait")
    yield choice


def _seconds(seconds: float) -> str:
    """A delay as SCXML writes it: never with an exponent."""
    return f"{seconds:.9f}".rstrip("0").rstrip(".") + "s"


def _in_seconds(expression: str) -> str:
    return f"{expression}.toFixed(9) + 's'"


def _ways(node: Node) -> Iterator[ET.Element]:
    match node.operation:
        case Decide() as decide:
            yield from _choices(node, decide)
        case Count() as count:
            yield from _rounds(node, count)
        case Assign(puts=puts):
            way = _only_way(node)
            way.extend(_assign(_attribute(one.attribute), _value(one)) for one in puts)
            yield way
        case Pass():
            yield _only_way(node)
        case Delay() | Hold():
            yield from _goes_off(node)
        case Command() | Compute() as asked:
            yield from _reports(node, asked)
        case Listen() as listen:
            yield from _happens(node, listen)
        case End() as end:
            yield _done(end)


def _only_way(node: Node, **when: str) -> ET.Element:
    return _way(node, next(iter(node.ways)), **when)


def _way(node: Node, result: str, **when: str) -> ET.Element:
    way = node.ways[result]
    return ET.Element("transition", {**when, "target": CLOSED if way is None else way})


def _choices(node: Node, decide: Decide) -> Iterator[ET.Element]:
    for result, when in decide.cases:
        yield _way(node, result, cond=ecmascript(when))
    yield _way(node, decide.otherwise)


def _goes_off(node: Node) -> Iterator[ET.Element]:
    yield _only_way(node, event=_timer_id(node))
    if isinstance(node.operation, Delay) and node.operation.attribute is not None:
        yield ET.Element("transition", event="error", target=FAILED)


def _rounds(node: Node, count: Count) -> Iterator[ET.Element]:
    rounds = f"rounds['{node.id}']"
    again = _way(node, count.again, cond=f"{rounds} < {count.most}")
    for way in (again, _way(node, count.enough)):
        way.append(_assign(rounds, f"{rounds} + 1"))
        yield way


def _value(put: Put) -> str:
    if put.add is not None:
        old, added = _attribute(put.attribute), literal(put.add)
        return f"{added} + (typeof {old} === 'number' ? {old} : 0)"
    return literal(put.value) if put.copy_of is None else _attribute(put.copy_of)


def _reports(node: Node, operation: Command | Compute) -> Iterator[ET.Element]:
    told = asked_of(node, operation)
    # Without a target: the command is only seen by whoever watches.
    yield ET.Element("transition", event="command")
    for result in told["results"]:
        is_meant = f"_event.data.visit === visit && _event.data.result === '{result}'"
        way = _way(node, result, event="result", cond=is_meant)
        way.extend(_learned(told["sets"]))
        if isinstance(operation, Compute):
            way.append(_assign("hold", "_event.data.hold || 0"))
        yield way
    if isinstance(operation, Command) and operation.timeout is not None:
        yield _way(node, operation.timeout.result, event=_timer_id(node))


def _happens(node: Node, listen: Listen) -> Iterator[ET.Element]:
    yield ET.Element("transition", event="listen")
    known = "_event.data.id == null"
    is_meant = f"_event.data.name === {literal(listen.event)}"
    is_new = f"({known} || events.indexOf(_event.data.id) === -1)"
    way = _way(node, listen.happened, event="event", cond=f"{is_meant} && {is_new}")
    way.append(_assign("events", f"events.concat({known} ? [] : [_event.data.id])"))
    yield way
    if listen.timeout is not None:
        yield _way(node, listen.timeout.result, event=_timer_id(node))


def _done(end: End) -> ET.Element:
    done = ET.Element("donedata")
    how: dict[str, Value] = {"outcome": end.outcome, "resolved": end.resolved, "value": end.value}
    for name, value in how.items():
        ET.SubElement(done, "param", name=name, expr=literal(value))
    return done

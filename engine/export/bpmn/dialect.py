"""What differs between engines that load BPMN: names, expressions, extensions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from xml.etree.ElementTree import Element as Xml

from engine.export.asked import asked_of
from engine.export.bpmn.graph import Element, Guard
from engine.operations import Command, Compute
from engine.program import Node

RESULT, HOLD, KEY = "journey__result", "journey__hold", "journey__key"
ENTRY, ROUNDS = "journey__entry", "journey__rounds"
"""Variables beside the attributes: the last result, how long the next hold lasts, the contact's
own key, where it came in, how often each counter was passed. No attribute is called so, because ids
have no two underscores."""


@dataclass(frozen=True, slots=True)
class Script:
    """How a script is written: more attributes of its element, its text, if it has one, its tag."""

    attributes: Mapping[str, str]
    text: str | None = None
    tag: str = "scriptTask"


class Dialect(Protocol):
    """One engine's way to write BPMN.

    name: of the target.  namespaces: prefix to URI.  head, process: more attributes of the
    definitions and of the process.
    """

    name: str
    namespaces: Mapping[str, str]
    head: Mapping[str, str]
    process: Mapping[str, str]

    def condition(self, guard: Guard) -> str:
        """The text of a flow's condition."""

    def duration(self, element: Element) -> str:
        """The text of a timer's duration."""

    def task(self, element: Element) -> tuple[str, Mapping[str, str]]:
        """The name of the BPMN element for a task, and more attributes of it."""

    def script(self, element: Element) -> Script:
        """How a script task is written."""

    def extension(self, element: Element) -> list[Xml]:
        """What stands in an element's extensionElements."""

    def message(self) -> list[Xml]:
        """What stands in a message's extensionElements."""


def described(node: Node) -> dict[str, Any]:
    """What a worker must know of a task: plain JSON values."""
    operation = node.operation
    if not isinstance(operation, (Command, Compute)):
        raise TypeError(f"{operation!r} is no task")
    return {"node": node.id, **asked_of(node, operation)}


def as_text(value: Any) -> str:
    """A text as it is, anything else as JSON on one line, the same for the same value."""
    return (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def counter(step: str) -> str:
    """The variable that counts how often a step was passed."""
    return f"{ROUNDS}__{step}"


def xml(tag: str, attributes: Mapping[str, str] | None = None, *inside: Xml, text: str = "") -> Xml:
    """An XML element; an attribute without a value is left out."""
    element = Xml(tag, {k: v for k, v in (attributes or {}).items() if v})
    element.text = text or None
    element.extend(inside)
    return element

"""What an export is: files for one kind of engine, and what was lost on the way to it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from engine.errors import WaylineError
from engine.program import Program

Write = Callable[[Program], Mapping[str, bytes]]
Lose = Callable[[Program], Iterator["Loss"]]


class Status(StrEnum):
    """How far an export of this target is proved; never said of more than was done."""

    EXECUTED = "executed"
    """A real engine runs it in our tests and takes the simulated way."""
    LINTED = "linted"
    """The target's own checks find no error in it."""
    SCHEMA_VALID = "schema-valid"
    """It keeps the target's schema."""
    DOCUMENT = "document"
    """It is for people, or for analysis; nothing executes it."""


class Severity(StrEnum):
    """How bad a loss is."""

    ERROR = "error"
    """The target would do something else, so it is not exported."""
    DEGRADED = "degraded"
    """It works, if somebody else does what the target cannot."""
    INFO = "info"
    """Worth knowing."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a target cannot hold.

    step: id in the plan; "" for the whole journey.  feature: the field or ability.
    reason: why, in a sentence.  workaround: what to do about it, in a sentence.
    """

    step: str
    feature: str
    target: str
    severity: Severity
    reason: str
    workaround: str


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of engine that a journey is exported to.

    name: as the command knows it.  title: for people.  status, engine: how far it is proved, and
    with what.  write: the files by name, the same bytes for the same journey.
    losses: what the journey loses there, beside what every target loses.
    use: how it is started and answered, in paragraphs.
    """

    name: str
    title: str
    status: Status
    engine: str
    write: Write
    losses: Lose
    use: str


class ExportError(WaylineError):
    """A journey that this target cannot hold, or that is not valid."""


_TARGETS: Final[dict[str, Target]] = {}


def target(
    name: str, title: str, status: Status, engine: str, losses: Lose
) -> Callable[[Write], Write]:
    """Register the decorated function as the one that writes the files of a target.

    How the target is used is what the docstring of its module says.
    """

    def register(write: Write) -> Write:
        use = _paragraphs(sys.modules[write.__module__].__doc__ or "")
        _TARGETS[name] = Target(name, title, status, engine, write, losses, use)
        return write

    return register


def _paragraphs(docstring: str) -> str:
    """The text as people read it: a line a paragraph, without the marks of code."""
    found = inspect.cleandoc(docstring).replace("`", "").split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in found)


@cache
def targets() -> Mapping[str, Target]:
    """Every target by name, found by looking into the folder of targets."""
    package = importlib.import_module("engine.export.targets")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return MappingProxyType(dict(sorted(_TARGETS.items())))

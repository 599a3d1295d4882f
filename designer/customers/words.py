"""What customers' outcomes, times and values are called in the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from designer.customers.told import Event
from simulator.report.values import clock_time, shown

_CONTEXT: Final = "Customers"


def said(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def outcome_said(name: str) -> str:
    """An outcome of a contact."""
    return {
        "resolved": said("resolved"),
        "unresolved": said("not resolved"),
        "abandoned": said("gave up waiting"),
        "timed_out": said("waited too long"),
        "turned_away": said("turned away"),
        "falsely_contained": said("left as if resolved"),
        "unfinished": said("still under way"),
    }.get(name, name.replace("_", " "))


def outcomes_said(names: Sequence[str]) -> str:
    """Those of all contacts, one after the other."""
    return ", ".join(map(outcome_said, names))


def seconds_said(seconds: float) -> str:
    """A length of time."""
    return shown(seconds, "seconds")


def clock_said(seconds: float) -> str:
    """Weekday and time of day."""
    text = clock_time(seconds)
    return text[:1].upper() + text[1:]


def wait_said(event: Event) -> str:
    """The wait, and the queue that was seen; empty without one."""
    if event.waited is None:
        return ""
    ahead = event.ahead or 0
    before = said("nobody before")
    if ahead:
        before = said("%1 waiting before").replace("%1", str(ahead))
    return f"{seconds_said(event.waited)}, {before}"


def learned_said(event: Event) -> str:
    """What is known now and was not before."""
    return ", ".join(f"{name} = {value_said(value)}" for name, value in event.learned.items())


def value_said(value: Any) -> str:
    """An attribute's value."""
    match value:
        case None:
            return said("unknown")
        case bool():
            return said("yes") if value else said("no")
        case float():
            return f"{value:,.6g}"
        case _:
            return str(value)

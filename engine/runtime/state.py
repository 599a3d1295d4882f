"""The state of one contact in its journey: plain JSON values, never changed in place."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from typing import Any, Final

from engine.conditions import kind_of
from engine.errors import WaylineError
from engine.profile import ValueType
from engine.program import Program

STATE_VERSION: Final = 1
_FORMAT: Final = "wayline/state"

State = dict[str, Any]
"""format, version, journey, journey_sha256: whose state it is.  key: the contact's own.
status: `running` or `ended`.  node: where it is.  awaits: the key of the command that it waits
for.  commands: how many were given.  at: the time of the last event, seconds since Monday 00:00.
hold: seconds that the next hold lasts.  attributes: what is known.  rounds: how often each retry
loop was entered.  events: ids of the events of other systems that were taken.  trail,
exits: steps entered by the last call, and the exits by which steps were left, in order.
outcome, resolved, value: how it ended."""


class StateError(WaylineError):
    """A state or an event that does not belong here."""


def first_state(
    program: Program, node: str, attributes: Mapping[str, Any], key: str, at: float
) -> State:
    """The state of a contact that is about to enter `node`."""
    return {
        "format": _FORMAT,
        "version": STATE_VERSION,
        "journey": program.document.journey.id,
        "journey_sha256": program.sha256,
        "key": key,
        "status": "running",
        "node": node,
        "awaits": None,
        "commands": 0,
        "at": at,
        "hold": 0.0,
        "attributes": dict(attributes),
        "rounds": {},
        "events": [],
        "trail": [],
        "exits": [],
        "outcome": None,
        "resolved": None,
        "value": None,
    }


def is_over(state: State) -> bool:
    """Whether the contact's journey has ended."""
    return state.get("status") == "ended"


def checked(program: Program, state: State) -> State:
    """A copy of `state` that may be changed; StateError if it is not of this journey."""
    if state.get("format") != _FORMAT or state.get("version") != STATE_VERSION:
        raise StateError(
            f"this is no state of version {STATE_VERSION}",
            mend="hand back what start or advance returned, unchanged.",
        )
    if state.get("journey_sha256") != program.sha256:
        raise StateError(
            "the contact began with another version of the journey",
            where=f"contact {state.get('key')}",
            mend="go on with the version that it began with: journey_sha256 says which.",
        )
    return copy.deepcopy(state)


def checked_values(program: Program, values: Mapping[str, Any], where: str) -> dict[str, Any]:
    """`values` if the journey knows their names and their types fit; else StateError."""
    for name, value in values.items():
        kind = program.attributes.get(name)
        if kind is None:
            raise StateError(
                f"the journey knows no attribute “{name}”",
                where=where,
                mend="leave it out, or add it to the journey's attributes.",
            )
        wanted = ValueType.TEXT if kind is ValueType.CHOICE else kind
        if value is not None and kind_of(value) is not wanted:
            raise StateError(
                f"“{name}” is a {kind}, and {value!r} is not",
                where=where,
                mend="report the value in its type; null if it is not known.",
            )
        choices = program.choices.get(name, ())
        if value is not None and choices and value not in choices:
            raise StateError(
                f"“{name}” cannot be {value!r}",
                where=where,
                mend=f"report one of: {', '.join(choices)}.",
            )
    return dict(values)


def checked_time(at: object, key: str) -> float:
    """`at` as seconds; StateError if it is no number of them."""
    if isinstance(at, bool) or not isinstance(at, (int, float)) or not math.isfinite(at):
        raise StateError(
            f"the time is {at!r}, which is no number of seconds",
            where=f"contact {key}",
            mend="say it in seconds since Monday 00:00; clock_seconds makes them of a date.",
        )
    return float(at)

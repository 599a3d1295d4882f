"""What `wayline trace --json` tells: customers to choose from, and one customer's story."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer in the list; `outcomes` of each contact."""

    number: int
    channel: str
    outcomes: Sequence[str]
    waited: float
    effort: float


@dataclass(frozen=True, slots=True)
class ListTold:
    """The first customers who match, and how many there are."""

    customers: Sequence[Listed]
    matching: int


@dataclass(frozen=True, slots=True)
class Event:
    """One visit to a step, as `simulator.trace.Event`; step: the id in the plan."""

    contact: int
    step: str
    name: str
    exit: str
    label: str
    time: float
    seconds: float
    reason: str
    others: Mapping[str, str]
    waited: float | None
    ahead: int | None
    learned: Mapping[str, Any]
    told_again: Sequence[str]

    @property
    def path(self) -> list[str]:
        """The ids of the document's steps: those of the calls, and last its own."""
        return self.step.split("__")


@dataclass(frozen=True, slots=True)
class Story:
    """A customer's events, and those in the other case if one was asked for.

    first_difference, said: the number of the event from which they differ (None: nowhere),
    and what differs.
    """

    customer: int
    events: Sequence[Event]
    other: Sequence[Event] = ()
    first_difference: int | None = None
    said: str = ""


def list_from(answer: bytes) -> ListTold:
    """Read a list; ValueError if it is none."""
    try:
        plain = json.loads(answer)
        return ListTold([_listed(one) for one in plain["customers"]], int(plain["matching"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no list of customers: {error!r}") from None


def story_from(answer: bytes) -> Story:
    """Read a story; ValueError if it is none.

    Of two cases the command tells first the changed one: here the one that is followed is first.
    """
    try:
        plain = json.loads(answer)
        events = [_event(one) for one in plain["events"]]
        if "against" not in plain:
            return Story(int(plain["customer"]), events)
        before, found = [_event(one) for one in plain["against"]], plain["first_difference"]
        at, said = (None, "") if found is None else (int(found["at"]), str(found["said"]))
        return Story(int(plain["customer"]), before, events, at, said)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no story: {error!r}") from None


def _listed(plain: Mapping[str, Any]) -> Listed:
    return Listed(
        int(plain["number"]),
        str(plain["channel"]),
        tuple(map(str, plain["outcomes"])),
        float(plain["waited"]),
        float(plain["effort"]),
    )


def _event(plain: Mapping[str, Any]) -> Event:
    waited, ahead = plain["waited"], plain["ahead"]
    return Event(
        contact=int(plain["contact"]),
        step=str(plain["step"]),
        name=str(plain["name"]),
        exit=str(plain["exit"]),
        label=str(plain["label"]),
        time=float(plain["time"]),
        seconds=float(plain["seconds"]),
        reason=str(plain["reason"]),
        others={str(name): str(why) for name, why in plain["others"].items()},
        waited=None if waited is None else float(waited),
        ahead=None if ahead is None else int(ahead),
        learned=dict(plain["learned"].items()),
        told_again=tuple(map(str, plain["told_again"])),
    )

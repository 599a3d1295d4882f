"""What has to be done at a step, in a few plain operations that every orchestrator knows.

A step does one operation or several. Each has results: a result leaves the step by an exit, or
leads to another of its operations. What runs, here and in exports, is made of these and of
nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.conditions import Condition, Lookup
from engine.profile import Value

Results = Mapping[str, str | int]
"""For each result the exit by which it leaves the step, or the number of the step's operation
that it leads to; the first is 0."""

DONE = "done"
"""The result of what can only go one way."""


@dataclass(frozen=True, slots=True)
class Put:
    """One attribute gets a value, another attribute's value, or a number added to it.

    With neither `copy_of` nor `add` it gets `value`; None: it is no longer known.  Adding to
    what is no number starts from 0; copying what is missing forgets.
    """

    attribute: str
    value: Value | None = None
    copy_of: str | None = None
    add: float | None = None

    def result(self, lookup: Lookup) -> Value | None:
        """The attribute's new value."""
        if self.add is not None:
            old = lookup(self.attribute)
            is_number = isinstance(old, (int, float)) and not isinstance(old, bool)
            return self.add + (float(old) if is_number and old is not None else 0.0)
        return lookup(self.copy_of) if self.copy_of is not None else self.value


@dataclass(frozen=True, slots=True)
class Timeout:
    """An end of waiting: after how many seconds, and with which result."""

    seconds: float
    result: str


@dataclass(frozen=True, slots=True)
class Pass:
    """Nothing to do: the step only marks the way."""

    results: Results


@dataclass(frozen=True, slots=True)
class Decide:
    """The first case whose condition holds, else `otherwise`; each is a result."""

    cases: tuple[tuple[str, Condition], ...]
    otherwise: str
    results: Results


@dataclass(frozen=True, slots=True)
class Count:
    """The result `again` the first `most` times that a contact comes here, then `enough`."""

    most: int
    again: str
    enough: str
    results: Results


@dataclass(frozen=True, slots=True)
class Assign:
    """Attributes get values, one after the other; `into`: inputs of the sub-journey called."""

    puts: tuple[Put, ...]
    results: Results
    into: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody else does it and reports the result: a platform, a channel, a person.

    name: what is to be done.  sends: attributes that it is given.  sets: attributes that its
    report may give values to.  timeout: after how long it is called off.
    """

    name: str
    results: Results
    sends: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    timeout: Timeout | None = None


@dataclass(frozen=True, slots=True)
class Compute:
    """Something that we know how to decide, but most orchestrators do not.

    `engine.runtime` computes it; elsewhere a worker does, with the same function.

    name: what is computed.  compute: from a way to look up attributes and the time (seconds
    since Monday 00:00) to the result and the seconds that a `Hold` after it lasts.
    """

    name: str
    results: Results
    compute: Callable[[Lookup, float], tuple[str, float]] = field(compare=False)
    sends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delay:
    """Time passes: a fixed number of seconds, or as many as an attribute says."""

    results: Results
    seconds: float = 0.0
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Time passes: as many seconds as the `Compute` before it said."""

    results: Results


@dataclass(frozen=True, slots=True)
class Listen:
    """Until another system reports the event. What it reported before does not count."""

    event: str
    results: Results
    happened: str
    timeout: Timeout | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The contact ends with this outcome."""

    outcome: str
    resolved: bool
    value: float
    results: Results = field(default_factory=lambda: MappingProxyType({}))


Operation = Pass | Decide | Count | Assign | Command | Compute | Delay | Hold | Listen | End


def leaving(*exits: str) -> dict[str, str | int]:
    """Results that are called like the exits they leave by."""
    return {name: name for name in exits}

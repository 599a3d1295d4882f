"""Looking at one customer while a world runs, without changing what happens."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.plan import PlannedStep
from engine.profile import Value


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one visit of the watched customer when it is left.

    entered, left: seconds.  values: attributes that the step could read.
    """

    contact: int
    planned: PlannedStep
    exit: str
    entered: float
    left: float
    values: dict[str, Value | None]


@dataclass(slots=True)
class Watch:
    """Keeps the visits of one customer (by index) while a world runs."""

    customer: int
    sights: list[Sight] = field(default_factory=list)

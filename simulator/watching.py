"""Looking at one customer while a world runs, without changing what happens."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.plan import PlannedStep
from engine.profile import Value


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one visit of the watched customer when it is left.

    entered, left: seconds.  values: attributes that the step could read.  need: what the
    customer truly wants, None if nobody knows.  marks: the contact's (`Mark`), after the step.
    told_again: names of attributes that the customer had to tell once more.
    """

    contact: int
    planned: PlannedStep
    exit: str
    entered: float
    left: float
    values: dict[str, Value | None]
    need: str | None = None
    marks: int = 0
    told_again: tuple[str, ...] = ()


@dataclass(slots=True)
class Watch:
    """Keeps the visits of one customer (by index) while a world runs."""

    customer: int
    sights: list[Sight] = field(default_factory=list)
    told_again: int = 0
    """How many things told once more were seen already."""

    def in_order(self) -> list[Sight]:
        """The visits as they happened, to the microsecond, like those of an event log.

        Who arranges to come again is seen in the next contact before this one is over.
        """
        return sorted(self.sights, key=_moment)


def _moment(sight: Sight) -> tuple[int, int, int]:
    return round(sight.entered * 1e6), round(sight.left * 1e6), sight.contact

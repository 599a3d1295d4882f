"""Looking at one customer while a world runs, without changing what happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.plan import PlannedStep
from engine.profile import Value


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one visit of the watched customer when it is left.

    entered, left: seconds.  values: attributes that the step could read.  need: what the
    customer truly wants, None if nobody knows.  marks: the contact's (`Mark`), after the step.
    told_again: names of attributes that the customer had to tell once more.  rounds: how often
    the contact had come here before.  attempts: calls back that nobody answered.
    drawn: what decided by chance, by its purpose (`simulator.drawn`).  noted: what the step saw
    of others, such as the expected wait.  is_down: whether it was out of order on entering.
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
    rounds: int = 0
    attempts: int = 0
    drawn: Mapping[str, float] = field(default_factory=dict)
    noted: Mapping[str, float] = field(default_factory=dict)
    is_down: bool = False


@dataclass(slots=True)
class Watch:
    """Keeps the visits of one customer (by index) while a world runs."""

    customer: int
    sights: list[Sight] = field(default_factory=list)
    told_again: int = 0
    """How many things told once more were seen already."""
    noted: dict[tuple[int, int], dict[str, float]] = field(default_factory=dict)
    """For each contact and step that it is at, what the step saw of others."""

    def note(self, customer: int, contact: int, step: int, **seen: float) -> None:
        """A step saw this when the customer came; forgotten for all but the watched one."""
        if customer == self.customer:
            self.noted[contact, step] = seen

    def in_order(self) -> list[Sight]:
        """The visits as they happened, to the microsecond, like those of an event log.

        Who arranges to come again is seen in the next contact before this one is over.
        """
        return sorted(self.sights, key=_moment)


def _moment(sight: Sight) -> tuple[int, int, int]:
    return round(sight.entered * 1e6), round(sight.left * 1e6), sight.contact

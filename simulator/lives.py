"""Looking at everybody while a world runs: every visit of every contact, without why."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.plan import PlannedStep
from simulator.contact import Contact, Values


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a step when it is left.

    step: its id in the plan.  exit: "" where the contact ended.  entered, left: seconds.
    values: all that is known after it.
    """

    step: str
    exit: str
    entered: float
    left: float
    values: Values


@dataclass(slots=True)
class Lives:
    """visits: of each contact (customer's index, number of the contact), in order."""

    visits: dict[tuple[int, int], list[Visit]] = field(default_factory=dict)

    def note(self, customer: int, contact: int, step: int, **seen: float) -> None:
        """What a step saw of others is of no interest here."""

    def see(
        self,
        contact: Contact,
        planned: PlannedStep,
        exit_name: str,
        values: Values,
    ) -> None:
        """The contact leaves the step."""
        visit = Visit(planned.id, exit_name, contact.entered, contact.time, values)
        self.visits.setdefault((contact.customer, contact.number), []).append(visit)

"""What a world shows of the watched customer's visits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.drawn import drawing
from simulator.watching import Sight, Watch

if TYPE_CHECKING:
    from engine.plan import PlannedStep
    from simulator.contact import Contact
    from simulator.draws import Number
    from simulator.world import World


@dataclass(slots=True)
class Seeing:
    """Takes down the watched customer's visits; draws and conditions are looked at once more.

    That changes nothing: draws are keyed, and looking writes nowhere.
    """

    world: World
    watch: Watch
    _drawing: dict[int, Mapping[str, Number]] = field(default_factory=dict)
    _down: dict[int, Callable[[float], bool] | None] = field(default_factory=dict)

    def see(self, contact: Contact, planned: PlannedStep, exit_name: str) -> None:
        """The contact leaves the step; whoever is not watched is not seen."""
        if contact.customer == self.watch.customer:
            self.watch.sights.append(self._sight(contact, planned, exit_name))

    def _sight(self, contact: Contact, planned: PlannedStep, exit_name: str) -> Sight:
        watch, knowledge = self.watch, self.world.knowledge
        again = contact.past.again[watch.told_again :] if contact.past else []
        watch.told_again += len(again)
        return Sight(
            contact=contact.number,
            planned=planned,
            exit=exit_name,
            entered=contact.entered,
            left=contact.time,
            values=knowledge.everything(contact),
            need=knowledge.need_in_words(contact),
            marks=contact.marks,
            told_again=tuple(again),
            rounds=contact.rounds.get(planned.index, 0),
            attempts=contact.attempts,
            drawn=self._drawn(contact, planned),
            noted=watch.noted.pop((contact.number, planned.index), {}),
            is_down=self._is_down(contact, planned),
        )

    def _drawn(self, contact: Contact, planned: PlannedStep) -> dict[str, float]:
        if planned.index not in self._drawing:
            self._drawing[planned.index] = drawing(planned, self.world)
        return {name: draw(contact) for name, draw in self._drawing[planned.index].items()}

    def _is_down(self, contact: Contact, planned: PlannedStep) -> bool:
        if planned.index not in self._down:
            self._down[planned.index] = self.world.down_test(planned)
        test = self._down[planned.index]
        return test is not None and test(contact.entered)

"""Choosing the way on; what is chosen is decided by `engine`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.decide import ConditionStep, NextBestAction, Split, by_weight
from simulator.behaviours import behaviour

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(ConditionStep, NextBestAction)
def condition(planned: PlannedStep, world: World) -> Enter:
    """The step itself knows which exit a customer takes."""
    if isinstance(planned.step, NextBestAction):
        choose = planned.step.chooser()
    else:
        choose = planned.designed(ConditionStep).chooser()
    lookup = world.knowledge.lookup(planned)
    ways = {name: world.out(planned, name) for name in planned.exits}

    def enter(contact: Contact) -> int:
        return ways[choose(lookup(contact))](contact)

    return enter


@behaviour(Split)
def split(planned: PlannedStep, world: World) -> Enter:
    """By chance; a sticky split treats the same customer alike every time."""
    step = planned.designed(Split)
    choose = by_weight(
        {world.out(planned, name): weight for name, weight in step.weights().items()}
    )
    if step.sticky:
        chance = world.draws.of_customer(f"{planned.id}/variant")
    else:
        chance = world.draws.uniform(planned, "variant")
    return lambda contact: choose(chance(contact))(contact)

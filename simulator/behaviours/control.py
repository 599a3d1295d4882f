"""Loops and sub-journeys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan import PlannedStep
from engine.steps.control import RetryLoop, SubJourney
from simulator.behaviours import behaviour

if TYPE_CHECKING:
    from simulator.contact import Contact, Enter
    from simulator.world import World


@behaviour(RetryLoop)
def retry_loop(planned: PlannedStep, world: World) -> Enter:
    """Counts the rounds of this contact."""
    step, index = planned.designed(RetryLoop), planned.index
    ways = {name: world.out(planned, name) for name in planned.exits}

    def enter(contact: Contact) -> int:
        return ways[step.choose(contact.rounds.get(index, 0))](contact)

    return enter


@behaviour(SubJourney)
def sub_journey(planned: PlannedStep, world: World) -> Enter:
    """Hands over the inputs and begins."""
    step = planned.designed(SubJourney)
    start, lookup = world.out(planned, "start"), world.knowledge.lookup(planned)
    prefix = f"{planned.id}__"
    constants = {prefix + name: value for name, value in step.constants.items()}
    inputs = {prefix + name: source for name, source in step.inputs.items()}

    def enter(contact: Contact) -> int:
        look = lookup(contact)
        handed = {name: look(source) for name, source in inputs.items()}
        contact.values.update(constants)
        contact.values.update(handed)
        return start(contact)

    return enter

"""The draws that decide at a step, by their purpose, for whoever wants to say why.

They are those that the step's handler makes: draws are keyed, so making them again gives the
same. A test compares what they say with what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from engine.steps.ai_agent import AIAgent
from engine.steps.base import Step
from engine.steps.data import SystemAction
from engine.steps.decide import Split
from engine.steps.guard import Consent, ContactCap, Identify
from engine.steps.people import HumanAgent
from engine.steps.talk import Menu, Message, Survey, Voicemail
from engine.steps.time import WaitForEvent

if TYPE_CHECKING:
    from engine.plan import PlannedStep
    from simulator.draws import Number
    from simulator.world import World

_UNIFORM: Final[dict[type[Step], tuple[str, ...]]] = {
    AIAgent: ("abandons", "fails", "recognised", "contained"),
    HumanAgent: ("callback", "transfer", "resolution"),
    Identify: ("verified",),
    Menu: ("choice",),
    Message: ("delivered",),
    Survey: ("answers",),
    SystemAction: ("failure",),
    Voicemail: ("leaves",),
    WaitForEvent: ("happens",),
}
"""Uniform in (0, 1), for each visit."""

_VALUES: Final[dict[type[Step], str]] = {
    HumanAgent: "patience",
    SystemAction: "latency",
    WaitForEvent: "delay",
}
"""From the distribution of that name in the assumptions, for each visit."""

_OF_CUSTOMER: Final[dict[type[Step], Callable[[PlannedStep, Any], dict[str, str]]]] = {
    Consent: lambda _, step: {"granted": f"consent/{step.purpose}/{step.channel or 'any'}"},
    ContactCap: lambda _, step: {"earlier": "earlier_contacts"} if step.max_contacts else {},
    Split: lambda planned, step: {"variant": f"{planned.id}/variant"} if step.sticky else {},
}
"""Uniform, the same at every visit: what it is called here, and by which purpose it is drawn."""


def drawing(planned: PlannedStep, world: World) -> Mapping[str, Number]:
    """Functions that give what a contact draws at this visit."""
    draws, kind = world.draws, type(planned.step)
    found: dict[str, Number] = {
        name: draws.uniform(planned, name) for name in _UNIFORM.get(kind, ())
    }
    if kind in _VALUES:
        of = getattr(planned.assumptions, _VALUES[kind])
        if of is not None:
            found[_VALUES[kind]] = draws.value(planned, _VALUES[kind], of)
    if kind in _OF_CUSTOMER:
        for name, purpose in _OF_CUSTOMER[kind](planned, planned.step).items():
            found[name] = draws.of_customer(purpose)
    if isinstance(planned.step, Split) and not planned.step.sticky:
        found["variant"] = draws.uniform(planned, "variant")
    return found

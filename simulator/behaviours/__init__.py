"""How steps behave in simulated time: one handler a step type.

A handler is built once for each planned step and returns the function that a contact calls
when it enters the step. Handlers are found by looking into this folder; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from engine.errors import PlanError
from engine.plan import PlannedStep
from engine.steps.base import Step

if TYPE_CHECKING:
    from simulator.contact import Enter
    from simulator.world import World

Handler = Callable[[PlannedStep, "World"], "Enter"]
_Handler = TypeVar("_Handler", bound=Handler)

_HANDLERS: dict[type[Step], Handler] = {}
_SHARED: dict[type[Step], Callable[[Step], bool]] = {}


def behaviour(
    *kinds: type[Step], shared: Callable[[Any], bool] = lambda _: False
) -> Callable[[_Handler], _Handler]:
    """Register the decorated function as the handler of these step types.

    shared: of which steps it depends on other contacts what happens; there a contact enters
    at the world's time.
    A step that is not shared may only look at the contact, whose clock may be ahead.
    """

    def register(handler: _Handler) -> _Handler:
        for kind in kinds:
            _HANDLERS[kind] = handler
            _SHARED[kind] = shared
        return handler

    return register


@cache
def _load_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def enter_function(planned: PlannedStep, world: World) -> Enter:
    """What happens when a contact enters `planned`; PlanError if that is not simulated."""
    _load_all()
    handler = _HANDLERS.get(type(planned.step))
    if handler is None:
        raise not_simulated(planned, f"steps of the type “{planned.step.kind}”")
    return handler(planned, world)


def is_shared(planned: PlannedStep) -> bool:
    """Whether contacts affect each other at this step."""
    return _SHARED[type(planned.step)](planned.step)


def always(_step: Step) -> bool:
    """All steps of the type are shared."""
    return True


def not_simulated(planned: PlannedStep, what: str) -> PlanError:
    """The error for something that can be designed but not simulated in this version."""
    return PlanError(
        f"{what} cannot be simulated by this version of Wayline",
        where=f"step {planned.id}",
        mend="take it out for the simulation; nothing is left out silently.",
    )

"""Simulated time on SimPy: wake-ups with an explicit order among simultaneous events."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

import simpy


class Kind:
    """What happens first when several things happen at the same time.

    Work ends before shifts change, shifts change before customers move, and impatience
    comes last, so that an agent who gets free at that very moment still answers.
    """

    WORK_DONE: Final = 1 << 56
    SHIFT: Final = 2 << 56
    STEP_DONE: Final = 3 << 56
    ARRIVAL: Final = 4 << 56
    IMPATIENCE: Final = 5 << 56


class Clock(simpy.Environment):
    """SimPy's environment; its time, which everything asks for, is read without a Python call."""

    now = property(attrgetter("_now"))


class WakeUp(simpy.Event):
    """Calls `callback` with itself after `delay` seconds; `subject` says for whom.

    `order` is SimPy's priority among events at the same time: a kind plus the contact's
    number. Without it the order of insertion would decide, and with it any change
    elsewhere in the journey.
    """

    __slots__ = ("_ok", "callbacks", "subject")

    def __init__(
        self,
        env: simpy.Environment,
        delay: float,
        order: int,
        callback: Callable[[Any], None],
        subject: Any,
    ) -> None:
        # As simpy.Timeout does it: an event that is already decided, and only has to come. It
        # has no value and no environment of its own, since nobody else ever waits for it.
        self.callbacks = [callback]
        self._ok = True
        self.subject = subject
        env.schedule(self, order, delay)  # type: ignore[arg-type] # any int orders events

"""One customer's story: every step, what was decided and why, each wait and the queue seen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from engine.errors import WaylineError
from engine.plan import Plan
from engine.profile import Value
from engine.steps.people import Callback, Case, HumanAgent
from simulator.reasons import reason
from simulator.records import Fate, Records
from simulator.replication import replicate
from simulator.watching import Sight, Watch
from simulator.world import exit_codes


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a story.

    time, seconds: when the step was entered (since Monday 00:00) and how long it took.
    reason: why this exit, where something decided.  waited: seconds in the queue, of
    them who were served or gave up.  ahead: how many waited at this step on joining.
    learned: attributes that are new or changed since the step before; at the first step of a
    contact, all that is known.  told_again: attributes that the customer had to tell again.
    """

    contact: int
    step: str
    name: str
    exit: str
    time: float
    seconds: float
    reason: str = ""
    waited: float | None = None
    ahead: int | None = None
    learned: dict[str, Value | None] = field(default_factory=dict)
    told_again: tuple[str, ...] = ()


def story(plan: Plan, seed: int, replication: int, customer: int) -> list[Event]:
    """Follow one customer (by index) through one replication.

    The others are all there, and nothing that happens depends on who is watched.
    Raises WaylineError if there is no such customer.
    """
    watch = Watch(customer)
    records = replicate(plan, seed, replication, watch=watch)
    if not watch.sights:
        raise WaylineError(
            f"no customer number {customer} came in replication {replication}",
            mend="choose a smaller number, or --exit to look for one.",
        )
    queue = _QueueSeen(records, customer)
    events: list[Event] = []
    # By contact: each begins with what is carried over from those before, all of it news.
    known: dict[int, dict[str, Value | None]] = {}
    for sight in watch.in_order():
        events.append(_event(plan, sight, known.get(sight.contact, {}), queue))
        known[sight.contact] = sight.values
    return events


def first_customer_by_exit(plan: Plan, seed: int, replication: int, exit_name: str) -> int:
    """The first customer (index) who takes an exit, named EXIT or STEP.EXIT.

    Raises WaylineError if nobody does.
    """
    records = replicate(plan, seed, replication, record_visits=True)
    codes = _codes_named(plan, exit_name)
    if records.visits is not None and codes:
        taken = np.isin(records.visits.column("exit"), codes)
        if taken.any():
            return int(records.visits.column("customer")[taken].min())
    raise WaylineError(
        f"nobody takes the exit “{exit_name}” in replication {replication}",
        mend="name an exit or STEP.EXIT that customers take; wayline simulate shows visits.",
    )


def _codes_named(plan: Plan, name: str) -> list[int]:
    first = exit_codes(plan)
    return [
        first[planned.index] + number
        for planned in plan.steps
        for number, exit_name in enumerate(planned.exits)
        if name in {exit_name, f"{planned.id}.{exit_name}"}
    ]


def _event(plan: Plan, sight: Sight, known: dict[str, Value | None], queue: _QueueSeen) -> Event:
    waited, ahead = queue.at(sight)
    return Event(
        contact=sight.contact,
        step=sight.planned.id,
        name=sight.planned.step.name,
        exit=sight.exit,
        time=sight.entered,
        seconds=sight.left - sight.entered,
        reason=reason(plan, sight),
        waited=waited,
        ahead=ahead,
        told_again=sight.told_again,
        learned={
            name: value
            for name, value in sight.values.items()
            if name not in known or known[name] != value
        },
    )


class _QueueSeen:
    """The waits of one customer, and who waited at the same step when they joined."""

    def __init__(self, records: Records, customer: int) -> None:
        self._queue = records.queue
        self._mine = records.queue.column("customer") == customer

    def at(self, sight: Sight) -> tuple[float | None, int | None]:
        """Seconds waited in this visit, and how many waited already; None without a queue."""
        if not isinstance(sight.planned.step, HumanAgent | Callback | Case):
            return None, None
        queue = self._queue
        step, joined = queue.column("step"), queue.column("joined")
        here = step == sight.planned.index
        # Of the attempts of a callback, each of which waits, the first.
        own = self._mine & here & (np.abs(joined - sight.entered) < 1e-6)
        if not own.any():
            return None, None
        waiting = here & (joined < sight.entered)
        waiting &= joined + queue.column("waited") > sight.entered
        refused = np.isin(queue.column("fate")[own][:1], [Fate.FULL, Fate.CLOSED]).any()
        waited = None if refused else float(queue.column("waited")[own][0])
        return waited, int(np.count_nonzero(waiting))

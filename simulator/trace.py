"""One customer's story: every step, what was decided and why, each wait and the queue seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.errors import WaylineError
from engine.plan import Plan
from engine.profile import Value
from engine.steps.people import Callback, Case, HumanAgent
from simulator.demand import arrivals
from simulator.reasons import Seen, other_ways, reason
from simulator.records import Fate, Records
from simulator.replication import replicate
from simulator.watching import Sight, Watch


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a story.

    time, seconds: when the step was entered (since Monday 00:00) and how long it took.
    label: what the exit is called.  reason: why this exit, where something decided.  others:
    for each other exit why not that one.  waited: seconds in the queue, of them who were served
    or gave up.  ahead: how many waited at this step on joining.  learned: attributes that are
    new or changed since the step before; at the first step of a contact, all that is known.
    told_again: attributes that the customer had to tell again.
    """

    contact: int
    step: str
    name: str
    exit: str
    label: str
    time: float
    seconds: float
    reason: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
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
            mend="choose a smaller number; wayline trace --list shows who came.",
        )
    queue = _QueueSeen(records, customer)
    events: list[Event] = []
    # By contact: each begins with what is carried over from those before, all of it news.
    known: dict[int, dict[str, Value | None]] = {}
    for sight in watch.in_order():
        events.append(_event(plan, sight, known.get(sight.contact, {}), queue))
        known[sight.contact] = sight.values
    return events


def same_customer(plan: Plan, other: Plan, seed: int, replication: int, customer: int) -> int:
    """The number in `other` of the customer who has this number in `plan`.

    It is another one if more or fewer come before; who they are, their random numbers tell.
    Raises WaylineError if they do not come there.
    """
    before, there = (
        arrivals(one.assumptions.demand, one.assumptions.period, seed, replication).keys
        for one in (plan, other)
    )
    known = before[customer : customer + 1]
    found = np.flatnonzero(np.isin(there, known))
    if not len(found):
        raise WaylineError(
            f"customer {customer} does not come in the other case",
            mend="follow somebody else, or change something other than the demand.",
        )
    return int(found[0])


def _event(plan: Plan, sight: Sight, known: dict[str, Value | None], queue: _QueueSeen) -> Event:
    waited, ahead = queue.at(sight)
    seen = Seen(plan, sight, waited, ahead)
    step = sight.planned.step
    return Event(
        contact=sight.contact,
        step=sight.planned.id,
        name=step.name,
        exit=sight.exit,
        label=step.exit_label(sight.exit, plan.journey) if sight.exit else "",
        time=sight.entered,
        seconds=sight.left - sight.entered,
        reason=reason(seen),
        others=other_ways(seen),
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

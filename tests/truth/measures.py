"""KPIs that truth metrics need besides those of the registry.

Each function takes what was measured in one replication and gives a numerator and a
denominator. They stand in a module of their own so that other processes can import them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.kpis import Pair
from simulator.measured import Measured
from simulator.records import Fate, Mark
from simulator.selections import Column, Mask


def count(mask: Mask) -> float:
    return float(np.count_nonzero(mask))


def _overlap(starts: Column, ends: Column, m: Measured) -> float:
    """How long these spans lie within the measured time, together."""
    begin, end = m.records.window
    return float(np.sum(np.maximum(np.minimum(ends, end) - np.maximum(starts, begin), 0.0)))


def _length(m: Measured) -> float:
    begin, end = m.records.window
    return end - begin


# ---- numbers in the system, as means over time


def in_system(m: Measured) -> Pair:
    contacts = m.records.contacts
    return _overlap(contacts.column("start"), contacts.column("end"), m), _length(m)


def at_step(m: Measured, *, step: str) -> Pair:
    """Customers who wait or are served at a human agent step."""
    queue = m.records.queue
    here = queue.column("step") == index_of(m, step)
    joined = queue.column("joined")[here]
    stay = (queue.column("waited") + queue.column("talk"))[here]
    return _overlap(joined, joined + stay, m), _length(m)


def in_service(m: Measured, *, step: str) -> Pair:
    """Customers who are served at a step."""
    queue = m.records.queue
    here = queue.column("step") == index_of(m, step)
    served = here & (queue.column("fate") == Fate.ANSWERED)
    begun = (queue.column("joined") + queue.column("waited"))[served]
    return _overlap(begun, begun + queue.column("talk")[served], m), _length(m)


def in_orbit(m: Measured) -> Pair:
    """Customers between two contacts."""
    contacts = m.records.contacts
    names = ("customer", "number", "start", "end")
    ends, starts = _gaps(*(contacts.column(name) for name in names))
    return _overlap(ends, starts, m), _length(m)


def between_contacts(m: Measured) -> Pair:
    """Time between the contacts of a customer, all together."""
    names = ("customer", "number", "start", "end")
    ends, starts = _gaps(*(m.customers.contact(name) for name in names))
    return float(np.sum(starts - ends)), float(m.customers.count)


def _gaps(customer: Column, number: Column, start: Column, end: Column) -> tuple[Column, Column]:
    """When each contact ended that had another one after it, and when that began."""
    order = np.lexsort((number, customer))
    same = customer[order][1:] == customer[order][:-1]
    return end[order][:-1][same], start[order][1:][same]


def people_there(m: Measured) -> Pair:
    """People of the first team who are there, as a mean over time."""
    staffing = m.records.staffing[0]
    return float(np.sum(staffing.agents * np.diff(staffing.times))), _length(m)


def in_progress(m: Measured, *, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many contacts are under way at each of these times (seconds)."""
    contacts = m.records.contacts
    begun = np.searchsorted(np.sort(contacts.column("start")), times, "right")
    ended = np.searchsorted(np.sort(contacts.column("end")), times, "right")
    return (begun - ended).astype(np.float64)


def _probes(m: Measured, every: float) -> NDArray[np.float64]:
    return np.arange(*m.records.window, every)


def busy(m: Measured, *, every: float) -> Pair:
    """Contacts under way, seen every so many seconds."""
    seen = in_progress(m, times=_probes(m, every))
    return float(np.sum(seen)), float(len(seen))


def busy_squared(m: Measured, *, every: float) -> Pair:
    seen = in_progress(m, times=_probes(m, every))
    return float(np.sum(seen**2)), float(len(seen))


def busy_at_least(m: Measured, *, every: float, bound: int) -> Pair:
    seen = in_progress(m, times=_probes(m, every))
    return count(seen >= bound), float(len(seen))


def at_hour(m: Measured, *, hour: float) -> Pair:
    """Contacts under way at this hour, each day."""
    times = np.arange(*m.records.window, 86_400.0) + hour * 3600.0
    return float(np.sum(in_progress(m, times=times))), float(len(times))


# ---- waits of all who were offered, whether they were answered or left


def within(m: Measured, *, seconds: float) -> Pair:
    return count(m.offered & (m.waits <= seconds)), count(m.offered)


def longer_than_threshold(m: Measured) -> Pair:
    return count(m.offered & (m.waits > m.thresholds.service_level)), count(m.offered)


def left_in_time(m: Measured) -> Pair:
    in_time = m.abandoned & (m.waits <= m.thresholds.service_level)
    return count(in_time), count(m.offered)


def total_wait(m: Measured) -> Pair:
    return float(np.sum(m.waits[m.offered])), 1.0


def answered_in_time(m: Measured) -> Pair:
    return count(m.answered & (m.waits <= m.thresholds.service_level)), 1.0


def busy_seconds(m: Measured) -> Pair:
    return m.busy_seconds, 1.0


def offered_wait(m: Measured) -> Pair:
    """The wait that each customer would have had with endless patience.

    For who was answered it is the wait. Who left would have been served as soon as, after
    they joined, an agent either takes somebody who joined later or has nobody to take:
    both are in the records, and until then a customer who stays changes nothing for others.
    Right for one team and one queue, first come first served.
    """
    queue = m.records.queue
    answered = queue.column("fate") == Fate.ANSWERED
    joined = queue.column("joined")[answered]
    starts = joined + queue.column("waited")[answered]
    order = np.argsort(joined, kind="stable")
    joined, starts = joined[order], starts[order]
    idle = _idle_from(m, starts, queue.column("talk")[answered][order])
    came = m.queued("joined")[m.abandoned]
    later = _next(joined, starts, came, "right")
    free = _next(idle, idle, came, "left")
    waited = float(np.sum(np.minimum(later, free) - came))
    return waited + float(np.sum(m.waits[m.answered])), count(m.offered)


def _idle_from(m: Measured, starts: Column, talk: Column) -> NDArray[np.float64]:
    """When an agent became idle, or was idle still when another event came."""
    agents = float(m.records.staffing[0].agents.max())
    times = np.concatenate([starts, starts + talk])
    changes = np.repeat([1.0, -1.0], len(starts))
    order = np.argsort(times, kind="stable")
    times, at_work = times[order], np.cumsum(changes[order])
    # An agent who goes from one customer to the next is idle for no time but rounding.
    lasting = np.diff(times, append=np.inf) > 1e-6
    idle: NDArray[np.float64] = times[lasting & (at_work < agents)]
    return idle


def _next(keys: Column, values: Column, after: Column, side: Any) -> NDArray[np.float64]:
    """For each of `after` the value that belongs to the next key."""
    at = np.searchsorted(keys, after, side)
    return np.append(values, np.inf)[at]


# ---- with a waiting room that may be full: shares of all who came


def _came(m: Measured) -> float:
    return count(m.offered | (m.fates == Fate.FULL))


def waited_of_all(m: Measured) -> Pair:
    return count(m.offered & ~(m.answered & (m.waits <= 0))), _came(m)


def abandoned_of_all(m: Measured) -> Pair:
    return count(m.abandoned), _came(m)


def wait_of_all(m: Measured) -> Pair:
    return float(np.sum(m.waits[m.offered])), _came(m)


def longer_of_all(m: Measured) -> Pair:
    return longer_than_threshold(m)[0], _came(m)


def in_time_of_all(m: Measured) -> Pair:
    return answered_in_time(m)[0], _came(m)


def left_in_time_of_all(m: Measured) -> Pair:
    return left_in_time(m)[0], _came(m)


def patient_of_all(m: Measured) -> Pair:
    return answered_in_time(m)[0], _came(m) - left_in_time(m)[0]


def credited_of_all(m: Measured) -> Pair:
    return answered_in_time(m)[0] + left_in_time(m)[0], _came(m)


def refused_of_contacts(m: Measured) -> Pair:
    """Who found all lines taken, of all contacts."""
    return count(m.fates == Fate.FULL), float(len(m.marks))


# ---- one step of several


def index_of(m: Measured, step: str) -> int:
    return next(planned.index for planned in m.plan.steps if planned.id == step)


def _visits(m: Measured, step: str) -> Mask:
    here: Mask = m.queued("step") == index_of(m, step)
    return here


def step_wait(m: Measured, *, step: str) -> Pair:
    """Mean wait of all who came to a step."""
    here = _visits(m, step)
    return float(np.sum(m.waits[here])), count(here)


def step_waited(m: Measured, *, step: str) -> Pair:
    """Share of all who came to a step that were not answered at once."""
    here = _visits(m, step)
    return count(here & ~(m.answered & (m.waits <= 0))), count(here)


def step_by_team(m: Measured, *, step: str, team: str) -> Pair:
    """Share of those answered at a step whom this team answered."""
    answered = _visits(m, step) & m.answered
    return count(answered & (m.queued("team") == _team(m, team))), count(answered)


def team_busy(m: Measured, *, team: str) -> Pair:
    """Share of a team's people at work, of a team that is always there."""
    queue, index = m.records.queue, _team(m, team)
    own = queue.column("team") == index
    begun = (queue.column("joined") + queue.column("waited"))[own]
    at_work = _overlap(begun, begun + queue.column("talk")[own], m)
    return at_work, _length(m) * float(m.records.staffing[index].agents.max())


def _team(m: Measured, team: str) -> int:
    return [one.team for one in m.records.staffing].index(team)


def step_rate(m: Measured, *, step: str) -> Pair:
    """How many entered a step's queue in the measured time, a second."""
    joined = m.queued("joined")[_visits(m, step)]
    return count(joined < m.records.window[1]), _length(m)


def backlog_rate(m: Measured, *, step: str) -> Pair:
    """How much of the work that waits at a step was done in the measured time, a second.

    There must always have been more of it.
    """
    queue, (begin, end) = m.records.queue, m.records.window
    here = queue.column("step") == index_of(m, step)
    begun = (queue.column("joined") + queue.column("waited"))[here]
    assert begun.max() > end, "nothing was left to do"
    done = begun + queue.column("talk")[here]
    return count((done >= begin) & (done < end)), _length(m)


def duration_from(m: Measured, *, entry: str) -> Pair:
    """Mean time from beginning to end of the contacts that came in at an entry."""
    own = m.contact("entry") == index_of(m, entry)
    return float(np.sum((m.contact("end") - m.contact("start"))[own])), count(own)


def entered_rate(m: Measured) -> Pair:
    """Contacts that began in the measured time, a second."""
    return count(m.contact("start") < m.records.window[1]), _length(m)


# ---- customers and their contacts


def duration_quantile(m: Measured, *, share: float) -> Pair:
    ended = ~m.marked(Mark.UNFINISHED)
    return float(np.quantile((m.contact("end") - m.contact("start"))[ended], share)), 1.0


def time_of_customers(m: Measured) -> Pair:
    """Time in contacts, of all contacts of a customer together."""
    own = m.customers
    return float(np.sum(own.contact("end") - own.contact("start"))), float(own.count)


def queue_visits_of_customers(m: Measured) -> Pair:
    """Contacts that were offered to people, of all contacts of a customer together."""
    return count(m.customers.marked(Mark.OFFERED)), float(m.customers.count)


def never_helped(m: Measured) -> Pair:
    """Customers whom no person ever answered."""
    own = m.customers
    return count(~own.having(own.marked(Mark.ANSWERED))), float(own.count)


def came_often(m: Measured, *, times: int) -> Pair:
    own = m.customers
    return count(own.having(own.contact("number") == times)), float(own.count)


def falsely_contained(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED, Mark.FALSELY_CONTAINED) & ~m.marked(Mark.OFFERED)
    return count(kept), count(m.marked(Mark.AUTOMATED))


def took_exits(m: Measured, *, exits: tuple[tuple[str, str], ...]) -> Pair:
    """How many contacts took one of these exits (step, exit), of all."""
    sizes = [max(1, len(planned.exits)) for planned in m.plan.steps]
    first = np.concatenate([[0], np.cumsum(sizes)])
    taken = 0.0
    for step, name in exits:
        planned = m.plan.steps[index_of(m, step)]
        taken += float(m.records.exits[first[planned.index] + planned.exits.index(name)])
    return taken, float(len(m.marks))

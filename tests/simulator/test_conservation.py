"""Nothing is lost and nothing comes from nowhere, in samples and in journeys made at random.

Each property is asked of the records in a way that does not use how they were counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest

from engine.calendar import DAY
from engine.document import Document, read_document
from engine.plan import CLOSED, Plan, make_plan
from engine.shipped import sample_names, sample_path
from engine.steps.entry import InboundContact
from engine.steps.people import Callback, Case, HumanAgent
from simulator.agents_time import AgentTime
from simulator.counted_time import ALL_TIME
from simulator.measured import Measured, Thresholds
from simulator.records import Fate, Mark
from simulator.replication import replicate
from simulator.shifts import staffing_record
from simulator.workforce import staffing_of
from simulator.world import exit_codes
from tests.simulator.build import human, journey
from tests.simulator.lived import (
    EVERY,
    MOMENT,
    MORE,
    SEED,
    Lived,
    Who,
    contacts_of,
    exit_names,
    lived,
    standing,
    targets,
    walks,
)

# ---- contacts


@EVERY
def test_every_contact_that_begins_is_recorded_once_or_under_way(name: str | int) -> None:
    run = lived(name)
    rows = contacts_of(run.records.contacts)
    assert len(rows) == len(set(rows))
    assert set(rows) <= run.begun.keys()
    assert len(rows) + run.records.under_way == len(run.begun)
    # Numbers have no gaps: whoever comes for the third time came for the second.
    assert all(who & 255 == 1 or who - 1 in run.begun for who in run.begun)
    contacts = run.records.contacts
    assert (contacts.column("end") >= contacts.column("start") - MOMENT).all()
    entries = dict(zip(rows, contacts.column("entry").tolist(), strict=True))
    assert all(run.begun[who] == entry for who, entry in entries.items())


@EVERY
def test_every_new_issue_has_a_number_of_its_own(name: str | int) -> None:
    """And within each, every contact; also where contacts about several issues alternate."""
    run = lived(name)
    issues: dict[int, list[int]] = {}
    about: dict[tuple[int, int], int] = {}
    for contact in sorted(run.later, key=lambda one: one.number):
        own = issues.setdefault(contact.customer, [1])
        if contact.nth == 1:
            own.append(contact.issue)
        assert contact.issue in own
        key = contact.customer, contact.issue
        about[key] = about.get(key, 0 if contact.issue > 1 else 1) + 1
        assert contact.nth == about[key]
    assert all(own == list(range(1, len(own) + 1)) for own in issues.values())


@EVERY
def test_contacts_are_served_or_abandoned_or_blocked_or_never_queued(name: str | int) -> None:
    """Each kind is counted from what else is known of it; together they are all that came in."""
    run = lived(name)
    contacts, queue = run.records.contacts, run.records.queue
    marks, exits = contacts.column("marks").tolist(), exit_names(run.plan)
    rows = list(zip(contacts_of(contacts), marks, strict=True))
    fates = list(zip(contacts_of(queue), queue.column("fate").tolist(), strict=True))
    gone = {"abandoned", "timed_out", "not_reached"}
    served = {who for who, mark in rows if mark & Mark.ANSWERED}
    given_up, queued = set[Who](), set[Who]()
    for who, walk in walks(run).items():
        for step, exit_name in (exits[code] for _, code, _, _ in walk):
            if isinstance(step, HumanAgent | Callback) or exit_name == "blocked":
                queued.add(who)
                given_up |= {who} if exit_name in gone else set()
    refused = {who for who, fate in fates if fate in {Fate.FULL, Fate.CLOSED}}
    offered = {who for who, fate in fates if fate == Fate.CALLBACK}
    unfinished = {who for who, mark in rows if mark & Mark.UNFINISHED}
    under_way = run.begun.keys() - dict(rows).keys()
    elsewhere = run.begun.keys() - queued - unfinished - under_way - served
    assert not elsewhere & (given_up | refused | offered)
    known = [served, given_up, refused, offered, unfinished, under_way, elsewhere]
    counted, seen = 0, set[Who]()
    for one in known:
        counted += len(one - seen)
        seen |= one
    assert seen == run.begun.keys()
    assert counted == len(rows) + run.records.under_way
    # Who was answered in a queue is marked so, and nobody else but who was called back.
    answered = {who for who, fate in fates if fate == Fate.ANSWERED}
    assert served - answered == set()


# ---- steps


@EVERY
def test_a_walk_is_a_way_through_the_journey(name: str | int) -> None:
    """Each visit begins where and when the one before ended, the first where they came in."""
    run = lived(name)
    to, walked, contacts = targets(run.plan), walks(run), run.records.contacts
    for who, walk in walked.items():
        assert walk[0][0] == run.begun[who]
        for (_, code, _, left), (step, _, entered, _) in pairwise(walk):
            assert (step, entered) == (to[code], left)
        assert all(entered <= left + MOMENT for _, _, entered, left in walk)
    columns = (contacts.column(one).tolist() for one in ("start", "end", "last_exit"))
    for who, start, end, last in zip(contacts_of(contacts), *columns, strict=True):
        if who in walked:
            assert walked[who][0][2] == start
        if last >= 0:
            assert walked[who][-1][1::2] == (last, end)


@EVERY
def test_who_enters_a_step_leaves_it_or_stands_there(name: str | int) -> None:
    run = lived(name)
    taken = Counter(run.visits.column("exit").tolist())
    left = Counter(run.visits.column("step").tolist())
    entered, to = Counter(run.begun.values()), targets(run.plan)
    for code, times in taken.items():
        entered[to[code]] += times
    ended = entered.pop(CLOSED, 0)
    stands = standing(run)
    assert all(entered[step] == left[step] + stands[step] for step in entered | left)
    last = run.records.contacts.column("last_exit")
    assert ended == np.count_nonzero(last >= 0)
    assert ended + stands.total() == len(run.begun)


@EVERY
def test_exits_are_counted_as_they_are_visited(name: str | int) -> None:
    run = lived(name)
    begin, taken = run.records.window[0], Counter[int]()
    for walk in walks(run).values():
        if walk[0][2] >= begin:
            taken.update(code for _, code, _, _ in walk)
    assert [taken[code] for code in range(len(run.records.exits))] == run.records.exits.tolist()
    measured = Measured(run.plan, run.records, Thresholds())
    assert measured.visits.sum() == taken.total()


# ---- queues

WAYS = {
    Fate.ABANDONED: {"abandoned"},
    Fate.TIMED_OUT: {"timed_out"},
    Fate.FULL: {"full", "blocked"},
    Fate.CLOSED: {"closed"},
    Fate.CALLBACK: {"callback"},
    Fate.ANSWERED: {"resolved", "unresolved", "transferred", "done", "late"},
}


@EVERY
def test_who_joins_a_queue_is_answered_or_leaves_or_still_waits(name: str | int) -> None:
    run = lived(name)
    queue, exits, codes = run.records.queue, run.records, exit_codes(run.plan)
    assert exits.visits is not None
    taken, stands = Counter(exits.visits.column("exit").tolist()), standing(run)
    to, entered = targets(run.plan), Counter(run.begun.values())
    for code, times in taken.items():
        entered[to[code]] += times
    for planned in run.plan.steps:
        fates = Counter(queue.column("fate")[queue.column("step") == planned.index].tolist())
        if not isinstance(planned.step, HumanAgent | Case | InboundContact):
            assert not fates or isinstance(planned.step, Callback)
            continue
        by_exit = {one: taken[codes[planned.index] + n] for n, one in enumerate(planned.exits)}
        for fate, ways in WAYS.items():
            left = sum(by_exit.get(way, 0) for way in ways)
            # An agent may still be at work; nobody else stands at a step without waiting.
            still = stands[planned.index] if fate == Fate.ANSWERED else 0
            assert left <= fates[fate] <= left + still
        assert fates[Fate.WAITING] <= stands[planned.index]
        if not isinstance(planned.step, InboundContact):
            joined = fates.total()
            assert entered[planned.index] - stands[planned.index] <= joined
            assert joined <= entered[planned.index]


@EVERY
def test_callbacks_are_as_many_attempts_as_allowed(name: str | int) -> None:
    run = lived(name)
    queue, codes = run.records.queue, exit_codes(run.plan)
    taken, stands = Counter(run.visits.column("exit").tolist()), standing(run)
    for planned in run.plan.steps:
        if isinstance(planned.step, Callback):
            fates = Counter(queue.column("fate")[queue.column("step") == planned.index].tolist())
            reached, not_reached = (taken[codes[planned.index] + one] for one in (0, 1))
            given_up, most = fates[Fate.TIMED_OUT], planned.step.attempts
            attempts, still = fates[Fate.ANSWERED], stands[planned.index]
            failed = not_reached - given_up
            assert failed >= 0
            assert reached + most * failed <= attempts
            assert attempts <= most * (reached + failed + still) + (most - 1) * given_up


@EVERY
def test_contacts_waited_as_long_as_their_visits_to_queues(name: str | int) -> None:
    run = lived(name)
    queue, contacts = run.records.queue, run.records.contacts
    waits, waiting = Counter[Who](), set[Who]()
    columns = (queue.column(one).tolist() for one in ("waited", "fate"))
    for who, waited, fate in zip(contacts_of(queue), *columns, strict=True):
        waits[who] += waited
        waiting |= {who} if fate == Fate.WAITING else set()
    for who, waited in zip(contacts_of(contacts), contacts.column("waited"), strict=True):
        assert who in waiting or waited == pytest.approx(waits[who], abs=MOMENT)


@EVERY
def test_mean_number_waiting_is_all_that_is_waited(name: str | int) -> None:
    """Little's law as an identity: the area under the number waiting is the sum of waits."""
    run = lived(name)
    queue, (begin, end) = run.records.queue, run.records.window
    for step in np.unique(queue.column("step")):
        own = queue.column("step") == step
        joined, waited = queue.column("joined")[own], queue.column("waited")[own]
        area = (end - begin) * mean_number(joined, joined + waited, begin, end)
        clipped = np.clip(joined + waited, begin, end) - np.clip(joined, begin, end)
        assert area == pytest.approx(clipped.sum(), rel=1e-9, abs=0.01)
        assert (waited >= 0).all()


def mean_number(come: np.ndarray, go: np.ndarray, begin: float, end: float) -> float:
    """How many are there on average, of those who come and go at these times."""
    times = np.concatenate([come, go])
    changes = np.repeat([1.0, -1.0], len(come))
    order = np.argsort(times, kind="stable")
    edges = np.clip(np.append(times[order], end), begin, end)
    return float(np.sum(np.cumsum(changes[order]) * np.diff(edges)) / (end - begin))


# ---- agents


@EVERY
def test_no_more_agents_are_at_work_than_were_ever_there(name: str | int) -> None:
    """Nobody begins while more are at work than the schedule has, but who stays at closing time."""
    run = lived(name)
    most_at_once = concurrency(run)
    for team, (times, agents) in enumerate(schedules(run)):
        starts, ends = pieces(run, team)
        if not len(starts):
            continue
        at_work = at_work_from(starts, ends)
        ever = np.maximum.accumulate(agents)[np.searchsorted(times, starts, "right") - 1]
        assert (at_work <= ever).all()
        staffing = staffing_of(run.plan, run.records.staffing[team].team)
        if may_work_stop(run.plan) or staffing.finishes_queue or most_at_once[team] > 1:
            continue
        # Work ends before shifts change: at that very moment either number will do.
        there = agents[np.searchsorted(times, starts + MOMENT, "right") - 1]
        before = agents[np.searchsorted(times, starts - MOMENT, "right") - 1]
        assert (at_work <= np.maximum(there, before)).all()


def may_work_stop(plan: Plan) -> bool:
    """Whether work is left for other work, or halted; then it goes on beside who came instead."""
    designs = [one.step for one in plan.steps if isinstance(one.step, HumanAgent | Case)]
    halts = any(one.pauses and one.teams for one in plan.assumptions.outages)
    return halts or any(one.interruptible for one in designs)


def concurrency(run: Lived) -> list[int]:
    """How many contacts each team's agents may have at once."""
    names = (one.team for one in run.records.staffing)
    return [len(staffing_of(run.plan, name).concurrency) for name in names]


def schedules(run: Lived) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each team from when on how many agents are there, from the first moment to the last."""
    assumed, limit = run.plan.assumptions, run.plan.journey.limit
    begin = assumed.period.start_day.number * DAY
    end = begin + assumed.period.days * DAY + max(limit, DAY)
    for one in run.records.staffing:
        staffing = staffing_of(run.plan, one.team)
        record = staffing_record(one.team, staffing, begin, end, assumed, SEED, 0)
        yield record.times[:-1], record.agents


def pieces(run: Lived, team: int) -> tuple[np.ndarray, np.ndarray]:
    """When each piece of a team's work began and ended."""
    queue, spells = run.records.queue, run.records.spells
    whole = (queue.column("team") == team) & (queue.column("in_pieces") == 0)
    of_team = spells.column("team") == team
    began = (queue.column("joined") + queue.column("waited"))[whole]
    lasted = (queue.column("talk") + queue.column("wrap"))[whole]
    starts = np.concatenate([began, spells.column("start")[of_team]])
    seconds = np.concatenate([lasted, spells.column("seconds")[of_team]])
    assert (seconds >= 0).all()
    return starts, starts + seconds


def at_work_from(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """For each piece of work how many go on just after it began, itself among them."""
    at = starts + MOMENT
    begun = np.searchsorted(np.sort(starts), at, "right")
    return np.asarray(begun - np.searchsorted(np.sort(ends), at, "right"))


@EVERY
def test_agents_are_busy_for_what_they_did_and_else_idle(name: str | int) -> None:
    run = lived(name)
    begin, end = run.records.window
    agents = AgentTime(run.plan, run.records)
    for team, staffing in enumerate(run.records.staffing):
        busy, idle, present = (
            of(team, ALL_TIME) for of in (agents.busy, agents.idle, agents.present)
        )
        starts, ends = pieces(run, team)
        within = math.fsum(np.clip(ends, begin, end) - np.clip(starts, begin, end))
        assert min(busy, idle, present) >= 0
        # Who finishes after the shift is busy then, and never idle instead of present.
        assert within <= busy + 0.01
        assert idle <= present + 0.01
        assert idle + within >= present - 0.01
        if staffing.agents[-1] > 0:
            assert busy == pytest.approx(within, abs=0.01)


@EVERY
def test_work_in_pieces_is_all_of_the_work(name: str | int) -> None:
    """Where one thing is done at a time, the pieces add up to what there was to do."""
    run = lived(name)
    queue, spells = run.records.queue, run.records.spells
    in_pieces = queue.column("in_pieces") == 1
    to_do = math.fsum((queue.column("talk") + queue.column("wrap"))[in_pieces])
    done = math.fsum(spells.column("seconds"))
    if standing(run).total():
        return
    most = max(concurrency(run), default=1)
    assert to_do / most - 0.01 <= done <= to_do + 0.01
    if most == 1:
        assert done == pytest.approx(to_do, abs=0.01)


@EVERY
def test_who_serves_several_at_once_is_at_work(name: str | int) -> None:
    """At no time do more contacts share agents than the agents at work may have.

    Where work stood still, a visit does not say when it was worked on.
    """
    run = lived(name)
    outages = run.plan.assumptions.outages
    halted = {team for one in outages if one.pauses for team in one.teams}
    queue, steps = run.records.queue, run.plan.steps
    designs = [(one.index, one.step) for one in steps if isinstance(one.step, HumanAgent)]
    sharing = [index for index, design in designs if design.concurrent]
    began = queue.column("joined") + queue.column("waited")
    ended = began + queue.column("talk") + queue.column("wrap")
    for team, most in enumerate(concurrency(run)):
        own = (queue.column("team") == team) & np.isin(queue.column("step"), sharing)
        if most == 1 or not own.any() or run.records.staffing[team].team in halted:
            continue
        starts, ends = pieces(run, team)
        at = began[own] + MOMENT
        agents = counted(starts, at) - counted(ends, at)
        contacts = counted(began[own], at) - counted(ended[own], at)
        assert (contacts <= most * agents).all()


def counted(times: np.ndarray, until: np.ndarray) -> np.ndarray:
    """How many of the times lie before each moment."""
    return np.searchsorted(np.sort(times), until, "right")


# ---- Little's law


def contended(customers: int) -> Document:
    """Two agents for exponential calls at 80 % for ten days; the first is not counted."""
    step, ways, numbers = human(handle_time={"kind": "exponential", "mean": 120})
    calls = {"id": "calls", "entry": "call", "per_day": customers}
    return journey(
        [step],
        {"call.arrived": "agent", **ways},
        {
            "period": {"days": 10, "warm_up": DAY},
            "demand": [calls],
            "staffing": {"team": {"agents": [2]}},
            "steps": {"agent": numbers},
        },
    )


LONG = [*((name, read_document(sample_path(name))) for name in sample_names())]
LONG.append(("two agents", contended(1152)))


@pytest.mark.parametrize("document", [one for _, one in LONG], ids=[name for name, _ in LONG])
def test_mean_number_waiting_is_rate_times_mean_wait(document: Document) -> None:
    """L = λW within 4 standard errors of the mean difference over 12 replications.

    They differ by what is waited over the edges of the window, which is noise; where everybody
    is served within it they are equal. Of a backlog that grows until the window ends, such as
    emails that wait for the next morning, only the law's identity above holds.
    """
    plan = make_plan(document)
    differences: dict[int, list[float]] = {}
    beyond: dict[int, float] = {}
    all_waits: dict[int, float] = {}
    for number in range(12):
        records = replicate(plan, SEED, number)
        queue, (begin, end) = records.queue, records.window
        for planned in plan.steps:
            own = queue.column("step") == planned.index
            joined, waited = queue.column("joined")[own], queue.column("waited")[own]
            length = mean_number(joined, joined + waited, begin, end)
            here = (joined >= begin) & (joined < end)
            late = np.maximum(joined + waited - end, 0.0)[here].sum()
            beyond[planned.index] = beyond.get(planned.index, 0.0) + late
            all_waits[planned.index] = all_waits.get(planned.index, 0.0) + waited[here].sum()
            rate = np.count_nonzero(here) / (end - begin)
            mean_wait = float(waited[here].mean()) if here.any() else 0.0
            differences.setdefault(planned.index, []).append(length - rate * mean_wait)
    within = {step for step, late in beyond.items() if late <= 0.05 * all_waits[step]}
    assert within
    for values in (differences[step] for step in within):
        error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
        assert abs(float(np.mean(values))) <= 4 * error + 1e-9


PROPERTIES: list[Callable[[str | int], None]] = [
    test_every_contact_that_begins_is_recorded_once_or_under_way,
    test_every_new_issue_has_a_number_of_its_own,
    test_contacts_are_served_or_abandoned_or_blocked_or_never_queued,
    test_a_walk_is_a_way_through_the_journey,
    test_who_enters_a_step_leaves_it_or_stands_there,
    test_exits_are_counted_as_they_are_visited,
    test_who_joins_a_queue_is_answered_or_leaves_or_still_waits,
    test_callbacks_are_as_many_attempts_as_allowed,
    test_contacts_waited_as_long_as_their_visits_to_queues,
    test_mean_number_waiting_is_all_that_is_waited,
    test_no_more_agents_are_at_work_than_were_ever_there,
    test_agents_are_busy_for_what_they_did_and_else_idle,
    test_work_in_pieces_is_all_of_the_work,
    test_who_serves_several_at_once_is_at_work,
]


@pytest.mark.slow
@pytest.mark.parametrize("number", MORE)
def test_all_of_it_holds_in_more_journeys(number: int) -> None:
    for property_holds in PROPERTIES:
        property_holds(number)

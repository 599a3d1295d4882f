"""Run one replication: let everybody come, work the shifts, wait until nobody is under way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.plan import Plan
from simulator.behaviours.crowds import crowd_walks
from simulator.clock import Kind, WakeUp
from simulator.crowd import Crowd, CrowdWalker
from simulator.halting import schedule_halts
from simulator.lives import Lives
from simulator.needs import column
from simulator.records import NO_TEAM, Fate, Mark, Records
from simulator.routing import Ticket
from simulator.shifts import Presence, agents_present, staffing_record
from simulator.teams import Team
from simulator.watching import Watch
from simulator.workforce import staffing_of
from simulator.world import World

_TOGETHER = 1024
"""So many customers are let in by one event. More would only make the list of events long."""

_AHEAD = 1.0
"""A crowd is let in so many seconds before its first customer arrives."""


def replicate(
    plan: Plan,
    seed: int,
    replication: int,
    *,
    record_visits: bool = False,
    watch: Watch | Lives | None = None,
) -> Records:
    """Simulate one period and return what happened.

    record_visits: write down every visit to a step.  watch: look at one customer, or at all.
    After the period nobody new comes, and the world goes on until everybody is through, at
    most for as long as the journey's limit. Who is still under way then counts as
    unfinished. Raises PlanError for what cannot be simulated and RunawayError for an
    endless loop.
    """
    with _undisturbed():
        world = World(plan, seed, replication, record_visits=record_visits, watch=watch)
        return _collected(_lived(world))


def _lived(world: World) -> World:
    plan = world.plan
    for team in world.workforce.teams:
        staffing, span = staffing_of(plan, team.id), (world.opening, world.horizon)
        draw = world.seed, world.replication
        _next_shift(world, team, agents_present(team.id, staffing, *span, plan.assumptions, *draw))
    schedule_halts(world)
    _Arriving(world).next()
    _run(world)
    return world


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Python's cycle collector from looking through what was there before.

    A world makes millions of short-lived objects and few cycles; looking for those every
    700 objects, among all that was imported, costs an eighth of the run.
    """
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


class _Arriving:
    """Brings in the customers, a crowd at a time: the first of them lets all of them walk."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._walker = CrowdWalker(world, crowd_walks(world))
        self._next = 0
        # While customers are still to come, the world is not over.
        world.under_way += 1

    def next(self) -> None:
        """Schedule the next crowd, if there is one."""
        world, first = self._world, self._next
        if first >= len(world.arrivals.times):
            world.leave(1)
            return
        # Ahead of time, so that all, the first too, come to what is shared in their own turn.
        delay = max(0.0, float(world.arrivals.times[first]) - _AHEAD - world.env.now)
        WakeUp(world.env, delay, Kind.ARRIVAL + (first << 8), self._arrive, None)

    def _arrive(self, _event: WakeUp) -> None:
        world, first = self._world, self._next
        last = min(first + _TOGETHER, len(world.arrivals.times))
        self._next = last
        demands = world.arrivals.demands[first:last]
        for demand in np.unique(demands).tolist():
            chosen = np.flatnonzero(demands == demand) + first
            crowd = _crowd(world, demand, chosen)
            self._walker.let_in(crowd.entry, crowd)
        self.next()


def _crowd(world: World, demand: int, customers: NDArray[np.int64]) -> Crowd:
    """These customers of one demand at the moment they arrive."""
    times = world.arrivals.times[customers]
    entry = world.entries[demand]
    marks = np.where(times >= world.window[0], Mark.MEASURED, 0) | world.entry_marks[entry]
    world.under_way += len(customers)
    return Crowd(
        customers, demand, entry, column(world.knowledge.need, customers), times, times, marks, {}
    )


def _next_shift(world: World, team: Team, changes: Iterator[Presence]) -> None:
    """Schedule the next change of a team's shifts; each one schedules the one after."""
    change = next(changes, None)
    if change is None:
        return
    callback = partial(_change_shift, world, team, changes)
    WakeUp(world.env, change.time - world.env.now, Kind.SHIFT + team.index, callback, change)


def _change_shift(world: World, team: Team, changes: Iterator[Presence], event: WakeUp) -> None:
    change: Presence = event.subject
    team.set_scheduled(change.agents)
    if change.for_a_while:
        # The team does not close: nobody stays for those who wait.
        team.closing = None
    team.serve_waiting()
    _next_shift(world, team, changes)


def _run(world: World) -> None:
    def stop(_event: WakeUp) -> None:
        if not world.over.triggered:
            world.over.succeed()

    WakeUp(world.env, world.horizon - world.env.now, Kind.SHIFT - 1, stop, None)
    world.env.run(until=world.over)


def _note_waiting(world: World, ticket: Ticket) -> None:
    """Who waits at the very end is counted as waiting, never as served or abandoned.

    Whose work was left for more urgent work was answered, and so has a row already.
    """
    contact = ticket.contact
    contact.time = world.env.now
    waited = contact.time - ticket.joined
    who = contact.customer, contact.number, ticket.step
    if not ticket.seconds_left:
        world.queue.write(
            world.queue.pack(*who, ticket.joined, waited, 0.0, 0.0, NO_TEAM, Fate.WAITING, False)
        )
    world.record_end(contact, -1)


def _collected(world: World) -> Records:
    for ticket in world.workforce.waiting():
        _note_waiting(world, ticket)
    plan, draw = world.plan, (world.seed, world.replication)
    for team in world.workforce.teams:
        team.end_of_run()
    return Records(
        contacts=world.contacts,
        queue=world.queue,
        spells=world.spells,
        visits=world.visits,
        exits=np.array(world.counts, np.int64),
        told_again=np.array(world.told_again, np.int64),
        window=world.window,
        under_way=world.under_way,
        staffing=[
            staffing_record(
                team.id, staffing_of(plan, team.id), *world.window, plan.assumptions, *draw
            )
            for team in world.workforce.teams
        ],
        keys=world.arrivals.keys,
        demands=world.arrivals.demands,
    )

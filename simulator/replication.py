"""Run one replication: let everybody come, work the shifts, wait until nobody is under way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from simpy.core import EmptySchedule

from engine.plan import Plan
from simulator.clock import Kind, WakeUp
from simulator.records import Mark, Records
from simulator.routing import Team
from simulator.shifts import available, shifts, staffing_record
from simulator.world import World, staffing_of

_LOADED = 4096
"""So many arrivals are turned from numpy into Python at a time."""

_TOGETHER = 64
"""So many customers are let in by one event. More would only make the list of events long."""


def replicate(
    plan: Plan, seed: int, replication: int, *, record_visits: bool = False
) -> Records:
    """Simulate one period and return what happened.

    After the period nobody new comes, and the world goes on until everybody is through, at
    most for as long as the journey's limit. Who is still under way then counts as
    unfinished. Raises PlanError for what cannot be simulated and RunawayError for an
    endless loop.
    """
    world = World(plan, seed, replication, record_visits=record_visits)
    for team in world.teams:
        staffing = staffing_of(plan, team.id)
        changes = (
            (time, available(staffing, agents))
            for time, agents in shifts(staffing, world.opening, world.horizon)
        )
        _next_shift(world, team, changes)
    _Arriving(world).next()
    _run(world)
    return _collected(world)


class _Arriving:
    """Brings in the customers, some at a time: the first of them lets all of them walk."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._given = [dict(demand.attributes) for demand in world.plan.assumptions.demand]
        self._batches = _batches(world)
        # While customers are still to come, the world is not over.
        world.under_way += 1

    def next(self) -> None:
        """Schedule the next batch, if there is one."""
        batch = next(self._batches, None)
        if batch is None:
            self._world.under_way -= 1
            return
        customer, time, _ = batch[0]
        env = self._world.env
        order = Kind.ARRIVAL + (customer << 8)
        WakeUp(env, max(0.0, time - env.now), order, self._arrive, batch)

    def _arrive(self, event: WakeUp) -> None:
        begin, given = self._world.begin, self._given
        for customer, time, demand in event.subject:
            begin(customer, 1, demand, time, given[demand].copy())
        self.next()


def _batches(world: World) -> Iterator[list[tuple[int, float, int]]]:
    """Customer, time and demand of arrivals in order; packs the records now and then."""
    arrivals = world.arrivals
    for start in range(0, len(arrivals.times), _LOADED):
        world.settle()
        times = arrivals.times[start : start + _LOADED].tolist()
        demands = arrivals.demands[start : start + _LOADED].tolist()
        rows = list(zip(range(start, start + len(times)), times, demands, strict=True))
        for first in range(0, len(rows), _TOGETHER):
            yield rows[first : first + _TOGETHER]


def _next_shift(world: World, team: Team, changes: Iterator[tuple[float, int]]) -> None:
    """Schedule the next change of a team's shifts; each one schedules the one after."""
    change = next(changes, None)
    if change is None:
        return
    time, agents = change
    callback = partial(_change_shift, world, team, changes)
    WakeUp(world.env, time - world.env.now, Kind.SHIFT + team.index, callback, agents)


def _change_shift(
    world: World, team: Team, changes: Iterator[tuple[float, int]], event: WakeUp
) -> None:
    team.set_scheduled(event.subject, world.env.now)
    team.serve_waiting()
    _next_shift(world, team, changes)


def _run(world: World) -> None:
    stopping: list[bool] = []
    WakeUp(world.env, world.horizon - world.env.now, Kind.SHIFT - 1, lambda _: stopping.append(True), None)
    step = world.env.step
    try:
        while world.under_way and not stopping:
            step()
    except EmptySchedule:  # pragma: no cover - the horizon's own event comes last
        return


def _collected(world: World) -> Records:
    for ticket in world.still_waiting():
        world.record_end(ticket.contact, -1, Mark.UNFINISHED)
    world.settle()
    plan = world.plan
    return Records(
        contacts=world.contacts,
        queue=world.queue,
        visits=world.visits,
        exits=np.array(world.counts, np.int64),
        window=world.window,
        staffing=[
            staffing_record(team.id, staffing_of(plan, team.id), *world.window)
            for team in world.teams
        ],
    )

"""All teams of a replication, and the queues that they serve."""

from __future__ import annotations

from collections.abc import Iterator

import simpy

from engine.assumptions import Staffing
from engine.journey import Team as TeamDesign
from engine.plan import Plan
from engine.skill_level import WORST_LEVEL
from engine.steps.base import Step
from engine.steps.people import WORST_PRIORITY, Callback, Case, HumanAgent
from simulator.individuals import Individuals
from simulator.records import Table
from simulator.routing import Queue, Ticket
from simulator.teams import Team


class Workforce:
    """The teams, by index as in the journey, and one queue for all that ask for the same.

    spells: the table of work that is not done in one piece.  halts: whether an outage may halt
    work.  most_urgent: the priority of the most urgent work that there is.
    """

    def __init__(self, plan: Plan, env: simpy.Environment, spells: Table, *, halts: bool) -> None:
        self._halts = halts
        self.most_urgent = min((_priority(planned.step) for planned in plan.steps), default=1)
        self._plan = plan
        self._env = env
        self._spells = spells
        self._queues: dict[tuple[object, ...], Queue] = {}
        self.teams = [self._team(index, team) for index, team in enumerate(plan.journey.teams)]
        self._by_id = {team.id: team for team in self.teams}

    def _team(self, index: int, design: TeamDesign) -> Team:
        staffing = staffing_of(self._plan, design.id)
        if len(staffing.concurrency) > 1 or staffing.newcomers is not None:
            return Individuals(self._env, index, design, staffing, self._spells, halts=self._halts)
        return Team(self._env, index, design, staffing, halts=self._halts)

    def queue_for(
        self,
        skills: list[str],
        teams: list[str],
        level: int = WORST_LEVEL,
        *,
        keep_free: int = 0,
        concurrent: bool = False,
        longest_idle: bool = False,
    ) -> Queue:
        """The queue of those who need these skills, at this level or better, from these teams.

        keep_free, concurrent, longest_idle: see `Queue`.
        """
        able = self._plan.journey.teams_for(skills, teams, level)
        names = tuple(team.id for team in able)
        key = (*sorted(skills), names, keep_free, concurrent, longest_idle)
        if key not in self._queues:
            asked = [self._by_id[name] for name in names]
            if longest_idle:
                for team in asked:
                    team.watch_idleness()
            self._queues[key] = Queue(
                asked,
                [team.level_in(skills) for team in able],
                keep_free=keep_free,
                concurrent=concurrent,
                longest_idle=longest_idle,
            )
        return self._queues[key]

    def waiting(self) -> Iterator[Ticket]:
        """Everybody who is in a queue; who stands in several, once."""
        standing = (ticket for queue in self._queues.values() for ticket in queue.waiting())
        yield from dict.fromkeys(standing)


def _priority(step: Step) -> int:
    return step.priority if isinstance(step, HumanAgent | Callback | Case) else WORST_PRIORITY


def staffing_of(plan: Plan, team: str) -> Staffing:
    """The team's schedule; a team without one has nobody."""
    return plan.assumptions.staffing.get(team) or Staffing(agents=[0])

"""Queues: who waits, and which of the teams that are able serves them.

A queue is a deque for each priority. Who abandons stays in the deque and is passed over
later, so that leaving costs nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.contact import Contact
    from simulator.teams import Agent, Team


class Ticket:
    """A place in a queue. `waiting` turns false when the customer is served or leaves.

    joined: when the customer came, seconds.  since: from when the waiting counts, earlier
    for those who have credit.  seconds_left: of work that was interrupted.
    """

    __slots__ = (
        "_queues",
        "_serve",
        "contact",
        "joined",
        "priority",
        "seconds_left",
        "since",
        "step",
        "waiting",
    )

    def __init__(
        self,
        contact: Contact,
        joined: float,
        priority: int,
        step: int,
        queue: Queue,
        serve: Callable[[Ticket, Agent], None],
    ) -> None:
        self.contact = contact
        self.joined = self.since = joined
        self.priority = priority
        self.step = step
        self.waiting = True
        self.seconds_left = 0.0
        self._queues = [queue]
        self._serve = serve

    @property
    def concurrent(self) -> bool:
        """Whether an agent may serve the customer together with others."""
        return self._queues[0].concurrent

    def leave(self) -> None:
        """The customer no longer waits."""
        self.waiting = False
        for queue in self._queues:
            queue.count -= 1

    def stand_also_in(self, queue: Queue, line: deque[Ticket]) -> None:
        """Wait in another queue too, for whichever comes first."""
        self._queues.append(queue)
        queue.add(self, line)

    def take(self, agent: Agent) -> None:
        """The agent, already taken, serves the customer."""
        self.leave()
        self._serve(self, agent)

    def precedence(self) -> tuple[int, float, int]:
        """The smallest is served first: by priority, then who has waited longest."""
        return self.priority, self.since, self.contact.order


class Queue:
    """Customers who wait for the same skills.

    teams: those who can serve it, in the order in which they are asked.  levels: how good each
    of them is at it, 1 the best; those of one level come one after the other.  keep_free: so
    many agents of a team are kept free of this work.  concurrent: whether an agent may do other
    such work at the same time.  longest_idle: whether, of the teams of one level, the agent who
    is idle longest is asked and not the first team.  count: how many wait.
    """

    __slots__ = (
        "_levels",
        "_peers",
        "concurrent",
        "count",
        "keep_free",
        "longest_idle",
        "teams",
    )

    def __init__(
        self,
        teams: Sequence[Team],
        levels: Sequence[int],
        *,
        keep_free: int = 0,
        concurrent: bool = False,
        longest_idle: bool = False,
    ) -> None:
        self.teams = teams
        self.keep_free = keep_free
        self.concurrent = concurrent
        self.longest_idle = longest_idle and len(teams) > 1
        self.count = 0
        self._levels: list[tuple[int, deque[Ticket]]] = []
        self._peers = _of_one_level(teams, levels)
        for team, level in zip(teams, levels, strict=True):
            team.serve(self, level)

    def free_agent(self, priority: int) -> Agent | None:
        """An agent, now taken, who is free or leaves something less urgent than `priority`."""
        if self.longest_idle:
            return self._longest_idle_agent() or self._interrupted_agent(priority)
        keep_free, concurrent, interruptible = self.keep_free, self.concurrent, False
        for team in self.teams:
            # Asked only if there may be somebody: most often all are busy.
            if team.free > keep_free or concurrent:
                agent = team.engage(self)
                if agent is not None:
                    return agent
            if team.leavable:
                interruptible = True
        return self._interrupted_agent(priority) if interruptible else None

    def _longest_idle_agent(self) -> Agent | None:
        for teams in self._peers:
            # Without a tie-break of its own: of equals, the team that is named first.
            for team in sorted(teams, key=lambda one: one.idle_since()):
                agent = team.engage(self)
                if agent is not None:
                    return agent
        return None

    def _interrupted_agent(self, priority: int) -> Agent | None:
        for team in self.teams:
            agent = team.freed_for(priority) if team.leavable else None
            if agent is not None:
                agent.turn_to(self)
                return agent
        return None

    def level(self, priority: int) -> deque[Ticket]:
        """The line of one priority; made when first asked for."""
        for own, line in self._levels:
            if own == priority:
                return line
        new: deque[Ticket] = deque()
        insort(self._levels, (priority, new), key=lambda level: level[0])
        return new

    def add(self, ticket: Ticket, line: deque[Ticket]) -> None:
        """Put a ticket into its line, behind all who count as waiting longer."""
        place = len(line)
        while place and line[place - 1].since > ticket.since:
            place -= 1
        line.insert(place, ticket)
        self.count += 1

    def head(self) -> Ticket | None:
        """Who is next here, after dropping those who left."""
        for _, line in self._levels:
            while line:
                ticket = line[0]
                if ticket.waiting:
                    return ticket
                line.popleft()
        return None

    def waiting(self) -> list[Ticket]:
        """Everybody who still waits."""
        return [ticket for _, line in self._levels for ticket in line if ticket.waiting]


def _of_one_level(teams: Sequence[Team], levels: Sequence[int]) -> list[list[Team]]:
    """The teams grouped by level, the best first."""
    groups: dict[int, list[Team]] = {}
    for team, level in zip(teams, levels, strict=True):
        groups.setdefault(level, []).append(team)
    return [groups[level] for level in sorted(groups)]

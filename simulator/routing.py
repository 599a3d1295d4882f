"""Queues and teams: who is served next, and by whom.

A queue is a deque for each priority; a team is a number of free agents. Who abandons stays
in the deque and is passed over later, so that leaving costs nothing.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.contact import Contact
    from simulator.interruption import InterruptibleWork


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
        serve: Callable[[Ticket, Team], None],
    ) -> None:
        self.contact = contact
        self.joined = self.since = joined
        self.priority = priority
        self.step = step
        self.waiting = True
        self.seconds_left = 0.0
        self._queues = [queue]
        self._serve = serve

    def leave(self) -> None:
        """The customer no longer waits."""
        self.waiting = False
        for queue in self._queues:
            queue.count -= 1

    def stand_also_in(self, queue: Queue, line: deque[Ticket]) -> None:
        """Wait in another queue too, for whichever comes first."""
        self._queues.append(queue)
        queue.add(self, line)

    def take(self, team: Team) -> None:
        """An agent of the team, already taken, serves the customer."""
        self.leave()
        self._serve(self, team)

    def precedence(self) -> tuple[int, float, int]:
        """The smallest is served first: by priority, then who has waited longest."""
        return self.priority, self.since, self.contact.order


class Queue:
    """Customers who wait for the same skills.

    teams: those who can serve it, in the order in which they are asked.  keep_free: so many
    agents of a team are kept free of this work.  count: how many wait.
    """

    __slots__ = ("_levels", "count", "keep_free", "teams")

    def __init__(self, teams: list[Team], keep_free: int = 0) -> None:
        self.teams = teams
        self.keep_free = keep_free
        self.count = 0
        self._levels: list[tuple[int, deque[Ticket]]] = []
        for team in teams:
            team.queues.append(self)

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


@dataclass(slots=True, eq=False)
class Team:
    """Agents with the same skills.

    free: agents who have nothing to do.  leaving: busy agents whose shift is over; they
    finish their contact first.  closing: at closing time the agents still serve whoever
    joined until then (seconds), if `finishes_queue`.  interruptible: what agents would leave
    for more urgent work.
    """

    index: int
    id: str
    finishes_queue: bool = True
    free: int = 0
    leaving: int = 0
    scheduled: int = 0
    closing: float | None = None
    queues: list[Queue] = field(default_factory=list)
    interruptible: list[InterruptibleWork] = field(default_factory=list)

    def next_ticket(self) -> Ticket | None:
        """The customer that one more agent than are `free` should serve; still in its queue."""
        best: Ticket | None = None
        for queue in self.queues:
            if queue.count and self.free >= queue.keep_free:
                head = queue.head()
                if best is None or (head and head.precedence() < best.precedence()):
                    best = head
        return best

    def freed_for(self, priority: int) -> bool:
        """Whether an agent left less urgent work for this priority (1 is the most urgent)."""
        work = max(self.interruptible, key=lambda one: one.priority, default=None)
        if work is None or work.priority <= priority:
            return False
        work.interrupt()
        return True

    def set_scheduled(self, agents: int, now: float) -> None:
        """A new interval begins with so many agents; call `serve_waiting` afterwards."""
        change, self.scheduled = agents - self.scheduled, agents
        if agents:
            self.closing = None
        elif change < 0 and self.finishes_queue:
            self.closing = now
        if change > 0:
            stay = min(change, self.leaving)
            self.leaving -= stay
            self.free += change - stay
        else:
            go = min(-change, self.free)
            self.free -= go
            self.leaving += -change - go

    def serve_waiting(self) -> None:
        """Let free agents take whoever waits."""
        while self.free:
            self.free -= 1
            ticket = self.next_ticket()
            if ticket is None:
                self.free += 1
                return
            ticket.take(self)

    def release(self) -> None:
        """An agent is done with a contact: the next one, a pause, or home."""
        ticket = self.next_ticket()
        if self.leaving and not self._stays_for(ticket):
            self.leaving -= 1
        elif ticket is None:
            self.free += 1
        else:
            ticket.take(self)

    def _stays_for(self, ticket: Ticket | None) -> bool:
        return ticket is not None and self.closing is not None and ticket.joined <= self.closing

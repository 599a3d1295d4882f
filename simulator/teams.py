"""Teams and their agents: who is free, who goes home, whom a free agent serves next.

In most teams nobody differs from anybody, so a team is a number of free agents. Where people
differ, by experience or by what they have in hand, see `individuals`.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

    from engine.assumptions import Staffing
    from engine.journey import Team as TeamDesign
    from simulator.desk import Desk
    from simulator.interruption import InterruptibleWork
    from simulator.routing import Queue, Ticket

_NEVER = float("inf")


class Agent:
    """Somebody of a team who is at work; one object stands for all where nobody differs.

    index: the team's.  pace: the time that work takes as a multiple of the step's.  desk: where
    several contacts may be in hand at once.  release: to be called when the agent is done with
    a contact; the next one follows, or a pause, or home.
    """

    __slots__ = ("desk", "index", "pace", "release", "team")

    def __init__(self, team: Team, pace: float) -> None:
        self.team = team
        self.index = team.index
        self.pace = pace
        self.desk: Desk | None = None
        self.release: Callable[[], None] = team.release

    def turn_to(self, queue: Queue) -> None:
        """Begin with a customer of the queue in the place of work that was left."""


class Team:
    """Agents with the same skills, any of whom is as good as any other.

    free: agents who have nothing to do.  leaving: busy agents whose shift is over; they
    finish their contact first.  closing: at closing time the agents still serve whoever
    joined until then (seconds), if `finishes_queue`.  in_progress: work that an outage may
    halt, where one `halts`, in the order in which it was begun.  leavable: work that agents may
    leave for more urgent work, by priority.  queues: which they serve.  levels: how good they
    are at each, 1 the best.  takes_best: whether those whom they serve best come before those
    who wait longest.
    """

    def __init__(
        self,
        env: simpy.Environment,
        index: int,
        design: TeamDesign,
        staffing: Staffing,
        *,
        halts: bool = False,
    ) -> None:
        self.halts = halts
        self.env = env
        self.index = index
        self.id = design.id
        self.finishes_queue = staffing.finishes_queue
        self.takes_best = design.takes == "best_level"
        self.free = 0
        self.leaving = 0
        self.scheduled = 0
        self.closing: float | None = None
        self.queues: list[Queue] = []
        self.levels: list[int] = []
        self.in_progress: dict[InterruptibleWork, None] = {}
        self.leavable: dict[int, dict[InterruptibleWork, None]] = {}
        self._halted: list[InterruptibleWork] = []
        self._anyone = Agent(self, staffing.handle_time_factor)
        self._idle_since: deque[float] | None = None

    def serve(self, queue: Queue, level: int) -> None:
        """From now on serve this queue, at this level."""
        self.queues.append(queue)
        self.levels.append(level)

    # ---- who is free

    def engage(self, queue: Queue) -> Agent | None:
        """Take an agent for a customer of the queue; None if none is free for that."""
        if self.free <= queue.keep_free:
            return None
        self.free -= 1
        if self._idle_since is not None:
            self._idle_since.popleft()
        return self._anyone

    def watch_idleness(self) -> None:
        """From now on note since when agents are idle; who is idle longest is taken first."""
        if self._idle_since is None:
            self._idle_since = deque([self.env.now] * self.free)

    def idle_since(self) -> float:
        """Since when the agent who is idle longest is idle, seconds; infinite if nobody is."""
        return self._idle_since[0] if self._idle_since else _NEVER

    def freed_for(self, priority: int) -> Agent | None:
        """An agent who left less urgent work for this priority (1 is the most urgent)."""
        least_urgent = max(self.leavable, default=0)
        if least_urgent <= priority:
            return None
        return next(iter(self.leavable[least_urgent])).interrupt()

    def begin(self, work: InterruptibleWork) -> None:
        """One of the agents begins with this work, or goes on with it."""
        if self.halts:
            self.in_progress[work] = None
        if work.may_be_left:
            of_priority = self.leavable.get(work.priority)
            if of_priority is None:
                of_priority = self.leavable[work.priority] = {}
            of_priority[work] = None

    def stop(self, work: InterruptibleWork) -> None:
        """The agent is done with this work, or leaves it."""
        if self.halts:
            del self.in_progress[work]
        if work.may_be_left:
            of_priority = self.leavable[work.priority]
            del of_priority[work]
            if not of_priority:
                del self.leavable[work.priority]

    # ---- who is served next

    def next_ticket(self) -> Ticket | None:
        """The customer that one more agent than are `free` should serve; still in its queue."""
        if self.takes_best:
            return self._best_ticket()
        best: Ticket | None = None
        for queue in self.queues:
            if queue.count and self.free >= queue.keep_free:
                head = queue.head()
                if best is None or (head and head.precedence() < best.precedence()):
                    best = head
        return best

    def _best_ticket(self) -> Ticket | None:
        best, first = None, (10, 0, 0.0, 0)
        for queue, level in zip(self.queues, self.levels, strict=True):
            if queue.count and self.free >= queue.keep_free:
                head = queue.head()
                if head is not None:
                    key = head.priority, level, head.since, head.contact.order
                    if best is None or key < first:
                        best, first = head, key
        return best

    def serve_waiting(self) -> None:
        """Let free agents take whoever waits."""
        while self.free:
            self.free -= 1
            ticket = self.next_ticket()
            if ticket is None:
                self.free += 1
                return
            if self._idle_since is not None:
                self._idle_since.popleft()
            ticket.take(self._anyone)

    def release(self) -> None:
        """An agent is done with a contact: the next one, a pause, or home."""
        ticket = self.next_ticket()
        if self.leaving and not self.stays_for(ticket):
            self.leaving -= 1
        elif ticket is None:
            self._become_idle(1)
        else:
            ticket.take(self._anyone)

    def stays_for(self, ticket: Ticket | None) -> bool:
        """Whether an agent whose shift is over still serves this customer."""
        return ticket is not None and self.closing is not None and ticket.joined <= self.closing

    # ---- shifts

    def set_scheduled(self, agents: int) -> None:
        """A new interval begins with so many agents; call `serve_waiting` afterwards."""
        change, self.scheduled = agents - self.scheduled, agents
        if agents:
            self.closing = None
        elif change < 0 and self.finishes_queue:
            self.closing = self.env.now
        if change > 0:
            stay = min(change, self.leaving)
            self.leaving -= stay
            self._become_idle(change - stay)
        else:
            go = min(-change, self.free)
            self.free -= go
            if self._idle_since is not None:
                for _ in range(go):
                    self._idle_since.pop()
            self.leaving += -change - go

    def halt_work(self) -> None:
        """Who is leaving stops at once: the work begun last stands still until `resume_work`."""
        while self.leaving and self.in_progress:
            work = next(reversed(self.in_progress))
            work.halt()
            self._halted.append(work)
            self.leaving -= 1

    def resume_work(self) -> None:
        """Halted work goes on; call it before the shift changes that bring the agents back."""
        self.leaving += len(self._halted)
        for work in self._halted:
            work.go_on()
        self._halted.clear()

    def _become_idle(self, agents: int) -> None:
        self.free += agents
        if self._idle_since is not None:
            self._idle_since.extend([self.env.now] * agents)

    def end_of_run(self) -> None:
        """Write down what is still being worked on."""

"""Teams of people who differ: by experience, or by how many contacts they have in hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from simulator.desk import Desk
from simulator.teams import Agent, Team

if TYPE_CHECKING:
    import simpy

    from engine.assumptions import Newcomers, Staffing
    from engine.journey import Team as TeamDesign
    from simulator.records import Table
    from simulator.routing import Queue, Ticket

_NEVER = float("inf")


class Individual(Agent):
    """One person of a team.

    number: from 1, the order in which people are called in.  in_hand: contacts that the
    person has at the moment.  alone: the contact in hand takes the whole person.  going: the
    shift is over.  since: when the person became busy or idle, or went on after a standstill,
    seconds.
    """

    __slots__ = ("_learning", "alone", "going", "handled", "in_hand", "number", "since")

    team: Individuals
    desk: Desk

    def __init__(self, team: Individuals, number: int, learning: Newcomers | None) -> None:
        super().__init__(team, team.usual_pace)
        self.number = number
        self.in_hand = 0
        self.alone = False
        self.going = False
        self.since = 0.0
        self.handled = 0
        self._learning = learning
        self.release = partial(team.release_one, self)
        self.desk = Desk(team.env, team.speeds)

    def turn_to(self, queue: Queue) -> None:
        """What was left took the whole person; whether this does, is as if it were the first."""
        self.since = self.team.env.now
        self.alone = not queue.concurrent
        if queue.concurrent and not self.going:
            self.team.list_again(self)

    def begin(self) -> None:
        """Take one more contact in hand."""
        self.in_hand += 1
        self.handled += 1
        if self._learning is not None:
            self.pace = self.team.usual_pace * self._learning.pace(self.handled)


class Individuals(Team):
    """A team in which it matters who it is.

    speeds: how fast each contact goes on when a person has one, two, … in hand.
    """

    def __init__(
        self,
        env: simpy.Environment,
        index: int,
        design: TeamDesign,
        staffing: Staffing,
        spells: Table,
        *,
        halts: bool = False,
    ) -> None:
        super().__init__(env, index, design, staffing, halts=halts)
        self.usual_pace = staffing.handle_time_factor
        self.speeds = tuple(staffing.concurrency)
        self._spells = spells
        self._newcomers = staffing.newcomers
        self._people: list[Individual] = []
        self._all: dict[int, Individual] = {}
        # Who has so many in hand, those first who have been at that for longest.
        self._having: list[dict[Individual, None]] = [{} for _ in range(len(self.speeds) + 1)]

    # ---- who is free

    def engage(self, queue: Queue) -> Agent | None:
        """Take the least loaded person who may have one more; of equals who is so longest."""
        if self.free > queue.keep_free and not queue.concurrent:
            # What `_take` does, for the most usual case. Who is alone need not be on the lists.
            self.free -= 1
            idle = self._having[0]
            first = next(iter(idle))
            del idle[first]
            first.alone = True
            first.begin()
            return first
        person = self._least_loaded(queue)
        if person is not None:
            self._take(person, queue)
        return person

    def _least_loaded(self, queue: Queue) -> Individual | None:
        if self.free > queue.keep_free:
            return next(iter(self._having[0]))
        if queue.concurrent:
            for having in self._having[1:-1]:
                for person in having:
                    if not person.alone:
                        return person
        return None

    def _take(self, person: Individual, queue: Queue) -> None:
        if not person.in_hand and not person.going:
            self.free -= 1
        self._move(person, person.in_hand + 1)
        person.alone = not queue.concurrent
        person.begin()

    def _move(self, person: Individual, in_hand: int) -> None:
        """Note how many the person has from now on; who is going is nowhere on the lists."""
        self._having[person.in_hand].pop(person, None)
        if in_hand == 0 or person.in_hand == 0:
            self._note_spell(person)
            person.since = self.env.now
        if not person.going:
            self._having[in_hand][person] = None

    def list_again(self, person: Individual) -> None:
        """The person, who was alone with a customer, may have others besides from now on."""
        self._having[person.in_hand][person] = None

    def _note_spell(self, person: Individual) -> None:
        """A person who had contacts in hand that others could join was at work until now."""
        if person.in_hand and not person.alone and not person.desk.halted:
            seconds = self.env.now - person.since
            self._spells.write(self._spells.pack(self.index, person.since, seconds))

    def watch_idleness(self) -> None:
        """It is always known who is idle since when."""

    def idle_since(self) -> float:
        """Since when the person who is idle longest is idle, seconds; infinite if nobody is."""
        return next(iter(self._having[0])).since if self._having[0] else _NEVER

    # ---- who is served next

    def _next_for(self, person: Individual) -> tuple[Ticket, Queue] | None:
        """Whom the person, who is on no list of the idle, should serve next."""
        heads = [
            (head, queue, level)
            for queue, level in zip(self.queues, self.levels, strict=True)
            if self._may_take(person, queue) and (head := queue.head())
        ]
        if not heads:
            return None
        ticket, queue, _ = min(heads, key=self._precedence)
        return ticket, queue

    def _may_take(self, person: Individual, queue: Queue) -> bool:
        if not queue.count:
            return False
        if person.in_hand:
            has_room = person.in_hand < len(self.speeds)
            return queue.concurrent and has_room and not person.alone
        others = self.free - (person in self._having[0])
        return others >= queue.keep_free

    def _precedence(self, one: tuple[Ticket, Queue, int]) -> tuple[int, int, int, float, int]:
        ticket, _, level = one
        priority, since, order = ticket.precedence()
        return priority, level if self.takes_best else 0, priority, since, order

    def serve_waiting(self) -> None:
        """Let whoever may have one more take whoever waits."""
        found = True
        while found:
            found = any(self._serve_next(person) for person in self._by_load())

    def _by_load(self) -> Iterator[Individual]:
        for having in self._having[:-1]:
            yield from list(having)

    def _serve_next(self, person: Individual) -> bool:
        found = self._next_for(person)
        if found is None or (person.going and not self.stays_for(found[0])):
            return False
        ticket, queue = found
        self._take(person, queue)
        ticket.take(person)
        return True

    def release_one(self, person: Individual) -> None:
        """The person is done with one contact: another one, a pause, or home."""
        if person.alone and not self.leaving:
            self._next_alone(person)
        else:
            self._next_by_load(person)

    def _next_alone(self, person: Individual) -> None:
        """As in a team in which nobody differs: the next customer, or a pause."""
        ticket = self.next_ticket()
        if ticket is None:
            self._having[1].pop(person, None)
            person.in_hand = 0
            person.alone = False
            person.since = self.env.now
            self._having[0][person] = None
            self.free += 1
        elif ticket.concurrent:
            self._next_by_load(person)
        else:
            person.in_hand = 0
            person.begin()
            ticket.take(person)

    def _next_by_load(self, person: Individual) -> None:
        self._move(person, person.in_hand - 1)
        person.in_hand -= 1
        if not person.in_hand:
            person.alone = False
            self._may_go_instead(person)
            self.free += not person.going
        while self._serve_next(person):
            pass
        if person.going and not person.in_hand:
            self._go_home(person)

    def _may_go_instead(self, person: Individual) -> None:
        """Whoever is done first goes home, so that those who are still busy need not."""
        if person.going or not self.leaving:
            return
        busy = self._first_going()
        if busy is None:
            return
        busy.going = False
        self._having[busy.in_hand][busy] = None
        self._having[0].pop(person)
        person.going = True

    # ---- shifts

    def set_scheduled(self, agents: int) -> None:
        """A new interval begins with so many people; call `serve_waiting` afterwards."""
        change, self.scheduled = agents - self.scheduled, agents
        if agents:
            self.closing = None
        elif change < 0 and self.finishes_queue:
            self.closing = self.env.now
        for _ in range(change):
            self._one_comes()
        for _ in range(-change):
            self._one_goes()

    def _one_comes(self) -> None:
        """Who was about to go stays; else the first who is not here comes."""
        going = self._first_going()
        if going is not None:
            going.going = False
            self.leaving -= 1
            self._having[going.in_hand][going] = None
            return
        present = {one.number for one in self._people}
        number = next(n for n in range(1, len(present) + 2) if n not in present)
        person = self._known(number)
        person.since = self.env.now
        self._people.append(person)
        self._having[0][person] = None
        self.free += 1

    def _first_going(self) -> Individual | None:
        """Of those whose shift is over and who still work: whoever is halted cannot stay."""
        return next((one for one in self._people if one.going and not one.desk.halted), None)

    def _known(self, number: int) -> Individual:
        """The person with this number, who keeps what they have learned."""
        if number not in self._all:
            learner = self._newcomers if self._is_new(number) else None
            self._all[number] = Individual(self, number, learner)
        return self._all[number]

    def _is_new(self, number: int) -> bool:
        """Newcomers are spread evenly over the numbers."""
        if self._newcomers is None:
            return False
        share = self._newcomers.share
        return int(number * share + 1e-9) > int((number - 1) * share + 1e-9)

    def _one_goes(self) -> None:
        """Of the idle, or else of the others, who has the highest number and is not going yet."""
        idle = list(self._having[0])
        staying = idle or [one for one in self._people if not one.going]
        person = max(staying, key=lambda one: one.number)
        self._having[person.in_hand].pop(person, None)
        if person.in_hand:
            person.going = True
            self.leaving += 1
        else:
            self.free -= 1
            self._people.remove(person)

    def _go_home(self, person: Individual) -> None:
        person.going = False
        self.leaving -= 1
        self._people.remove(person)

    def halt_work(self) -> None:
        """Who is going stops at once: what they have in hand stands still."""
        for person in self._people:
            if person.going and not person.desk.halted:
                self._note_spell(person)
                person.desk.halt()
        for work in list(self.in_progress):
            if isinstance(work.agent, Individual) and work.agent.going:
                work.halt()
                self._halted.append(work)

    def resume_work(self) -> None:
        """What stood still goes on."""
        for person in self._people:
            if person.desk.halted:
                person.desk.go_on()
                person.since = self.env.now
        for work in self._halted:
            work.go_on()
        self._halted.clear()

    def end_of_run(self) -> None:
        """Write down the spells that still last."""
        for person in self._people:
            self._note_spell(person)
            person.desk.end_of_run()

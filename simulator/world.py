"""One replication's world: the plan brought to life on SimPy's clock.

Every contact has a clock of its own. A step in which nobody else has a part only moves that
clock on, without an event; before a step that is shared, such as a queue, the contact waits
until the world has come to its time. So what costs is what is contended, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate

import simpy

from engine.assumptions import Staffing
from engine.calendar import DAY
from engine.conditions import Lookup
from engine.errors import RunawayError
from engine.journey import Team as TeamDesign
from engine.plan import CLOSED, Plan, PlannedStep
from engine.profile import SIGNALS, Carried, Value
from engine.skill_level import WORST_LEVEL
from engine.steps.entry import InboundContact
from simulator.asking import ever_asked
from simulator.behaviours import enter_function, is_shared
from simulator.clock import Kind, WakeUp
from simulator.contact import PARKED, Contact, Enter, Leave, Values
from simulator.demand import arrivals
from simulator.draws import Draws
from simulator.individuals import Individuals
from simulator.needs import NeedOf, need_of, needs
from simulator.outages import down_test
from simulator.population import Attribute, attribute_sampler
from simulator.records import NO_TEAM, Mark, contacts_table, queue_table, spells_table, visits_table
from simulator.routing import Queue, Ticket
from simulator.teams import Team
from simulator.watching import Sight, Watch

MOST_CONTACTS = 255
"""No customer contacts us more often than this."""

MAX_ROUNDS = 10_000
"""So often may one contact come to one step; more is taken for an endless loop."""


class World:
    """Everything of one replication: clock, people, queues, records.

    Handlers build themselves from `out`, `draws`, `lookup` and the like.
    window: the measured time.  horizon: who is under way then, stays unfinished.
    under_way: contacts that began and have not ended.  counts: how often measured contacts
    took each exit code.
    """

    def __init__(
        self,
        plan: Plan,
        seed: int,
        replication: int,
        *,
        record_visits: bool = False,
        watch: Watch | None = None,
    ) -> None:
        self.plan = plan
        self.seed, self.replication = seed, replication
        self.watch = watch
        period = plan.assumptions.period
        self.opening = period.start_day.number * DAY
        self.window = (self.opening + period.warm_up, self.opening + period.days * DAY)
        self.horizon = self.window[1] + max(plan.journey.limit, DAY)
        self.env = simpy.Environment(initial_time=self.opening)
        self.arrivals = arrivals(plan.assumptions.demand, period, seed, replication)
        self.draws = Draws(self.arrivals.keys)
        self.contacts = contacts_table()
        self._write, self._pack = self.contacts.write, self.contacts.pack
        self.queue, self.spells = queue_table(), spells_table()
        self.visits = visits_table() if record_visits else None
        self.exit_codes = exit_codes(plan)
        self.counts = [0] * self.exit_codes[-1]
        self.under_way = 0
        self.over = self.env.event()
        self.halts = any(one.pauses and one.teams for one in plan.assumptions.outages)
        self.teams = [self._team(index, team) for index, team in enumerate(plan.journey.teams)]
        self._attributes: dict[str, Attribute] = {}
        self._given = {one.id for one in plan.journey.attributes if one.given}
        self._not_carried = _carried(plan, Carried.NOWHERE)
        self._of_one_channel = _carried(plan, Carried.SAME_CHANNEL)
        self._queues: dict[tuple[object, ...], Queue] = {}
        self.entries = [plan.entries[demand.entry] for demand in plan.assumptions.demand]
        self._channels = {entry: _channel(plan.steps[entry]) for entry in plan.entries.values()}
        self.entry_marks = {
            entry: _entry_marks(plan.steps[entry]) for entry in plan.entries.values()
        }
        self.asked = ever_asked(plan)
        self.needs = needs(plan)
        self.need: NeedOf | None = None
        if plan.assumptions.need:
            self.need = need_of(self.needs, self.attribute(plan.assumptions.need))
        self._enter: list[Enter] = []
        self._enter.extend(self._entering(planned) for planned in plan.steps)

    # ---- what handlers build themselves from

    def out(
        self, planned: PlannedStep, exit_name: str, *, marks: int = 0, unmarks: int = 0
    ) -> Leave:
        """The function by which a contact takes this exit, and gets and loses marks."""
        at = planned.exits.index(exit_name)
        code = self.exit_codes[planned.index] + at
        target = planned.targets[at]
        if target == CLOSED:
            leave = self._finishing(code, marks, unmarks)
        else:
            leave = self._going_on(code, target, marks, unmarks)
        return self._noted(planned, code, leave)

    def end(self, planned: PlannedStep) -> Leave:
        """The function by which a contact ends at this step, which has no exits."""
        code = self.exit_codes[planned.index]
        return self._noted(planned, code, self._finishing(code))

    def walk(self, contact: Contact, step: int) -> None:
        """Walk from `step` on until the contact ends or comes to something shared."""
        enter = self._enter
        while step >= 0:
            step = enter[step](contact)

    def strand(self, contact: Contact) -> int:
        """The contact waits for something that never comes."""
        self.record_end(contact, -1)
        return PARKED

    def begin_again(
        self, before: Contact, start: float, entry: int | None = None, *, about_new: bool = False
    ) -> None:
        """The customer contacts us once more, at `start`.

        What is known until now is known then, as far as it is carried over; what happens in
        between is not.
        entry: index of the step at which they come in, the same as before if left out.
        about_new: about something else, so that another issue begins.
        """
        entry = before.entry if entry is None else entry
        marks = self.entry_marks[entry] | (start >= self.window[0])
        switched = self._channels[entry] != self._channels[before.entry]
        if switched and not about_new:
            marks |= Mark.SWITCHED
        past = before.remembered()
        past.contacts = max(past.contacts, before.number) + 1
        if past.contacts > MOST_CONTACTS:
            return
        self.under_way += 1
        contact = Contact(before.customer, past.contacts, entry, start, {}, marks)
        contact.past = past
        self._carry_over(before, contact)
        if about_new:
            past.issues += 1
            contact.issue, contact.first = past.issues, contact.number
        else:
            contact.issue, contact.first, contact.need = before.issue, before.first, before.need
        self.walk(contact, entry)

    def _carry_over(self, before: Contact, contact: Contact) -> None:
        """Tell the later contact what is still known; a channel may have a memory of its own."""
        contact.values = dict(before.values)
        for name in self._not_carried:
            contact.values.pop(name, None)
        for name in self._of_one_channel & contact.values.keys():
            memories = contact.remembered().memories
            memory = memories.setdefault(self._channels[before.entry], {})
            memory[name] = contact.values.pop(name)
        if contact.past is not None:
            contact.values.update(contact.past.memories.get(self._channels[contact.entry], {}))

    def record_end(self, contact: Contact, code: int) -> None:
        """The contact is over, by the exit `code` or, with -1, without an end of its own."""
        time = contact.time
        if code < 0 or time > self.horizon:
            contact.marks |= Mark.UNFINISHED
        self._write(
            self._pack(
                contact.customer,
                contact.number,
                contact.issue,
                contact.entry,
                contact.need,
                contact.start,
                time,
                contact.waited,
                code,
                contact.marks,
                contact.asked_again,
                contact.asked_seconds,
            )
        )
        if contact.lines is not None:
            contact.lines.release(contact)
        self.leave(1)

    def leave(self, contacts: int) -> None:
        """So many contacts are no longer under way; with the last one the world is over."""
        self.under_way -= contacts
        if not self.under_way and not self.over.triggered:
            self.over.succeed()

    # ---- attributes

    def attribute(self, name: str) -> Attribute:
        """A function from customer index to the value that the population has of it."""
        if name not in self._attributes:
            mix = self.plan.assumptions.population.get(name)
            keys = self.arrivals.keys
            self._attributes[name] = attribute_sampler(keys, name, mix) if mix else _missing
        return self._attributes[name]

    def lookup(self, planned: PlannedStep) -> Callable[[Contact], Lookup]:
        """A function from a contact to the way this step looks up attributes."""
        value = self._value
        if not planned.scope:
            return lambda contact: partial(value, contact)
        return lambda contact: planned.lookup(partial(value, contact))

    def _value(self, contact: Contact, name: str) -> Value | None:
        values = contact.values
        if name in values:
            return values[name]
        if name in SIGNALS:
            return self._signal(contact, name)
        return self.attribute(name)(contact.customer) if name in self._given else None

    def _signal(self, contact: Contact, name: str) -> Value | None:
        signals: dict[str, Value | None] = {
            "channel": self._channels[contact.entry],
            "contact_number": float(contact.number - contact.first + 1),
            "waited": contact.waited,
        }
        return signals[name]

    def down_test(self, planned: PlannedStep) -> Callable[[float], bool] | None:
        """A function that tells whether the step is out of order at a time; None if never."""
        return down_test(self.plan.assumptions, planned.step.id, self.seed, self.replication)

    # ---- queues

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
        able = self.plan.journey.teams_for(skills, teams, level)
        names = tuple(team.id for team in able)
        key = (*sorted(skills), names, keep_free, concurrent, longest_idle)
        if key not in self._queues:
            by_id = {team.id: team for team in self.teams}
            if longest_idle:
                for name in names:
                    by_id[name].watch_idleness()
            self._queues[key] = Queue(
                [by_id[name] for name in names],
                [team.level_in(skills) for team in able],
                keep_free=keep_free,
                concurrent=concurrent,
                longest_idle=longest_idle,
            )
        return self._queues[key]

    def _team(self, index: int, design: TeamDesign) -> Team:
        staffing = staffing_of(self.plan, design.id)
        if len(staffing.concurrency) > 1 or staffing.newcomers is not None:
            return Individuals(self.env, index, design, staffing, self.spells)
        return Team(self.env, index, design, staffing)

    def note_refusal(self, planned: PlannedStep, contact: Contact, fate: int) -> None:
        """A visit to a queue ended as soon as it began."""
        who = contact.customer, contact.number, planned.index
        row = self.queue.pack(*who, contact.time, 0.0, 0.0, 0.0, NO_TEAM, fate, False)
        self.queue.write(row)

    def still_waiting(self) -> Iterator[Ticket]:
        """Everybody who is in a queue; who stands in several, once."""
        standing = (ticket for queue in self._queues.values() for ticket in queue.waiting())
        yield from dict.fromkeys(standing)

    # ---- how steps are entered and left

    def _going_on(self, code: int, target: int, marks: int, unmarks: int) -> Leave:
        counts, measured, keep = self.counts, Mark.MEASURED, ~unmarks

        def leave(contact: Contact) -> int:
            counts[code] += contact.marks & measured
            return target

        def mark_and_leave(contact: Contact) -> int:
            contact.marks = contact.marks & keep | marks
            counts[code] += contact.marks & measured
            return target

        return mark_and_leave if marks or unmarks else leave

    def _finishing(self, code: int, marks: int = 0, unmarks: int = 0) -> Leave:
        counts, measured, keep, record_end = self.counts, Mark.MEASURED, ~unmarks, self.record_end

        def finish(contact: Contact) -> int:
            contact.marks = contact.marks & keep | marks
            counts[code] += contact.marks & measured
            record_end(contact, code)
            return PARKED

        return finish

    def _noted(self, planned: PlannedStep, code: int, leave: Leave) -> Leave:
        """`leave`, written down as a visit if visits are recorded or a customer is watched."""
        if self.watch is not None:
            return self._watched(planned, code, leave, self.watch)
        if self.visits is None:
            return leave
        write, pack, step = self.visits.write, self.visits.pack, planned.index

        def note_and_leave(contact: Contact) -> int:
            now = contact.time
            write(pack(contact.customer, contact.number, step, code, contact.entered, now))
            contact.entered = now
            return leave(contact)

        return note_and_leave

    def _watched(self, planned: PlannedStep, code: int, leave: Leave, watch: Watch) -> Leave:
        name = (*planned.exits, "")[code - self.exit_codes[planned.index]]

        def see_and_leave(contact: Contact) -> int:
            if contact.customer == watch.customer:
                seen = self._known(contact)
                times = contact.entered, contact.time
                watch.sights.append(Sight(contact.number, planned, name, *times, seen))
            contact.entered = contact.time
            return leave(contact)

        return see_and_leave

    def _known(self, contact: Contact) -> Values:
        """Everything that is known of the customer now."""
        names = (*self._given, *SIGNALS, *contact.values)
        return {name: self._value(contact, name) for name in names}

    def _entering(self, planned: PlannedStep) -> Enter:
        enter = enter_function(planned, self)
        if is_shared(planned):
            enter = self._at_its_time(enter)
        return self._counting_rounds(planned, enter) if planned.in_cycle else enter

    def _at_its_time(self, enter: Enter) -> Enter:
        """`enter`, once the world has come to the contact's own time."""
        env, walk = self.env, self.walk

        def come(event: WakeUp) -> None:
            contact: Contact = event.subject
            contact.time = env.now
            walk(contact, enter(contact))

        def enter_in_time(contact: Contact) -> int:
            # Also without a delay: among those who come at one moment the order decides, and
            # not who happens to be walked first.
            if contact.time <= self.horizon:
                delay = max(0.0, contact.time - env.now)
                WakeUp(env, delay, Kind.STEP_DONE + contact.order, come, contact)
                return PARKED
            return self.strand(contact)

        return enter_in_time

    def _counting_rounds(self, planned: PlannedStep, enter: Enter) -> Enter:
        index = planned.index

        def enter_again(contact: Contact) -> int:
            rounds = contact.rounds.get(index, -1) + 1
            contact.rounds[index] = rounds
            if contact.time > self.horizon:
                return self.strand(contact)
            if rounds > MAX_ROUNDS:
                raise RunawayError(
                    f"a customer came here more than {MAX_ROUNDS:,} times within one contact",
                    where=f"step {planned.id}",
                    mend="limit the loop with a retry loop, or let time pass in it.",
                )
            return enter(contact)

        return enter_again


def exit_codes(plan: Plan) -> list[int]:
    """The first exit code of each step, and the number of codes; a step without exits has one."""
    sizes = [max(1, len(planned.exits)) for planned in plan.steps]
    return [0, *accumulate(sizes)]


def staffing_of(plan: Plan, team: str) -> Staffing:
    """The team's schedule; a team without one has nobody."""
    return plan.assumptions.staffing.get(team) or Staffing(agents=[0])


def _carried(plan: Plan, how: Carried) -> set[str]:
    return {one.id for one in plan.journey.attributes if one.carried is how}


def _channel(planned: PlannedStep) -> str | None:
    channel = planned.step.contact_channel()
    return None if channel is None else channel.value


def _entry_marks(planned: PlannedStep) -> int:
    return Mark.INBOUND if isinstance(planned.step, InboundContact) else 0


def _missing(_customer: int) -> None:
    return None

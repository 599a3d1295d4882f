"""One replication's world: the plan brought to life on SimPy's clock.

Steps are functions that a contact walks through. Steps that take no time are walked inline,
without an event; time passes only through `after`, a service or a queue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate

import simpy

from engine.assumptions import Staffing
from engine.calendar import DAY
from engine.conditions import Lookup
from engine.distributions import Distribution
from engine.errors import RunawayError
from engine.plan import CLOSED, Plan, PlannedStep
from engine.profile import SIGNALS, Value
from engine.steps.entry import InboundContact
from engine.steps.people import Redial
from simulator.behaviours import enter_function
from simulator.clock import Kind, WakeUp
from simulator.contact import PARKED, Contact, Enter, Leave
from simulator.demand import arrivals
from simulator.distributions import inversion
from simulator.population import Attribute, attribute_sampler
from simulator.records import Mark, contacts_table, queue_table, visits_table
from simulator.routing import Queue, Team, Ticket
from simulator.streams import Draw, sampler

MAX_ROUNDS = 10_000
"""So often may one contact come to one step; more is taken for an endless loop."""


class World:
    """Everything of one replication: clock, people, queues, records.

    Handlers build themselves from `out`, `draw`, `chance`, `after` and the like.
    under_way: contacts that began, or will, and have not ended.  window: the measured time.
    counts: how often measured contacts took each exit code.
    """

    def __init__(
        self, plan: Plan, seed: int, replication: int, *, record_visits: bool = False
    ) -> None:
        self.plan = plan
        period = plan.assumptions.period
        self.opening = period.start_day.index * DAY
        self.window = (self.opening + period.warm_up, self.opening + period.days * DAY)
        self.env = simpy.Environment(initial_time=self.opening)
        self.arrivals = arrivals(plan.assumptions.demand, period, seed, replication)
        self.contacts = contacts_table()
        self._note_contact = self.contacts.appenders()
        self.queue = queue_table()
        self.visits = visits_table() if record_visits else None
        self.exit_codes = exit_codes(plan)
        self.counts = [0] * self.exit_codes[-1]
        self.under_way = 0
        self.teams = [
            Team(index, team.id, staffing_of(plan, team.id).finishes_queue)
            for index, team in enumerate(plan.journey.teams)
        ]
        self._draws: dict[str, Draw] = {}
        self._attributes: dict[str, Attribute] = {}
        self._given = {one.id for one in plan.journey.attributes if one.given}
        self._queues: dict[tuple[str, ...], Queue] = {}
        self._entries = [plan.entries[demand.entry] for demand in plan.assumptions.demand]
        self._channels = [_channel(plan.steps[entry]) for entry in self._entries]
        self._inbound = [_inbound_mark(plan.steps[entry]) for entry in self._entries]
        self._enter: list[Enter] = [self._entering(planned) for planned in plan.steps]

    # ---- what handlers build themselves from

    @property
    def now(self) -> float:
        """Seconds since Monday 00:00 of the first week."""
        return self.env.now

    def out(self, planned: PlannedStep, exit_name: str) -> Leave:
        """The function by which a contact takes this exit."""
        at = planned.exits.index(exit_name)
        code = self.exit_codes[planned.index] + at
        target = planned.targets[at]
        if target == CLOSED:
            return self._noted(planned, code, self._finishing(code))
        counts, measured = self.counts, Mark.MEASURED.value

        def leave(contact: Contact) -> int:
            counts[code] += contact.marks & measured
            return target

        return self._noted(planned, code, leave)

    def end(self, planned: PlannedStep) -> Leave:
        """The function by which a contact ends at this step, which has no exits."""
        code = self.exit_codes[planned.index]
        return self._noted(planned, code, self._finishing(code))

    def after(self, delay: float, contact: Contact, leave: Leave) -> int:
        """Let `delay` seconds pass for the contact, then take the exit."""
        if delay <= 0.0:
            return leave(contact)
        contact.leave = leave
        WakeUp(self.env, delay, Kind.STEP_DONE + contact.order, self._wake, contact)
        return PARKED

    def strand(self, contact: Contact) -> int:
        """The contact waits for something that never comes."""
        self.record_end(contact, -1, Mark.UNFINISHED)
        return PARKED

    def walk(self, contact: Contact, step: int) -> None:
        """Walk from `step` on as far as no time passes."""
        enter = self._enter
        while step >= 0:
            step = enter[step](contact)

    def draw(
        self, planned: PlannedStep, purpose: str, distribution: Distribution
    ) -> Callable[[Contact], float]:
        """A function that gives a contact's draw from `distribution` for this visit."""
        return self._per_visit(planned, self._sampler(f"{planned.id}/{purpose}", distribution))

    def uniform(self, planned: PlannedStep, purpose: str) -> Callable[[Contact], float]:
        """A function that gives a contact's uniform draw in (0, 1) for this visit."""
        return self._per_visit(planned, self._sampler(f"{planned.id}/{purpose}", None))

    def customer_uniform(self, planned: PlannedStep, purpose: str) -> Callable[[Contact], float]:
        """A function that gives a customer's uniform draw, the same at every visit."""
        return self.customer_draw(f"{planned.id}/{purpose}")

    def customer_draw(self, purpose: str) -> Callable[[Contact], float]:
        """A function that gives a customer's uniform draw, the same at every step."""
        draw = self._sampler(purpose, None)
        return lambda contact: draw(contact.customer, 0)

    def chance(
        self, planned: PlannedStep, purpose: str, share: float
    ) -> Callable[[Contact], bool]:
        """A function that is true for this share of visits."""
        if share <= 0 or share >= 1:
            always = share >= 1
            return lambda _: always
        draw = self.uniform(planned, purpose)
        return lambda contact: draw(contact) < share

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

    def queue_for(self, skills: list[str], teams: list[str]) -> Queue:
        """The queue of those who need these skills from these teams."""
        able = [team.id for team in self.plan.journey.teams_for(skills, teams)]
        key = (*sorted(skills), "|", *able)
        if key not in self._queues:
            by_id = {team.id: team for team in self.teams}
            self._queues[key] = Queue([by_id[name] for name in able])
        return self._queues[key]

    def still_waiting(self) -> Iterator[Ticket]:
        """Everybody who is in a queue."""
        for queue in self._queues.values():
            yield from queue.waiting()

    def recontact(
        self, planned: PlannedStep, purpose: str, habit: Redial
    ) -> Callable[[Contact], None] | None:
        """What arranges the customer's next contact, or None if nobody comes again."""
        if not habit.probability or habit.max_contacts < 2:
            return None
        tries = self.chance(planned, f"{purpose}/probability", habit.probability)
        delay = self.draw(planned, f"{purpose}/delay", habit.delay)
        most = habit.max_contacts

        def arrange(contact: Contact) -> None:
            if contact.number < most and tries(contact):
                self.under_way += 1
                order = Kind.ARRIVAL + contact.order
                WakeUp(self.env, delay(contact), order, self._come_again, contact)

        return arrange

    # ---- the life of a contact

    def begin(self, customer: int, number: int, demand: int, values: Values) -> None:
        """A customer of this demand contacts us for the `number`-th time."""
        now = self.env.now
        marks = self._inbound[demand] | (now >= self.window[0])
        contact = Contact(customer, number, demand, now, values, marks)
        self.walk(contact, self._entries[demand])

    def _come_again(self, event: WakeUp) -> None:
        before: Contact = event.subject
        self.begin(before.customer, before.number + 1, before.demand, before.values)

    def record_end(self, contact: Contact, code: int, marks: int = 0) -> None:
        """The contact is over, by the exit `code` or, with -1, without an end of its own."""
        customer, number, start, end, waited, last_exit, noted = self._note_contact
        customer(contact.customer)
        number(contact.number)
        start(contact.start)
        end(self.env.now)
        waited(contact.waited)
        last_exit(code)
        noted(contact.marks | marks)
        self.under_way -= 1

    def _finishing(self, code: int) -> Leave:
        counts, measured = self.counts, Mark.MEASURED.value

        def finish(contact: Contact) -> int:
            counts[code] += contact.marks & measured
            self.record_end(contact, code)
            return PARKED

        return finish

    def _noted(self, planned: PlannedStep, code: int, leave: Leave) -> Leave:
        """`leave`, written down as a visit if visits are recorded."""
        if self.visits is None:
            return leave
        customer, number, step, exit_code, entered, left = self.visits.appenders()

        def note_and_leave(contact: Contact) -> int:
            now = self.env.now
            customer(contact.customer)
            number(contact.number)
            step(planned.index)
            exit_code(code)
            entered(contact.entered)
            left(now)
            contact.entered = now
            return leave(contact)

        return note_and_leave

    def _entering(self, planned: PlannedStep) -> Enter:
        enter = enter_function(planned, self)
        if not planned.in_cycle:
            return enter
        index = planned.index

        def enter_again(contact: Contact) -> int:
            rounds = contact.rounds.get(index, -1) + 1
            contact.rounds[index] = rounds
            if rounds > MAX_ROUNDS:
                raise RunawayError(
                    f"a customer came here more than {MAX_ROUNDS:,} times within one contact",
                    where=f"step {planned.id}",
                    mend="limit the loop with a retry loop, or let time pass in it.",
                )
            return enter(contact)

        return enter_again

    def _wake(self, event: WakeUp) -> None:
        contact: Contact = event.subject
        self.walk(contact, contact.leave(contact))

    # ---- draws and attributes

    def _sampler(self, purpose: str, distribution: Distribution | None) -> Draw:
        if purpose not in self._draws:
            transform = None if distribution is None else inversion(distribution)
            self._draws[purpose] = sampler(self.arrivals.keys, purpose, transform)
        return self._draws[purpose]

    def _per_visit(self, planned: PlannedStep, draw: Draw) -> Callable[[Contact], float]:
        """`draw` for this contact's visit: a later contact or round is another occurrence."""
        if not planned.in_cycle:
            return lambda contact: draw(contact.customer, contact.number - 1)
        index = planned.index
        return lambda contact: draw(
            contact.customer, contact.number - 1 + (contact.rounds.get(index, 0) << 16)
        )

    def _value(self, contact: Contact, name: str) -> Value | None:
        values = contact.values
        if name in values:
            return values[name]
        if name in SIGNALS:
            return self._signal(contact, name)
        return self.attribute(name)(contact.customer) if name in self._given else None

    def _signal(self, contact: Contact, name: str) -> Value | None:
        signals: dict[str, Value | None] = {
            "channel": self._channels[contact.demand],
            "contact_number": float(contact.number),
            "waited": contact.waited,
        }
        return signals[name]


Values = dict[str, Value | None]


def exit_codes(plan: Plan) -> list[int]:
    """The first exit code of each step, and the number of codes; a step without exits has one."""
    sizes = [max(1, len(planned.exits)) for planned in plan.steps]
    return [0, *accumulate(sizes)]


def staffing_of(plan: Plan, team: str) -> Staffing:
    """The team's schedule; a team without one has nobody."""
    return plan.assumptions.staffing.get(team) or Staffing(agents=[0])


def _channel(planned: PlannedStep) -> str | None:
    channel = planned.step.contact_channel()
    return None if channel is None else channel.value


def _inbound_mark(planned: PlannedStep) -> int:
    return Mark.INBOUND.value if isinstance(planned.step, InboundContact) else 0


def _missing(_customer: int) -> None:
    return None

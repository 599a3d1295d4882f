"""One replication's world: the plan brought to life on SimPy's clock.

Every contact has a clock of its own. A step in which nobody else has a part only moves that
clock on, without an event; before a step that is shared, such as a queue, the contact waits
until the world has come to its time. So what costs is what is contended, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from engine.assumptions import Outage
from engine.calendar import DAY
from engine.errors import RunawayError
from engine.plan import CLOSED, Plan, PlannedStep
from engine.steps.entry import InboundContact
from simulator.behaviours import enter_function, is_shared
from simulator.clock import Clock, Kind, WakeUp
from simulator.contact import PARKED, Contact, Enter, Leave
from simulator.demand import arrivals
from simulator.draws import Draws
from simulator.knowledge import Knowledge
from simulator.lives import Lives
from simulator.outages import down_test, windows
from simulator.records import NO_TEAM, Mark, contacts_table, queue_table, spells_table, visits_table
from simulator.seeing import Seeing
from simulator.watching import Watch
from simulator.workforce import Workforce

MOST_CONTACTS = 255
"""No customer contacts us more often than this."""

See = Callable[[Contact, PlannedStep, str], None]
"""Looks at a contact that leaves a step by an exit."""

MAX_ROUNDS = 10_000
"""So often may one contact come to one step; more is taken for an endless loop."""


class World:
    """Everything of one replication: clock, people, queues, records.

    Handlers build themselves from `out`, `draws`, `knowledge` and `workforce`.
    window: the measured time.  horizon: who is under way then, stays unfinished.
    under_way: contacts that began and have not ended.  counts: how often measured contacts
    took each exit code.  told_again: how often they had to tell a thing again at each step.
    """

    def __init__(
        self,
        plan: Plan,
        seed: int,
        replication: int,
        *,
        record_visits: bool = False,
        watch: Watch | Lives | None = None,
    ) -> None:
        self.plan = plan
        self.seed, self.replication = seed, replication
        self.watch = watch
        self._see = None if watch is None else self._looking(watch)
        period = plan.assumptions.period
        self.opening = period.start_day.number * DAY
        self.window = (self.opening + period.warm_up, self.opening + period.days * DAY)
        self.horizon = self.window[1] + max(plan.journey.limit, DAY)
        self.env = Clock(initial_time=self.opening)
        self.arrivals = arrivals(plan.assumptions.demand, period, seed, replication)
        self.draws = Draws(self.arrivals.keys)
        self.contacts = contacts_table()
        self.queue, self.spells = queue_table(), spells_table()
        self.visits = visits_table() if record_visits else None
        self.exit_codes = exit_codes(plan)
        self.counts = [0] * self.exit_codes[-1]
        self.told_again = [0] * len(plan.steps)
        self.under_way = 0
        self.record_end = self._recording_end()
        self.over = self.env.event()
        self.halts = any(
            one.pauses and one.teams and self._comes(one) for one in plan.assumptions.outages
        )
        self.workforce = Workforce(plan, self.env, self.spells, halts=self.halts)
        self.knowledge = Knowledge(plan, self.arrivals)
        self.entries = [plan.entries[demand.entry] for demand in plan.assumptions.demand]
        self.entry_marks = {
            entry: _entry_marks(plan.steps[entry]) for entry in plan.entries.values()
        }
        self._has_lines = any(
            isinstance(one.step, InboundContact) and one.step.lines is not None
            for one in plan.steps
        )
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
        return self._noted(planned, code, leave, marks, unmarks)

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
        """The customer contacts us once more, at `start`, if the run is not over by then.

        What is known until now is known then, as far as it is carried over; what happens in
        between is not.
        entry: index of the step at which they come in, the same as before if left out.
        about_new: about something else, so that another issue begins.
        """
        entry = before.entry if entry is None else entry
        marks = self.entry_marks[entry] | (start >= self.window[0])
        if not about_new and self.knowledge.is_another_channel(entry, before.entry):
            marks |= Mark.SWITCHED
        past = before.remembered()
        past.contacts = max(past.contacts, before.number) + 1
        if past.contacts > MOST_CONTACTS or start > self.horizon:
            return
        self.under_way += 1
        contact = Contact(before.customer, past.contacts, entry, start, {}, marks)
        contact.past = past
        self.knowledge.carry_over(before, contact)
        if about_new:
            past.issues += 1
            contact.issue = past.issues
        else:
            past.about[before.issue] = past.about.get(before.issue, before.nth) + 1
            contact.issue, contact.nth = before.issue, past.about[before.issue]
            contact.need = before.need
        self._arrive_again(contact)

    def _arrive_again(self, contact: Contact) -> None:
        """Let the contact begin when the world has come to its time.

        Not sooner: what happens to the customer until then may have a say in it.
        """
        delay = max(0.0, contact.start - self.env.now)
        WakeUp(self.env, delay, Kind.STEP_DONE + contact.order, self._come_again, contact)

    def _come_again(self, event: WakeUp) -> None:
        self.walk(event.subject, event.subject.entry)

    def _recording_end(self) -> Callable[[Contact, int], None]:
        """What writes a contact down when it is over.

        It is over by the exit `code` or, with -1, without an end of its own.
        """
        write, pack, horizon = self.contacts.write, self.contacts.pack, self.horizon
        # What comes after the end of the run resolves nothing any more.
        unfinished, not_resolved = Mark.UNFINISHED, ~Mark.RESOLVED

        def record_end(contact: Contact, code: int) -> None:
            time = contact.time
            if code < 0 or time > horizon:
                contact.marks = contact.marks & not_resolved | unfinished
            row = pack(
                contact.customer,
                contact.number,
                contact.issue,
                contact.nth,
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
            write(row)
            if contact.lines is not None:
                contact.lines.release(contact)
            self.under_way -= 1
            if not self.under_way:
                self.leave(0)

        return record_end

    def leave(self, contacts: int) -> None:
        """So many contacts are no longer under way; with the last one the world is over."""
        self.under_way -= contacts
        if not self.under_way and not self.over.triggered:
            self.over.succeed()

    def _comes(self, outage: Outage) -> bool:
        """Whether the outage happens before the end."""
        when = windows(outage, self.plan.assumptions, self.seed, self.replication)
        first = next(when, None)
        return first is not None and first[0] <= self.horizon

    def down_test(self, planned: PlannedStep) -> Callable[[float], bool] | None:
        """A function that tells whether the step is out of order at a time; None if never."""
        return down_test(self.plan.assumptions, planned.step.id, self.seed, self.replication)

    def note_refusal(self, planned: PlannedStep, contact: Contact, fate: int) -> None:
        """A visit to a queue ended as soon as it began."""
        who = contact.customer, contact.number, planned.index
        row = self.queue.pack(*who, contact.time, 0.0, 0.0, 0.0, NO_TEAM, fate, False)
        self.queue.write(row)

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

    def _noted(
        self, planned: PlannedStep, code: int, leave: Leave, marks: int = 0, unmarks: int = 0
    ) -> Leave:
        """`leave`, written down as a visit if visits are recorded or a customer is watched."""
        if self._see is not None:
            return self._watched(planned, code, leave, self._see)
        if self.visits is None:
            return leave
        write, pack, step, keep = self.visits.write, self.visits.pack, planned.index, ~unmarks

        def note_and_leave(contact: Contact) -> int:
            now = contact.time
            so_far = contact.waited, contact.asked_again, contact.marks & keep | marks
            write(pack(contact.customer, contact.number, step, code, contact.entered, now, *so_far))
            contact.entered = now
            return leave(contact)

        return note_and_leave

    def _looking(self, watch: Watch | Lives) -> See:
        if isinstance(watch, Watch):
            return Seeing(self, watch).see
        return lambda contact, planned, exit_name: watch.see(
            contact, planned, exit_name, self.knowledge.everything(contact)
        )

    def _watched(self, planned: PlannedStep, code: int, leave: Leave, see: See) -> Leave:
        name = (*planned.exits, "")[code - self.exit_codes[planned.index]]

        def see_and_leave(contact: Contact) -> int:
            see(contact, planned, name)
            contact.entered = contact.time
            return leave(contact)

        return see_and_leave

    def _entering(self, planned: PlannedStep) -> Enter:
        enter = enter_function(planned, self)
        if planned.step.off_line and self._has_lines:
            enter = _hanging_up(enter)
        if is_shared(planned):
            enter = self._at_its_time(enter)
        return self._counting_rounds(planned, enter) if planned.in_cycle else enter

    def _at_its_time(self, enter: Enter) -> Enter:
        """`enter`, once the world has come to the contact's own time."""
        env, walk, horizon, order = self.env, self.walk, self.horizon, Kind.STEP_DONE

        def come(event: WakeUp) -> None:
            contact: Contact = event.subject
            contact.time = env.now
            walk(contact, enter(contact))

        def enter_in_time(contact: Contact) -> int:
            # Also without a delay: among those who come at one moment the order decides, and
            # not who happens to be walked first.
            if contact.time > horizon:
                return self.strand(contact)
            delay = contact.time - env.now
            WakeUp(env, max(0.0, delay), order + contact.order, come, contact)
            return PARKED

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


def _hanging_up(enter: Enter) -> Enter:
    """`enter`, after giving the telephone line back."""

    def hang_up_and_enter(contact: Contact) -> int:
        if contact.lines is not None:
            contact.lines.release(contact)
        return enter(contact)

    return hang_up_and_enter


def exit_codes(plan: Plan) -> list[int]:
    """The first exit code of each step, and the number of codes; a step without exits has one."""
    sizes = [max(1, len(planned.exits)) for planned in plan.steps]
    return [0, *accumulate(sizes)]


def _entry_marks(planned: PlannedStep) -> int:
    return Mark.INBOUND if isinstance(planned.step, InboundContact) else 0

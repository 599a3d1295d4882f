"""What is known of customers: from their profile, from the contact, and from those before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from engine.conditions import Lookup
from engine.plan import Plan, PlannedStep
from engine.profile import SIGNALS, Carried, Value
from simulator.asking import ever_asked
from simulator.demand import Arrivals
from simulator.needs import NeedOf, need_of, needs
from simulator.population import Attribute, attribute_sampler

if TYPE_CHECKING:
    from simulator.contact import Contact, Values


class Knowledge:
    """The attributes of one replication's customers.

    needs: the index of each need that a customer may have.  need: a customer's, where the
    population or the demand says it; else None, and AI agents draw it.  asked: attributes
    that any step asks for.
    """

    def __init__(self, plan: Plan, arrivals: Arrivals) -> None:
        self._mixes = plan.assumptions.population
        self._keys = arrivals.keys
        self._attributes: dict[str, Attribute] = {}
        self._given = {one.id for one in plan.journey.attributes if one.given}
        self._not_carried = _carried(plan, Carried.NOWHERE)
        self._of_one_channel = _carried(plan, Carried.SAME_CHANNEL)
        self._channels = {entry: _channel(plan.steps[entry]) for entry in plan.entries.values()}
        self.asked = ever_asked(plan)
        self.needs = needs(plan)
        self.need: NeedOf | None = None
        name = plan.assumptions.need
        if name:
            of_demands = [one.attributes.get(name) for one in plan.assumptions.demand]
            attribute = self.attribute(name)
            self.need = need_of(self.needs, attribute, arrivals.demands, of_demands)

    def attribute(self, name: str) -> Attribute:
        """A function from customer index to the value that the population has of it."""
        if name not in self._attributes:
            mix = self._mixes.get(name)
            self._attributes[name] = attribute_sampler(self._keys, name, mix) if mix else _missing
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
            "contact_number": float(contact.nth),
            "waited": contact.waited,
        }
        return signals[name]

    def everything(self, contact: Contact) -> Values:
        """All that is known of the customer now."""
        names = (*self._given, *SIGNALS, *contact.values)
        return {name: self._value(contact, name) for name in names}

    def need_in_words(self, contact: Contact) -> str | None:
        """What the customer truly wants, None if nobody knows."""
        return {number: need for need, number in self.needs.items()}.get(contact.need)

    # ---- later contacts

    def is_another_channel(self, entry: int, other: int) -> bool:
        """Whether these entries (indexes of steps) are on different channels."""
        return self._channels[entry] != self._channels[other]

    def carry_over(self, before: Contact, contact: Contact) -> None:
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


def _carried(plan: Plan, how: Carried) -> set[str]:
    return {one.id for one in plan.journey.attributes if one.carried is how}


def _channel(planned: PlannedStep) -> str | None:
    channel = planned.step.contact_channel()
    return None if channel is None else channel.value


def _missing(_customer: int) -> None:
    return None

"""Random draws for visits of contacts to steps."""

from __future__ import annotations

from collections.abc import Callable

from engine.distributions import Constant, Distribution
from engine.plan import PlannedStep
from simulator.contact import Contact
from simulator.distributions import quantile
from simulator.streams import BLOCK_BITS, BLOCK_MASK, Keys, Stream

Number = Callable[[Contact], float]


class Draws:
    """Makes the functions by which contacts draw; each is keyed by the step's id and a purpose.

    A later contact of the same customer, or another round of a loop, is another occurrence.
    """

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._streams: dict[str, Stream] = {}

    def value(self, planned: PlannedStep, purpose: str, distribution: Distribution) -> Number:
        """A function that gives a contact's draw from `distribution` for this visit."""
        of = quantile(distribution)
        if isinstance(distribution, Constant):
            return of  # type: ignore[return-value] # whatever it is asked for
        uniform = self.uniform(planned, purpose)
        if planned.in_cycle:
            return lambda contact: of(uniform(contact))
        blocks = self._stream(f"{planned.id}/{purpose}").blocks

        def draw(contact: Contact) -> float:
            # As `uniform` does it for most, without a call for it.
            customer = contact.customer
            values = blocks.get(customer >> BLOCK_BITS) if contact.number == 1 else None
            return of(uniform(contact) if values is None else values[customer & BLOCK_MASK])

        return draw

    def chance(self, planned: PlannedStep, purpose: str, share: float) -> Callable[[Contact], bool]:
        """A function that is true for this share of visits."""
        if share <= 0 or share >= 1:
            always = share >= 1
            return lambda _: always
        uniform = self.uniform(planned, purpose)
        if planned.in_cycle:
            return lambda contact: uniform(contact) < share
        blocks = self._stream(f"{planned.id}/{purpose}").blocks

        def happens(contact: Contact) -> bool:
            customer = contact.customer
            values = blocks.get(customer >> BLOCK_BITS) if contact.number == 1 else None
            drawn = uniform(contact) if values is None else values[customer & BLOCK_MASK]
            return drawn < share

        return happens

    def attempt_chance(
        self, planned: PlannedStep, purpose: str, share: float
    ) -> Callable[[Contact], bool]:
        """A function that is true for this share of attempts within a visit."""
        at, index = self._stream(f"{planned.id}/{purpose}").at, planned.index

        def succeeds(contact: Contact) -> bool:
            visit = contact.number - 1 + (contact.rounds.get(index, 0) << 16)
            return at(contact.customer, visit + (contact.attempts << 32)) < share

        return succeeds

    def uniform(self, planned: PlannedStep, purpose: str) -> Number:
        """A function that gives a contact's uniform draw in (0, 1) for this visit."""
        stream = self._stream(f"{planned.id}/{purpose}")
        index, at, blocks, first = planned.index, stream.at, stream.blocks, stream.first
        if planned.in_cycle:
            return lambda contact: at(
                contact.customer, contact.number - 1 + (contact.rounds.get(index, 0) << 16)
            )

        # The same as stream.at, written out: this is what a simulation does most.
        def draw(contact: Contact) -> float:
            customer = contact.customer
            if contact.number != 1:
                return at(customer, contact.number - 1)
            values = blocks.get(customer >> BLOCK_BITS)
            return first(customer) if values is None else values[customer & BLOCK_MASK]

        return draw

    def of_customer(self, purpose: str) -> Number:
        """A function that gives a customer's uniform draw, the same at every visit and step."""
        at = self._stream(purpose).at
        return lambda contact: at(contact.customer, 0)

    def _stream(self, purpose: str) -> Stream:
        if purpose not in self._streams:
            self._streams[purpose] = Stream(self.keys, purpose)
        return self._streams[purpose]

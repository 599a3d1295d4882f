"""Where each shown customer is: at a step, or gliding along a link that was just taken.

To go from one step to the next takes no simulated time. So that the eye can follow, a dot glides:
it is on the link for a moment after the step was left, and then at the next step. The moment is
the same for all, some tenths of a second as the user sees it. Several links that are taken at
once share it; who goes on sooner goes on gliding from there. So where a dot is depends on the
time and the length of that moment alone, not on what was looked at before.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from designer.replay.chosen import Chosen
from simulator.recording.columns import Column

_AT_ONCE = 1e-6
"""Seconds: two links that are taken within so little are taken at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """For each exit code whether it is a link that is seen, and between which cards (numbers)."""

    is_seen: NDArray[np.bool_]
    source: Column
    target: Column

    def are(self, other: Ways) -> bool:
        """Whether the others are the same."""
        mine, others = astuple(self), astuple(other)
        return all(np.array_equal(a, b) for a, b in zip(mine, others, strict=True))


@dataclass(frozen=True, slots=True)
class _Glides:
    """A row a link that is taken, by when.

    share: of the moment after which the dot is at the end of it.  through: it comes straight
    from the link before.
    """

    contact: Column
    taken: Column
    left: Column
    share: Column
    through: Column


@dataclass(frozen=True, slots=True)
class Dots:
    """What is to be drawn: rows of contacts, those at steps and those on links.

    standing: contacts at planned steps `at`; those of `waits` wait for an agent.
    Each step's stand in the order in which they came.
    gliding: contacts on links, by the exit `taken`, `through` the card that they came to just
    before, and at which `share` of the way.
    """

    standing: Column
    at: Column
    waits: Column
    gliding: Column
    taken: Column
    through: Column
    share: Column

    def __len__(self) -> int:
        """How many dots there are."""
        return len(self.standing) + len(self.gliding)


class Sample:
    """Every so manieth customer of the chosen, and how they move on the links that are seen."""

    def __init__(self, chosen: Chosen, every: int, ways: Ways) -> None:
        self._chosen, self.every = chosen, every
        recording = chosen.recording
        moves = recording.moves
        rows = chosen.moves[recording.contacts.customer[moves.contact[chosen.moves]] % every == 0]
        by_entered = rows[np.argsort(moves.entered[rows], kind="stable")]
        self._contact, self._step = moves.contact[by_entered], moves.step[by_entered]
        self._entered, self._left = moves.entered[by_entered], moves.left[by_entered]
        self._longest = float(np.max(self._left - self._entered, initial=0.0))
        self._is_waiting = np.zeros(len(recording.contacts.start), bool)
        self._is_gliding = np.zeros(len(recording.contacts.start), bool)
        glides = rows[ways.is_seen[moves.exit[rows]] & (moves.exit[rows] >= 0)]
        self._glides = _glides(moves.contact[glides], moves.exit[glides], moves.left[glides], ways)

    def at(self, time: float, glide: float) -> Dots:
        """Where everybody is at this time; a glide takes so many simulated seconds."""
        contact, taken, through, share = self._gliding(time, glide)
        standing, at = self._standing(time, contact)
        waiting = self._chosen.waiting(time)
        self._is_waiting[waiting] = True
        waits = self._is_waiting[standing]
        self._is_waiting[waiting] = False
        return Dots(standing, at, waits, contact, taken, through, share)

    def _gliding(self, time: float, glide: float) -> tuple[Column, Column, Column, Column]:
        glides = self._glides
        if glide <= 0:
            nobody = glides.contact[:0]
            return nobody, nobody, np.zeros(0, bool), np.zeros(0)
        # Those of the moment before may still hold up those that are on their way now.
        first, last = np.searchsorted(glides.left, [time - 2 * glide, time], "right")
        part = slice(int(first), int(last))
        order = np.argsort(glides.contact[part], kind="stable")
        contact, left = glides.contact[part][order], glides.left[part][order]
        begins, ends = _one_by_one(contact, left, glide * glides.share[part][order])
        on = np.flatnonzero((begins <= time) & (time < ends))
        share = (time - begins[on]) / (ends[on] - begins[on])
        return contact[on], glides.taken[part][order][on], glides.through[part][order][on], share

    def _standing(self, time: float, gliding: Column) -> tuple[Column, Column]:
        first = int(np.searchsorted(self._entered, time - self._longest))
        last = int(np.searchsorted(self._entered, time, "right"))
        self._is_gliding[gliding] = True
        contacts = self._contact[first:last]
        here = np.flatnonzero((self._left[first:last] > time) & ~self._is_gliding[contacts])
        self._is_gliding[gliding] = False
        return contacts[here], self._step[first:last][here]


def _glides(contact: Column, taken: Column, left: Column, ways: Ways) -> _Glides:
    """From links that are taken, in the order of contacts and time."""
    same = np.zeros(len(contact), bool)
    same[1:] = contact[1:] == contact[:-1]
    at_once = same.copy()
    at_once[1:] &= np.diff(left) < _AT_ONCE
    run = np.cumsum(~at_once) - 1
    number = np.arange(len(contact)) - np.flatnonzero(~at_once)[run]
    share = (number + 1) / np.bincount(run)[run]
    through = at_once.copy()
    through[1:] &= ways.target[taken[:-1]] == ways.source[taken[1:]]
    columns = (contact, taken, left, share, through)
    order = np.argsort(left, kind="stable")
    return _Glides(*(column[order] for column in columns))


def _one_by_one(contact: Column, left: Column, lasts: Column) -> tuple[Column, Column]:
    """When each glide begins and ends, in the order of contacts: none before the one before."""
    if not len(contact):
        return left, left
    is_first = np.append(True, contact[1:] != contact[:-1])
    start = left.min()
    ends = left - start + lasts
    # The largest so far of each contact: each is lifted above all of the contacts before.
    lift = (np.cumsum(is_first) - 1) * (ends.max() + 1.0)
    ends = np.maximum.accumulate(ends + lift) - lift + start
    before = np.where(is_first, -np.inf, np.roll(ends, 1))
    return np.maximum(left, before), ends

"""Columns that make all links together as short as they can be: the network simplex method.

Gansner, Koutsofios, North and Vo, “A technique for drawing directed graphs”, 1993, section 2.
A tree of links that are as short as allowed holds all steps. While a link of the tree pulls
the wrong way, a better one takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping

_ROUNDS = 12
"""Exchanges a step at the most: a bound for graphs on which the method goes in circles."""
_CHOICE = 24
"""Among so many links that pull the wrong way, the worst is exchanged."""


def shortest(ranks: list[int], weights: Mapping[tuple[int, int], int]) -> None:
    """Change `ranks` so that the sum of weight × length is as small as it can be.

    Every pair (a, b) of `weights` wants b at least one column right of a, as it is in `ranks`
    already; and all steps hang together.
    """
    tree = _Tree(ranks, weights)
    start = 0
    for _ in range(_ROUNDS * len(ranks)):
        leaving = tree.pulling(start)
        if leaving is None:
            return
        tree.exchange(leaving)
        start = leaving + 1


class _Tree:
    """A tree of links of length one, from step 0 to all others."""

    def __init__(self, ranks: list[int], weights: Mapping[tuple[int, int], int]) -> None:
        self._ranks = ranks
        self._out: list[list[int]] = [[] for _ in ranks]
        self._in: list[list[int]] = [[] for _ in ranks]
        # What the links of a step pull to the right, and then those of the tree below it.
        self._pull = [0] * len(ranks)
        for (source, target), weight in weights.items():
            self._out[source].append(target)
            self._in[target].append(source)
            self._pull[source] += weight
            self._pull[target] -= weight
        self._parent = [-1] * len(ranks)
        self._is_source = [False] * len(ranks)
        self._children: list[list[int]] = [[] for _ in ranks]
        self._grow()
        for step in reversed(self._below(0)):
            if step:
                self._pull[self._parent[step]] += self._pull[step]

    def pulling(self, start: int) -> int | None:
        """A step whose link to its parent had better be longer; the search begins at `start`."""
        count, found, worst, best = len(self._ranks), 0, 0, None
        for place in range(start, start + count):
            step = place - count if place >= count else place
            pull = self._pull[step] if self._is_source[step] else -self._pull[step]
            if pull < 0 and step:
                found += 1
                if pull < worst:
                    worst, best = pull, step
                if found == _CHOICE:
                    break
        return best

    def exchange(self, step: int) -> None:
        """The link between `step` and its parent gives way to the best one in its place."""
        moved = self._below(step)
        inside = set(moved)
        ranks = self._ranks
        # A source moves left, away from its parent, as far as what leads into its part allows.
        near = self._in if self._is_source[step] else self._out
        slack, here, there = min(
            (abs(ranks[one] - ranks[other]) - 1, one, other)
            for one in moved
            for other in near[one]
            if other not in inside
        )
        shift = -slack if self._is_source[step] else slack
        for one in moved:
            ranks[one] += shift
        self._hang(step, here, there, is_source=not self._is_source[step])

    def _hang(self, old: int, new: int, parent: int, *, is_source: bool) -> None:
        """The part below `old` hangs by its step `new` on `parent` from now on."""
        whole = self._pull[old]
        self._add(self._parent[old], -whole)
        self._children[self._parent[old]].remove(old)
        one, above, source = new, parent, is_source
        rest = 0
        while True:
            before, was_source, pull = self._parent[one], self._is_source[one], self._pull[one]
            self._parent[one], self._is_source[one] = above, source
            self._pull[one] = whole - rest
            self._children[above].append(one)
            if one == old:
                break
            self._children[before].remove(one)
            one, above, source, rest = before, one, not was_source, pull
        self._add(parent, whole)

    def _add(self, step: int, pull: int) -> None:
        while step >= 0:
            self._pull[step] += pull
            step = self._parent[step]

    def _below(self, step: int) -> list[int]:
        """The step and all that hangs on it, parents first."""
        found = [step]
        for one in found:
            found.extend(self._children[one])
        return found

    def _grow(self) -> None:
        """Hang all steps into the tree; where no link is of length one, the tree is moved."""
        ranks, held = self._ranks, [0]
        is_held = [step == 0 for step in range(len(ranks))]
        done = 0
        while True:
            while done < len(held):
                step = held[done]
                done += 1
                for near, away in ((self._out, 1), (self._in, -1)):
                    for other in near[step]:
                        if not is_held[other] and ranks[other] - ranks[step] == away:
                            is_held[other] = True
                            self._parent[other], self._is_source[other] = step, away < 0
                            self._children[step].append(other)
                            held.append(other)
            if len(held) == len(ranks):
                return
            _, shift, nearest = min(
                (abs(ranks[other] - ranks[step]), ranks[other] - ranks[step] - away, step)
                for step in held
                for near, away in ((self._out, 1), (self._in, -1))
                for other in near[step]
                if not is_held[other]
            )
            for step in held:
                ranks[step] += shift
            # The steps before it are looked at again only where they are near.
            held.remove(nearest)
            held.append(nearest)
            done = len(held) - 1

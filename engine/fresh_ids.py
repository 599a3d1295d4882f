"""Ids that nothing has yet, and names that nobody has yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from engine.document import Document

_LONGEST: Final = 40
_NUMBERED = re.compile(r"^(.*\S) ([1-9][0-9]{0,8})$", re.DOTALL)


def as_identifier(text: str, otherwise: str) -> str:
    """`text` in the form that ids have: “AI agent” is ai_agent; `otherwise` if nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    words = words.lstrip("0123456789_")
    return words[:_LONGEST].rstrip("_") or otherwise


class Unused:
    """Gives out ids, or names, one after another: none that is taken, and none twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def id(self, base: str) -> str:
        """`base`, or `base` with the least number behind it that makes a free id."""
        stem = as_identifier(base, "new")
        return self._next(stem, stem, 1, _with_end)

    def name(self, name: str) -> str:
        """`name`, or the next that is free: “Agent 2” after “Agent”, “Agent 3” after that."""
        found = _NUMBERED.match(name)
        stem, number = (found[1], int(found[2])) if found else (name, 1)
        return self._next(name, stem, number, lambda stem, n: stem[: 199 - len(str(n))] + f" {n}")

    def _next(self, name: str, stem: str, number: int, numbered: Callable[[str, int], str]) -> str:
        number = max(number, self._last.get(stem, 0))
        while name in self._taken:
            number += 1
            name = numbered(stem, number)
            self._last[stem] = number
        self._taken.add(name)
        return name


def _with_end(stem: str, number: int) -> str:
    end = f"_{number}"
    return stem[: _LONGEST - len(end)].rstrip("_") + end


def unused_id(taken: Iterable[str], base: str) -> str:
    """`base`, or `base` with the least number behind it that makes an id that is not taken."""
    return Unused(taken).id(base)


def unused_name(taken: Iterable[str], name: str) -> str:
    """`name`, or the next that is not taken: “Agent 2” after “Agent”, “Agent 3” after that."""
    return Unused(taken).name(name)


def fresh_id(document: Document, base: str) -> str:
    """An id like `base` that no step has, be it in the journey or in a sub-journey."""
    return unused_id(step_ids(document), base)


def step_ids(document: Document) -> set[str]:
    """The ids of all steps, and those that links name although there is no such step."""
    found = {step.id for step in document.journey.all_steps()}
    for graph in document.journey.graphs():
        for link in graph.links:
            found.add(link.from_)
            found.add(link.to or link.from_)
    return found

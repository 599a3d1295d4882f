"""Which groups of a told chart a view shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simulator.charts.marks import Choice
from simulator.charts.registry import Plain
from simulator.charts.telling import ALL

EVERY: Final = ""
"""The id of the view that shows all groups."""


def by_key(key: str, every: str) -> Callable[[Plain], list[Choice]]:
    """A view of all groups, called `every`, and one of each, by this key; of one group one view."""

    def choices(told: Plain) -> list[Choice]:
        own = [one for one in told["groups"] if one["keys"].get(key, ALL) != ALL]
        if len(own) < 2:
            return [Choice(EVERY, every)]
        return [Choice(EVERY, every), *(Choice(one["keys"][key], one["name"]) for one in own)]

    return choices


def viewed(told: Plain, key: str, choice: str) -> list[Plain]:
    """The groups of a view made by `by_key`; of one queue alone there is no “all”."""
    groups: list[Plain] = told["groups"]
    if choice:
        return [one for one in groups if one["keys"].get(key) == choice]
    own = [one for one in groups if one["keys"].get(key) != ALL]
    return own if len(own) == 1 else groups

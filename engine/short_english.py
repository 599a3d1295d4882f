"""Words for where there is little room: cut texts, counted things, times, names instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from engine.calendar import OpenSpan, Weekday

_UNITS: Final = ((86_400.0, 0.5, "day"), (3600.0, 0.5, "h"), (60.0, 1.0, "min"))
"""Each with its length in seconds, and the least part of one that is still said in it."""


class Thing(Protocol):
    """What has an id and perhaps a name."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name for people, empty if it has none."""


def shortened(text: str, most: int) -> str:
    """`text` on one line of at most `most` characters, the last an ellipsis if it is cut."""
    shown = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + "…"


def counted(number: int, thing: str) -> str:
    """1 line, 2 lines, 1,000 lines."""
    ending = "es" if thing.endswith("ch") else "s"
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}{ending}"


def time_in_english(seconds: float) -> str:
    """A length of time in the largest unit that makes a round number of it: 3 min, 1.5 h, 90 s."""
    fitting = (
        (seconds / size, unit)
        for size, part, unit in _UNITS
        if seconds >= size and (seconds / size / part).is_integer()
    )
    number, unit = next(fitting, (seconds, "s"))
    return f"{number:,.10g} {unit}{'s' if unit == 'day' and number != 1 else ''}"


def words(name: str) -> str:
    """An id as words: no_answer is “no answer”."""
    return name.replace("_", " ").strip()


def name_of(things: Iterable[Thing], name: str) -> str:
    """The name of the thing with this id; the id as words if it has none or is not there."""
    found = next((one.name for one in things if one.id == name), "")
    return found or words(name)


def enumerated(names: Sequence[str], most: int = 2) -> str:
    """A and B; A, and 3 more."""
    if len(names) <= most:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"


def hours_in_english(spans: Sequence[OpenSpan]) -> str:
    """Mon–Fri 09:00–17:00; of several spans the first."""
    first = spans[0]
    more = " and more" if len(spans) > 1 else ""
    return f"{days_in_english(first.days)} {first.opens}–{first.closes}{more}"


def days_in_english(days: Sequence[Weekday]) -> str:
    """Mon–Fri; Mon, Thu; daily."""
    numbers = sorted({day.number for day in days})
    names = [day.value[:3].capitalize() for day in sorted(set(days), key=lambda day: day.number)]
    if len(names) == 7:
        return "daily"
    is_run = len(names) > 2 and all(b - a == 1 for a, b in pairwise(numbers))
    return f"{names[0]}–{names[-1]}" if is_run else ", ".join(names)

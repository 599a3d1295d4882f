"""What the outline consists of: rows, each below another or at the top."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from engine.steps.base import Step

ROOT = -1
"""The number of what is above the rows at the top."""


class Kind(Enum):
    """What a row is about."""

    STEP = auto()
    EXIT = auto()
    UNREACHED = auto()
    """A heading for steps that no way leads to."""
    SUB_JOURNEY = auto()


@dataclass(slots=True, eq=False)
class Row:
    """One line of the outline.

    key: names it through all changes of the document.
    number, parent: its own number and that of the row above it; place: which child it is.
    graph: the sub-journey it is in (or is); None for the journey itself.
    step, exit, to: the step it shows or whose exit it shows, and where that leads.
    is_closed: an exit that is closed on purpose.
    """

    kind: Kind
    key: Hashable
    number: int
    parent: int
    place: int
    graph: str | None = None
    step: Step | None = None
    exit: str = ""
    to: str | None = None
    is_closed: bool = False
    children: list[int] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is an exit that asks for a step."""
        return self.kind is Kind.EXIT and self.to is None and not self.is_closed


@dataclass(slots=True)
class Outline:
    """All rows by number, and where each step is shown."""

    rows: list[Row] = field(default_factory=list)
    top: list[int] = field(default_factory=list)
    of_step: dict[str, int] = field(default_factory=dict)
    of_exit: dict[tuple[str, str], int] = field(default_factory=dict)
    _order: dict[int, int] = field(default_factory=dict)

    def children(self, number: int) -> list[int]:
        """The rows below a row, or at the top."""
        return self.top if number == ROOT else self.rows[number].children

    def add(self, kind: Kind, key: Hashable, parent: int, **more: object) -> Row:
        """A new row, the last below `parent`."""
        siblings = self.children(parent)
        row = Row(kind, key, len(self.rows), parent, len(siblings), **more)  # type: ignore[arg-type]
        self.rows.append(row)
        siblings.append(row.number)
        return row

    def shape(self) -> list[tuple[Hashable, int]]:
        """Which rows stand where, whatever they say."""
        return [(row.key, row.parent) for row in self.rows]

    def in_order(self) -> Iterator[Row]:
        """The rows as they are read, from top to bottom."""
        pending = list(reversed(self.top))
        while pending:
            row = self.rows[pending.pop()]
            yield row
            pending += reversed(row.children)

    def is_above(self, one: int, other: int) -> bool:
        """Whether a row stands above another as they are read."""
        if not self._order:
            self._order |= {row.number: place for place, row in enumerate(self.in_order())}
        return self._order[one] < self._order[other]

"""A list or mapping as rows and columns: what its cells say, and what comes of writing into one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from designer.inspector.completing import Misfit, completed
from designer.inspector.field_spec import Spec, specs
from designer.inspector.labels import label
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import LONGEST_LINE, codec
from designer.inspector.writing.reading import Unreadable
from designer.inspector.writing.summaries import summary

ABSENT: Final = object()
"""The value of a row that only could be there."""
MOST_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An element, or a key of a mapping with its value."""

    key: Any
    value: Any


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of a column say, and how to read them; without `read` they only say it."""

    title: str
    write: Callable[[Row], str]
    read: Callable[[Row, str], Row] | None = None
    choices: Callable[[Row], list[tuple[Any, str]] | None] = lambda _: None
    is_check: bool = False


class Sheet(ABC):
    """How one field is a table."""

    can_move = False
    can_add = True
    has_row_titles = False

    def __init__(self, spec: Spec, around: Surroundings) -> None:
        self.spec = spec
        self.around = around
        self.owner: Any = None

    @abstractmethod
    def columns(self) -> list[Column]:
        """The columns, for the owner that is shown."""

    @abstractmethod
    def rows(self, value: Any) -> list[Row]:
        """The rows of a value."""

    @abstractmethod
    def value(self, rows: Sequence[Row]) -> Any:
        """The value of the rows."""

    @abstractmethod
    def new_row(self, rows: Sequence[Row]) -> Row:
        """Another row."""

    def row_title(self, number: int, row: Row) -> str:  # noqa: ARG002 - numbers will do for most
        """What stands at the left of the row."""
        return str(number + 1)

    def details(self, row: Row) -> Spec | None:  # noqa: ARG002 - most rows have no more than cells
        """What is edited below the table for the row; None if the cells say it all."""
        return None

    def removed(self, row: Row) -> Row | None:  # noqa: ARG002
        """What is left of a row that is taken out; None if nothing is."""
        return None


def model_columns(spec: Spec, around: Surroundings) -> list[str]:
    """The fields of a model that fit into cells, at most three; those of its name first."""
    model = spec.model
    if model is None:
        return []
    fields = specs(model)
    names = [name for name in fields if _fits(fields[name], around)]
    ids = [] if "name" in fields or "title" in fields else ["id"]
    first = [name for name in ("name", "title", *ids) if name in names]
    others = [name for name in names if name not in {"name", "title", "id"}]
    return (first + others)[:MOST_COLUMNS]


def _fits(spec: Spec, around: Surroundings) -> bool:
    if spec.is_condition:
        return True
    is_long = spec.kind is str and (spec.longest or 0) > LONGEST_LINE
    return not is_long and codec(spec, around) is not None


def field_column(name: str, spec: Spec, around: Surroundings, empty: Callable[[], Any]) -> Column:
    """A column for one field of the rows' models; `empty` makes the model of an absent row."""
    if spec.is_condition:
        return Column(label(spec), lambda row: _said(row, name, spec, around))

    def write(row: Row) -> str:
        if row.value is ABSENT:
            return ""
        found = codec(spec, around, row.value)
        return found.write(getattr(row.value, name)) if found else ""

    def read(row: Row, text: str) -> Row:
        model = empty() if row.value is ABSENT else row.value
        found = codec(spec, around, model)
        changed = completed(model, {name: found.read(text) if found else text})
        if isinstance(changed, Misfit):
            raise Unreadable(changed.message)
        return replace(row, value=changed)

    def choices(row: Row) -> list[tuple[Any, str]] | None:
        found = codec(spec, around, row.value if row.value is not ABSENT else None)
        return found.choices if found and not found.several else None

    return Column(label(spec), write, read, choices, is_check=spec.kind is bool)


def _said(row: Row, name: str, spec: Spec, around: Surroundings) -> str:
    return "" if row.value is ABSENT else summary(getattr(row.value, name), spec, around)

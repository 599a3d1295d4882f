"""Lists as tables: of models, and of single values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec, specs
from designer.inspector.labels import label
from designer.inspector.rows.sheet import Column, Row, Sheet, field_column, model_columns
from designer.inspector.starting_values import named, value_for
from designer.inspector.writing.codecs import codec
from designer.inspector.writing.reading import say
from engine.calendar import seconds_of

_NEW = QT_TRANSLATE_NOOP("Inspector", "New {kind}")


class ModelSheet(Sheet):
    """A row for each model; what fits into no cell is edited below the table."""

    can_move = True

    def columns(self) -> list[Column]:
        """The fields that fit into cells."""
        model = self.spec.element.model
        if model is None:
            return []
        fields, names = specs(model), model_columns(self.spec.element, self.around)
        return [field_column(name, fields[name], self.around, lambda: None) for name in names]

    def rows(self, value: Any) -> list[Row]:
        """A row an element."""
        return [Row(getattr(one, "id", number), one) for number, one in enumerate(value or ())]

    def value(self, rows: Sequence[Row]) -> Any:
        """The elements."""
        return [row.value for row in rows]

    def new_row(self, rows: Sequence[Row]) -> Row:
        """An element with an id of its own."""
        model = self.spec.element.model
        assert model is not None  # noqa: S101 - a sheet of models is made for nothing else
        kind = label(replace(self.spec, owner=None)).lower().removesuffix("s")
        title = say(_NEW).format(kind=_singular(kind))
        taken = [str(row.key) for row in rows]
        element = named(model, self.around, title, taken)
        return Row(getattr(element, "id", len(rows)), element)

    def details(self, row: Row) -> Spec | None:  # noqa: ARG002 - the same for all
        """The rest of the fields."""
        return self.spec.element


def _singular(kind: str) -> str:
    return {"branche": "branch"}.get(kind, kind)


class ValueSheet(Sheet):
    """A row for each value; schedules have times of day at the left."""

    can_move = True
    has_row_titles = True

    def columns(self) -> list[Column]:
        """The one column."""
        element = self.spec.element

        def write(row: Row) -> str:
            found = codec(element, self.around, self.owner)
            return found.write(row.value) if found else str(row.value)

        def read(row: Row, text: str) -> Row:
            found = codec(element, self.around, self.owner)
            return Row(row.key, found.read(text) if found else text)

        def choices(_row: Row) -> list[tuple[Any, str]] | None:
            found = codec(element, self.around, self.owner)
            return found.choices if found else None

        return [Column(label(self.spec), write, read, choices)]

    def rows(self, value: Any) -> list[Row]:
        """A row a value."""
        return [Row(number, one) for number, one in enumerate(value or ())]

    def value(self, rows: Sequence[Row]) -> Any:
        """The values."""
        return [row.value for row in rows]

    def new_row(self, rows: Sequence[Row]) -> Row:
        """The last value once more."""
        value = rows[-1].value if rows else value_for(self.spec.element, self.around)
        return Row(len(rows), value)

    def row_title(self, number: int, row: Row) -> str:
        """The time at which the interval begins, for a schedule."""
        start = getattr(self.owner, "starts_at", None)
        interval = getattr(self.owner, "interval", None)
        if not isinstance(start, str) or not interval:
            return super().row_title(number, row)
        minutes = round((seconds_of(start) + number * interval) / 60) % 1440
        return f"{minutes // 60:02}:{minutes % 60:02}"

"""Mappings as tables: a row for each thing that may be a key, whether or not it is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from designer.inspector.field_spec import Spec, specs
from designer.inspector.labels import choice_label, key_label, value_label
from designer.inspector.references import keys_of, new_id
from designer.inspector.rows.sheet import (
    ABSENT,
    Column,
    Row,
    Sheet,
    field_column,
    model_columns,
)
from designer.inspector.starting_values import value_for
from designer.inspector.surroundings import Surroundings
from designer.inspector.writing.codecs import Codec, codec
from designer.inspector.writing.reading import Unreadable, say
from designer.inspector.writing.summaries import summary
from designer.inspector.writing.texts import read_text

_TAKEN = QT_TRANSLATE_NOOP("Inspector", "There is a row for it already.")
_SUMMARY_ONLY: Final = frozenset({"staffing"})
"""Mappings of models of which no single field says what they are about."""


class MappingSheet(Sheet):
    """What is not set is an empty row; emptied, a row is set no longer."""

    def __init__(self, spec: Spec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._listing = keys_of(spec)
        self.can_add = self._listing is None and not spec.key.choices
        self._names: dict[Any, str] = {}
        self._old: dict[Any, Any] = {}

    def rows(self, value: Any) -> list[Row]:
        """What may be a key, and then whatever else is one."""
        self._old = dict(value or {})
        self._names = self._known()
        keys = [*self._names, *(key for key in self._old if key not in self._names)]
        return [Row(key, self._old.get(key, ABSENT)) for key in keys]

    def _known(self) -> dict[Any, str]:
        if self._listing is not None:
            return dict(self._listing(self.around, self.owner))
        key = self.spec.key
        return {one: choice_label(self.spec.name, str(one)) for one in key.choices}

    def value(self, rows: Sequence[Row]) -> Any:
        """The keys that are set: those that were in their old order, then the new ones."""
        found = {row.key: row.value for row in rows if row.value is not ABSENT}
        order = [key for key in self._old if key in found]
        order += [key for key in found if key not in self._old]
        return {key: found[key] for key in order}

    def columns(self) -> list[Column]:
        """The key, and its value or the fields of it that fit into cells."""
        element = self.spec.element
        read_key = self._read_key if self.can_add else None
        first = Column(key_label(self.spec), self._write_key, read_key)
        names = [] if self.spec.name in _SUMMARY_ONLY else model_columns(element, self.around)
        if element.model is not None and names:
            fields = specs(element.model)
            empty = lambda: value_for(element, self.around)  # noqa: E731
            return [first, *(field_column(n, fields[n], self.around, empty) for n in names)]
        if self._codec(Row(None, None)) is None:
            return [first, Column(value_label(self.spec), self._summary)]
        return [first, Column(value_label(self.spec), self._write, self._read, self._choices)]

    def _codec(self, row: Row) -> Codec | None:
        return codec(self.spec.element, self.around, _Of(row.key))

    def _write(self, row: Row) -> str:
        found = self._codec(row)
        return "" if row.value is ABSENT or found is None else found.write(row.value)

    def _read(self, row: Row, text: str) -> Row:
        found = self._codec(row)
        if not text.strip() or found is None:
            return Row(row.key, ABSENT)
        return Row(row.key, found.read(text))

    def _choices(self, row: Row) -> list[tuple[Any, str]] | None:
        found = self._codec(row)
        if found is None or found.choices is None:
            return None
        return [(ABSENT, ""), *found.choices]

    def _summary(self, row: Row) -> str:
        unset = say(QT_TRANSLATE_NOOP("Inspector", "not set"))
        return unset if row.value is ABSENT else summary(row.value, self.spec.element, self.around)

    def _write_key(self, row: Row) -> str:
        return self._names.get(row.key, str(row.key))

    def _read_key(self, row: Row, text: str) -> Row:
        key = read_text(text.strip(), self.spec.key)
        if key != row.key and key in self._old:
            raise Unreadable(say(_TAKEN))
        return Row(key, row.value)

    def new_row(self, rows: Sequence[Row]) -> Row:
        """A row with a key that is free."""
        taken = {str(row.key) for row in rows}
        value = value_for(self.spec.element, self.around)
        if "0-9" in self.spec.key.pattern and not self.spec.key.is_identifier:
            return Row(next(str(n) for n in range(1000) if str(n) not in taken), value)
        return Row(new_id("new", taken), value)

    def details(self, row: Row) -> Spec | None:  # noqa: ARG002 - the same for all
        """The rest of the value's fields; or all of it, if no cell can say it."""
        element = self.spec.element
        return element if element.model is not None or element.models else None

    def removed(self, row: Row) -> Row | None:
        """A row that could be there stays, unset."""
        return Row(row.key, ABSENT) if row.key in self._names else None


class _Of:
    """Stands for the model of a value, so that its codec knows which attribute it is of."""

    def __init__(self, attribute: Any) -> None:
        self.attribute = attribute

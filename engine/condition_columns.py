"""Conditions over whole populations: the same answers as `conditions.evaluate`, column-wise.

A column is a numpy array: float64 with NaN for missing numbers; for booleans and texts an
object array with None for missing values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from engine.conditions import (
    All,
    Among,
    AnyOf,
    Between,
    Compare,
    Condition,
    Contains,
    Known,
    Not,
    kind_of,
)
from engine.profile import Value, ValueType

Column = NDArray[Any]
Mask = NDArray[np.bool_]

_ORDER: dict[str, Callable[[Column, float], Mask]] = {
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
}


def evaluate_columns(condition: Condition, columns: Mapping[str, Column], rows: int) -> Mask:
    """Whether `condition` holds, for each of `rows` customers; an absent column is missing."""
    match condition:
        case All():
            parts = (evaluate_columns(part, columns, rows) for part in condition.of)
            return reduce(np.logical_and, parts)
        case AnyOf():
            parts = (evaluate_columns(part, columns, rows) for part in condition.of)
            return reduce(np.logical_or, parts)
        case Not():
            return ~evaluate_columns(condition.of, columns, rows)
        case _:
            column = columns.get(condition.attribute)
            return np.zeros(rows, bool) if column is None else _atom(condition, column)


def _atom(atom: Compare | Among | Between | Contains | Known, column: Column) -> Mask:
    match atom:
        case Known():
            return _known(column)
        case Between():
            numbers = _numbers(column)
            return (numbers >= atom.low) & (numbers <= atom.high)
        case Contains():
            return _each(column, lambda value: isinstance(value, str) and atom.value in value)
        case Among():
            return reduce(np.logical_or, (_equal(column, value) for value in atom.values))
        case Compare():
            return _compared(atom, column)
        case _:
            assert_never(atom)


def _compared(atom: Compare, column: Column) -> Mask:
    if atom.op == "eq":
        return _equal(column, atom.value)
    if atom.op == "ne":
        return _of_kind(column, kind_of(atom.value)) & ~_equal(column, atom.value)
    if isinstance(atom.value, (bool, str)):
        return np.zeros(len(column), bool)
    return _ORDER[atom.op](_numbers(column), atom.value)


def _known(column: Column) -> Mask:
    if column.dtype.kind == "f":
        return ~np.isnan(column)
    return _each(column, lambda value: value is not None)


def _numbers(column: Column) -> NDArray[np.float64]:
    """The numbers of `column`; whatever is no number becomes NaN, which compares false."""
    if column.dtype.kind == "f":
        return column
    kinds = ((value, kind_of(value)) for value in column)
    return np.array([v if kind is ValueType.NUMBER else np.nan for v, kind in kinds], np.float64)


def _of_kind(column: Column, kind: ValueType | None) -> Mask:
    if column.dtype.kind == "f":
        return _known(column) if kind is ValueType.NUMBER else np.zeros(len(column), bool)
    return _each(column, lambda value: kind_of(value) is kind)


def _equal(column: Column, wanted: Value) -> Mask:
    kind = kind_of(wanted)
    if column.dtype.kind == "f":
        return column == wanted if kind is ValueType.NUMBER else np.zeros(len(column), bool)
    return _each(column, lambda value: kind_of(value) is kind and value == wanted)


def _each(column: Column, test: Callable[[Any], bool]) -> Mask:
    return np.fromiter((test(value) for value in column), bool, len(column))

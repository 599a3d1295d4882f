"""Conditions of which at most one holds, because not every engine asks them in order.

SpiffWorkflow asks in the order of the diagram, others in that of the file.
"""

from __future__ import annotations

from engine.conditions import All, Among, AnyOf, Compare, Condition, Not, kind_of
from engine.profile import Value


def exclusive(cases: tuple[tuple[str, Condition], ...]) -> list[tuple[str, Condition]]:
    """Each case with a condition that holds only if none before it does."""
    found: list[tuple[str, Condition]] = []
    for number, (name, condition) in enumerate(cases):
        before = [one for _, one in cases[:number] if not _exclude_each_other(one, condition)]
        if before:
            rest = before[0] if len(before) == 1 else AnyOf(of=before)
            found.append((name, All(of=[Not(of=rest), condition])))
        else:
            found.append((name, condition))
    return found


def _exclude_each_other(one: Condition, other: Condition) -> bool:
    """Whether it is plain that both cannot hold: the same attribute, and no value in common."""
    values, others = _values(one), _values(other)
    if values is None or others is None:
        return False
    return values[0] == others[0] and not (values[1] & others[1])


def _values(condition: Condition) -> tuple[str, set[tuple[object, Value]]] | None:
    """The attribute and the values that it must have one of; None if it is not so simple."""
    match condition:
        case Compare(op="eq"):
            return condition.attribute, {(kind_of(condition.value), condition.value)}
        case Among():
            return condition.attribute, {(kind_of(one), one) for one in condition.values}
        case _:
            return None

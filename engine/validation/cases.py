"""Could a condition ever hold, while others do not? Answered by trying it out.

All values of an attribute that no comparison tells apart are alike, so one of each kind is
enough: every number that is compared with and one on each side of it, every text and one
that is none of them, true and false, and no value at all. The conditions are asked
themselves, so the answer is never another than at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise, product
from typing import Final

from engine.conditions import (
    All,
    Among,
    AnyOf,
    Atom,
    Between,
    Compare,
    Condition,
    Contains,
    Known,
    atoms_in,
    compiled,
)
from engine.profile import Attribute, Value, ValueType

MOST_CASES: Final = 4096
_MOST_PARTS = 6
_FILLER_START = 0xE000  # private use: hardly in anybody's texts, and left out if it is


def is_possible(
    holds: Sequence[Condition],
    fails: Sequence[Condition],
    attributes: Mapping[str, Attribute],
    fixed: Mapping[str, Value] | None = None,
) -> bool:
    """Whether some customer fits all of `holds` and none of `fails`.

    fixed: values that are given. When there are too many cases to try, the answer is True:
    False is only ever said for certain.
    """
    cases = _cases([*holds, *fails], attributes, fixed or {})
    if cases is None:
        return True
    wanted = [compiled(one) for one in holds]
    unwanted = [compiled(one) for one in fails]
    for case in islice(cases, MOST_CASES):
        look = case.get
        if all(test(look) for test in wanted) and not any(test(look) for test in unwanted):
            return True
    return next(cases, None) is not None


def surely_known(condition: Condition) -> frozenset[str]:
    """The attributes that have a value whenever `condition` holds."""
    match condition:
        case All():
            return frozenset().union(*map(surely_known, condition.of))
        case AnyOf():
            return frozenset.intersection(*map(surely_known, condition.of))
        case Compare() | Among() | Between() | Contains() | Known():
            return frozenset({condition.attribute})
        case _:
            return frozenset()


def _cases(
    conditions: Iterable[Condition],
    attributes: Mapping[str, Attribute],
    fixed: Mapping[str, Value],
) -> Iterator[dict[str, Value | None]] | None:
    """One customer of each kind that the conditions can tell apart; None if too many."""
    atoms: dict[str, list[Atom]] = {}
    for condition in conditions:
        for atom in atoms_in(condition):
            atoms.setdefault(atom.attribute, []).append(atom)
    choices: list[Sequence[Value | None]] = []
    for name, compared in atoms.items():
        values = [fixed[name]] if name in fixed else _values(compared, attributes.get(name))
        if values is None:
            return None
        choices.append(values)
    return (dict(zip(atoms, values, strict=True)) for values in product(*choices))


def _values(atoms: list[Atom], attribute: Attribute | None) -> list[Value | None] | None:
    kind = attribute.type if attribute else None
    values: list[Value | None] = []
    if kind in {None, ValueType.NUMBER}:
        values += _numbers(atoms)
    if kind in {None, ValueType.BOOLEAN}:
        values += [True, False]
    if kind in {None, ValueType.TEXT, ValueType.CHOICE}:
        texts = _texts(atoms)
        if texts is None:
            return None
        values += texts
    return [*values, None]


def _literals(atoms: Iterable[Atom]) -> Iterator[Value]:
    """Every value that is compared with, those of `contains` left out."""
    for atom in atoms:
        match atom:
            case Compare():
                yield atom.value
            case Among():
                yield from atom.values
            case Between():
                yield from (atom.low, atom.high)


def _numbers(atoms: Iterable[Atom]) -> list[float]:
    """Each bound, and a number between every two, below the least and above the greatest.

    Between two neighbouring bounds there may be no other number; then one of them comes twice.
    """
    bounds = sorted({v for v in _literals(atoms) if not isinstance(v, (bool, str))})
    if not bounds:
        return [0.0]
    between = [low + (high - low) / 2 for low, high in pairwise(bounds)]
    return [*bounds, *between, bounds[0] - 1, bounds[-1] + 1]


def _texts(atoms: Iterable[Atom]) -> list[str] | None:
    """Each text compared with, and for each set of parts a text that has just these.

    A text that contains some parts, joined by a character that is in none of them, contains
    what every text with these parts contains, and nothing else that is asked for.
    """
    atoms = list(atoms)
    parts = sorted({atom.value for atom in atoms if isinstance(atom, Contains)})
    if len(parts) > _MOST_PARTS:
        return None
    exact = sorted({value for value in _literals(atoms) if isinstance(value, str)})
    filler = _unused_character([*parts, *exact])
    sets = (some for size in range(len(parts) + 1) for some in combinations(parts, size))
    return [*exact, *(filler + "".join(part + filler for part in some) for some in sets)]


def _unused_character(texts: list[str]) -> str:
    used = set().union(*texts)
    return next(c for c in map(chr, range(_FILLER_START, 0x10FFFF)) if c not in used)

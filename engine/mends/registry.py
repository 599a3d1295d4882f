"""All quick fixes, found by looking into the folder `rules`, and how to ask for them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Concatenate, ParamSpec

import engine.mends.rules
from engine.document import Document
from engine.edit_kinds import Edit, in_turn
from engine.errors import EditError
from engine.mends.trouble import Trouble
from engine.validation.finding import Finding

_P = ParamSpec("_P")


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to mend a finding: what it does, for the menu, and the edit that does it."""

    label: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Offer:
    """What a function of `rules` yields; it is left out if its edit cannot be made."""

    label: str
    make: Callable[[Document], Edit]


Remedy = Callable[[Trouble], Iterator[Offer]]

_REMEDIES: dict[str, Remedy] = {}


def offer(
    label: str,
    make: Callable[Concatenate[Document, _P], Edit],
    *args: _P.args,
    **options: _P.kwargs,
) -> Offer:
    """A mend called `label`: the edit that `make` makes of the document and these arguments."""
    return Offer(label, lambda document: make(document, *args, **options))


def mends_of(*codes: str) -> Callable[[Remedy], Remedy]:
    """Declare the decorated function as what mends findings of these rules."""

    def declare(remedy: Remedy) -> Remedy:
        for code in codes:
            if code in _REMEDIES:
                raise ValueError(f"there are mends of {code} already")
            _REMEDIES[code] = remedy
        return remedy

    return declare


@cache
def _remedies() -> MappingProxyType[str, Remedy]:
    for module in pkgutil.iter_modules(engine.mends.rules.__path__):
        importlib.import_module(f"{engine.mends.rules.__name__}.{module.name}")
    return MappingProxyType(_REMEDIES)


def codes_with_mends() -> frozenset[str]:
    """The codes of the rules of whose findings some at least have a quick fix."""
    return frozenset(_remedies())


def mends(document: Document, finding: Finding) -> list[Mend]:
    """The ways to mend `finding`, the plainest first; none if only a person can know.

    The finding is one of `document` as it is: after an edit, validate and ask again.
    """
    remedy = _remedies().get(finding.code)
    if remedy is None:
        return []
    found: dict[str, Mend] = {}
    try:
        for one in remedy(Trouble(document, finding)):
            if one.label not in found and (made := _made(document, one)) is not None:
                found[one.label] = made
    except EditError:
        # What the finding is about is no longer there.
        return []
    return list(found.values())


def _made(document: Document, one: Offer) -> Mend | None:
    try:
        return Mend(one.label, in_turn(one.label, document, one.make))
    except EditError:
        return None

"""A document in one case: in a scenario, and with single changes on top of it."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

from engine.errors import WaylineError
from engine.scenarios import (
    Addition,
    AnyChange,
    Change,
    Multiplication,
    Scenario,
    with_scenario,
)

if TYPE_CHECKING:
    from engine.document import Document

BASELINE: Final = "baseline"
LONGEST: Final = 300
"""Characters of a place, as in a document."""
_NAME: Final = "change"


def in_case(document: Document, scenario: str | None, changes: list[str]) -> Document:
    """The document in a scenario, None or “baseline” for none, and then with these changes."""
    if scenario not in {None, BASELINE} or _has_baseline(document, scenario):
        document = with_scenario(document, scenario or "")
    if not changes:
        return document
    made = Scenario(id=_NAME, name=_NAME, changes=[_change(text) for text in changes])
    scenarios = document.scenarios.model_copy(update={"named": [made]})
    return with_scenario(document.model_copy(update={"scenarios": scenarios}), _NAME)


def _has_baseline(document: Document, scenario: str | None) -> bool:
    return scenario is not None and any(one.id == scenario for one in document.scenarios.named)


def _change(text: str) -> AnyChange:
    place, equals, value = text.partition("=")
    sign = place[-1:] if place.endswith(("+", "*")) and not place.endswith("/+") else ""
    place = place.removesuffix(sign)
    if not equals or not 1 <= len(place) <= LONGEST:
        raise WaylineError(
            f"“{text[:60]}” is no change",
            mend="write it as PLACE=VALUE, PLACE+=NUMBER or PLACE*=NUMBER.",
        )
    match sign:
        case "+":
            return Addition(at=place, add=_number(value, -1e15, 1e15))
        case "*":
            return Multiplication(at=place, times=_number(value, 0, 1e6))
        case _:
            return Change(at=place, to=_value(value))


def _value(text: str) -> Any:
    """As JSON where it is some, else as text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _number(text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise WaylineError(
            f"“{text[:40]}” is no number from {low:g} to {high:g}",
            mend="after += and *= give such a number.",
        )
    return value

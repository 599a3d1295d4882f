"""Plain values as people write them: with units, distributions in words. Never raises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from engine.condition_english import in_english
from engine.conditions import Condition
from engine.places import ABSENT
from engine.profile import Attribute

_LONGEST = 80
_MOST = 8

_SHAPES: Final = {
    "constant": "always",
    "exponential": "exponential",
    "lognormal": "lognormal",
    "weibull": "Weibull",
    "gamma": "gamma",
    "uniform": "uniform",
    "triangular": "triangular",
    "empirical": "one of",
    "mixture": "a mixture of",
}
_WORDS: Final = {
    "per_day": "customers a day",
    "cv": "CV",
    "mu": "μ",
    "sigma": "σ",
    "shape": "shape",
    "day_variation": "day variation",
    "day_of_week": "weekdays",
    "abandons": "share that hangs up",
    "leaves": "share that leaves a message",
    "fails": "share that fails",
    "happens": "share for whom it happens",
    "no_input": "share without input",
    "no_match": "share not understood",
    "missing": "share missing",
    "true": "share with yes",
    "max": "limit of rounds",
    "carried": "carrying over",
    "recognises": "recognition of those known",
    "sees_context": "sight of the context",
    "asks": "questions asked",
    "concurrent": "several contacts at once",
    "concurrency": "speed with one, two and more contacts",
    "within": "limit of the wait",
    "takes": "choice of whom to serve",
    "agent_choice": "choice of the agent",
    "handle_time_by_need": "handle time by need",
    "max_contacts": "limit of contacts",
    "opens": "opening time",
    "closes": "closing time",
    "starts_at": "start",
    "lasts": "length",
    "times": "factor on the usual rate",
    "customers": "extra customers",
    "half_life": "half-life",
    "every": "time until the next",
    "pauses": "standstill of work",
}
_UNITS: Final = {
    "lasts": "s",
    "half_life": "s",
    "every": "s",
    "duration": "s",
    "interval": "s",
    "missing": "share",
    "absence": "share",
    "shrinkage": "share",
}
"""Units of fields that have the same one wherever they stand."""
MEASURED: Final = frozenset({"value", "mean", "low", "mode", "high", "scale", "values"})
"""Fields of a distribution that are in its unit."""


def words(key: str) -> str:
    """A field's name as words."""
    return _WORDS.get(key) or key.replace("_", " ").strip() or "it"


def value_in_english(value: Any, unit: str, attributes: Mapping[str, Attribute]) -> str:
    """A plain value, shortened if it is long; `unit` is s, share, money or nothing."""
    if value is None or value is ABSENT:
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_in_english(value, unit)
    if isinstance(value, str):
        return f"“{_shortened(value)}”"
    if isinstance(value, list):
        return _list(value, unit, attributes)
    return _object(value, unit, attributes) if isinstance(value, dict) else "something else"


def number_in_english(value: float, unit: str) -> str:
    """A number with its unit; shares in percent."""
    match unit:
        case "share":
            return f"{value * 100:,.10g} %"
        case "s":
            return f"{value:,.10g} s"
        case "money" if value != int(value):
            return f"{value:,.2f}" if abs(value) >= 0.01 else f"{value:.10g}"
        case _:
            return f"{value:,.10g}"


def _shortened(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _list(values: list[Any], unit: str, attributes: Mapping[str, Attribute]) -> str:
    if not values:
        return "none"
    said = [value_in_english(one, unit, attributes) for one in values[:_MOST]]
    if len(values) <= _MOST:
        return ", ".join(said)
    last = value_in_english(values[-1], unit, attributes)
    return f"{', '.join(said[:3])}, … {last} ({len(values):,} values)"


def _object(value: dict[str, Any], unit: str, attributes: Mapping[str, Attribute]) -> str:
    kind = value.get("kind")
    if isinstance(kind, str) and kind in _SHAPES:
        return _distribution(value, kind, unit)
    if "op" in value:
        return _condition(value, attributes)
    name = value.get("name")
    if isinstance(name, str) and name:
        return f"“{_shortened(name)}”"
    pairs = [
        f"{words(_shortened(key))} {value_in_english(content, _UNITS.get(key, ''), attributes)}"
        for key, content in value.items()
    ]
    rest = f" and {len(pairs) - _MOST} more" if len(pairs) > _MOST else ""
    return ("; ".join(pairs[:_MOST]) + rest) or "all as by default"


def _distribution(value: dict[str, Any], kind: str, unit: str) -> str:
    """Such as: lognormal, mean 399 s, CV 1.15."""
    parts = value.get("parts")
    if kind == "mixture" and isinstance(parts, list):
        inner = [_part(one, unit) for one in parts if isinstance(one, dict)]
        return f"{_SHAPES[kind]} {' and '.join(inner)}"
    said = {
        key: value_in_english(content, unit if key in MEASURED else "", {})
        for key, content in value.items()
        if key != "kind" and content is not None and content != []
    }
    only = {"constant": "value", "empirical": "values"}.get(kind)
    if only and list(said) == [only]:
        return f"{_SHAPES[kind]} {said[only]}"
    return ", ".join([_SHAPES[kind], *(f"{words(key)} {one}" for key, one in said.items())])


def _part(part: dict[str, Any], unit: str) -> str:
    weight = value_in_english(part.get("weight"), "", {})
    return f"{weight} × ({value_in_english(part.get('of'), unit, {})})"


_CONDITION: Final[TypeAdapter[Condition]] = TypeAdapter(Condition)


def _condition(value: dict[str, Any], attributes: Mapping[str, Attribute]) -> str:
    try:
        condition = _CONDITION.validate_python(value)
    except ValidationError:
        return "a condition"
    return re.sub(r"\s+", " ", in_english(condition, attributes))

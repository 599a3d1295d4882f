"""The expected values: truth.json, which lies beside this file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "truth.json").read_text(encoding="utf-8")
    return {case["name"]: case for case in json.loads(text)["cases"]}


def names() -> list[str]:
    """The names of all cases."""
    return list(_all())


def params(case: str) -> dict[str, Any]:
    """The model's parameters."""
    found: dict[str, Any] = _all()[case]["params"]
    return found


def metrics(case: str) -> dict[str, float]:
    """Every metric's value."""
    return {name: float(one["value"]) for name, one in _all()[case]["metrics"].items()}

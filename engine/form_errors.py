"""What pydantic found wrong, said in Wayline's words: what, where, how to mend it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from engine.errors import DocumentError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SEE_SCHEMA = "wayline schema shows what may stand here."
# Listing them takes a kilobyte each; nobody mends so many one by one.
_TOO_MANY = 20_000
# How pydantic names the alternatives for a value of an attribute.
_ALTERNATIVES = {"bool", "float", "str", "constrained-float", "constrained-str"}
_SUBJECT = re.compile(r"^(Input|String|List|Dictionary|Value error,) ")


def first_problem(error: ValidationError, plain: Any, place: tuple[str, ...] = ()) -> DocumentError:
    """The first problem of `error` in `plain`, which stands at `place` of the document."""
    count = error.error_count()
    if count > _TOO_MANY:
        return DocumentError(
            f"{count:,} values are missing, unknown or not as they must be",
            where="/".join(place),
            mend="choose a journey document.",
        )
    problem = error.errors(include_url=False)[0]
    what, mend = _sentence(problem)
    if count > 1:
        what += f" (and {count - 1} more like it may follow)"
    where = "/".join((*place, *_readable(problem, plain)))
    return DocumentError(what, where=where, mend=mend)


def _sentence(problem: ErrorDetails) -> tuple[str, str]:
    key = str(problem["loc"][-1])[:60] if problem["loc"] else ""
    context, shown = problem.get("ctx", {}), _shown(problem["input"])
    match problem["type"]:
        case "extra_forbidden":
            return f"the key “{key}” is not known here", f"remove it; {_SEE_SCHEMA}"
        case "missing":
            return f"“{key}” is missing", f"add it; {_SEE_SCHEMA}"
        case "union_tag_invalid":
            tag = _shown(context.get("tag"))
            return f"{tag} is none of {context.get('expected_tags')}", "choose one of these."
        case "union_tag_not_found":
            name = str(context.get("discriminator")).strip("'")
            return f"“{name}” is missing", f"add it; {_SEE_SCHEMA}"
        case "string_pattern_mismatch":
            return (
                f"{shown} is not written as it must be",
                f"use the pattern {context.get('pattern')}, such as first_contact or 09:00.",
            )
        case "value_error":
            return str(context.get("error", problem["msg"])), _SEE_SCHEMA
        case _ if key in _ALTERNATIVES:
            return (
                f"{shown} is no value that an attribute may have",
                "write true, false, a number or a text of at most 500 characters.",
            )
        case _:
            message = _SUBJECT.sub("", problem["msg"]).replace(" after validation", "")
            return f"{shown} {message}", _SEE_SCHEMA


def _shown(value: object) -> str:
    """`value` as it stands in the file, shortened."""
    if isinstance(value, str):
        return f"“{value[:40]}…”" if len(value) > 41 else f"“{value}”"
    if isinstance(value, (list, tuple)):
        return "this list"
    is_scalar = value is None or isinstance(value, (bool, int, float))
    return json.dumps(value) if is_scalar else "this object"


def _readable(problem: ErrorDetails, plain: Any) -> list[str]:
    """Where the problem is: keys, and for elements of lists their ids, where they have one."""
    *way, last = problem["loc"] or ("",)
    parts: list[str] = []
    node = plain
    for part in (*way, last):
        if isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
            name = node.get("id") if isinstance(node, dict) else None
            parts.append(name if isinstance(name, str) and len(name) <= 40 else str(part))
        elif isinstance(node, dict) and part in node:
            node = node[part]
            parts.append(str(part)[:60])
    if problem["type"] == "missing":
        parts.append(str(last))
    # What is left out are pydantic's own words for the alternatives of a union.
    return parts

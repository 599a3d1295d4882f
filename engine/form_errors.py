"""What pydantic found wrong, said in Wayline's words: what, where, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import DocumentError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_SEE_SCHEMA = "wayline schema shows what may stand here."


def first_problem(
    error: ValidationError, plain: Any, place: tuple[str, ...] = ()
) -> DocumentError:
    """The first problem of `error` in `plain`, which stands at `place` of the document."""
    problems = error.errors(include_url=False, include_context=True)
    what, mend = _sentence(problems[0])
    if len(problems) > 1:
        what += f" (and {len(problems) - 1} more like it may follow)"
    where = "/".join((*place, *_readable(problems[0]["loc"], plain)))
    return DocumentError(what, where=where, mend=mend)


def _sentence(problem: ErrorDetails) -> tuple[str, str]:
    key = str(problem["loc"][-1]) if problem["loc"] else ""
    context = problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden":
            return f"the key “{key}” is not known here", f"remove it; {_SEE_SCHEMA}"
        case "missing":
            return f"“{key}” is missing", f"add it; {_SEE_SCHEMA}"
        case "union_tag_invalid":
            return (
                f"“{_short(context.get('tag'))}” is none of {context.get('expected_tags')}",
                "choose one of these.",
            )
        case "union_tag_not_found":
            return f"{context.get('discriminator')} is missing", f"add it; {_SEE_SCHEMA}"
        case "string_pattern_mismatch":
            return (
                f"“{_short(problem['input'])}” is not written as it must be",
                f"use the pattern {context.get('pattern')}, such as first_contact or 09:00.",
            )
        case "value_error":
            return str(context.get("error", problem["msg"])), _SEE_SCHEMA
        case _:
            message = problem["msg"].removeprefix("Input ").removeprefix("Value error, ")
            return f"{_short(problem['input'])!r} {message}", _SEE_SCHEMA


def _short(value: object) -> object:
    text = value if isinstance(value, (str, bool, int, float)) or value is None else "this value"
    return f"{text[:40]}…" if isinstance(text, str) and len(text) > 41 else text


def _readable(location: tuple[int | str, ...], plain: Any) -> list[str]:
    """The location with list numbers replaced by the elements' ids, where they have one."""
    parts: list[str] = []
    node = plain
    for part in location:
        if isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
            name = node.get("id") if isinstance(node, dict) else None
            parts.append(f"{name}" if isinstance(name, str) and len(name) <= 40 else str(part))
        elif isinstance(node, dict) and part in node:
            node = node[part]
            parts.append(str(part)[:60])
        elif isinstance(node, dict) and not isinstance(part, int):
            # A union's tag, or the name of a key that is missing.
            parts.append(str(part)[:60])
    return parts

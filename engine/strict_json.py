"""Read JSON from strangers: refuse what Python's own reader lets through."""

from __future__ import annotations

import json
import re
from typing import Any

from engine.errors import DocumentError

MAX_BYTES = 10_000_000
MAX_DEPTH = 60
MAX_TEXT = 20_000
MAX_VALUES = 500_000
MAX_KEYS = 50_000
_EXACT = 2**53
# Halves of surrogate pairs, which UTF-8 cannot hold, and control characters.
_NO_TEXT = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f]")


def load_json(data: bytes) -> Any:
    """Parse UTF-8 `data`; DocumentError names the line or the place of what is refused."""
    if len(data) > MAX_BYTES:
        raise DocumentError(
            f"the file is larger than {MAX_BYTES // 1_000_000} MB",
            mend="a journey of 10,000 steps is about 4 MB: choose a journey document.",
        )
    # Every value but the first has a comma or a bracket before it. Counted ahead of reading,
    # because values take up to a hundred times the room in memory that they take in the file.
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise DocumentError(
            f"the file holds more than {MAX_VALUES:,} values",
            mend="choose a journey document: 20,000 steps and their links need fewer.",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"byte {error.start} is not UTF-8 text",
            mend="save the file as UTF-8, or choose a journey document.",
        ) from None
    value = _parsed(text)
    check_tree(value)
    return value


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_int=_exact_int,
            parse_float=_finite_float,
            object_pairs_hook=_unique_keys,
        )
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"this is not JSON: {error.msg.lower()}",
            where=f"line {error.lineno}, column {error.colno}",
            mend="undo the last change made outside Wayline, or open the backup (the name with ~).",
        ) from None
    except RecursionError:
        raise _too_deep() from None


def _refuse_constant(name: str) -> float:
    raise DocumentError(f"{name} is not a number that JSON knows", mend="write a finite number.")


def _exact_int(text: str) -> int:
    shown = text if len(text) <= 24 else f"{text[:20]}… ({len(text)} digits)"
    if len(text) > 17 or abs(int(text)) > _EXACT:
        raise DocumentError(
            f"the number {shown} is too large to be kept exactly",
            mend="use a number between -2^53 and 2^53.",
        )
    return int(text)


def _finite_float(text: str) -> float:
    value = float(text) if len(text) < 400 else float("inf")
    if value - value != 0:
        raise DocumentError(
            f"the number {text[:24]} is too large or too long", mend="write a finite number."
        )
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MAX_KEYS:
        raise DocumentError(
            f"one object has more than {MAX_KEYS:,} keys", mend="choose a journey document."
        )
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DocumentError(
                    f'the key "{_printable(key)}" stands twice in one object',
                    mend="keep one of the two.",
                )
            seen.add(key)
    return result


def check_tree(value: Any) -> None:
    """Refuse too deep nesting, too long text and text that cannot be saved; never recurse."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise _too_deep()


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        for key in node:
            _check_text(key)
        return [child for child in node.values() if _needs_look(child)]
    if isinstance(node, list):
        return [child for child in node if _needs_look(child)]
    return []


def _needs_look(node: Any) -> bool:
    if isinstance(node, str):
        _check_text(node)
        return False
    return isinstance(node, (dict, list))


def _check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise DocumentError(
            f"a text of {len(text)} characters begins with “{_printable(text)}…”",
            mend=f"shorten it to at most {MAX_TEXT} characters.",
        )
    found = None if text.isprintable() else _NO_TEXT.search(text)
    if found:
        raise DocumentError(
            f"the text “{_printable(text)}” holds the character U+{ord(found[0]):04X},"
            " which is not text",
            mend="remove that character.",
        )


def _printable(text: str) -> str:
    """The beginning of `text` as it can be shown: odd characters as escapes."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[:40])


def _too_deep() -> DocumentError:
    return DocumentError(
        f"the file is nested more than {MAX_DEPTH} levels deep",
        mend="choose a journey document: conditions may nest, but not that deep.",
    )

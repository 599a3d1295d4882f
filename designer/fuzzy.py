"""How well a few letters stand for a text: its letters in order, best at the starts of words."""

from __future__ import annotations

from designer.search_words import folded

_FIRST_OF_WORD, _NEXT, _APART = 8.0, 5.0, 1.0


def score(typed: str, text: str) -> float | None:
    """The higher the better; None if the letters are not in the text in this order."""
    letters = folded(typed).replace(" ", "")
    where = folded(text)
    if not letters:
        return 0.0
    # best[n]: the best score of the letters so far, the last of them at place n of the text
    best: list[float | None] = [_alone(where, n, letters[0]) for n in range(len(where))]
    for letter in letters[1:]:
        best = _with_next(best, where, letter)
    found = [one for one in best if one is not None]
    # Of texts that fit alike the shorter is meant.
    return max(found) - len(where) / 100 if found else None


def _alone(where: str, place: int, letter: str) -> float | None:
    if where[place] != letter:
        return None
    return _FIRST_OF_WORD if _is_start(where, place) else _APART


def _with_next(best: list[float | None], where: str, letter: str) -> list[float | None]:
    result: list[float | None] = []
    before: float | None = None
    """The best of all places before the one at the left of this one."""
    for place in range(len(where)):
        beside = best[place - 1] if place else None
        alone = _alone(where, place, letter)
        ways = []
        if alone is not None:
            ways += [before + alone] if before is not None else []
            ways += [beside + max(alone, _NEXT)] if beside is not None else []
        result.append(max(ways, default=None))
        before = max((one for one in (before, beside) if one is not None), default=None)
    return result


def _is_start(where: str, place: int) -> bool:
    return place == 0 or not where[place - 1].isalnum()

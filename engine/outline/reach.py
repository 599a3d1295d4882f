"""How much of a graph lies behind each step: what the main way is chosen by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def reach(ways: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """For each step how many steps can be reached from it, itself included.

    Steps from which each other can be reached are alike; the sets are bits of a number.
    """
    masks: dict[str, int] = {}
    bits = {name: 1 << number for number, name in enumerate(ways)}
    for circle in _circles(ways):
        mask = 0
        for name in circle:
            mask |= bits[name]
            for to in ways[name]:
                mask |= masks.get(to, 0)
        masks.update(dict.fromkeys(circle, mask))
    return {name: mask.bit_count() for name, mask in masks.items()}


def _circles(ways: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The strongly connected parts, each after all that it leads to (Tarjan, without recursion)."""
    found: list[list[str]] = []
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    is_waiting: set[str] = set()
    for start in ways:
        if start in number:
            continue
        walk = [(start, iter(ways[start]))]
        while walk:
            name, rest = walk[-1]
            if name not in number:
                number[name] = lowest[name] = len(number)
                waiting.append(name)
                is_waiting.add(name)
            for to in rest:
                if to not in number:
                    walk.append((to, iter(ways[to])))
                    break
                if to in is_waiting:
                    lowest[name] = min(lowest[name], number[to])
            else:
                walk.pop()
                if walk:
                    before = walk[-1][0]
                    lowest[before] = min(lowest[before], lowest[name])
                if lowest[name] == number[name]:
                    circle = _taken_off(waiting, name)
                    is_waiting.difference_update(circle)
                    found.append(circle)
    return found


def _taken_off(waiting: list[str], name: str) -> list[str]:
    start = len(waiting) - 1
    while waiting[start] != name:
        start -= 1
    circle = waiting[start:]
    del waiting[start:]
    return circle

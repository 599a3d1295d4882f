"""Searching as people expect it: case and accents do not matter, and every word must be there."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The text without case and accents: “Übergabe” as “ubergabe”."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


class SearchWords:
    """The words that somebody looks for."""

    def __init__(self, typed: str) -> None:
        self._words = tuple(dict.fromkeys(folded(typed).split()))

    def __bool__(self) -> bool:
        return bool(self._words)

    def are_in(self, *texts: str) -> bool:
        """Whether each of the words is somewhere in the texts."""
        where = "\n".join(map(folded, texts))
        return all(word in where for word in self._words)

    def hit(self, own: str, around: str) -> bool:
        """Whether all are in these two texts, which are folded, and at least one is in `own`."""
        is_own = False
        for word in self._words:
            if word in own:
                is_own = True
            elif word not in around:
                return False
        return is_own

    def first_in(self, text: str) -> int:
        """Where the first of the words that are in it begins; 0 if none is."""
        where = folded(text)
        places = [at for word in self._words if (at := where.find(word)) >= 0]
        return min(places, default=0)

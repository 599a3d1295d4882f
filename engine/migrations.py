"""Old documents made new: pure steps from each version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.errors import DocumentError

FORMAT: Final = "wayline/journey"
VERSION: Final = 1

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""For each old version the pure function that makes the next one of it."""


def migrated(
    data: Any, migrations: Mapping[int, Migration] = MIGRATIONS, current: int = VERSION
) -> dict[str, Any]:
    """`data` as a document of the `current` version; DocumentError if it is none or newer."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DocumentError(
            "this is not a Wayline journey",
            mend=f'a journey document is an object with "format": "{FORMAT}"; see wayline new.',
        )
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise DocumentError(
            "the version is missing or not a whole number", mend=f'write "version": {current}.'
        )
    if version > current:
        raise DocumentError(
            f"the document is of version {version}; this Wayline reads up to version {current}",
            mend="open it with a newer Wayline.",
        )
    document: dict[str, Any] = data
    for old in range(version, current):
        document = {**migrations[old](document), "version": old + 1}
    return document

"""Texts that are translated where they are shown, and found where they are written."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802
    """The text as it is; by this name Qt's tools find it.

    It does what Qt's own function of this name does, whose result has no type.
    """
    return text

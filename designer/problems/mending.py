"""What can be mended at a click, for one finding and for all of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from engine.document import Document
from engine.edits import Edit, Several
from engine.errors import EditError
from engine.validation import Finding


class Mend(Protocol):
    """One way to mend a finding."""

    @property
    def label(self) -> str:
        """What it does, as a button says it."""

    @property
    def edit(self) -> Edit:
        """The change of the document."""


Mends = Callable[[Document, Finding], Sequence[Mend]]
"""The ways to mend a finding of a document, the likeliest first."""


def mend_all(
    document: Document, findings: Iterable[Finding], mends: Mends, number: int, label: str
) -> Edit | None:
    """Mend all these findings in their way of that number, as one edit; None if none can be.

    Each is asked of the document as the ones before leave it, so that none undoes another.
    """
    edits: list[Edit] = []
    for finding in findings:
        try:
            ways = mends(document, finding)[number : number + 1]
            for way in ways:
                document, _ = way.edit.apply(document)
        except EditError:  # mending another one has mended it, or made it something else
            continue
        edits += [way.edit for way in ways]
    return Several(label, tuple(edits)) if edits else None

"""Edits that some rules must not object to."""

from __future__ import annotations

from collections import Counter

from engine.document import Document
from engine.edit_kinds import Edit
from engine.errors import EditError
from engine.validation import rules_by_code
from engine.validation.subject import Subject


def guarded(document: Document, edit: Edit, *codes: str) -> Edit:
    """`edit`, if after it the rules with these codes find nothing that they did not find before.

    EditError if they do. For edits whose outcome only the rules themselves can tell.
    """
    before, after = (_found(one, codes) for one in (document, edit.apply(document)[0]))
    new = after - before
    for what in new:
        raise EditError(f"that would not do: {what}", mend="choose another way.")
    return edit


def _found(document: Document, codes: tuple[str, ...]) -> Counter[str]:
    subject, rules = Subject(document), rules_by_code()
    return Counter(flaw.what for code in codes for flaw in rules[code].check(subject))

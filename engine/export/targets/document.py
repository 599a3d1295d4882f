"""The journey as a document to read and sign: a page to print, and the same as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.export.sign_off.content import content
from engine.export.sign_off.markdown import markdown
from engine.export.sign_off.page import page
from engine.export.target import Loss, Severity, Status, target
from engine.program import Program

NAME: Final = "document"


def _losses(_program: Program) -> Iterator[Loss]:
    yield Loss(
        "",
        "layout",
        NAME,
        Severity.INFO,
        "It tells the steps in the order of the flow and draws no picture of them.",
        "Export a picture of the canvas beside it.",
    )


@target(
    NAME,
    "Document for review and sign-off",
    Status.DOCUMENT,
    "for people; nothing executes it",
    losses=_losses,
)
def write(program: Program) -> Mapping[str, bytes]:
    """One page that stands alone, and one text."""
    blocks = content(program.document)
    title = program.document.journey.name
    return {"journey.html": page(title, blocks).encode(), "journey.md": markdown(blocks).encode()}

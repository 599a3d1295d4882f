"""The page in a bundle that says what is in it and what to do first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.export.exporting import Export
from engine.export.sign_off.blocks import Block, Heading, Paragraph, Table
from engine.export.sign_off.markdown import markdown
from engine.program import Program

_INSIDE: Final = (
    ("manifest.json", ("every file with its SHA-256; what was proved of each target and what is "
     "lost there; which queues, templates, events, systems and secrets must be there")),
    ("journey.json, journey.schema.json", "the journey as designed; the schema of such documents"),
    ("targets/", "the journey for each engine, and for people"),
    ("worker-contract.json", "what workers are told and may report, by command; outcomes of exits"),
    ("conformance/vectors.jsonl", ("a customer for each path: what is decided outside, and the "
     "steps, attributes and time that must follow")),
    ("conformance/vector.schema.json", "the schema of a vector, with what its fields mean"),
    ("conformance/coverage.json", "which steps and exits these paths take"),
    ("data-use.json", ("personal data by step: purpose, legal basis, consent gate, recipient, "
     "retention; a design check, not legal advice")),
    ("simulation/", "what was assumed, and the results with intervals and seed"),
)  # fmt: skip


def readme(program: Program, exports: Sequence[Export]) -> bytes:
    """The page, in Markdown."""
    return markdown(_blocks(program, exports)).encode()


def _blocks(program: Program, exports: Sequence[Export]) -> Iterator[Block]:
    yield Heading(1, program.plan.journey.name)
    yield Paragraph(
        "A journey designed and simulated with Wayline, as everything that runs it needs it. "
        "Before anything else run wayline verify on the bundle, with the signer's public key if "
        "it is signed: it tells whether every file is what the manifest says."
    )
    yield Table(("File", "What it is"), _INSIDE)
    yield Heading(2, "Targets")
    yield Table(("Target", "Proved", "With"), tuple(_row(one) for one in exports))
    for one in exports:
        if one.files:
            yield Heading(2, f"Using {one.target.title}")
            yield Paragraph(one.target.use)
    yield Heading(2, "Trying it in your own engine")
    yield Paragraph(
        "Run the vectors there, write what it did as lines of JSON (id, steps, attributes, "
        "seconds, outcome, resolved) and compare with wayline conform and its option for results."
    )


def _row(export: Export) -> tuple[str, str, str]:
    status = "blocked: see its losses" if export.blocking else export.target.status.value
    return export.target.title, status, export.target.engine

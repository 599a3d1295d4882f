"""A document to begin with."""

from __future__ import annotations

from engine.document import Document
from engine.fresh_ids import as_identifier
from engine.journey import Journey


def new_document(name: str) -> Document:
    """An untitled journey called `name`, without a step."""
    name = name.strip()[:200].rstrip() or "Untitled journey"
    return Document(journey=Journey(id=as_identifier(name, "journey"), name=name))

"""Documents that the engine's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.document import Document, parse_document

GOLDEN = Path(__file__).parent.parent / "data" / "versions" / "v1.journey.json"


@pytest.fixture(scope="session")
def everything() -> bytes:
    """A document with every step type and every section, as it stands on disk."""
    return GOLDEN.read_bytes()


@pytest.fixture(scope="session")
def document(everything: bytes) -> Document:
    """The same, read."""
    return parse_document(everything)

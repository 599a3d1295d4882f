"""What several commands do first: open a document, by path or by a sample's name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.shipped import sample_names, sample_path

if TYPE_CHECKING:
    import argparse

    from engine.document import Document


def add_file(parser: argparse.ArgumentParser) -> None:
    """The argument that `open_document` takes."""
    parser.add_argument(
        "file", metavar="FILE", help="a journey document (NAME.journey.json), or a sample's name"
    )


def open_document(name: str) -> Document:
    """The document at the path `name`, or the sample of that name; DocumentError if neither."""
    from engine.document import read_document  # noqa: PLC0415 - not needed for help

    path = Path(name)
    if name in sample_names() and not path.exists():
        path = sample_path(name)
    return read_document(path)

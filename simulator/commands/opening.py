"""What several commands do first: open a document, by path or by a sample's name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.shipped import sample_names, sample_path

if TYPE_CHECKING:
    import argparse

    from engine.document import Document


def add_file(parser: argparse.ArgumentParser) -> None:
    """The argument that `open_document` takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a journey document (NAME.journey.json), a sample's name, or - for standard input",
    )


def open_document(name: str) -> Document:
    """The document at the path `name`, or the sample of that name, or on standard input for “-”.

    DocumentError if it is none of these.
    """
    from engine.document import read_document  # noqa: PLC0415 - not needed for help

    if name == "-":
        return _from_standard_input()
    path = Path(name)
    if name in sample_names() and not path.exists():
        path = sample_path(name)
    return read_document(path)


def _from_standard_input() -> Document:
    from engine.document import parse_document  # noqa: PLC0415 - not needed for help
    from engine.errors import DocumentError  # noqa: PLC0415
    from engine.strict_json import MAX_BYTES  # noqa: PLC0415

    try:
        # One byte more than may be: so the reading sees that it is too much.
        return parse_document(sys.stdin.buffer.read(MAX_BYTES + 1))
    except DocumentError as error:
        raise error.at("standard input") from None

"""`wayline new`: a document to begin with."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.shipped import sample_names


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and from what."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the document to make")
    parser.add_argument(
        "--sample",
        metavar="NAME",
        help=f"begin with a sample: {', '.join(sample_names())}; else with the three-step starter",
        default="starter",
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(options: argparse.Namespace) -> int:
    """Write the document and say what to do next."""
    from engine.document import read_document, write_document  # noqa: PLC0415
    from engine.errors import DocumentError, SaveError  # noqa: PLC0415
    from engine.shipped import sample_path  # noqa: PLC0415

    if options.sample not in sample_names():
        raise DocumentError(
            f"there is no sample “{options.sample}”", mend=f"choose {', '.join(sample_names())}."
        )
    if options.file.exists() and not options.force:
        raise SaveError(
            "there is a file of this name",
            where=str(options.file),
            mend="choose another name, or --force to replace it.",
        )
    write_document(options.file, read_document(sample_path(options.sample)))
    print(f"{options.file} is made. Next: wayline simulate {options.file}")  # noqa: T201
    return 0

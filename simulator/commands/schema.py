"""`wayline schema`: the JSON Schema of journey documents."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print the schema."""
    import json  # noqa: PLC0415

    from engine.schema import document_schema  # noqa: PLC0415

    del options
    print(json.dumps(document_schema(), indent=1, ensure_ascii=False))  # noqa: T201
    return 0

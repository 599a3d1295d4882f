"""`wayline samples`: what comes with Wayline."""

from __future__ import annotations

import argparse

from engine.shipped import sample_names, sample_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print each sample's name, what it is, and its scenarios."""
    from engine.document import read_document  # noqa: PLC0415 - not needed for help

    del options
    for name in sample_names():
        document = read_document(sample_path(name))
        print(f"{name}: {document.journey.name}. {document.journey.note}")  # noqa: T201
        for scenario in document.scenarios.named:
            print(f"  --scenario {scenario.id}: {scenario.name}")  # noqa: T201
    return 0

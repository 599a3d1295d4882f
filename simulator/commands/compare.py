"""`wayline compare`: scenarios against the baseline, with the same random numbers."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import (
    add_form,
    add_run,
    refuse_errors,
    say_interrupted,
    settings_of,
    width,
)

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.compare import Comparison


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to compare, how long, and how to print it."""
    add_file(parser)
    parser.add_argument(
        "scenarios",
        nargs="*",
        metavar="SCENARIO",
        help="ids of scenarios; all of the document, if left out",
    )
    add_run(parser, "how many independent periods of each (200)")
    parser.add_argument("--all", action="store_true", help="print every KPI, and every step")
    add_form(parser)


def run(options: argparse.Namespace) -> int:
    """Compare and print; exit code 2 if a journey has errors, 130 if interrupted."""
    from simulator.compare import compare  # noqa: PLC0415 - not needed for help
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    document = open_document(options.file)
    names = _names(document, options.scenarios)
    _refuse_errors(document, names, options.file)
    settings = settings_of(options, 200)
    with progress_shown(settings.replications) as progress:
        comparison = compare(document, names, settings, progress)
    if not comparison.replications:
        return 130
    print(_text(comparison, options))  # noqa: T201
    if comparison.interrupted:
        say_interrupted(comparison.replications, settings.replications)
    return 130 if comparison.interrupted else 0


def _names(document: Document, asked: list[str]) -> list[str]:
    from engine.errors import DocumentError  # noqa: PLC0415 - not needed for help

    names = list(dict.fromkeys(asked or (one.id for one in document.scenarios.named)))
    if not names:
        raise DocumentError(
            "the document has no scenarios to compare",
            mend='add one to scenarios/named: {"id": "more", "name": "More agents", "changes": '
            '[{"at": "assumptions/staffing/TEAM/agents", "add": 1}]}.',
        )
    return names


def _refuse_errors(document: Document, names: list[str], file: str) -> None:
    from engine.scenarios import with_scenario  # noqa: PLC0415 - not needed for help

    changed = [(f"{file}, scenario {name}", with_scenario(document, name)) for name in names]
    for where, one in [(file, document), *changed]:
        refuse_errors(one, where)


def _text(comparison: Comparison, options: argparse.Namespace) -> str:
    if options.json:
        from simulator.report.comparison_data import comparison_json  # noqa: PLC0415

        return comparison_json(comparison)
    if options.csv:
        from simulator.report.comparison_data import comparison_csv  # noqa: PLC0415

        return comparison_csv(comparison)
    from simulator.report.comparison_text import comparison_text  # noqa: PLC0415

    return comparison_text(comparison, everything=options.all, width=width())

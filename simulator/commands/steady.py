"""`wayline simulate --steady-state`: one long run instead of many periods."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.commands.running import note, settings_of, whole, width

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.steady import SteadyState


def add_steady(parser: argparse.ArgumentParser) -> None:
    """The options for a steady state."""
    parser.add_argument(
        "--steady-state",
        action="store_true",
        help="one long run instead of many periods: the warm-up is cut off, intervals are of "
        "batch means; where demand and staffing never change",
    )
    parser.add_argument(
        "--batches",
        type=whole(20, 1000),
        metavar="N",
        help="with --steady-state: how many batches (20)",
    )
    parser.add_argument(
        "--days",
        type=whole(1, 3660),
        metavar="N",
        help="with --steady-state: length of the run, instead of the document's period",
    )


def refuse_misfits(options: argparse.Namespace) -> None:
    """WaylineError for options that do not go together."""
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help

    with_it = options.steady_state
    without_it = "replications", "until_precision", "by", "log", "charts", "by_replication"
    never = without_it if with_it else ("batches", "days")
    for word in never:
        if getattr(options, word):
            option = f"--{word.replace('_', '-')}"
            raise WaylineError(
                f"{option} {'cannot be had with' if with_it else 'needs'} --steady-state",
                mend=f"leave out {option}, or {'leave out' if with_it else 'add'} --steady-state.",
            )


def run_steady(document: Document, options: argparse.Namespace) -> int:
    """Simulate, print, and note what makes the results doubtful."""
    from simulator.report.steady import warnings  # noqa: PLC0415
    from simulator.steady import USUAL_BATCHES, steady_state  # noqa: PLC0415

    settings = settings_of(options, 1)
    steady = steady_state(document, settings, options.batches or USUAL_BATCHES, options.days)
    print(_text(steady, document, options))  # noqa: T201
    if options.json or options.csv:
        for warning in warnings(steady):
            note(f"wayline: {warning}")
    return 0


def _text(steady: SteadyState, document: Document, options: argparse.Namespace) -> str:
    from engine.document import content_hash  # noqa: PLC0415
    from simulator.report.steady import steady_csv, steady_json, steady_text  # noqa: PLC0415

    if options.json:
        return steady_json(steady, options.scenario, content_hash(document))
    if options.csv:
        return steady_csv(steady)
    return steady_text(steady, options.scenario, every_kpi=options.all, width=width())

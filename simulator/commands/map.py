"""`wayline map`: the journey map, with what simulated customers felt."""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import (
    add_form,
    add_run,
    add_scenario,
    note,
    refuse_errors,
    say_interrupted,
    seconds,
    settings_of,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run, and in which form to give the map."""
    add_file(parser)
    add_scenario(parser)
    add_run(parser, "how many independent periods (20)")
    parser.add_argument(
        "--long-wait",
        type=seconds,
        default=120.0,
        metavar="SECONDS",
        help="from which on a wait is long (120); a target on asa goes before it",
    )
    add_form(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write a page to print (.html), a picture (.svg, .png) or a table (.csv, .md) instead",
    )


def run(options: argparse.Namespace) -> int:
    """Simulate, and print or save the map; exit code 2 if the journey has errors."""
    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.journey_map.saving import refuse_unknown_form, save_map  # noqa: PLC0415
    from simulator.journey_map.simulated import REPLICATIONS, simulated_map  # noqa: PLC0415
    from simulator.journey_map.tables import map_csv, map_json, map_markdown  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    if options.out is not None:
        refuse_unknown_form(options.out)
    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    settings = settings_of(options, REPLICATIONS)
    with progress_shown(settings.replications) as progress:
        found = simulated_map(document, settings, options.scenario, options.long_wait, progress)
    if found is None:
        return 130
    if options.out is not None:
        save_map(found, options.out)
        note(f"wayline: the map is saved as {options.out}")
    else:
        form = map_json if options.json else map_csv if options.csv else map_markdown
        print(form(found))  # noqa: T201
    if found.run is not None and found.run.interrupted:
        say_interrupted(found.run.replications, settings.replications)
        return 130
    return 0

"""`wayline check`: are the document's targets kept?"""

from __future__ import annotations

import argparse

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import (
    add_form,
    add_run,
    add_scenario,
    refuse_errors,
    say_interrupted,
    settings_of,
    width,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to check, and for how long at most."""
    add_file(parser)
    add_scenario(parser)
    add_run(parser, "at most so many independent periods (2000)")
    add_form(parser, csv=False)


def run(options: argparse.Namespace) -> int:
    """Check and print; exit code 1 unless every target is kept, 130 if interrupted."""
    from engine.scenarios import with_scenario  # noqa: PLC0415 - not needed for help
    from simulator.check import check, refuse_targets  # noqa: PLC0415
    from simulator.report.check import check_json, check_text  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    document = open_document(options.file)
    refuse_targets(document.scenarios.targets, options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    settings = settings_of(options, 2000)
    with progress_shown(settings.replications) as progress:
        checked = check(document, settings, progress)
    done = len(checked.results.outcomes)
    if not done:
        return 130
    scenario = options.scenario
    text = check_json(checked, scenario) if options.json else check_text(checked, scenario, width())
    print(text)  # noqa: T201
    if checked.results.interrupted:
        say_interrupted(done, settings.replications)
        return 130
    return 0 if checked.all_kept else 1

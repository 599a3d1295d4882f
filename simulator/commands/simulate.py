"""`wayline simulate`: run a population and estimate KPIs."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.experiment import Results, Settings

MOST_REPLICATIONS = 100_000
HEADLINE = ("abandonment_rate", "asa")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run, how long, and how to print it."""
    add_file(parser)
    parser.add_argument(
        "--scenario", metavar="ID", help="the baseline with this scenario's changes"
    )
    parser.add_argument(
        "--replications",
        type=_whole(1, MOST_REPLICATIONS),
        metavar="N",
        help="how many independent periods (200; with --until-precision at most 2000)",
    )
    parser.add_argument(
        "--until-precision",
        action="append",
        type=_precision,
        metavar="[KPI=]SHARE",
        help="go on until the interval's half-width is at most this share of the value, "
        "such as 0.05 (for abandonment_rate and asa) or asa=0.02",
    )
    parser.add_argument("--seed", type=_whole(0, 2**53), default=1, metavar="N", help="(1)")
    parser.add_argument(
        "--jobs", type=_whole(1, 256), metavar="N", help="processes (as many as cores)"
    )
    parser.add_argument(
        "--service-level",
        type=_seconds,
        default=20.0,
        metavar="SECONDS",
        help="threshold of the service level (20)",
    )
    parser.add_argument("--all", action="store_true", help="print every KPI")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print all results as JSON")
    form.add_argument("--csv", action="store_true", help="print all results as CSV")


def _whole(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > 17 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text[:20]!r} is no whole number {least} to {most}")
        return int(text)

    return number


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number of seconds, 0 to 86400")
    return value


def _precision(text: str) -> dict[str, float]:
    name, _, share = text.rpartition("=")
    try:
        value = float(share)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(
            f"{share[:20]!r} is no share between 0 and 1, such as 0.05"
        )
    return {name: value} if name else dict.fromkeys(HEADLINE, value)


def run(options: argparse.Namespace) -> int:
    """Simulate and print; exit code 2 if the journey has errors, 130 if interrupted."""
    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.experiment import run as run_experiment  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    _refuse_errors(document, options.file)
    settings = _settings(options)
    with progress_shown(settings.replications) as progress:
        results = run_experiment(document, settings, progress)
    if not results.outcomes:
        return 130
    _print(results, options)
    _say_what_is_missing(results, settings)
    return 130 if results.interrupted else 0


def _settings(options: argparse.Namespace) -> Settings:
    from engine.errors import WaylineError  # noqa: PLC0415
    from simulator.experiment import Settings  # noqa: PLC0415
    from simulator.kpis import KPIS  # noqa: PLC0415
    from simulator.measured import Thresholds  # noqa: PLC0415

    precision = {k: v for one in options.until_precision or [] for k, v in one.items()}
    for name in precision:
        if name not in KPIS:
            raise WaylineError(f"there is no KPI “{name}”", mend="wayline explain lists all.")
    return Settings(
        seed=options.seed,
        replications=options.replications or (2000 if precision else 200),
        precision=precision,
        jobs=options.jobs or os.cpu_count() or 1,
        thresholds=Thresholds(service_level=options.service_level),
    )


def _refuse_errors(document: Document, file: str) -> None:
    from engine.errors import PlanError  # noqa: PLC0415
    from engine.validation import Severity, validate  # noqa: PLC0415

    errors = [one for one in validate(document) if one.severity is Severity.ERROR]
    if errors:
        for error in errors[:20]:
            _note(error.text())
        raise PlanError(
            f"the journey has {len(errors)} error{'s' if len(errors) > 1 else ''}",
            where=file,
            mend="mend what is said above; wayline validate lists everything.",
        )


def _print(results: Results, options: argparse.Namespace) -> None:
    if options.json:
        from simulator.report.data import results_json  # noqa: PLC0415

        text = results_json(results, options.scenario)
    elif options.csv:
        from simulator.report.data import results_csv  # noqa: PLC0415

        text = results_csv(results)
    else:
        from simulator.report.text import results_text  # noqa: PLC0415

        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 160
        text = results_text(results, options.scenario, every_kpi=options.all, width=width)
    print(text)  # noqa: T201


def _say_what_is_missing(results: Results, settings: Settings) -> None:
    done = len(results.outcomes)
    if results.interrupted:
        _note(
            f"wayline: interrupted; these are the first {done} "
            f"of {settings.replications} replications"
        )
    elif settings.precision and not results.precision_reached():
        _note(f"wayline: the precision was not reached after {done} replications; ask for more")


def _note(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201

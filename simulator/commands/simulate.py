"""`wayline simulate`: run a population and estimate KPIs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import (
    add_form,
    add_run,
    add_scenario,
    note,
    refuse_errors,
    refuse_first_error,
    say_interrupted,
    settings_of,
    split,
    width,
)
from simulator.commands.steady import add_steady, refuse_misfits, run_steady
from simulator.commands.streaming import (
    EPILOG,
    HELP,
    refuse_stream_misfits,
    run_stream,
    streaming,
)

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.experiment import Results, Settings

HEADLINE = ("abandonment_rate", "asa")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to run, how long, and how to print it."""
    add_file(parser)
    add_scenario(parser)
    add_run(parser, "how many independent periods (200; with --until-precision at most 2000)")
    parser.add_argument(
        "--until-precision",
        action="append",
        type=_precision,
        metavar="[KPI=]SHARE",
        help="go on until the interval's half-width is at most this share of the value, "
        "such as 0.05 (for abandonment_rate and asa) or asa=0.02",
    )
    add_steady(parser)
    parser.add_argument("--all", action="store_true", help="print every KPI")
    parser.add_argument(
        "--by",
        action="append",
        type=split,
        metavar="WHAT",
        help="KPIs by channel, segment=ATTRIBUTE (of the population), intent, team, or "
        "interval[=MINUTES] of the day (30) too; may be given again",
    )
    parser.add_argument(
        "--charts",
        action="store_true",
        help="with --json or --stream: the data of all charts too (wayline chart draws them)",
    )
    parser.add_argument(
        "--by-replication",
        action="store_true",
        help="with --json or --stream: each replication's numbers too, to compare runs in pairs",
    )
    parser.add_argument(
        "--log",
        type=Path,
        metavar="FILE",
        help="write the first replication's event log too: .csv, .parquet or .xes",
    )
    add_form(parser, stream=HELP)
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


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
    from simulator.experiment import run as run_experiment  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    refuse_misfits(options)
    refuse_stream_misfits(options)
    _refuse_long_as_text(options)
    if options.stream:
        return _stream(options)
    document = _open(options)
    refuse_errors(document, options.file)
    if options.steady_state:
        return run_steady(document, options)
    settings = _settings(options)
    if options.log:
        _write_log(document, settings.seed, options.log)
    with progress_shown(settings.replications) as progress:
        results = run_experiment(document, settings, progress)
    if not results.outcomes:
        return 130
    _print(results, options)
    _say_what_is_missing(results, settings)
    return 130 if results.interrupted else 0


def _refuse_long_as_text(options: argparse.Namespace) -> None:
    from engine.errors import WaylineError  # noqa: PLC0415

    if options.json or options.stream:
        return
    if options.charts:
        raise WaylineError(
            "the data of charts can only be had with --json or --stream",
            mend="add --json, or see wayline chart --help for pictures and tables.",
        )
    if options.by_replication:
        raise WaylineError(
            "each replication's numbers can only be had with --json or --stream",
            mend="add --json.",
        )


def _stream(options: argparse.Namespace) -> int:
    with streaming(options.scenario) as stream:
        document = _open(options)
        refuse_first_error(document)
        results = run_stream(document, _settings(options), stream)
    return 130 if results.interrupted else 0


def _open(options: argparse.Namespace) -> Document:
    from engine.scenarios import with_scenario  # noqa: PLC0415

    document = open_document(options.file)
    return with_scenario(document, options.scenario) if options.scenario else document


def _settings(options: argparse.Namespace) -> Settings:
    from engine.errors import WaylineError  # noqa: PLC0415
    from simulator.kpis import KPIS  # noqa: PLC0415

    precision = {k: v for one in options.until_precision or [] for k, v in one.items()}
    for name in precision:
        if name not in KPIS:
            raise WaylineError(f"there is no KPI “{name}”", mend="wayline explain lists all.")
    return settings_of(options, 2000 if precision else 200, precision)


def _print(results: Results, options: argparse.Namespace) -> None:
    if options.json:
        from simulator.report.data import results_json  # noqa: PLC0415

        text = results_json(results, options.scenario)
    elif options.csv:
        from simulator.report.data import results_csv  # noqa: PLC0415

        text = results_csv(results)
    else:
        from simulator.report.text import results_text  # noqa: PLC0415

        text = results_text(results, options.scenario, every_kpi=options.all, width=width())
    print(text)  # noqa: T201


def _say_what_is_missing(results: Results, settings: Settings) -> None:
    done = len(results.outcomes)
    if results.interrupted:
        say_interrupted(done, settings.replications)
    elif settings.precision and not results.precision_reached():
        note(f"wayline: the precision was not reached after {done} replications; ask for more")


def _write_log(document: Document, seed: int, path: Path) -> None:
    from engine.plan import make_plan  # noqa: PLC0415
    from simulator.event_log import check_format, write_event_log  # noqa: PLC0415
    from simulator.replication import replicate  # noqa: PLC0415

    check_format(path)
    plan = make_plan(document)
    write_event_log(plan, replicate(plan, seed, 0, record_visits=True), path)

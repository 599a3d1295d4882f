"""`wayline chart`: one chart of a run, as a picture or as its numbers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import (
    add_form,
    add_run,
    add_scenario,
    refuse_errors,
    say_interrupted,
    settings_of,
)

if TYPE_CHECKING:
    from simulator.experiment import Results

KINDS = ("wait", "queue", "staffing", "outcomes", "funnel", "flow", "arrivals", "causes")
PICTURES = (".png", ".svg")
TABLES = (".csv", ".json")
THEMES = ("light", "dark", "contrast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which chart, of which run, and where it shall go."""
    add_file(parser)
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=f"one of {', '.join(KINDS)}")
    add_scenario(parser)
    add_run(parser, "how many independent periods (200)")
    parser.add_argument(
        "--by",
        metavar="VIEW",
        default="",
        help="which view of a picture: a queue's step, a team, a channel, channel or "
        "segment=ATTRIBUTE (outcomes), contacts or customers (funnel), abandoned or waited "
        "(causes)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write it to a file: .png or .svg for a picture, .csv or .json for its numbers",
    )
    parser.add_argument("--theme", choices=THEMES, default="light", help="of a picture (light)")
    add_form(parser)


def run(options: argparse.Namespace) -> int:
    """Simulate, then print or write the chart; exit code 2 if that cannot be done."""
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help
    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.experiment import run as run_experiment  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    ending = options.out.suffix.lower() if options.out else ""
    if options.out and ending not in PICTURES + TABLES:
        raise WaylineError(
            f"a chart cannot be written as “{ending[:20] or options.out.name[:40]}”",
            where=str(options.out),
            mend=f"end the name in {', '.join(PICTURES + TABLES)}.",
        )
    if ending in PICTURES:
        # Said before, and not after, a long run.
        from simulator.charts.picture import refuse_without_matplotlib  # noqa: PLC0415

        refuse_without_matplotlib()
    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    options.charts, asked = True, options.by
    options.by = None
    settings = settings_of(options, 200)
    with progress_shown(settings.replications) as progress:
        results = run_experiment(document, settings, progress)
    if not results.outcomes:
        return 130
    _give(results, options, ending, asked)
    if results.interrupted:
        say_interrupted(len(results.outcomes), settings.replications)
    return 130 if results.interrupted else 0


def _give(results: Results, options: argparse.Namespace, ending: str, view: str) -> None:
    """Print it, write it, or both."""
    from engine.files import save_atomically  # noqa: PLC0415 - not needed for help

    told = results.charts()[options.kind]
    if ending in PICTURES:
        from simulator.charts.palette import PALETTES  # noqa: PLC0415
        from simulator.charts.picture import picture  # noqa: PLC0415

        _refuse_view(told, options.kind, view)
        data = picture(options.kind, told, ending[1:], view, PALETTES[options.theme])
        save_atomically(options.out, data)
    elif ending:
        save_atomically(options.out, _text(told, is_json=ending == ".json").encode())
    if options.json or options.csv or not ending:
        print(_text(told, is_json=options.json), end="")  # noqa: T201


def _text(told: dict[str, Any], *, is_json: bool) -> str:
    if is_json:
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    from simulator.charts.table import chart_csv  # noqa: PLC0415 - not needed for help

    return chart_csv(told)


def _refuse_view(told: dict[str, Any], kind: str, view: str) -> None:
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help
    from simulator.charts import CHARTS  # noqa: PLC0415

    known = [one.id for one in CHARTS[kind].choices(told) if one.id] if told["groups"] else []
    if view and view not in known:
        raise WaylineError(
            f"the chart “{kind}” has no view “{view[:40]}”",
            where="--by",
            mend=f"choose one of {', '.join(known[:30])}." if known else "leave out --by.",
        )

"""`wayline causes`: what happened in words, and the largest causes of giving up and waiting."""

from __future__ import annotations

import argparse
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
    from collections.abc import Sequence

    from simulator.causes import Cause


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to explain, and how long to run it."""
    add_file(parser)
    add_scenario(parser)
    add_run(parser, "how many independent periods (200)")
    add_form(parser, csv=False)


def run(options: argparse.Namespace) -> int:
    """Simulate and say it; exit code 2 if the journey has errors, 130 if interrupted."""
    from dataclasses import replace  # noqa: PLC0415 - not needed for help

    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.experiment import run as run_experiment  # noqa: PLC0415
    from simulator.report.data import results_to_plain  # noqa: PLC0415
    from simulator.report.progress import progress_shown  # noqa: PLC0415

    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    settings = replace(settings_of(options, 200), charts=True)
    with progress_shown(settings.replications) as progress:
        results = run_experiment(document, settings, progress)
    if not results.outcomes:
        return 130
    plain = results_to_plain(results, options.scenario)
    print(_json(plain, document) if options.json else _text(plain, document))  # noqa: T201
    if results.interrupted:
        say_interrupted(len(results.outcomes), settings.replications)
    return 130 if results.interrupted else 0


def _text(plain: dict[str, Any], document: Any) -> str:
    from simulator.causes import in_words  # noqa: PLC0415

    return "\n".join(one.text for one in in_words(plain, document))


def _json(plain: dict[str, Any], document: Any) -> str:
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from simulator.causes import causes_of, in_words  # noqa: PLC0415

    causes = causes_of(plain, document)

    def told(found: Sequence[Cause]) -> list[dict[str, Any]]:
        return [{**asdict(one), "share": one.share} for one in found]

    return json.dumps(
        {
            "seed": plain["seed"],
            "replications": plain["replications"],
            "scenario": plain.get("scenario"),
            "said": [asdict(one) for one in in_words(plain, document)],
            "abandonment": told(causes.abandonment),
            "waiting": told(causes.waiting),
        },
        indent=1,
        ensure_ascii=False,
    )

"""`wayline explain`: what a finding's code or a KPI means."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to explain."""
    parser.add_argument(
        "word", metavar="CODE|KPI", nargs="?", help="such as W101 or asa; all, if left out"
    )


def run(options: argparse.Namespace) -> int:
    """Print the explanation, or the list of what can be explained."""
    from engine.errors import WaylineError  # noqa: PLC0415
    from engine.validation import rules_by_code  # noqa: PLC0415
    from simulator.kpis import KPIS  # noqa: PLC0415
    from simulator.paired import PAIRED_KPIS  # noqa: PLC0415
    from simulator.report.explain import kpi_text, paired_text  # noqa: PLC0415

    rules = rules_by_code()
    if options.word is None:
        for code, rule in rules.items():
            print(f"{code}  {rule.title}")  # noqa: T201
        for each in KPIS.values():
            print(f"{each.id}  {each.name}")  # noqa: T201
        for of_comparison in PAIRED_KPIS.values():
            print(f"{of_comparison.id}  {of_comparison.name}")  # noqa: T201
        return 0
    found = rules.get(options.word.upper())
    kpi = KPIS.get(options.word.lower())
    if found is not None:
        print(found.explanation())  # noqa: T201
    elif kpi is not None:
        print(kpi_text(kpi))  # noqa: T201
    elif (paired := PAIRED_KPIS.get(options.word.lower())) is not None:
        print(paired_text(paired))  # noqa: T201
    else:
        raise WaylineError(
            f"“{options.word}” is neither a finding's code nor a KPI",
            mend="wayline explain lists all of them.",
        )
    return 0

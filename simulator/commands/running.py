"""What commands that simulate have in common: options, settings, refusals, notes."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.commands.telling import is_program_listening

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.experiment import Settings
    from simulator.kpis import By
    from simulator.splits import Split

MOST_REPLICATIONS = 100_000


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """The option for one scenario."""
    parser.add_argument(
        "--scenario", metavar="ID", help="the baseline with this scenario's changes"
    )


def add_run(parser: argparse.ArgumentParser, replications: str) -> None:
    """How long and how to run; `replications` is the help on their number."""
    parser.add_argument(
        "--replications", type=whole(1, MOST_REPLICATIONS), metavar="N", help=replications
    )
    parser.add_argument("--seed", type=whole(0, 2**53), default=1, metavar="N", help="(1)")
    parser.add_argument(
        "--jobs", type=whole(1, 256), metavar="N", help="processes (as many as cores)"
    )
    parser.add_argument(
        "--service-level",
        type=seconds,
        default=20.0,
        metavar="SECONDS",
        help="threshold of the service level (20)",
    )


def add_form(
    parser: argparse.ArgumentParser, *, csv: bool = True, stream: str | None = None
) -> None:
    """In which form to print; `stream` is the help on JSON lines, if they can be had."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print all results as JSON")
    if csv:
        form.add_argument("--csv", action="store_true", help="print all results as CSV")
    if stream:
        form.add_argument("--stream", action="store_true", help=stream)


def whole(least: int, most: int) -> Callable[[str], int]:
    """The type of an option that is a whole number within bounds."""

    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > 17 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text[:20]!r} is no whole number {least} to {most}")
        return int(text)

    return number


def seconds(text: str) -> float:
    """The type of an option that is a number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no number of seconds, 0 to 86400")
    return value


def split(text: str) -> tuple[By, str]:
    """The type of an option that says by what to split: what, and what follows the =."""
    by, _, more = text.partition("=")
    match by:
        case "channel" | "intent" | "team" if more == "" and "=" not in text:
            return by, ""
        case "segment" if more:
            return by, more
        case "interval":
            whole(1, 1440)(more or "30")
            return by, more
        case _:
            raise argparse.ArgumentTypeError(
                f"{text[:40]!r} is none of channel, segment=ATTRIBUTE, intent, team, "
                "interval and interval=MINUTES"
            )


def _splits(options: argparse.Namespace) -> tuple[Split, ...]:
    from simulator.splits import USUAL_MINUTES, Split  # noqa: PLC0415 - not needed for help

    asked: list[tuple[By, str]] = getattr(options, "by", None) or []
    found = [
        Split(by, minutes=int(more or USUAL_MINUTES)) if by == "interval" else Split(by, more)
        for by, more in asked
    ]
    return tuple(dict.fromkeys(found))


def settings_of(
    options: argparse.Namespace, replications: int, precision: dict[str, float] | None = None
) -> Settings:
    """The settings that the options ask for; `replications` where they do not say how many."""
    from simulator.experiment import Settings  # noqa: PLC0415 - not needed for help
    from simulator.measured import Thresholds  # noqa: PLC0415

    return Settings(
        seed=options.seed,
        replications=options.replications or replications,
        precision=precision or {},
        jobs=options.jobs or os.cpu_count() or 1,
        thresholds=Thresholds(service_level=options.service_level),
        by=_splits(options),
        by_replication=getattr(options, "by_replication", False),
        charts=getattr(options, "charts", False),
    )


def refuse_errors(document: Document, file: str) -> None:
    """PlanError if the journey has errors; what they are is noted before.

    Another program hears of the first one: it sees nothing but the error.
    """
    from engine.errors import PlanError  # noqa: PLC0415 - not needed for help
    from engine.validation import Severity, validate  # noqa: PLC0415

    errors = [one for one in validate(document) if one.severity is Severity.ERROR]
    if errors and is_program_listening():
        refuse_first_error(document)
    if errors:
        for error in errors[:20]:
            note(error.text())
        raise PlanError(
            f"the journey has {len(errors)} error{'s' if len(errors) > 1 else ''}",
            where=file,
            mend="mend what is said above; wayline validate lists everything.",
        )


def refuse_first_error(document: Document) -> None:
    """PlanError about the first error of the journey, for those who see nothing but this one."""
    from engine.errors import PlanError  # noqa: PLC0415 - not needed for help
    from engine.validation import Severity, validate  # noqa: PLC0415

    errors = [one for one in validate(document) if one.severity is Severity.ERROR]
    if errors:
        first, more = errors[0], len(errors) - 1
        rest = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
        raise PlanError(f"{first.what}{rest}", where=first.where, mend=first.mend)


def say_interrupted(done: int, asked: int) -> None:
    """Name what was printed as partial."""
    note(f"wayline: interrupted; these are the first {done} of {asked} replications")


def width() -> int:
    """How many characters a line may have."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160


def note(text: str) -> None:
    """Say something beside the results."""
    print(text, file=sys.stderr)  # noqa: T201

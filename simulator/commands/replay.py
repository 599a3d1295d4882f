"""`wayline replay`: one replication as columns, such as the window shows as a replay."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import add_form, add_scenario, refuse_errors, whole

if TYPE_CHECKING:
    from simulator.recording import Recording


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which replication, and in which form."""
    add_file(parser)
    add_scenario(parser)
    number = whole(0, 2**53)
    parser.add_argument("--seed", type=number, default=1, metavar="N", help="(1)")
    parser.add_argument("--replication", type=number, default=0, metavar="N", help="from 0 (0)")
    add_form(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write all columns as numpy's .npz, or - for standard output",
    )


def run(options: argparse.Namespace) -> int:
    """Simulate the replication and print its totals, or what the options ask for."""
    from simulator.recording.plain import as_csv, as_json  # noqa: PLC0415

    recording = _recorded(options)
    if options.out is not None:
        _write(recording, options.out)
    if str(options.out) == "-":
        return 0
    if options.json:
        print(as_json(recording))  # noqa: T201
    elif options.csv:
        print(as_csv(recording))  # noqa: T201
    elif options.out is None:
        print(_totals(recording))  # noqa: T201
    return 0


def _recorded(options: argparse.Namespace) -> Recording:
    from engine.plan import make_plan  # noqa: PLC0415
    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.recording import record  # noqa: PLC0415

    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    return record(make_plan(document), options.seed, options.replication, options.scenario)


def _write(recording: Recording, path: Path) -> None:
    from engine.errors import SaveError  # noqa: PLC0415
    from simulator.recording import to_bytes  # noqa: PLC0415

    data = to_bytes(recording)
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SaveError(
            f"the recording could not be written: {error.strerror or error}",
            where=str(path),
            mend="choose another folder, or free space.",
        ) from None


def _totals(recording: Recording) -> str:
    """What happened in numbers, for a person."""
    totals = recording.totals()
    which = f"Replication {recording.replication}, seed {recording.seed}"
    lines = [f"{which}: {totals['contacts']:,} contacts"]
    for title, counts in (
        ("Outcomes", totals["outcomes"]),
        ("Queues were left", totals["fates"]),
        ("Steps were left", totals["steps"]),
        ("Exits were taken", totals["exits"]),
    ):
        shown = {name: count for name, count in counts.items() if count}
        wide = max(map(len, shown), default=0)
        lines += ["", title, *(f"  {name:{wide}}  {count:>9,}" for name, count in shown.items())]
    return "\n".join(lines)

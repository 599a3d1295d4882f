"""The `wayline` command. What a command needs is imported when it runs, so help is instant."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from types import ModuleType

from simulator.commands.telling import as_told, tell

COMMANDS = {
    "new": "make a journey document, empty or from a sample",
    "validate": "check a journey and say what to mend",
    "simulate": "run a population and estimate KPIs with confidence intervals, also --by channel, "
    "segment, intent, team or interval, or in --steady-state",
    "chart": "draw one chart of a run (waiting, queue, staffing, outcomes, funnel, flow, arrivals, "
    "causes), or give its numbers",
    "compare": "compare scenarios with the baseline, with the same random numbers",
    "check": "check with confidence whether the document's targets are kept",
    "causes": "say in words what happened, and the largest causes of giving up and of waiting",
    "trace": "tell one simulated customer's story: steps, reasons, waits",
    "replay": "record one replication: who was where when, for the window's replay and for others",
    "map": "draw the journey map, with what simulated customers felt at each step",
    "export": "write the journey for workflow engines and people, or everything as one bundle",
    "verify": "check that a bundle is whole, unchanged and safe",
    "conform": "run a customer for each path through the journey's runtime, or hold your own "
    "engine's results against them",
    "explain": "explain a finding's code or a KPI",
    "schema": "print the JSON Schema of journey documents",
    "samples": "list the sample journeys",
}

EXIT_CODES = """exit codes:
  0  done
  1  a check failed: the journey has errors, or a target is not kept with confidence
  2  bad input: a file, an option or a journey that cannot be simulated
  70 an error in Wayline itself
  74 the output could not be written
  130 interrupted; results so far were printed and named as partial"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return _said("interrupted", 130)
    except OSError as error:
        _silence(sys.stdout.fileno())
        return _said(f"the output could not be written: {error.strerror or error}", 74)
    except Exception as error:  # the last door: a fault of ours is told, not thrown at the user
        if "WAYLINE_TRACEBACK" in os.environ:
            raise
        tell(as_told(error))
        return 70
    return code


def _silence(stream: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def _said(message: str, code: int) -> int:
    print(f"wayline: {message}", file=sys.stderr)  # noqa: T201
    return code


def _run(words: list[str]) -> int:
    name = words[0] if words and words[0] in COMMANDS else None
    parser, command = _parser(name)
    if not words:
        parser.print_help()
        return 0
    options = parser.parse_args(words)
    if command is None:
        parser.print_help()
        return 0
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help

    try:
        return int(command.run(options))
    except WaylineError as error:
        tell(error)
        return 2


def _parser(name: str | None) -> tuple[argparse.ArgumentParser, ModuleType | None]:
    """The parser; only the command that is asked for is imported."""
    parser = argparse.ArgumentParser(
        prog="wayline",
        description="Design customer journeys and simulate them on the graph you drew.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"wayline {_version()}")
    parsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    module: ModuleType | None = None
    for command, summary in COMMANDS.items():
        own = parsers.add_parser(command, help=summary, description=_sentence(summary))
        if command == name:
            module = importlib.import_module(f"simulator.commands.{command}")
            module.add_arguments(own)
    return parser, module


def _sentence(summary: str) -> str:
    return summary[0].upper() + summary[1:] + "."


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("wayline")
    except PackageNotFoundError:
        return "(checkout)"


if __name__ == "__main__":
    sys.exit(main())

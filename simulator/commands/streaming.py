"""`wayline simulate --stream`: for a program that shows results while they come about."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING, Self

from engine.errors import WaylineError
from simulator.commands.telling import as_told

if TYPE_CHECKING:
    from engine.document import Document
    from simulator.experiment import Results, Settings
    from simulator.report.stream import Stream

ALONE = 0.3
"""Seconds for the first replications, without which nobody sees anything yet."""

HELP = (
    "print JSON lines while it runs: started, progress, partial (results so far, as of --json), "
    "and at the end result (those of --json) or error (what, where, mend)"
)

EPILOG = """lines of --stream, each one JSON object:
  {"kind": "started", "replications": N, "content_hash": SHA256}
  {"kind": "progress", "done": N, "of": N, "seconds_left": SECONDS or null}
  {"kind": "partial", "results": {...}}   as of --json, from the replications so far
  {"kind": "result", "results": {...}}    as of --json; "interrupted" after a signal
  {"kind": "error", "what": TEXT, "where": TEXT, "mend": TEXT}
exit codes are the same as without it"""


def refuse_stream_misfits(options: argparse.Namespace) -> None:
    """WaylineError for options that cannot be had with a stream."""
    for word in ("steady_state", "log", "all"):
        if options.stream and getattr(options, word):
            option = f"--{word.replace('_', '-')}"
            raise WaylineError(
                f"{option} cannot be had with --stream", mend=f"leave out {option} or --stream."
            )


class Signals:
    """While it is entered, Ctrl-C and a polite kill interrupt the run, but no line."""

    def __init__(self) -> None:
        self._is_held = self._is_late = False

    def __enter__(self) -> Self:
        """Take the signals over."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        self._before = {number: signal.signal(number, self._on_signal) for number in numbers}
        return self

    def __exit__(self, *_: object) -> None:
        """Give them back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done here is done to its end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_late:
            self._is_late = False
            raise KeyboardInterrupt

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self._is_held:
            raise KeyboardInterrupt
        self._is_late = True


@contextmanager
def streaming(scenario: str | None) -> Iterator[Stream]:
    """A stream on standard output that also tells the errors of what is done meanwhile."""
    from simulator.report.stream import Stream  # noqa: PLC0415 - not needed for help

    with Signals() as signals:

        def say(line: str) -> None:
            with signals.held():
                # Bytes: what the terminal's encoding lacks must not end a run.
                sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
                sys.stdout.buffer.flush()

        stream = Stream(say, scenario)
        try:
            yield stream
        except (OSError, KeyboardInterrupt):
            raise
        except Exception as error:
            stream.failed(as_told(error))
            raise


def run_stream(document: Document, settings: Settings, stream: Stream) -> Results:
    """Simulate; everything is told as it comes about."""
    from simulator.experiment import Results, precise_enough, run  # noqa: PLC0415

    def replicated(results: Results) -> bool:
        stream.replicated(results)
        return precise_enough(results)

    settings = replace(settings, alone=ALONE)
    stream.started(Results(document, settings, ()))
    results = run(document, settings, enough=replicated)
    if not results.outcomes:
        stream.failed(WaylineError("interrupted before a replication was done"))
    else:
        stream.ended(results)
    return results

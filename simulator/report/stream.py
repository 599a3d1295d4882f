"""Results while they come about, as JSON lines for the program that started the command.

Each line is one object: `started`, then `progress` and `partial`, at the end `result` or `error`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.document import content_hash
from engine.errors import WaylineError
from simulator.experiment import Results
from simulator.report.data import results_to_plain

FIRST_PARTIAL: Final = 2
"""After so many replications the first results are told: then there are intervals."""
PROGRESS_PAUSE: Final = 0.05
PARTIAL_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 10.0
"""Seconds at least between two lines of a kind; between partial results they grow up to this."""


class Stream:
    """Says what comes about in a run.

    say: takes each line, without its end.  clock: seconds that only go on.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        scenario: str | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._scenario, self._clock = say, scenario, clock
        self._began = self._progress_at = self._partial_at = clock()
        self._counted_from = 0
        """After so many replications the run began, as far as its pace is told."""
        self._pause = 0.0
        """Until the next partial results; the first ones come as soon as they can."""

    def started(self, results: Results) -> None:
        """The run begins; `results` are still empty."""
        self._began = self._progress_at = self._partial_at = self._clock()
        self._say(
            "started",
            replications=results.settings.replications,
            content_hash=content_hash(results.document),
        )

    def replicated(self, results: Results) -> None:
        """One more replication is done."""
        done, of = len(results.outcomes), results.settings.replications
        # Nobody knows how many there will be if it ends once it is precise.
        now = self._progressed(done, of, is_sure=not results.settings.precision)
        if done >= FIRST_PARTIAL and done != of and now - self._partial_at >= self._pause:
            self._partial(results, now)

    def progressed(self, done: int, of: int) -> None:
        """So many replications are done; what they came to is told by nobody yet."""
        if not self._counted_from:
            # What was done before the first one takes its time, but not at this pace.
            self._counted_from, self._began = done, self._clock()
        self._progressed(done, of, is_sure=True)

    def bundled(self, manifest: Mapping[str, Any]) -> None:
        """The bundle is written; this is its manifest."""
        self._say("bundle", manifest=manifest)

    def ended(self, results: Results) -> None:
        """No more comes; the same results as those of `--json`."""
        self._say("result", results=results_to_plain(results, self._scenario))

    def failed(self, error: WaylineError) -> None:
        """No results come, and why."""
        self._say("error", what=error.what, where=error.where, mend=error.mend)

    def _partial(self, results: Results, now: float) -> None:
        results_so_far = results_to_plain(results, self._scenario, is_whole=False)
        self._say("partial", results=results_so_far)
        self._partial_at = self._clock()
        # What it takes to tell must stay little beside what it takes to simulate.
        cost = 10 * (self._partial_at - now)
        grown = min(LONGEST_PAUSE, 1.25 * self._pause)
        self._pause = max(PARTIAL_PAUSE, grown, cost)

    def _progressed(self, done: int, of: int, *, is_sure: bool) -> float:
        """Tell it, unless something was told just now; the time."""
        now = self._clock()
        if done in {1, of} or now - self._progress_at >= PROGRESS_PAUSE:
            self._progress_at = now
            counted = done - self._counted_from
            is_known = is_sure and counted
            # By the pace so far.
            left = round((now - self._began) / counted * (of - done), 1) if is_known else None
            self._say("progress", done=done, of=of, seconds_left=left)
        return now

    def _say(self, kind: str, **more: Any) -> None:
        self._write(json.dumps({"kind": kind, **more}, ensure_ascii=False))

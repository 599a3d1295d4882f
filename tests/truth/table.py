"""The truth table: every metric simulated and compared, written as Markdown.

    python -m tests.truth.table [--quick] [--case NAME] [--jobs N] [--output FILE]

Exits with 1 if a metric disagrees or its interval is too wide.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from tests.truth.case import LEVEL, SIGMAS, TAIL_WIDTH, WIDTH, Case, Effort, Row
from tests.truth.catalog import all_cases

SEED = 20_000
AGAIN = 1_000
"""What is added to the seed when a case is simulated again."""


HEAD = """\
# Truth table

{today}, made by `python -m tests.truth.table{options}` in {minutes:.0f} minutes: {metrics} \
metrics of {cases} cases, {bad} of them wrong.

Every case is a journey document, simulated by `simulator.experiment.run` and measured by KPIs. \
What is expected stands, with its origin, in `truth.json`. The interval is that of the ratio \
estimator at {level:.0%}; z is the distance from the expected value in standard errors, at most \
{sigmas:.0f}.{width}

A case with a metric outside of these bounds is simulated once more with fresh seeds and twice \
the replications; then that counts, and the first result stands in the last column. Of {metrics} \
metrics that are right, {chance:.1f} are expected outside of three standard errors by chance (t, \
39 degrees of freedom). Simulated again: {again}.

Seeds and sizes are fixed, so the same program gives the same table.

| case | metric | expected | estimate | interval | z | rel. half-width | replications | first |
|---|---|---:|---:|---|---:|---:|---:|---|"""

WIDTHS = """ The interval's half-width is at most {width:.0%} of the expected value, for tails and \
rare events {tail:.0%}."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The rows of a case; after a disagreement also what the first attempt gave."""

    case: str
    rows: list[Row]
    first: list[Row] = field(default_factory=list)
    judges_width: bool = True

    def is_good(self, row: Row) -> bool:
        return row.agrees() and (row.is_precise() or not self.judges_width)


def compare(case: Case, effort: Effort, jobs: int, *, judges_width: bool) -> CaseResult:
    """Simulate a case; once more with fresh seeds and twice the replications if it fails.

    Of more than 300 metrics about one lies outside of three standard errors by chance. It
    will hardly do so again, but one that is wrong will, with more certainty.
    """
    result = CaseResult(case.name, case.rows(effort, SEED, jobs), judges_width=judges_width)
    if all(map(result.is_good, result.rows)):
        return result
    more = replace(effort, replications=2 * effort.replications)
    return replace(result, rows=case.rows(more, SEED + AGAIN, jobs), first=result.rows)


def write_table(results: list[CaseResult], minutes: float, *, quick: bool) -> str:
    rows = [row for result in results for row in result.rows]
    bad = [row for result in results for row in result.rows if not result.is_good(row)]
    again = [result.case for result in results if result.first]
    head = HEAD.format(
        today=datetime.now(UTC).date().isoformat(),
        options=" --quick" if quick else "",
        minutes=minutes,
        metrics=len(rows),
        cases=len({row.case for row in rows}),
        bad=len(bad),
        level=LEVEL,
        sigmas=SIGMAS,
        width="" if quick else WIDTHS.format(width=WIDTH, tail=TAIL_WIDTH),
        chance=0.0044 * len(rows),
        again=", ".join(again) or "none",
    )
    lines = [head]
    lines.extend(line for result in results for line in _lines(result))
    return "\n".join(lines) + "\n"


def _lines(result: CaseResult) -> list[str]:
    firsts: list[Row | None] = [*result.first] or [None] * len(result.rows)
    return [
        f"| {row.case} | {row.metric} | {row.expected:.6g} | {row.estimate:.6g} |"
        f" {_interval(row)} | {row.z:+.2f} | {row.relative_half_width:.2%} |"
        f" {row.replications} | {_first(first)}{'' if result.is_good(row) else ' **WRONG**'} |"
        for row, first in zip(result.rows, firsts, strict=True)
    ]


def _interval(row: Row) -> str:
    if not row.half_width:
        return "exact"
    low, high = row.estimate - row.half_width, row.estimate + row.half_width
    return f"{low:.6g} … {high:.6g}"


def _first(row: Row | None) -> str:
    return "" if row is None else f"{row.estimate:.6g}, z {row.z:+.2f}"


def main(arguments: list[str] | None = None, report: Callable[[str], object] = print) -> int:
    parser = argparse.ArgumentParser(description="Simulate the truth cases and compare.")
    parser.add_argument("--quick", action="store_true", help="as much as the default test suite")
    parser.add_argument("--case", action="append", help="only this case; may be given again")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    default = Path(__file__).parent / "TABLE.md"
    parser.add_argument("--output", type=Path, default=default, help="the table's file")
    options = parser.parse_args(arguments)
    cases = [case for case in all_cases() if not options.case or case.name in options.case]
    unknown = set(options.case or ()) - {case.name for case in cases}
    if unknown:
        parser.error(f"there is no case {', '.join(sorted(unknown))}")
    results = []
    begin = time.monotonic()
    for case in cases:
        effort = case.quick if options.quick else case.full
        if effort is None:
            continue
        start = time.monotonic()
        result = compare(case, effort, options.jobs, judges_width=not options.quick)
        results.append(result)
        bad = [f"{row.metric} z={row.z:+.2f}" for row in result.rows if not result.is_good(row)]
        word = "WRONG: " + ", ".join(bad) if bad else "again, ok" if result.first else "ok"
        report(f"{case.name}: {word} ({time.monotonic() - start:.0f} s)")
    text = write_table(results, (time.monotonic() - begin) / 60, quick=options.quick)
    options.output.write_text(text, encoding="utf-8")
    return 0 if all(result.is_good(row) for result in results for row in result.rows) else 1


if __name__ == "__main__":
    sys.exit(main())

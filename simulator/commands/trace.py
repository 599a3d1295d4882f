"""`wayline trace`: one customer's story."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import refuse_errors, whole

if TYPE_CHECKING:
    from simulator.trace import Event


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to follow, in which replication."""
    add_file(parser)
    who = parser.add_mutually_exclusive_group()
    number = whole(0, 2**53)
    who.add_argument(
        "--customer", type=number, default=0, metavar="N", help="by number, from 0 (0)"
    )
    who.add_argument(
        "--exit", metavar="[STEP.]EXIT", help="the first who takes this exit, such as abandoned"
    )
    parser.add_argument("--scenario", metavar="ID", help="the baseline with this scenario")
    parser.add_argument("--seed", type=number, default=1, metavar="N", help="(1)")
    parser.add_argument("--replication", type=number, default=0, metavar="N", help="from 0 (0)")
    parser.add_argument("--json", action="store_true", help="print the story as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the story."""
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from engine.plan import make_plan  # noqa: PLC0415
    from engine.scenarios import with_scenario  # noqa: PLC0415
    from simulator.trace import first_customer_by_exit, story  # noqa: PLC0415

    document = open_document(options.file)
    if options.scenario:
        document = with_scenario(document, options.scenario)
    refuse_errors(document, options.file)
    plan = make_plan(document)
    seed, replication, customer = options.seed, options.replication, options.customer
    if options.exit:
        customer = first_customer_by_exit(plan, seed, replication, options.exit)
    events = story(plan, seed, replication, customer)
    if options.json:
        plain = {"customer": customer, "seed": seed, "replication": replication}
        told = [asdict(event) for event in events]
        print(json.dumps({**plain, "events": told}, indent=1, ensure_ascii=False))  # noqa: T201
    else:
        print(f"Customer {customer}, replication {replication}, seed {seed}")  # noqa: T201
        for event in events:
            print(_line(event))  # noqa: T201
    return 0


def _line(event: Event) -> str:
    """A line of the story, and more lines for reasons, waits and what was learned."""
    from simulator.report.values import clock_time, shown  # noqa: PLC0415

    name = "".join(char if char.isprintable() else " " for char in event.name)
    way = f" → {event.exit}" if event.exit else ""
    lines = [f"{clock_time(event.time)}  contact {event.contact}  {name}{way}"]
    if event.seconds:
        lines[0] += f"  ({shown(event.seconds, 'seconds')})"
    if event.waited is not None:
        others = f"{event.ahead} waiting already" if event.ahead else "nobody waiting before"
        lines.append(f"waited {shown(event.waited, 'seconds')}, {others}")
    if event.reason:
        lines.append(event.reason)
    if event.told_again:
        lines.append(f"had to tell again: {', '.join(event.told_again)}")
    if event.learned:
        lines.append(", ".join(f"{key} = {_said(value)}" for key, value in event.learned.items()))
    return "\n                  ".join(lines)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.6g}"
    return "unknown" if value is None else str(value)

"""`wayline trace`: one customer's story, or who came."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from simulator.commands.opening import add_file, open_document
from simulator.commands.running import add_scenario, refuse_errors, whole, width
from simulator.outcomes import OUTCOMES

if TYPE_CHECKING:
    from engine.document import Document
    from engine.plan import Plan
    from simulator.customers import Customers
    from simulator.report.trace_data import Told

USUAL_LIST = 50
LONGEST_LIST = 10_000

EPILOG = """examples:
  wayline trace FILE --outcome abandoned --contact 2     who gave up in a second or later contact
  wayline trace FILE --random 7                          the same customer for the same number
  wayline trace FILE --list --sort wait                  who waited longest, as a list
  wayline trace FILE --why-not adviser.callback          why not that exit
  wayline trace FILE --change assumptions/staffing/advisers/agents+=2 --against baseline
                                                         the same customer, with two agents more

Of those who match, the first is followed, unless --random, --longest-wait or --most-effort says
whom. The change's story comes first, the one that it is compared with second. Random numbers
are the same in both, so whatever differs comes of the change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to follow, in which replication and case."""
    add_file(parser)
    _add_whom(parser)
    add_scenario(parser)
    parser.add_argument(
        "--change",
        action="append",
        default=[],
        metavar="PLACE=VALUE",
        help="change one value on top of that, such as "
        "assumptions/staffing/advisers/agents=5, or += or *= a number; may be given again",
    )
    parser.add_argument(
        "--against",
        metavar="ID",
        help="the same customer in another scenario beside it, or in the baseline",
    )
    number = whole(0, 2**53)
    parser.add_argument("--seed", type=number, default=1, metavar="N", help="(1)")
    parser.add_argument("--replication", type=number, default=0, metavar="N", help="from 0 (0)")
    parser.add_argument(
        "--why-not", metavar="STEP.EXIT", help="say only why this exit was not taken"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the story or list as JSON")
    form.add_argument("--csv", action="store_true", help="print the story or list as CSV")
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def _add_whom(parser: argparse.ArgumentParser) -> None:
    number = whole(0, 2**53)
    parser.add_argument(
        "--outcome",
        choices=OUTCOMES,
        metavar="OUTCOME",
        help=f"who had a contact with this outcome: {', '.join(OUTCOMES)}",
    )
    parser.add_argument(
        "--contact",
        type=whole(1, 255),
        default=1,
        metavar="N",
        help="in that customer's contact N or a later one (1)",
    )
    parser.add_argument("--exit", metavar="[STEP.]EXIT", help="who takes this exit there")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--customer", type=number, metavar="N", help="by number, from 0 (0)")
    who.add_argument(
        "--random",
        type=number,
        metavar="N",
        help="any of those who match, drawn by the seed, the replication and this number",
    )
    who.add_argument("--longest-wait", action="store_true", help="who waited longest in queues")
    who.add_argument("--most-effort", action="store_true", help="for whom it was hardest")
    who.add_argument(
        "--list",
        nargs="?",
        type=whole(1, LONGEST_LIST),
        const=USUAL_LIST,
        metavar="N",
        help=f"list the first N who match ({USUAL_LIST}) and follow nobody",
    )
    parser.add_argument(
        "--sort",
        choices=("number", "wait", "effort"),
        default="number",
        help="order of the list: by number, or those with most first",
    )


def run(options: argparse.Namespace) -> int:
    """Print the story, or the list."""
    from engine.plan import make_plan  # noqa: PLC0415 - not needed for help
    from simulator.in_case import in_case  # noqa: PLC0415

    document = open_document(options.file)
    changed = in_case(document, options.scenario, options.change)
    refuse_errors(changed, options.file)
    plan = make_plan(changed)
    if options.list:
        text = _listed(_customers(plan, options), options)
    else:
        text = _told(_follow(document, plan, options), options)
    print(text)  # noqa: T201
    return 0


def _customers(plan: Plan, options: argparse.Namespace) -> Customers:
    from simulator.customers import Customers, Order, Wanted  # noqa: PLC0415

    order: Order = options.sort
    if options.longest_wait or options.most_effort:
        order = "wait" if options.longest_wait else "effort"
    wanted = Wanted(options.outcome, options.contact, options.exit)
    return Customers(plan, options.seed, options.replication, wanted, order)


def _follow(document: Document, plan: Plan, options: argparse.Namespace) -> Told:
    """The story, and the one that it is compared with."""
    from engine.plan import make_plan  # noqa: PLC0415
    from simulator.in_case import in_case  # noqa: PLC0415
    from simulator.report.trace_data import Told  # noqa: PLC0415
    from simulator.trace import same_customer, story  # noqa: PLC0415

    seed, replication = options.seed, options.replication
    if options.against is None:
        customer = _whom(plan, options)
        return Told(customer, seed, replication, story(plan, seed, replication, customer))
    # Whom to follow is said of the case that everything else is compared with.
    other = make_plan(in_case(document, options.against, []))
    customer = _whom(other, options)
    there = same_customer(other, plan, seed, replication, customer)
    return Told(
        customer,
        seed,
        replication,
        story(plan, seed, replication, there),
        story(other, seed, replication, customer),
    )


def _whom(plan: Plan, options: argparse.Namespace) -> int:
    if options.customer is not None:
        return int(options.customer)
    if not any((options.outcome, options.exit, options.contact > 1, _is_chosen(options))):
        return 0
    found = _customers(plan, options)
    return int(found.numbers[0]) if options.random is None else found.at_random(options.random)


def _is_chosen(options: argparse.Namespace) -> bool:
    return options.random is not None or options.longest_wait or options.most_effort


def _listed(customers: Customers, options: argparse.Namespace) -> str:
    from simulator.report import trace_data, trace_text  # noqa: PLC0415

    listed = customers.listed(options.list)
    if options.json:
        return trace_data.list_json(customers, listed, options.seed, options.replication)
    if options.csv:
        return trace_data.list_csv(listed)
    return trace_text.list_text(listed, len(customers.numbers), width())


def _told(told: Told, options: argparse.Namespace) -> str:
    from simulator.report import trace_data, trace_text  # noqa: PLC0415

    if options.why_not:
        return trace_text.why_not_text(told, options.why_not)
    if options.json:
        return trace_data.story_json(told)
    if options.csv:
        return trace_data.story_csv(told)
    return trace_text.story_text(told, width())

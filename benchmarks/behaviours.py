"""What each behaviour costs on the ten-step journey, where it changes nothing or hardly anything.

`python -m benchmarks.behaviours` measures the journey as it is and with one behaviour switched on
at a time, in fresh processes, interleaved in random order, in CPU seconds, and compares medians.
`--against DIR` also compares the journey as it is with what another checkout needs for it. Exit
code 1 if anything is slower by more than 10 %.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.speed import ROOT, Goal

Plain = dict[str, Any]
Change = Callable[[Plain], None]

BOUND = 1.10
AS_IT_IS = "as it is"
OTHER = "the other checkout"
PEOPLE = ("sales", "support", "billing")
ALWAYS = [
    {
        "days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        "opens": "00:00",
        "closes": "24:00",
    }
]


def _people(plain: Plain, **fields: Any) -> None:
    for step in plain["journey"]["steps"]:
        if step["id"] in PEOPLE:
            step.update(fields)


def _human_numbers(plain: Plain) -> Iterator[Plain]:
    yield from (plain["assumptions"]["steps"][name] for name in PEOPLE)


def _staffing(plain: Plain, **fields: Any) -> None:
    for staffing in plain["assumptions"]["staffing"].values():
        staffing.update(fields)


def _closed(plain: Plain, exit_name: str, *steps: str) -> None:
    plain["journey"]["links"] += [{"from": step, "exit": exit_name, "to": None} for step in steps]


def levels(plain: Plain) -> None:
    """Everybody is as good at everything, and would rather do what they are best at."""
    for team in plain["journey"]["teams"]:
        team |= {"levels": dict.fromkeys(team["skills"], 1), "takes": "best_level"}


def longest_idle(plain: Plain) -> None:
    """Who is idle longest is asked first; this one changes which team serves."""
    _people(plain, agent_choice="longest_idle")


def newcomers(plain: Plain) -> None:
    """Each person is told apart and learns nothing."""
    _staffing(plain, newcomers={"share": 1, "extra": 0})


def room_for_two(plain: Plain) -> None:
    """Each person is told apart and has room for two, but no step uses it."""
    _staffing(plain, concurrency=[1, 1])


def several_at_once(plain: Plain) -> None:
    """Steps allow several at once, but no team has room."""
    _people(plain, concurrent=True)


def waiting_credit(plain: Plain) -> None:
    """The same credit for all."""
    _people(plain, waiting_credit=60)


def overflow(plain: Plain) -> None:
    """To the same teams once more, after longer than most wait."""
    _people(plain, overflow=[{"after": 900}])


def callback_offer(plain: Plain) -> None:
    """Never offered: nobody expects to wait that long."""
    _people(plain, callback_offer={"expected_wait": 100_000_000})
    _closed(plain, "callback", *PEOPLE)


def _never(plain: Plain, **fields: Any) -> None:
    teams = [team["id"] for team in plain["journey"]["teams"]]
    plain["assumptions"]["outages"] = [{"id": "never", "teams": teams, "day": 900_000, **fields}]


def outage(plain: Plain) -> None:
    """It never comes."""
    _never(plain)


def pausing_outage(plain: Plain) -> None:
    """It never comes, but if it did, work would stand still."""
    _never(plain, pauses=True)


def breaks(plain: Plain) -> None:
    """Of a second, for nobody."""
    _staffing(plain, breaks=[{"starts_at": "12:00", "lasts": 1, "share": 0}])


def absence(plain: Plain) -> None:
    """Nobody is ever absent, as it turns out."""
    _staffing(plain, absence=1e-12)


def surge(plain: Plain) -> None:
    """As many as usual."""
    plain["assumptions"]["demand"][0]["surges"] = [{"id": "usual", "times": 1}]


def _attribute(plain: Plain, name: str, **fields: Any) -> None:
    attribute = {"id": name, "type": "text", **fields}
    plain["journey"].setdefault("attributes", []).append(attribute)


def asks(plain: Plain) -> None:
    """For what is known."""
    _attribute(plain, "account")
    mix = {"kind": "choices", "weights": {"known": 1}}
    plain["assumptions"]["population"] = {"account": mix}
    _people(plain, asks=["account"])


def context(plain: Plain) -> None:
    """Forgotten after each contact, if anything had been learned."""
    _attribute(plain, "learned", given=False, carried="nowhere")


def next_contact(plain: Plain) -> None:
    """Nobody comes again for something new."""
    later = {"next": [{"entry": "call", "probability": 0}]}
    ends = [step["id"] for step in plain["journey"]["steps"] if step["type"] == "exit"]
    plain["assumptions"]["steps"] |= dict.fromkeys(ends, later)


def redial_hours(plain: Plain) -> None:
    """Who tries again may do so at any hour."""
    for numbers in _human_numbers(plain):
        numbers["redial"]["hours"] = ALWAYS


def lines(plain: Plain) -> None:
    """More than ever are in use."""
    next(one for one in plain["journey"]["steps"] if one["id"] == "call")["lines"] = 1_000_000
    _closed(plain, "blocked", "call")


def interruptible(plain: Plain) -> None:
    """Nothing is more urgent."""
    _people(plain, interruptible=True)


def by_need(plain: Plain) -> None:
    """A handle time for what each customer wants, the same as the usual."""
    _attribute(plain, "wants")
    mix = {"kind": "choices", "weights": dict.fromkeys(PEOPLE, 1)}
    plain["assumptions"] |= {"population": {"wants": mix}, "need": "wants"}
    for numbers in _human_numbers(plain):
        numbers["handle_time_by_need"] = dict.fromkeys(PEOPLE, numbers["handle_time"])


def nothing(_plain: Plain) -> None:
    """Nothing at all: how far two measurements of the same are apart."""


CHANGES: dict[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        nothing,
        levels,
        longest_idle,
        newcomers,
        room_for_two,
        several_at_once,
        waiting_credit,
        overflow,
        callback_offer,
        outage,
        pausing_outage,
        breaks,
        absence,
        surge,
        asks,
        context,
        next_contact,
        redial_hours,
        lines,
        interruptible,
        by_need,
    )
}


def seconds_of(name: str, customers: int) -> float:
    """CPU seconds of one replication of the journey, as it is or changed, in this process."""
    from benchmarks.ten_step_journey import ten_step_journey
    from engine.document import document_from_plain, document_to_plain
    from engine.plan import make_plan
    from simulator.replication import replicate

    plain = document_to_plain(ten_step_journey(customers))
    CHANGES.get(name, nothing)(plain)
    plan = make_plan(document_from_plain(plain))
    start = time.process_time()
    replicate(plan, 1, 0)
    return time.process_time() - start


def in_fresh_process(name: str, customers: int, other: Path | None) -> float:
    """The same in a process of its own; the other checkout's journey with its own code."""
    # The folder in which it starts decides whose code it is, and nothing else.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    words = ["benchmarks.behaviours", "--one", name, "--customers", str(customers)]
    if name == OTHER:
        words = ["benchmarks.one", "wayline", str(customers)]
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command,
        cwd=other if name == OTHER else ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(json.loads(done.stdout)["cpu"])


def ratios(names: list[str], rounds: int, customers: int, other: Path | None) -> dict[str, float]:
    """Each one's median CPU seconds over those of the journey as it is."""
    seconds: dict[str, list[float]] = {name: [] for name in [AS_IT_IS, *names]}
    for _ in range(rounds):
        for name in random.sample(list(seconds), len(seconds)):
            seconds[name].append(in_fresh_process(name, customers, other))
    usual = statistics.median(seconds[AS_IT_IS])
    return {name: statistics.median(seconds[name]) / usual for name in names}


def goals(found: dict[str, float]) -> list[Goal]:
    """What must hold; of the other checkout the other way round: this one over that one."""
    told = {name: f"{name} ÷ {AS_IT_IS}" for name in found}
    told[OTHER] = f"this checkout ÷ {OTHER}"
    return [
        Goal(told[name], 1 / ratio if name == OTHER else ratio, BOUND, at_least=False)
        for name, ratio in found.items()
    ]


def main() -> int:
    """Print all figures; exit code 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--customers", type=int, default=30_000)
    parser.add_argument("--only", nargs="+", choices=list(CHANGES), help="these behaviours alone")
    parser.add_argument("--against", type=Path, help="folder of another checkout")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps({"cpu": seconds_of(options.one, options.customers)}))
        return 0
    names = options.only or list(CHANGES)
    if options.against:
        names = [*names, OTHER]
    kept = goals(ratios(names, options.rounds, options.customers, options.against))
    for goal in kept:
        print(goal)
    return 0 if all(goal.kept for goal in kept) else 1


if __name__ == "__main__":
    sys.exit(main())

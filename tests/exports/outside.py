"""A process that works for many journeys, and what it delivers commands to.

The outside remembers in a file of its own which commands it was given, so it still knows them
when the process was killed. It reports what the contacts' vectors say that was decided.

    python -m tests.exports.outside FOLDER [NUMBER]

With a number the process kills itself right after it delivered that many commands.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.document import read_document
from engine.export.vector import Decision, Vector
from engine.model import Model
from engine.operations import Command, Compute, Listen
from engine.program import Program, make_program
from samples.worker import Report, Worker, play

DATABASE = "worker.sqlite"
DELIVERED = "delivered.jsonl"
CONTACTS = "contacts.json"
AT_ONCE = 50
"""So many contacts begin before the first of them goes on."""


class Contact(Model):
    """One who will take the way of a vector of the journey in the file `journey`."""

    id: str
    journey: str
    vector: Vector


class Contacts(Model):
    """All who come."""

    all: list[Contact]


def asked(program: Program, vector: Vector) -> list[Decision]:
    """The decisions that others are asked for: what is computed, the worker computes itself."""
    nodes = program.nodes
    return [one for one in vector.decisions if not isinstance(nodes[one.node].operation, Compute)]


class Outside:
    """Takes commands and reports: the n-th one of a contact gets the n-th decision."""

    def __init__(self, folder: Path, reports: Mapping[str, list[Report]], most: float) -> None:
        self._reports = reports
        self._left = most
        self._known: dict[str, list[str]] = {name: [] for name in reports}
        path = folder / DELIVERED
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            self._note(json.loads(line))
        self._file = path.open("a", encoding="utf-8")

    def deliver(self, command: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        self._file.write(json.dumps(command) + "\n")
        self._file.flush()
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        known = self._note(command)
        if command["type"] not in {"command", "listen"}:
            return []
        number = known.index(command["key"])
        return self._reports[command["contact"]][number].events(command)

    def _note(self, command: Mapping[str, Any]) -> list[str]:
        known = self._known[command["contact"]]
        if command["type"] in {"command", "listen"} and command["key"] not in known:
            known.append(command["key"])
        return known


def reports(program: Program, vector: Vector) -> Iterator[Report]:
    for decision in asked(program, vector):
        operation = program.nodes[decision.node].operation
        assert isinstance(operation, (Command, Listen))
        is_late = operation.timeout is not None and decision.result == operation.timeout.result
        yield Report(
            result=None if is_late else decision.result,
            seconds=decision.seconds,
            attributes=decision.attributes,
        )


def main(folder: Path, most: float) -> None:
    contacts = Contacts.model_validate_json((folder / CONTACTS).read_bytes()).all
    names = {one.journey for one in contacts}
    programs = {name: make_program(read_document(folder / name)) for name in sorted(names)}
    all_reports = {one.id: list(reports(programs[one.journey], one.vector)) for one in contacts}
    outside = Outside(folder, all_reports, most)
    with closing(Worker(folder / DATABASE, programs.values(), outside.deliver)) as worker:
        for first in range(0, len(contacts), AT_ONCE):
            for one in contacts[first : first + AT_ONCE]:
                it = one.vector
                worker.begin(programs[one.journey], one.id, it.entry, it.attributes, it.at)
            play(worker, until=math.inf)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float([*sys.argv, "inf"][2]))

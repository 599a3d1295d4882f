"""Journeys in a Python service: an example of a worker that survives `kill -9`.

One SQLite file holds the state of each contact, an outbox of commands for others, an inbox of
events that others report, and timers. An event is applied in one transaction, together with the
state and the commands that follow from it. A command stays in the outbox until whoever does it has
taken it. So no command is lost: a worker that was killed in between delivers it again, under the
same key, and who gets a key twice has done it already. There is one worker a file.
"""  # noqa: INP001 - a script that may be imported, too

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from engine.document import read_document
from engine.errors import WaylineError
from engine.model import Model, Seconds
from engine.profile import Value
from engine.program import Program, make_program
from engine.runtime import advance, is_over, start
from engine.validation.registry import has_errors, validate

# WAL keeps the file whole when the process is killed, whatever `synchronous` is. FULL also keeps
# every commit when the power fails: who was told that an event was received never repeats it.
_OPENING: Final = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
CREATE TABLE IF NOT EXISTS journeys (contact TEXT PRIMARY KEY, journey TEXT, state TEXT, way TEXT);
CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, key TEXT UNIQUE, command TEXT,
  delivered INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY, contact TEXT REFERENCES journeys,
  event TEXT, applied INTEGER DEFAULT 0, refused TEXT);
CREATE TABLE IF NOT EXISTS timers (key TEXT PRIMARY KEY, contact TEXT REFERENCES journeys,
  due REAL, over INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS undelivered ON outbox (id) WHERE delivered = 0;
CREATE INDEX IF NOT EXISTS unapplied ON inbox (id) WHERE applied = 0;
CREATE INDEX IF NOT EXISTS due ON timers (due) WHERE over = 0;
"""

Event = Mapping[str, Any]
"""As `engine.runtime.advance` takes it, with `at`: when, in seconds since Monday 00:00."""

Deliver = Callable[[Mapping[str, Any]], Iterable[Event]]
"""Takes a command, `listen` (for which event), `cancel` or `end`, with `contact` and `at` (when).

What it returns is reported at once; later reports go to `Worker.receive`. An error that it raises
stops the worker, and the next worker delivers the same again."""


class Worker:
    """Leads contacts through journeys; all that it knows is in the database."""

    def __init__(self, database: Path, programs: Iterable[Program], deliver: Deliver) -> None:
        self._programs = {program.sha256: program for program in programs}
        self._deliver = deliver
        self._db = sqlite3.connect(database, isolation_level=None, timeout=30)
        self._db.executescript(_OPENING)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def begin(
        self, program: Program, contact: str, entry: str, attributes: Mapping[str, Any], at: float
    ) -> None:
        """Let a contact begin; nothing happens if it has begun already."""
        with self._transaction():
            known = self._db.execute("SELECT 1 FROM journeys WHERE contact = ?", [contact])
            if known.fetchone() is None:
                self._keep(*start(program, attributes, key=contact, at=at, entry=entry))

    def receive(self, contact: str, event: Event) -> None:
        """Take in what somebody reports; it is safe as soon as this returns."""
        insert = "INSERT INTO inbox (contact, event) VALUES (?, ?)"
        self._db.execute(insert, [contact, json.dumps(event)])

    def work(self) -> int:
        """Apply all events and deliver all commands that there are; how many it were."""
        return sum(iter(self._apply_next, False)) + self._deliver_all()

    def next_due(self) -> float | None:
        """When the next timer goes off."""
        (due,) = self._db.execute("SELECT min(due) FROM timers WHERE over = 0").fetchone()
        return None if due is None else float(due)

    def ring(self, now: float) -> None:
        """Make events of the timers that are due."""
        with self._transaction():
            due = "SELECT contact, key FROM timers WHERE over = 0 AND due <= ? ORDER BY due, key"
            for contact, key in self._db.execute(due, [now]).fetchall():
                self.receive(contact, {"type": "timer", "key": key, "at": now})
            self._db.execute("UPDATE timers SET over = 1 WHERE over = 0 AND due <= ?", [now])

    def _transaction(self) -> sqlite3.Connection:
        """Begin one; the end of `with` commits it, or undoes it after an error."""
        self._db.execute("BEGIN IMMEDIATE")
        return self._db

    def _apply_next(self) -> bool:
        """Apply the oldest event, all in one transaction; whether there was one."""
        oldest = """SELECT inbox.id, event, journey, state FROM inbox JOIN journeys USING (contact)
          WHERE applied = 0 AND journey IN (SELECT value FROM json_each(?)) ORDER BY inbox.id"""
        with self._transaction():
            row = self._db.execute(oldest, [json.dumps(list(self._programs))]).fetchone()
            if row is None:
                return False
            number, event, journey, text = row
            refused, before = None, json.loads(text)
            try:
                state, commands = advance(self._programs[journey], before, json.loads(event))
                if state != before:  # else nothing waited for it: it is repeated, or too late
                    self._keep(state, commands)
            except WaylineError as error:
                refused = str(error)
            applied = "UPDATE inbox SET applied = 1, refused = ? WHERE id = ?"
            self._db.execute(applied, [refused, number])
        return True

    def _keep(self, state: Mapping[str, Any], commands: Iterable[Mapping[str, Any]]) -> None:
        """Write a state and the commands that follow from it."""
        contact, at = state["key"], state["at"]
        self._db.execute(
            """INSERT INTO journeys VALUES (?, ?, ?, ?) ON CONFLICT (contact)
            DO UPDATE SET state = excluded.state, way = way || ' ' || excluded.way""",
            [contact, state["journey_sha256"], json.dumps(state), " ".join(state["trail"])],
        )
        over = "UPDATE timers SET over = 1 WHERE key = ?"
        for command in commands:
            if command["type"] == "timer":
                row = [command["key"], contact, at + command["seconds"]]
                self._db.execute("INSERT INTO timers (key, contact, due) VALUES (?, ?, ?)", row)
            elif not self._db.execute(over, [command.get("cancels")]).rowcount:
                row = [command["key"], json.dumps({**command, "contact": contact, "at": at})]
                self._db.execute("INSERT INTO outbox (key, command) VALUES (?, ?)", row)

    def _deliver_all(self) -> int:
        pending = "SELECT id, command FROM outbox WHERE delivered = 0 ORDER BY id"
        rows = self._db.execute(pending).fetchall()
        for number, text in rows:
            command = json.loads(text)
            events = list(self._deliver(command))
            # Who is killed here delivers it again, and what is reported twice changes nothing.
            with self._transaction():
                for event in events:
                    self.receive(command["contact"], event)
                self._db.execute("UPDATE outbox SET delivered = 1 WHERE id = ?", [number])
        return len(rows)


def play(worker: Worker, until: float) -> None:
    """Work in virtual time: once nothing else is left to do, the next timer is due.

    A service calls `work` and `ring(clock_seconds(datetime.now()))` again and again instead.
    """
    while True:
        while worker.work():
            pass
        due = worker.next_due()
        if due is None or due > until:
            return
        worker.ring(due)


class Report(Model):
    """What is reported of a command, so many seconds after it; without a result, nothing."""

    result: str | None = None
    seconds: Seconds = 60
    attributes: dict[str, Value | None] = {}

    def events(self, command: Mapping[str, Any]) -> Iterator[Event]:
        """The report as an event that is the same whenever the command is repeated."""
        at, key = command["at"] + self.seconds, command["key"]
        if self.result is not None and command["type"] == "listen":
            yield {"type": "event", "name": command["event"], "id": key, "at": at}
        elif self.result is not None and command["type"] == "command":
            told = {"result": self.result, "attributes": self.attributes}
            yield {"type": "result", "key": key, "at": at, **told}


def by_table(table: Mapping[str, Report]) -> Deliver:
    """Does everything as the table says for the step's id.

    A step that is not in it has any of its results, and an event happens or does not: the key
    alone says which, so that repeats are answered alike.
    """

    def deliver(command: Mapping[str, Any]) -> Iterator[Event]:
        possible = command.get("results", ["happened", None])
        drawn = Report(result=possible[crc32(command["key"].encode()) % len(possible)])
        return table.get(command["step"], drawn).events(command)

    return deliver


def whereabouts(database: Path) -> Iterator[str]:
    """A line for each contact: where it is or how it ended, and its way; then what went wrong."""
    with closing(sqlite3.connect(database)) as db:
        for contact, text, way in db.execute("SELECT contact, state, way FROM journeys"):
            state = json.loads(text)
            end = f"ended: {state['outcome'] or 'closed on purpose'}" if is_over(state) else ""
            yield f"{contact}  {end or 'waits at ' + state['node']}  ({' > '.join(way.split())})"
        for contact, why in db.execute("SELECT contact, refused FROM inbox WHERE refused <> ''"):
            yield f"{contact}  an event was refused: {why}"


def _played(asked: argparse.Namespace) -> Iterable[str]:
    """What the command prints."""
    document, monday_nine = read_document(asked.journey), 9 * 3600.0
    table = {step: Report(result=result) for step, result in asked.answer}
    if has_errors(found := validate(document)):
        raise WaylineError(found[0].what, where=str(asked.journey), mend=found[0].mend)
    program = make_program(document)
    with closing(Worker(asked.database, [program], by_table(table))) as worker:
        for number in range(asked.customers):
            entry = program.entries[number % len(program.entries)]
            worker.begin(program, f"customer-{number + 1}", entry, {}, monday_nine)
        play(worker, until=monday_nine + asked.days * 86_400)
    return whereabouts(asked.database)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(description="Lead a few customers through a journey.")
    parser.add_argument("journey", type=Path, help="a journey document (NAME.journey.json)")
    parser.add_argument("--database", type=Path, required=True, help="SQLite file, new or to go on")
    parser.add_argument("--customers", type=int, default=5, help="how many begin (5)")
    parser.add_argument("--days", type=float, default=7, help="virtual days to play (7)")
    told = "what a step always reports; the others report anything (may be repeated)"
    two = ("STEP", "RESULT")
    parser.add_argument("--answer", nargs=2, action="append", default=[], metavar=two, help=told)
    asked = parser.parse_args(arguments)
    try:
        sys.stdout.writelines(f"{line}\n" for line in _played(asked))
    except (WaylineError, OSError, ValueError, sqlite3.Error) as error:
        file = f"{asked.database}: " if isinstance(error, sqlite3.Error) else ""
        sys.stderr.write(f"{file}{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

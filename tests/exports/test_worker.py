"""The example worker: it keeps every journey and every command when it is killed."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from engine.document import document_from_plain, write_document
from engine.export.vector import Expected, differences
from engine.program import Program, make_program
from samples.worker import Deliver, Report, Worker, by_table, main, play, whereabouts
from tests.exports.cases import FEW, document, paths, program
from tests.exports.outside import CONTACTS, DATABASE, DELIVERED, Contact, Contacts, asked

ROOT = Path(__file__).parent.parent.parent
EVARA = ROOT / "samples" / "evara.journey.json"
MONDAY_NINE = 9 * 3600.0


def come(folder: Path, number: int) -> list[Contact]:
    """So many contacts on the paths of all cases, written down for the worker's process."""
    for name in FEW:
        write_document(folder / f"{name}.journey.json", document(name))
    vectors = [(f"{name}.journey.json", one) for name in FEW for one in paths(name)]
    random.Random(5).shuffle(vectors)
    contacts = [
        Contact(id=f"contact-{n}", journey=journey, vector=vector)
        for n, (journey, vector) in enumerate(islice(cycle(vectors), number))
    ]
    (folder / CONTACTS).write_text(Contacts(all=contacts).model_dump_json(), "utf-8")
    return contacts


def of(contact: Contact) -> Program:
    return program(contact.journey.removesuffix(".journey.json"))


def started(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.exports.outside", str(folder), *more], cwd=ROOT
    )


class Log:
    """How many commands were delivered so far."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / DELIVERED
        self._path.touch()
        self._file = self._path.open("rb")
        self._lines = 0

    def count(self) -> int:
        self._lines += self._file.read().count(b"\n")
        return self._lines

    def close(self) -> None:
        self._file.close()


def killed(folder: Path, moments: list[int]) -> None:
    """Let it work to its end, killed each time soon after so many commands were delivered."""
    chance = random.Random(7)
    with closing(Log(folder)) as log:
        for moment in moments:
            process = started(folder)
            while log.count() < moment and process.poll() is None:
                time.sleep(0.0005)
            # Not always right after a delivery: it may be anywhere in a transaction, too.
            time.sleep(chance.uniform(0, 0.01))
            process.kill()
            assert process.wait() == -signal.SIGKILL
        assert started(folder).wait() == 0


def delivered(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All that was delivered, by contact, in order."""
    found = defaultdict(list)
    for line in (folder / DELIVERED).read_text("utf-8").splitlines():
        command = json.loads(line)
        found[command["contact"]].append(command)
    return found


def reached(folder: Path, contacts: list[Contact]) -> Iterator[tuple[str, list[str]]]:
    """Of each contact how it differs from what its vector predicts."""
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        rows = db.execute("SELECT contact, state, way FROM journeys")
        found = {contact: (json.loads(state), way.split()) for contact, state, way in rows}
    for one in contacts:
        state, way = found[one.id]
        known = of(one).attributes
        values = state["attributes"].items()
        seen = Expected(
            steps=way,
            attributes={k: v for k, v in values if k in known and v is not None},
            seconds=state["at"] - one.vector.at,
            outcome=state["outcome"],
            resolved=state["resolved"],
        )
        yield one.id, differences(one.vector.expected, seen)


def check(folder: Path, contacts: list[Contact]) -> int:
    """Everything is as if nobody had been killed; returns how many deliveries were repeats."""
    assert {name: found for name, found in reached(folder, contacts) if found} == {}
    commands = delivered(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as db:
        given = dict(db.execute("SELECT key, command FROM outbox").fetchall())
    once = {one["key"]: one for found in commands.values() for one in found}
    assert once == {key: json.loads(command) for key, command in given.items()}
    for one in contacts:
        found = commands[one.id]
        assert all(once[command["key"]] == command for command in found)
        first = list(dict.fromkeys(command["key"] for command in found))
        assert first == [key for key in given if once[key]["contact"] == one.id]
        answered = {one["key"] for one in found if one["type"] in {"command", "listen"}}
        assert len(answered) == len(asked(of(one), one.vector))
        assert found[-1]["type"] == "end"
    return sum(map(len, commands.values())) - len(once)


@pytest.mark.parametrize(
    ("number", "kills"), [(100, 3), pytest.param(1000, 10, marks=pytest.mark.conformance)]
)
def test_killed_at_random_it_leads_every_journey_to_its_end(
    tmp_path: Path, number: int, kills: int
) -> None:
    contacts = come(tmp_path, number)
    fewest = sum(len(asked(of(one), one.vector)) for one in contacts)
    killed(tmp_path, sorted(random.Random(6).sample(range(fewest), kills)))
    check(tmp_path, contacts)


def test_what_was_on_its_way_when_killed_is_delivered_again_under_its_key(tmp_path: Path) -> None:
    contacts = come(tmp_path, 10)
    for number in (1, 7, 1, 20):
        assert started(tmp_path, str(number)).wait() == -signal.SIGKILL
    assert started(tmp_path).wait() == 0
    # The third process was killed by the repeat that it began with.
    assert check(tmp_path, contacts) == 4


def evara(deliver: Deliver, database: Path) -> Worker:
    return Worker(database, [program("evara")], deliver)


def begun(worker: Worker) -> None:
    worker.begin(program("evara"), "c1", "call", {}, MONDAY_NINE)


def state_of(database: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(database)) as db:
        return dict(json.loads(db.execute("SELECT state FROM journeys").fetchone()[0]))


def test_a_repeated_report_changes_nothing(tmp_path: Path) -> None:
    commands: list[Any] = []
    database = tmp_path / "w"
    with closing(evara(lambda command: commands.append(command) or (), database)) as worker:
        begun(worker)
        play(worker, until=MONDAY_NINE)
        (command,) = commands
        (event,) = Report(result=command["results"][0]).events(command)
        worker.receive("c1", event)
        play(worker, until=MONDAY_NINE)
        after = state_of(database), list(commands)
        assert len(commands) > 1
        for _ in range(3):
            worker.receive("c1", event)
        begun(worker)
        play(worker, until=MONDAY_NINE)
        assert (state_of(database), commands) == after


def test_a_timer_goes_off_when_it_is_due_and_not_before(tmp_path: Path) -> None:
    wait = {"id": "wait", "type": "wait", "name": "Wait", "duration": 60.0}
    journey = {
        "id": "waiting",
        "name": "Waiting",
        "steps": [{"id": "call", "type": "inbound_contact", "name": "Call"}, wait],
        "links": [
            {"from": "call", "exit": "arrived", "to": "wait"},
            {"from": "wait", "exit": "done", "to": None},
        ],
    }
    plain = {"format": "wayline/journey", "version": 1, "journey": journey}
    made = make_program(document_from_plain(plain))
    database = tmp_path / "w"
    with closing(Worker(database, [made], by_table({}))) as worker:
        worker.begin(made, "c1", "call", {}, MONDAY_NINE)
        assert worker.next_due() == MONDAY_NINE + 60
        worker.ring(MONDAY_NINE + 59)
        assert worker.work() == 0
    with closing(Worker(database, [made], by_table({}))) as worker:
        worker.ring(MONDAY_NINE + 61)
        worker.work()
        assert worker.next_due() is None
    assert state_of(database)["status"] == "ended"
    assert state_of(database)["at"] == MONDAY_NINE + 61


def test_an_error_of_who_does_the_commands_loses_none(tmp_path: Path) -> None:
    def away(_command: object) -> tuple[()]:
        raise ConnectionError("away")

    with closing(evara(away, tmp_path / "w")) as worker:
        begun(worker)
        with pytest.raises(ConnectionError):
            worker.work()
    with closing(evara(by_table({}), tmp_path / "w")) as worker:
        play(worker, until=MONDAY_NINE + 86_400)
    (line,) = whereabouts(tmp_path / "w")
    assert "ended" in line


def test_a_result_that_the_step_does_not_have_is_told_and_changes_nothing(tmp_path: Path) -> None:
    table = {"virtual_agent": Report(result="nonsense")}
    with closing(evara(by_table(table), tmp_path / "w")) as worker:
        begun(worker)
        play(worker, until=MONDAY_NINE + 86_400)
    where, refused = whereabouts(tmp_path / "w")
    assert where == "c1  waits at virtual_agent  (call > hours > virtual_agent)"
    assert "“ai_agent” has no result “nonsense”" in refused


def test_contacts_of_a_journey_that_the_worker_does_not_have_are_left_alone(tmp_path: Path) -> None:
    commands: list[Any] = []
    with closing(evara(lambda command: commands.append(command) or (), tmp_path / "w")) as worker:
        begun(worker)
        worker.work()
        (event,) = Report(result=commands[0]["results"][0]).events(commands[0])
        worker.receive("c1", event)
    other = [program("starter")]
    with closing(Worker(tmp_path / "w", other, by_table({}))) as worker:
        before = state_of(tmp_path / "w")
        assert worker.work() == 0
        assert state_of(tmp_path / "w") == before
    with closing(evara(by_table({}), tmp_path / "w")) as worker:
        assert worker.work() > 0


def test_the_command_goes_on_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked_for = [str(EVARA), "--database", str(tmp_path / "w"), "--customers", "3"]
    assert main(asked_for) == 0
    first = capsys.readouterr().out
    assert len(first.splitlines()) == 3
    assert "customer-1  ended" in first
    assert main(asked_for) == 0
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("journey", "database", "said"),
    [
        ("missing.journey.json", "w", "missing.journey.json: the file cannot be read"),
        (str(EVARA), "no/folder", "unable to open database file"),
        (str(EVARA), "text", "text: file is not a database"),
        ("empty.journey.json", "w", "empty.journey.json: "),
    ],
)
def test_what_cannot_be_played_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    journey: str,
    database: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text").write_text("no database at all " * 100, "utf-8")
    Path("empty.journey.json").write_text(
        '{"format": "wayline/journey", "version": 1, "journey": {"id": "e", "name": "E"}}', "utf-8"
    )
    assert main([journey, "--database", database]) == 2
    assert said in capsys.readouterr().err

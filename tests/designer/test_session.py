"""Every change is an entry of the history, and can be taken back to the very same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from designer.session import Change, Session
from engine.document import document_to_bytes, read_document
from engine.edits import (
    SetField,
    add_step,
    close_exit,
    connect,
    disconnect,
    move_steps,
    remove_step,
)
from engine.errors import EditError
from engine.shipped import sample_path
from engine.steps.talk import Announcement


@pytest.fixture
def session() -> Session:
    return Session(read_document(sample_path("bankunited")))


def rename(name: str) -> SetField:
    return SetField("Rename the journey", "journey.name", name)


def test_undo_and_redo_come_back_to_the_same_bytes(session: Session) -> None:
    start = document_to_bytes(session.document)
    session.do(remove_step(session.document, "adviser"))
    session.do(move_steps(session.document, {"call": (1.0, 2.0)}))
    end = document_to_bytes(session.document)
    assert (session.undo_label, session.redo_label) == ("Move “Customer calls”", None)
    session.undo()
    session.undo()
    assert document_to_bytes(session.document) == start
    assert (session.undo_label, session.redo_label) == (None, "Remove step “Adviser”")
    session.redo()
    session.redo()
    assert document_to_bytes(session.document) == end
    session.go_to(0)
    assert document_to_bytes(session.document) == start
    assert session.history == ["Remove step “Adviser”", "Move “Customer calls”"]


def test_there_is_nothing_before_the_first_and_after_the_last(session: Session) -> None:
    before = session.document
    session.undo()
    session.redo()
    assert session.document is before
    with pytest.raises(ValueError, match="no position"):
        session.go_to(1)


def test_an_edit_that_cannot_be_made_changes_nothing(session: Session) -> None:
    before, told = session.document, list[Change]()
    session.listen(told.append)
    with pytest.raises(EditError):
        session.do(SetField("Rename", "journey.nickname", "x"))
    assert session.document is before
    assert session.history == []
    assert told == []


def test_typing_is_one_entry_until_something_else_is_done(session: Session) -> None:
    for text in ("A", "A b", "A bank"):
        session.do(rename(text), together="journey.name")
    assert len(session.history) == 1
    session.do(move_steps(session.document, {"call": (5.0, 5.0)}))
    session.do(rename("Another"), together="journey.name")
    assert len(session.history) == 3
    session.end_of_gesture()
    session.do(rename("Another one"), together="journey.name")
    assert len(session.history) == 4
    session.go_to(1)
    assert session.document.journey.name == "A bank"
    session.undo()
    assert session.document.journey.name == "BankUnited: calls to a bank"


def test_what_was_redone_is_not_typed_on(session: Session) -> None:
    session.do(rename("A"), together="journey.name")
    session.undo()
    session.redo()
    session.do(rename("AB"), together="journey.name")
    session.undo()
    assert session.document.journey.name == "A"


def test_it_knows_what_is_not_saved(session: Session, tmp_path: Path) -> None:
    assert not session.is_changed
    session.do(rename("A"))
    assert session.is_changed
    session.was_saved(tmp_path / "a.journey.json")
    assert not session.is_changed
    assert session.path == tmp_path / "a.journey.json"
    session.undo()
    assert session.is_changed
    session.redo()
    assert not session.is_changed
    # From here the saved document can no longer be come back to by undo and redo.
    session.undo()
    session.do(rename("B"))
    assert session.is_changed
    session.undo()
    assert session.is_changed


def test_what_is_typed_after_saving_is_not_part_of_what_was_saved(
    session: Session, tmp_path: Path
) -> None:
    session.do(rename("A"), together="journey.name")
    session.was_saved(tmp_path / "a.journey.json")
    session.do(rename("AB"), together="journey.name")
    assert session.is_changed
    session.undo()
    assert session.document.journey.name == "A"
    assert not session.is_changed


def test_listeners_are_told_which_steps_look_different(session: Session) -> None:
    told: list[Change] = []
    stop = session.listen(told.append)
    session.do(connect(session.document, "adviser", "unresolved", "helped"))
    session.undo()
    assert [change.touched for change in told] == [
        frozenset({"adviser", "helped"}),
        frozenset({"adviser", "helped"}),
    ]
    assert told[0].label == "Link exit “unresolved” of “Adviser”"
    stop()
    session.redo()
    assert len(told) == 2


def test_a_listener_may_stop_listening_while_it_is_told(session: Session) -> None:
    told: list[str] = []

    def once(change: Change) -> None:
        told.append(change.label)
        stop()

    stop = session.listen(once)
    session.listen(lambda change: told.append(change.label.upper()))
    session.do(rename("A"))
    session.do(rename("B"))
    assert told == ["Rename the journey", "RENAME THE JOURNEY", "RENAME THE JOURNEY"]


def something(session: Session, chance: random.Random, number: int) -> None:
    """One of the things that people do, or undo, or redo."""
    document = session.document
    steps = document.journey.steps
    step = chance.choice(steps)
    exits = step.exits(document.journey)
    linked = {(link.from_, link.exit) for link in document.journey.links}
    match chance.randrange(8):
        case 0 | 1:
            session.undo()
        case 2:
            session.redo()
        case 3:
            new = Announcement(id=f"new_{number}", name=f"New {number}")
            session.do(add_step(document, new, (float(number), 10.0)))
        case 4 if len(steps) > 3:
            session.do(remove_step(document, step.id))
        case 5 if exits:
            session.do(connect(document, step.id, chance.choice(exits), chance.choice(steps).id))
        case 6 if exits:
            exit_name = chance.choice(exits)
            is_linked = (step.id, exit_name) in linked
            edit = disconnect if is_linked else close_exit
            session.do(edit(document, step.id, exit_name))
        case _:
            place = (chance.uniform(-500, 500), chance.uniform(-500, 500))
            session.do(move_steps(document, {step.id: place}), together="drag")


@pytest.mark.parametrize("seed", range(3))
def test_500_random_commands_undone_all_the_way(session: Session, seed: int) -> None:
    chance = random.Random(seed)
    start = document_to_bytes(session.document)
    for number in range(500):
        something(session, chance, number)
    end, position = document_to_bytes(session.document), session.position
    assert position > 50
    session.go_to(0)
    assert document_to_bytes(session.document) == start
    session.go_to(position)
    assert document_to_bytes(session.document) == end

"""Moving together, pinning, frames and notes."""

from __future__ import annotations

import math

import pytest

from engine.document import Document, document_to_plain
from engine.edits import Edit
from engine.errors import EditError
from engine.frame_edits import (
    add_frame,
    add_note,
    change_note_text,
    collapse_frame,
    remove_frame,
    remove_note,
    resize_frame,
    resize_note,
    retitle_frame,
)
from engine.layout import Layout
from engine.moves import inside, move_all, pin, unpin
from tests.engine.test_edits import done

PLACES = {
    "call": [0.0, 0.0],
    "say": [200.0, 0.0],
    "won": [900.0, 900.0],
    "code": [0.0, 0.0],
}


@pytest.fixture
def framed(document: Document) -> Document:
    """A frame around “call” and “say” with a smaller frame and a note in it."""
    bare = document.model_copy(update={"layout": Layout(positions=PLACES, pinned=["won"])})
    for edit in (
        lambda now: add_frame(now, "Start", ["call", "say"]),
        lambda now: add_frame(now, "Small", (10.0, 10.0, 50.0, 40.0), name="small"),
        lambda now: add_frame(now, "Elsewhere", (0.0, 0.0, 300.0, 200.0), "check", "elsewhere"),
        lambda now: add_note(now, "Read me", (20.0, 20.0)),
        lambda now: add_note(now, "Not me", (2000.0, 20.0)),
    ):
        bare = done(bare, edit(bare))
    return bare


def test_frame_around_steps(framed: Document) -> None:
    frame = framed.layout.frames[0]
    assert (frame.id, frame.title, frame.graph) == ("frame", "Start", None)
    assert (frame.x, frame.y, frame.width, frame.height) == (-24, -56, 424, 146)
    assert framed.layout.frames[2].graph == "check"
    plain = document_to_plain(framed)["layout"]
    assert "graph" not in plain["frames"][0]
    assert plain["frames"][2]["graph"] == "check"


def test_what_lies_in_a_frame(framed: Document) -> None:
    assert inside(framed, "frame") == (["call", "say"], ["small"], ["note"])
    assert inside(framed, "small") == ([], [], [])
    assert inside(framed, "elsewhere") == (["code"], [], [])


def test_a_frame_moves_with_all_that_lies_in_it(framed: Document) -> None:
    edit = move_all(
        framed,
        {"call": (10, 5), "say": (210, 5)},
        {"frame": (-14, -51)},
        {"note": (30, 25)},
    )
    changed = done(framed, edit)
    assert edit.label == "Move frame “Start”"
    assert edit.touched == {"call", "say"}
    assert changed.layout.positions["say"] == [210, 5]
    assert (changed.layout.frames[0].x, changed.layout.frames[0].y) == (-14, -51)
    assert (changed.layout.notes[0].x, changed.layout.notes[0].y) == (30, 25)
    assert changed.layout.frames[1:] == framed.layout.frames[1:]


@pytest.mark.parametrize(
    ("steps", "frames", "notes", "label"),
    [
        (["call"], [], [], "Move “Customer calls”"),
        (["call", "won", "say"], [], [], "Move 3 steps"),
        (["won"], ["small"], [], "Move 1 step and 1 frame"),
        (["won", "call"], ["small", "frame"], ["note"], "Move 2 steps, 2 frames and 1 note"),
        ([], [], ["note", "note_2"], "Move 2 notes"),
        ([], ["small"], [], "Move frame “Small”"),
    ],
)
def test_labels_say_what_moves(
    framed: Document, steps: list[str], frames: list[str], notes: list[str], label: str
) -> None:
    places = [dict.fromkeys(names, (1.0, 1.0)) for names in (steps, frames, notes)]
    edit = move_all(framed, *places)
    assert edit.label == label
    done(framed, edit)


def test_pin_and_unpin(framed: Document) -> None:
    edit = pin(framed, ["call", "won", "call", "say"])
    changed = done(framed, edit)
    assert changed.layout.pinned == ["won", "call", "say"]
    assert edit.label == "Pin 4 steps"
    freed = unpin(changed, ["won", "nobody"])
    assert done(changed, freed).layout.pinned == ["call", "say"]
    assert unpin(changed, ["say"]).label == "Unpin “Greeting”"
    assert done(framed, pin(framed, ["won"])) == framed


def test_frames_change_and_go(framed: Document) -> None:
    sized = done(framed, resize_frame(framed, "small", (1, 2, 3, 4)))
    assert sized.layout.frames[1].model_dump(include={"x", "y", "width", "height", "title"}) == {
        "title": "Small", "x": 1, "y": 2, "width": 3, "height": 4,
    }  # fmt: skip
    edit = collapse_frame(framed, "frame")
    closed = done(framed, edit)
    assert closed.layout.frames[0].collapsed
    assert (edit.label, edit.touched) == ("Collapse frame “Start”", {"call", "say"})
    opened = collapse_frame(closed, "frame", collapsed=False)
    assert opened.label == "Expand frame “Start”"
    assert done(closed, opened) == framed
    renamed = retitle_frame(framed, "frame", "Begin")
    assert renamed.label == "Retitle frame “Begin”"
    assert done(framed, renamed).layout.frames[0].title == "Begin"
    assert retitle_frame(framed, "frame", "").label == "Retitle frame"
    gone = done(framed, remove_frame(framed, "frame"))
    assert [one.id for one in gone.layout.frames] == ["small", "elsewhere"]
    assert gone.layout.positions == framed.layout.positions


def test_notes_change_and_go(framed: Document) -> None:
    assert [note.id for note in framed.layout.notes] == ["note", "note_2"]
    said = done(framed, change_note_text(framed, "note", "Two\nlines"))
    assert said.layout.notes[0].text == "Two\nlines"
    sized = done(framed, resize_note(framed, "note", (1, 2, 3, 4)))
    assert sized.layout.notes[0].width == 3
    gone = done(framed, remove_note(framed, "note"))
    assert [note.id for note in gone.layout.notes] == ["note_2"]


def test_what_may_not_be_is_refused(framed: Document) -> None:
    for attempt in (
        lambda: add_frame(framed, "x" * 201, (0, 0, 1, 1)),
        lambda: add_frame(framed, "Flat", (0, 0, 1, 0)),
        lambda: add_frame(framed, "Nothing in it", ["paid"]),
        lambda: add_frame(framed, "Odd \x07", (0, 0, 1, 1)),
        lambda: add_note(framed, "x", (math.nan, 0)),
        lambda: add_note(framed, "x", (1e9, 0)),
        lambda: change_note_text(framed, "note", "\ud800").apply(framed),
        lambda: resize_frame(framed, "frame", (0, 0, -1, 1)),
        lambda: resize_frame(framed, "nobody", (0, 0, 1, 1)),
        lambda: collapse_frame(framed, "nobody"),
        lambda: retitle_frame(framed, "nobody", "x"),
        lambda: remove_frame(framed, "nobody"),
        lambda: remove_note(framed, "nobody"),
        lambda: move_all(framed, {}, {"nobody": (0, 0)}),
        lambda: move_all(framed, {}, {"frame": (math.inf, 0)}),
        lambda: inside(framed, "nobody"),
    ):
        with pytest.raises(EditError) as caught:
            attempt()
        assert caught.value.mend


def test_moving_the_journey_leaves_everything_else_shared(framed: Document) -> None:
    edit: Edit = move_all(framed, {"call": (1, 1)}, {"frame": (0, 0)})
    changed = edit.apply(framed)[0]
    assert changed.journey is framed.journey
    assert changed.layout.notes is framed.layout.notes

"""Every edit can be taken back, to the byte, and done again, to the byte."""

# ruff: noqa: ARG005 - all kinds of edits are made from the same arguments

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from engine.assumptions import Period
from engine.conditions import Known
from engine.distributions import Constant
from engine.document import Document, document_to_bytes, parse_document
from engine.edits import (
    ABSENT,
    Edit,
    Keys,
    SetField,
    Several,
    Splice,
    add_step,
    close_exit,
    connect,
    disconnect,
    move_steps,
    put_attribute,
    put_named,
    remove_attribute,
    remove_named,
    remove_step,
    replace_step,
    set_assumptions,
)
from engine.errors import EditError
from engine.frame_edits import add_frame, add_note, remove_frame
from engine.graph_edits import append_step, insert_on_link, move_onto_link, rename_step
from engine.journey import Link, SubJourneyDefinition, Team
from engine.layout import CanvasNote, Frame
from engine.moves import move_all, pin, unpin
from engine.profile import Attribute, ValueType
from engine.removal import remove_steps
from engine.steps.base import Step
from engine.steps.control import SubJourney
from engine.steps.decide import Branch, ConditionStep
from engine.steps.finish import Goal
from engine.steps.people import CaseAssumptions, HumanAgent, HumanAgentAssumptions
from engine.steps.talk import Menu, Option
from engine.steps.time import Wait
from engine.sub_journey_edits import add_sub_journey, remove_sub_journey


def step(document: Document, name: str) -> Step:
    return next(one for one in document.journey.all_steps() if one.id == name)


def exits_of(document: Document, name: str) -> dict[str, str | None]:
    return {
        link.exit: link.to
        for graph in document.journey.graphs()
        for link in graph.links
        if link.from_ == name
    }


def done(document: Document, edit: Edit) -> Document:
    """The changed document, after a look at its undo and redo."""
    changed, inverse = edit.apply(document)
    back, again = inverse.apply(changed)
    assert document_to_bytes(back) == document_to_bytes(document)
    assert back == document
    assert document_to_bytes(again.apply(back)[0]) == document_to_bytes(changed)
    assert edit.label == inverse.label
    assert edit.touched == inverse.touched
    assert parse_document(document_to_bytes(changed)) == changed
    return changed


# --- sequences ------------------------------------------------------------------------------------


Kind = Callable[[Document, random.Random, str, str], Edit]
"""Makes an edit from a document, chance, the id of a step and an id that is hardly used."""


def _menu(name: str, chance: random.Random) -> Menu:
    options = [Option(id=f"o{n}", name="O") for n in range(chance.randrange(1, 4))]
    return Menu(id=name, name="Menu", options=options)


def _place(chance: random.Random) -> tuple[float, float]:
    return chance.uniform(-999, 999), chance.randrange(-999, 999)


def _some_exit(document: Document, name: str, chance: random.Random) -> str:
    return chance.choice(step(document, name).exits(document.journey) or ("none",))


def _some(things: Iterable[Any], chance: random.Random) -> str:
    ids = [thing.id for thing in things]
    if not ids:
        raise EditError("there is none", mend="add one.")
    return chance.choice(ids)


def _some_step(document: Document, chance: random.Random) -> str:
    return _some(document.journey.all_steps(), chance)


def _some_assumptions(document: Document, name: str, chance: random.Random) -> Any:
    return chance.choice([None, type(step(document, name)).assumptions()])


def _note(document: Document, name: str) -> Edit:
    return put_named(document, "layout.notes", CanvasNote(id=name, text="t", x=0, y=0))


KINDS: list[Kind] = [
    lambda d, c, s, f: add_step(
        d, Wait(id=f, name=s, duration=1), _place(c), c.choice([None, "inner", "check"])
    ),
    lambda d, c, s, f: add_step(d, _menu(f, c)),
    lambda d, c, s, f: add_step(d, SubJourney(id=f, name=s, journey="check"), _place(c)),
    lambda d, c, s, f: insert_on_link(d, s, _some_exit(d, s, c), _menu(f, c), _place(c)),
    lambda d, c, s, f: append_step(d, s, _some_exit(d, s, c), Goal(id=f, name=s)),
    lambda d, c, s, f: move_onto_link(d, s, (o := _some_step(d, c)), _some_exit(d, o, c)),
    lambda d, c, s, f: remove_step(d, s),
    lambda d, c, s, f: remove_steps(d, {s, _some_step(d, c)}, reconnect=c.random() < 0.7),
    lambda d, c, s, f: rename_step(d, s, f),
    lambda d, c, s, f: add_sub_journey(d, f),
    lambda d, c, s, f: remove_sub_journey(d, _some(d.journey.sub_journeys[2:], c)),
    lambda d, c, s, f: add_frame(d, f, [s, _some_step(d, c)], c.choice([None, "check"])),
    lambda d, c, s, f: add_note(d, f, _place(c)),
    lambda d, c, s, f: remove_frame(d, _some(d.layout.frames, c)),
    lambda d, c, s, f: move_all(d, {s: _place(c)}, {_some(d.layout.frames, c): _place(c)}),
    lambda d, c, s, f: c.choice([pin, unpin])(d, [s, _some_step(d, c)]),
    lambda d, c, s, f: replace_step(d, _menu(s, c)),
    lambda d, c, s, f: replace_step(d, Goal(id=s, name=f)),
    lambda d, c, s, f: connect(d, s, _some_exit(d, s, c), _some_step(d, c)),
    lambda d, c, s, f: connect(d, s, _some_exit(d, s, c), _some_step(d, c)),
    lambda d, c, s, f: close_exit(d, s, _some_exit(d, s, c)),
    lambda d, c, s, f: disconnect(d, s, _some_exit(d, s, c)),
    lambda d, c, s, f: move_steps(d, {s: _place(c), _some_step(d, c): _place(c)}),
    lambda d, c, s, f: set_assumptions(d, s, _some_assumptions(d, s, c)),
    lambda d, c, s, f: put_attribute(d, Attribute(id=f, type=ValueType.TEXT)),
    lambda d, c, s, f: put_attribute(d, Attribute(id="age", name=f, type=ValueType.NUMBER)),
    lambda d, c, s, f: remove_attribute(d, _some(d.journey.attributes, c)),
    lambda d, c, s, f: put_named(d, "layout.frames", Frame(id=f, x=1, y=2, width=3, height=4)),
    lambda d, c, s, f: SetField("Rename", "journey.name", f),
    lambda d, c, s, f: Several("Both", (_note(d, f), remove_step(d, s))),
]


@pytest.mark.parametrize("seed", range(5))
def test_five_hundred_edits_are_undone_and_redone_to_the_byte(
    document: Document, seed: int
) -> None:
    check_sequence(document, random.Random(seed), edits=500)


def check_sequence(start: Document, chance: random.Random, edits: int) -> None:
    document, made, refused = start, 0, 0
    undo: list[Edit] = []
    redo: list[Edit] = []
    # What the document was like with so many edits to undo.
    history = [document_to_bytes(start)]
    while made < edits:
        move = chance.random()
        if move < 0.2 and undo:
            document, edit = undo.pop().apply(document)
            redo.append(edit)
        elif move < 0.35 and redo:
            document, edit = redo.pop().apply(document)
            undo.append(edit)
        else:
            try:
                kind, name = chance.choice(KINDS), _some_step(document, chance)
                fresh = f"n{chance.randrange(9999)}"
                document, inverse = kind(document, chance, name, fresh).apply(document)
            except EditError:
                refused += 1
                continue
            undo.append(inverse)
            redo.clear()
            del history[len(undo) :]
            history.append(document_to_bytes(document))
            made += 1
        if made % 10 == 0:
            assert document_to_bytes(document) == history[len(undo)]
    assert refused < 4 * edits
    for _ in range(len(redo)):
        document, edit = redo.pop().apply(document)
        undo.append(edit)
    assert document_to_bytes(document) == history[-1]
    while undo:
        document, edit = undo.pop().apply(document)
        redo.append(edit)
        if len(undo) % 10 == 0:
            assert document_to_bytes(document) == history[len(undo)]
    assert document == start
    while redo:
        document, edit = redo.pop().apply(document)
        undo.append(edit)
    assert document_to_bytes(document) == history[-1]


# --- each edit ------------------------------------------------------------------------------------


def test_add_step(document: Document) -> None:
    edit = add_step(document, Wait(id="w", name="Rest", duration=5), (1, 2.5))
    changed = done(document, edit)
    assert changed.journey.steps[-1].id == "w"
    assert changed.layout.positions["w"] == [1, 2.5]
    assert [*changed.layout.positions][:-1] == [*document.layout.positions]
    assert (edit.label, edit.touched) == ("Add step “Rest”", {"w"})
    inner = done(document, add_step(document, Goal(id="g", name="G"), graph="inner"))
    assert [one.id for one in inner.journey.sub_journeys[1].steps][-1] == "g"
    assert "g" not in inner.layout.positions


def test_remove_step_with_all_that_hangs_on_it(document: Document) -> None:
    edit = remove_step(document, "agent")
    changed = done(document, edit)
    assert "agent" not in [one.id for one in changed.journey.steps]
    assert not [one for one in changed.journey.links if "agent" in {one.from_, one.to}]
    assert len(document.journey.links) - len(changed.journey.links) == 8 + 1
    assert "agent" not in changed.layout.positions
    assert "agent" not in changed.assumptions.steps
    assert edit.label == "Remove step “Agent”"
    assert edit.touched == {"agent", "offer", "ring_back", "over"}
    pinned = done(document, remove_step(document, "call"))
    assert pinned.layout.pinned == ["over"]
    assert pinned.assumptions.demand == document.assumptions.demand
    inner = done(document, remove_step(document, "code"))
    assert [one.id for one in inner.journey.sub_journeys[0].steps] == ["deeper", "yes", "no"]
    assert "code" not in inner.assumptions.steps


def test_replace_step_drops_links_of_exits_that_are_gone(document: Document) -> None:
    plain = HumanAgent(id="agent", name="Anybody")
    changed = done(document, replace_step(document, plain))
    assert step(changed, "agent") == plain
    assert {*exits_of(changed, "agent")} == {"resolved", "unresolved", "abandoned"}
    assert changed.assumptions.steps["agent"] == document.assumptions.steps["agent"]
    other = done(document, replace_step(document, Goal(id="agent", name="G")))
    assert exits_of(other, "agent") == {}
    assert "agent" not in other.assumptions.steps
    branch = Branch(id="good", name="Good", when=Known(attribute="plan"))
    fewer = done(
        document, replace_step(document, ConditionStep(id="which", name="?", branches=[branch]))
    )
    assert exits_of(fewer, "which") == {"good": "half", "otherwise": None}


def test_connect_disconnect_and_close(document: Document) -> None:
    edit = connect(document, "agent", "full", "won")
    changed = done(document, edit)
    assert exits_of(changed, "agent")["full"] == "won"
    assert len(changed.journey.links) == len(document.journey.links)
    assert edit.touched == {"agent", "won"}
    assert edit.label == "Link exit “full” of “Agent”"
    unlinked = done(changed, disconnect(changed, "agent", "full"))
    assert "full" not in exits_of(unlinked, "agent")
    again = done(unlinked, connect(unlinked, "agent", "full", "agent"))
    assert again.journey.links[-1] == Link(from_="agent", exit="full", to="agent")
    closed = done(document, close_exit(document, "code", "failed"))
    assert exits_of(closed, "code") == {"verified": "yes", "failed": None}


def test_connect_leaves_one_of_several_links(document: Document) -> None:
    twice = Splice("", "journey.links", 0, 0, (Link(from_="call", exit="arrived", to="won"),) * 2)
    changed = twice.apply(document)[0]
    one = done(changed, connect(changed, "call", "arrived", "say"))
    assert len(one.journey.links) == len(document.journey.links)
    assert exits_of(one, "call") == {"arrived": "say"}


def test_move_steps(document: Document) -> None:
    edit = move_steps(document, {"agent": (1, 2), "call": (3, 4), "won": (5, 6)})
    changed = done(document, edit)
    assert [*changed.layout.positions] == [*document.layout.positions]
    assert changed.layout.positions["won"] == [5, 6]
    assert (edit.label, edit.touched) == ("Move 3 steps", {"agent", "call", "won"})
    assert move_steps(document, {"agent": (1, 2)}).label == "Move “Agent”"
    for bad in (math.nan, math.inf, 1e8):
        with pytest.raises(EditError):
            move_steps(document, {"agent": (bad, 0)})


def test_set_assumptions(document: Document) -> None:
    made = HumanAgentAssumptions(handle_time=Constant(value=60))
    changed = done(document, set_assumptions(document, "agent", made))
    assert changed.assumptions.steps["agent"] == made
    assert [*changed.assumptions.steps] == [*document.assumptions.steps]
    gone = done(document, set_assumptions(document, "agent", None))
    assert "agent" not in gone.assumptions.steps
    assert done(gone, set_assumptions(gone, "agent", None)) == gone
    with pytest.raises(EditError, match="do not fit"):
        set_assumptions(document, "agent", CaseAssumptions())


def test_named_elements(document: Document) -> None:
    edit = put_named(document, "journey.teams", Team(id="front", name="Desk"))
    changed = done(document, edit)
    assert [team.name for team in changed.journey.teams] == ["Desk", ""]
    assert edit.label == "Change team “front”"
    added = put_named(document, "journey.teams", Team(id="night"))
    assert added.label == "Add team “night”"
    assert [team.id for team in done(document, added).journey.teams] == ["front", "back", "night"]
    removed = done(document, remove_named(document, "journey.teams", "front"))
    assert [team.id for team in removed.journey.teams] == ["back"]
    sub = document.journey.sub_journeys[0].model_copy(update={"name": "Other"})
    assert isinstance(sub, SubJourneyDefinition)
    assert (
        done(document, put_named(document, "journey.sub_journeys", sub)).journey.sub_journey(
            "check"
        )
        == sub
    )
    age = Attribute(id="age", type=ValueType.NUMBER, name="Years")
    assert done(document, put_attribute(document, age)).journey.attributes[3] == age
    assert len(done(document, remove_attribute(document, "age")).journey.attributes) == 11


def test_single_fields(document: Document) -> None:
    assert done(document, SetField("", "journey.name", "New")).journey.name == "New"
    days = done(document, SetField("", "assumptions.period.days", 9))
    assert days.assumptions.period.days == 9
    period = done(document, SetField("", "assumptions.period", Period(days=2)))
    assert period.assumptions.period == Period(days=2)
    share = done(document, SetField("", "assumptions.staffing.front.shrinkage", 0.5))
    assert share.assumptions.staffing["front"].shrinkage == 0.5
    inner = done(document, SetField("", "journey.sub_journeys.check.name", "Other"))
    assert inner.journey.sub_journeys[0].name == "Other"


@pytest.mark.parametrize(
    ("at", "to", "said"),
    [
        ("journey.name", "", "at least 1 character"),
        ("journey.name", 5, "5 should be a valid string"),
        ("journey.limit", math.nan, "should be"),
        ("journey.limit", "5", "should be a valid number"),
        ("assumptions.period.days", 0, "greater than or equal to 1"),
        ("assumptions.period", {"days": "x"}, "should be"),
        ("assumptions.staffing.front.days", [], "at least 1 item"),
        ("journey.surprise", 1, "no field “surprise”"),
        ("surprise", 1, "no field “surprise”"),
        ("", 1, "no field “”"),
        ("journey.steps.nobody.name", "x", "no “nobody”"),
        ("layout.positions.call", [0, 0], "no field"),
    ],
)
def test_what_may_not_stand_there_is_refused(
    document: Document, at: str, to: Any, said: str
) -> None:
    with pytest.raises(EditError) as caught:
        SetField("", at, to).apply(document)
    assert said in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    "edit",
    [
        Splice("", "journey.steps", 99, 1, ()),
        Splice("", "journey.steps", 29, 1, ()),
        Splice("", "journey.steps", -1, 1, ()),
        Splice("", "journey.steps", 0, -1, ()),
        Splice("", "journey.name", 0, 0, ("x",)),
        Splice("", "layout.positions", 0, 0, ("x",)),
        Splice("", "journey.sub_journeys.nobody.steps", 0, 1, ()),
        Keys("", "journey.steps", {"a": 1}),
        Keys("", "layout.positions", {"call": ABSENT}, order=("call",)),
        Keys("", "nowhere", {}),
    ],
)
def test_edit_that_does_not_fit_is_refused(document: Document, edit: Edit) -> None:
    with pytest.raises(EditError):
        edit.apply(document)
    first = SetField("", "journey.name", "x")
    with pytest.raises(EditError):
        Several("", (first, edit)).apply(document)


def test_edits_of_what_is_not_there_are_refused(document: Document) -> None:
    for attempt in (
        lambda: add_step(document, Goal(id="call", name="G")),
        lambda: add_step(document, Goal(id="inside", name="G")),
        lambda: add_step(document, Goal(id="g", name="G"), graph="nobody"),
        lambda: remove_step(document, "nobody"),
        lambda: replace_step(document, Goal(id="nobody", name="G")),
        lambda: connect(document, "nobody", "done", "call"),
        lambda: connect(document, "call", "nowhere", "over"),
        lambda: connect(document, "call", "arrived", "nobody"),
        lambda: connect(document, "call", "arrived", "inside"),
        lambda: disconnect(document, "call", "nowhere"),
        lambda: set_assumptions(document, "nobody", None),
        lambda: remove_named(document, "journey.teams", "nobody"),
    ):
        with pytest.raises(EditError) as caught:
            attempt()
        assert caught.value.mend


def test_an_edit_copies_only_what_lies_on_the_way(document: Document) -> None:
    changed, _ = move_steps(document, {"call": (9, 9)}).apply(document)
    assert changed.journey is document.journey
    assert changed.assumptions is document.assumptions
    changed, _ = remove_step(document, "won").apply(document)
    assert changed.journey.steps[0] is document.journey.steps[0]
    assert changed.journey.attributes is document.journey.attributes
    assert changed.scenarios is document.scenarios

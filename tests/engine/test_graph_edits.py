"""Steps put onto links, taken out with and without reconnecting, and sub-journeys."""

from __future__ import annotations

import pytest

from engine.document import Document, document_from_plain
from engine.edits import Edit, add_step, connect
from engine.errors import EditError
from engine.graph_edits import append_step, insert_on_link, move_onto_link, rename_step
from engine.layout import CanvasNote, Frame
from engine.new_step import new_step
from engine.removal import remove_steps
from engine.steps.finish import Exit, Goal
from engine.steps.guard import Consent
from engine.steps.people import HumanAgent
from engine.sub_journey_edits import add_sub_journey, remove_sub_journey
from engine.validation import validate
from tests.engine.test_edits import done, exits_of, step
from tests.engine.test_validation_examples import after_entry, choices, loop
from tests.engine.test_validation_examples import step as plain_step

CONSENT = Consent(id="asked", name="Consent", purpose="reminders")


def chain(*names: str, **more: str | None) -> Document:
    """Goals in a row after the entry; `more` says where an exit of one leads instead."""
    ends = zip(names, [*names[1:], "end"], strict=True)
    ways = [f"{name}.reached>{more.get(name, after) or ''}" for name, after in ends]
    return document_from_plain(after_entry([plain_step(name, "goal") for name in names], *ways))


# --- putting in -----------------------------------------------------------------------------------


def test_insert_on_link_takes_the_way_over(document: Document) -> None:
    edit = insert_on_link(document, "bot", "resolved", CONSENT, (5, 6))
    changed = done(document, edit)
    assert edit.label == "Insert step “Consent”"
    assert edit.touched == {"asked", "bot", "text_message"}
    assert exits_of(changed, "bot")["resolved"] == "asked"
    assert exits_of(changed, "asked") == {"granted": "text_message"}
    assert changed.layout.positions["asked"] == [5, 6]
    assert len(changed.journey.links) == len(document.journey.links) + 1


def test_insert_on_a_closed_exit_closes_the_first_exit(document: Document) -> None:
    changed = done(document, insert_on_link(document, "bot", "failed", CONSENT))
    assert exits_of(changed, "bot")["failed"] == "asked"
    assert exits_of(changed, "asked") == {"granted": None}


def test_insert_where_nothing_is_linked_and_where_nothing_leads_on(document: Document) -> None:
    loose = chain("a")
    loose = connect(loose, "in", "arrived", "end").apply(loose)[0]
    assert exits_of(done(loose, insert_on_link(loose, "a", "reached", CONSENT)), "asked") == {
        "granted": "end"
    }
    ended = done(document, insert_on_link(document, "bot", "resolved", Exit(id="z", name="Z")))
    assert exits_of(ended, "bot")["resolved"] == "z"
    assert exits_of(ended, "z") == {}


def test_insert_in_a_sub_journey_stays_in_it(document: Document) -> None:
    edit = insert_on_link(document, "inside", "played", CONSENT)
    changed = done(document, edit)
    inner = changed.journey.sub_journey("inner")
    assert inner is not None
    assert [one.id for one in inner.steps] == ["inside", "inner_end", "asked"]
    assert exits_of(changed, "asked") == {"granted": "inner_end"}


def test_append_step_leads_to_it_and_leaves_its_own_exits_open(document: Document) -> None:
    edit = append_step(document, "won", "reached", Goal(id="more", name="More"), (1, 2))
    changed = done(document, edit)
    assert edit.label == "Add step “More”"
    assert exits_of(changed, "won") == {"reached": "more"}
    assert exits_of(changed, "more") == {}
    assert changed.layout.positions["more"] == [1, 2]


def test_move_onto_link(document: Document) -> None:
    with_step = add_step(document, CONSENT, (0, 0)).apply(document)[0]
    edit = move_onto_link(with_step, "asked", "bot", "resolved", (7, 8))
    changed = done(with_step, edit)
    assert edit.label == "Insert step “Consent”"
    assert exits_of(changed, "asked") == {"granted": "text_message"}
    assert changed.layout.positions["asked"] == [7, 8]
    still = done(with_step, move_onto_link(with_step, "asked", "bot", "resolved"))
    assert still.layout.positions["asked"] == [0, 0]


def test_rename_step(document: Document) -> None:
    edit = rename_step(document, "code", "Ask for the code")
    assert step(done(document, edit), "code").name == "Ask for the code"
    assert (edit.label, edit.touched) == ("Rename step “Ask for the code”", {"code"})
    for bad in ("", "x" * 201, "bell \a", "half \ud800"):
        with pytest.raises(EditError):
            rename_step(document, "code", bad).apply(document)


def test_what_does_not_fit_is_refused(document: Document) -> None:
    with_step = add_step(document, CONSENT).apply(document)[0]
    for attempt in (
        lambda: append_step(document, "nobody", "done", CONSENT),
        lambda: append_step(document, "bot", "nowhere", CONSENT),
        lambda: append_step(document, "bot", "resolved", Goal(id="bot", name="Bot")),
        lambda: insert_on_link(document, "nobody", "done", CONSENT),
        lambda: insert_on_link(document, "bot", "nowhere", CONSENT),
        lambda: move_onto_link(with_step, "nobody", "bot", "resolved"),
        lambda: move_onto_link(with_step, "asked", "nobody", "resolved"),
        lambda: move_onto_link(with_step, "asked", "asked", "granted"),
        lambda: move_onto_link(with_step, "asked", "inside", "played"),
        lambda: move_onto_link(with_step, "say", "bot", "resolved"),
        lambda: remove_steps(document, ["bot", "nobody"]),
        lambda: remove_sub_journey(document, "nobody"),
        lambda: add_sub_journey(document, ""),
        lambda: rename_step(document, "nobody", "x"),
    ):
        with pytest.raises(EditError) as caught:
            attempt()
        assert caught.value.mend


# --- taking out -----------------------------------------------------------------------------------


def test_remove_several_steps_as_one(document: Document) -> None:
    edit = remove_steps(document, ["bot", "agent", "code", "call"])
    changed = done(document, edit)
    assert edit.label == "Remove 4 steps"
    gone = {"bot", "agent", "code", "call"}
    left = {one.id for one in changed.journey.all_steps()}
    assert left == {one.id for one in document.journey.all_steps()} - gone
    assert not gone & {*changed.layout.positions, *changed.assumptions.steps}
    assert changed.layout.pinned == ["over"]
    one_by_one = document
    for name in ("bot", "agent", "code", "call"):
        one_by_one = remove_steps(one_by_one, [name]).apply(one_by_one)[0]
    assert changed == one_by_one


def test_remove_and_reconnect(document: Document) -> None:
    edit = remove_steps(document, ["bot"], reconnect=True)
    changed = done(document, edit)
    assert edit.label == "Remove step “Assistant” and reconnect"
    assert exits_of(changed, "choose")["billing"] == "text_message"
    assert {"choose", "text_message", "bot"} <= edit.touched


def test_reconnect_goes_over_all_that_is_removed() -> None:
    start = chain("a", "b", "c", "d")
    changed = done(start, remove_steps(start, ["a", "c", "b"], reconnect=True))
    assert exits_of(changed, "in") == {"arrived": "d"}
    assert [one.id for one in changed.journey.steps] == ["in", "d", "end"]


def test_reconnect_prefers_an_exit_that_leads_to_a_step_that_stays() -> None:
    agent = plain_step("agent", "human_agent")
    ways = ("agent.resolved>won", "agent.unresolved>later", "agent.abandoned>", "won.reached>")
    steps = [agent, plain_step("won", "goal"), plain_step("later", "goal")]
    start = document_from_plain(after_entry(steps, *ways, "later.reached>end"))
    one = done(start, remove_steps(start, ["agent"], reconnect=True))
    assert exits_of(one, "in") == {"arrived": "won"}
    both = done(start, remove_steps(start, ["agent", "won"], reconnect=True))
    assert exits_of(both, "in") == {"arrived": "later"}
    all_three = done(start, remove_steps(start, ["agent", "won", "later"], reconnect=True))
    assert exits_of(all_three, "in") == {"arrived": "end"}


def test_reconnect_closes_what_led_to_a_closed_exit_and_opens_what_leads_nowhere() -> None:
    closed = chain("a", a=None)
    assert exits_of(done(closed, remove_steps(closed, ["a"], reconnect=True)), "in") == {
        "arrived": None
    }
    last = chain("a")
    changed = done(last, remove_steps(last, ["end"], reconnect=True))
    assert exits_of(changed, "a") == {}


def test_nobody_is_made_to_follow_itself() -> None:
    split = plain_step("divide", "split", variants=choices("a", "b", weight=1))
    pause = plain_step("pause", "wait", duration=5)
    ways = ("divide.a>pause", "divide.b>end", "pause.done>divide")
    start = document_from_plain(after_entry([split, pause], *ways))
    changed = done(start, remove_steps(start, ["pause"], reconnect=True))
    assert exits_of(changed, "divide") == {"b": "end"}


def test_a_ring_that_is_removed_has_nothing_beyond() -> None:
    steps = (plain_step("one", "wait", duration=5), plain_step("two", "wait", duration=5))
    start = document_from_plain(loop(*steps, back="done"))
    changed = done(start, remove_steps(start, ["one", "two"], reconnect=True))
    assert exits_of(changed, "in") == {}


def test_removing_many_steps_takes_no_more_than_a_moment() -> None:
    names = [f"s{n}" for n in range(4000)]
    start = chain(*names)
    changed = remove_steps(start, names[1:3000], reconnect=True).apply(start)[0]
    assert exits_of(changed, "s0") == {"reached": "s3000"}


# --- sub-journeys ---------------------------------------------------------------------------------


def test_add_sub_journey(document: Document) -> None:
    edit = add_sub_journey(document, "Inner")
    changed = done(document, edit)
    made = changed.journey.sub_journeys[-1]
    assert (made.id, made.name, [one.id for one in made.outcomes]) == ("inner_2", "Inner", ["done"])
    assert edit.label == "Add sub-journey “Inner”"
    filled = add_step(changed, new_step(changed, "exit", "inner_2"), (0, 0), "inner_2")
    assert "W125" not in {one.code for one in validate(done(changed, filled))}
    named = done(document, add_sub_journey(document, "Inner", "own"))
    assert named.journey.sub_journeys[-1].id == "own"


def test_remove_sub_journey_with_all_that_lies_in_it(document: Document) -> None:
    frames = [Frame(id="in_it", x=0, y=0, width=9, height=9, graph="check")]
    notes = [CanvasNote(id="on_it", text="t", x=0, y=0, graph="check")]
    layout = document.layout.model_copy(
        update={
            "frames": [*document.layout.frames, *frames],
            "notes": [*notes, *document.layout.notes],
        }
    )
    start = document.model_copy(update={"layout": layout})
    edit = remove_sub_journey(start, "check")
    changed = done(start, edit)
    assert [sub.id for sub in changed.journey.sub_journeys] == ["inner"]
    assert "code" not in changed.assumptions.steps
    assert changed.layout.frames == document.layout.frames
    assert changed.layout.notes == document.layout.notes
    assert edit.label == "Remove sub-journey “Check a customer”"
    assert step(changed, "verify")


# --- limits ---------------------------------------------------------------------------------------


def test_no_list_grows_beyond_what_can_be_saved() -> None:
    start = chain(*(f"s{n}" for n in range(19_998)))
    assert len(start.journey.steps) == 20_000
    edit: Edit = add_step(start, HumanAgent(id="last", name="Last"))
    with pytest.raises(EditError, match="20,001 steps are more than the 20,000"):
        edit.apply(start)

"""Copy and paste within and between documents; hostile text in the clipboard."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.document import Document, document_to_bytes, parse_document, read_document
from engine.edits import remove_step
from engine.errors import EditError
from engine.fragment import FORMAT, copied, pasted
from engine.frame_edits import add_frame, add_note
from engine.naming import names_in, renamed
from engine.new_document import new_document
from engine.plan import CLOSED, Plan, make_plan
from engine.removal import remove_steps
from engine.shipped import sample_names, sample_path
from engine.validation import Finding, validate
from tests.engine.test_bad_input import COSTLY, NASTY_VALUES
from tests.engine.test_edits import done, exits_of, step

EMPTY = new_document("Empty")
SAMPLES = {name: read_document(sample_path(name)) for name in sample_names()}


def all_of(document: Document) -> str:
    layout = document.layout
    return copied(
        document,
        [one.id for one in document.journey.steps],
        [one.id for one in layout.frames],
        [one.id for one in layout.notes],
    )


def said(findings: list[Finding]) -> Counter[tuple[str, str | None, str | None]]:
    return Counter((one.code, one.step, one.what) for one in findings)


def shape(plan: Plan) -> list[tuple[str, str, tuple[str, ...], list[str]]]:
    ids = {row.index: row.id for row in plan.steps} | {CLOSED: "closed"}
    return [
        (row.id, row.step.kind, row.exits, [ids[to] for to in row.targets]) for row in plan.steps
    ]


# --- round trips ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_sample_is_the_same_in_an_empty_document(name: str) -> None:
    original = SAMPLES[name]
    paste = pasted(EMPTY, all_of(original))
    copy = done(EMPTY, paste.edit)
    assert list(paste.ids) == [one.id for one in original.journey.steps]
    assert copy.journey.steps == original.journey.steps
    assert copy.journey.links == original.journey.links
    assert copy.layout == original.layout
    assert shape(make_plan(copy)) == shape(make_plan(original))
    for at in ("demand", "staffing", "steps"):
        assert getattr(copy.assumptions, at) == getattr(original.assumptions, at)
    assert said(validate(copy)) == said(validate(original))


@pytest.mark.parametrize("name", [*SAMPLES, "everything"])
def test_pasting_twice_gives_no_clash(name: str, document: Document) -> None:
    original = SAMPLES.get(name, document)
    text = all_of(original)
    now, corners = EMPTY, set[tuple[float, ...]]()
    for number in range(3):
        paste = pasted(now, text)
        now = done(now, paste.edit)
        assert len(paste.ids) == len(original.journey.steps)
        places = now.layout.positions
        corners |= {tuple(places[one]) for one in paste.ids if one in places}
        lying = [one for one in original.journey.steps if one.id in original.layout.positions]
        assert len(corners) == (number + 1) * len(lying)
    assert "W501" not in {one.code for one in validate(now)}
    names = Counter(one.name for one in now.journey.steps)
    own = Counter(one.name for one in original.journey.steps)
    assert max(names.values()) == max(own.values()) == 1
    assert len(now.journey.links) == 3 * len(original.journey.links)
    assert now.journey.attributes == parse_document_of(text).journey.attributes
    assert len(now.journey.sub_journeys) == len(original.journey.sub_journeys)


def parse_document_of(text: str) -> Document:
    return done(EMPTY, pasted(EMPTY, text).edit)


@pytest.mark.parametrize("name", SAMPLES)
def test_cut_and_paste_brings_it_back(name: str) -> None:
    original = SAMPLES[name]
    ids = [one.id for one in original.journey.steps][1:4]
    text = copied(original, ids)
    cut = done(original, remove_steps(original, ids))
    back = done(cut, pasted(cut, text).edit)
    assert {one.id: one for one in back.journey.steps} == {
        one.id: one for one in original.journey.steps
    }
    assert back.assumptions.steps == original.assumptions.steps
    assert back.layout.positions == original.layout.positions


def test_a_whole_journey_document_can_be_pasted(document: Document, everything: bytes) -> None:
    paste = pasted(EMPTY, everything.decode())
    now = done(EMPTY, paste.edit)
    assert now.journey.steps == document.journey.steps
    assert now.journey.sub_journeys == document.journey.sub_journeys
    assert paste.edit.label == "Paste 29 steps, 1 frame and 1 note"
    assert now.journey.name == "Empty"
    assert now.scenarios == EMPTY.scenarios


# --- what comes along -----------------------------------------------------------------------------


def test_a_fragment_holds_what_its_steps_need_and_no_more(document: Document) -> None:
    plain = json.loads(copied(document, ["agent", "ring_back", "pause"]))
    assert (plain["format"], plain["version"]) == (FORMAT, 1)
    journey = plain["journey"]
    assert [one["id"] for one in journey["steps"]] == ["agent", "ring_back", "pause"]
    assert {(one["from"], one["to"]) for one in journey["links"]} >= {("agent", "ring_back")}
    ends = {one["from"] for one in journey["links"]} | {one["to"] for one in journey["links"]}
    assert ends <= {"agent", "ring_back", "pause", None}
    assert [one["id"] for one in journey["teams"]] == ["front", "back"]
    assert [one["id"] for one in journey["skills"]] == ["billing"]
    assert not set(journey) & {"purposes", "attributes", "sub_journeys", "stages", "channels"}
    assert set(plain["layout"]["positions"]) <= {"agent", "ring_back", "pause"}
    assert set(plain["assumptions"]["steps"]) <= {"agent", "ring_back", "pause"}
    assert set(plain["assumptions"]["staffing"]) == {"front", "back"} & set(
        document.assumptions.staffing
    )
    assert "demand" not in plain["assumptions"]


def test_sub_journeys_come_along_with_all_within(document: Document) -> None:
    now = done(EMPTY, pasted(EMPTY, copied(document, ["verify"])).edit)
    assert now.journey.sub_journeys == document.journey.sub_journeys
    assert now.assumptions.steps["code"] == document.assumptions.steps["code"]
    assert [one.id for one in now.journey.attributes] == ["segment"]
    again = done(now, pasted(now, copied(document, ["verify"])).edit)
    assert again.journey.sub_journeys == now.journey.sub_journeys
    assert [one.id for one in again.journey.steps] == ["verify", "verify_2"]


def test_steps_of_a_new_sub_journey_get_ids_that_are_free(document: Document) -> None:
    text = copied(document, ["verify"])
    lacking = document.journey.model_copy(
        update={"sub_journeys": document.journey.sub_journeys[1:]}
    )
    bare = document.model_copy(update={"journey": lacking})
    bare = pasted(bare, copied(document, ["code"])).edit.apply(bare)[0]
    now = done(bare, pasted(bare, text).edit)
    added = now.journey.sub_journeys[-1]
    assert [one.id for one in added.steps] == ["code_2", "deeper", "yes", "no"]
    assert {(one.from_, one.exit, one.to) for one in added.links} == {
        ("code_2", "verified", "yes"),
        ("code_2", "failed", "deeper"),
        ("deeper", "finished", "no"),
    }


def test_later_contacts_come_in_at_the_copy() -> None:
    sample = SAMPLES["patient_journey"]
    assumed = sample.assumptions.steps
    assert names_in(assumed["booked"]) == [("step", "portal"), ("step", "billing_call")]
    paste = pasted(sample, copied(sample, ["portal", "booked"]))
    now = done(sample, paste.edit)
    assert paste.ids == ("booked_2", "portal_2")
    copy = now.assumptions.steps["booked_2"]
    assert names_in(copy) == [("step", "portal_2"), ("step", "billing_call")]
    assert renamed(copy, {"step": {"portal_2": "portal"}}) == assumed["booked"]
    assert now.assumptions.demand == sample.assumptions.demand


def test_named_things_of_the_target_stay_as_they_are(document: Document) -> None:
    other = done(EMPTY, pasted(EMPTY, copied(document, ["agent"])).edit)
    team = other.journey.teams[0].model_copy(update={"name": "Mine"})
    teams = [team, *other.journey.teams[1:]]
    mine = other.model_copy(update={"journey": other.journey.model_copy(update={"teams": teams})})
    now = done(mine, pasted(mine, copied(document, ["agent"])).edit)
    assert now.journey.teams == teams
    assert now.assumptions.staffing == mine.assumptions.staffing
    assert [one.name for one in now.journey.steps] == ["Agent", "Agent 2"]


# --- where it comes to lie ------------------------------------------------------------------------


def test_paste_at_a_place_and_beside_what_lies_there(document: Document) -> None:
    framed = add_frame(document, "Start", ["call", "say"]).apply(document)[0]
    framed = add_note(framed, "Here", (5, 5)).apply(framed)[0]
    frame, note = framed.layout.frames[-1], framed.layout.notes[-1]
    text = copied(framed, ["call", "say"], [frame.id], [note.id])
    paste = pasted(framed, text, at=(5000, 6000))
    now = done(framed, paste.edit)
    assert paste.edit.label == "Paste 2 steps, 1 frame and 1 note"
    placed = [now.layout.positions[one] for one in paste.ids]
    drawn = [one for one in (*now.layout.frames, *now.layout.notes) if one.x >= 5000]
    assert [one.id for one in drawn] == [*paste.frames, *paste.notes]
    assert min(x for x, _ in [*placed, *((one.x, one.y) for one in drawn)]) == 5000
    assert min(y for _, y in [*placed, *((one.x, one.y) for one in drawn)]) == 6000
    old = [framed.layout.positions[one] for one in ("call", "say")]
    assert placed[1][0] - placed[0][0] == old[1][0] - old[0][0]
    again = pasted(now, text, at=(5000, 6000))
    later = done(now, again.edit)
    assert later.layout.positions[again.ids[0]] == [placed[0][0] + 24, placed[0][1] + 24]


def test_paste_into_a_sub_journey_and_out_of_it(document: Document) -> None:
    framed = add_frame(document, "In", (0, 0, 9, 9), "check").apply(document)[0]
    frame = framed.layout.frames[-1]
    text = copied(framed, ["code", "yes"], [frame.id])
    paste = pasted(framed, text, "inner")
    now = done(framed, paste.edit)
    inner = now.journey.sub_journey("inner")
    assert inner is not None
    assert [one.id for one in inner.steps][-2:] == list(paste.ids) == ["code_2", "yes_2"]
    assert inner.links[-1].to == "yes_2"
    assert now.layout.frames[-1].graph == "inner"
    assert paste.frames == (now.layout.frames[-1].id,)
    out = done(framed, pasted(framed, text).edit)
    assert exits_of(out, "code_2") == {"verified": "yes_2"}
    assert out.journey.steps[-1].id == "yes_2"
    assert out.layout.frames[-1].graph is None


def test_pins_and_labels(document: Document) -> None:
    paste = pasted(document, copied(document, ["call"]))
    assert paste.edit.label == "Paste step “Customer calls 2”"
    assert done(document, paste.edit).layout.pinned == [*document.layout.pinned, "call_2"]
    assert step(done(document, paste.edit), "call_2").stage == "seek"
    assert pasted(EMPTY, copied(document, ["call", "over"])).edit.label == "Paste 2 steps"


# --- what is no fragment --------------------------------------------------------------------------


def refused(text: str) -> EditError:
    with pytest.raises(EditError) as caught:
        pasted(EMPTY, text)
    assert caught.value.what
    assert caught.value.mend
    return caught.value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("Hello", "not JSON"),
        ("[1, 2]", "not a Wayline journey"),
        ("{}", "not a Wayline journey"),
        ('{"format": "wayline/fragment"}', "version is missing"),
        ('{"format": "wayline/fragment", "version": 2}', "version 2"),
        ('{"format": "wayline/fragment", "version": 1}', "“journey” is missing"),
        ('{"format": "wayline/fragment", "version": NaN}', "NaN"),
        ('{"format": "wayline/fragment", "format": "x"}', "stands twice"),
        ("[" * 5000, "levels deep"),
        ('{"format": "wayline/fragment", "x": "\ud800"}', "UTF-8"),
        ("9" * 5000, "too large"),
        ('"' + "x" * 11_000_000 + '"', "larger than 10 MB"),
    ],
)
def test_text_that_is_no_fragment_is_refused(text: str, said: str) -> None:
    assert said in refused(text).what


def test_an_empty_journey_and_a_place_that_is_not_there(document: Document) -> None:
    assert "no steps" in refused(document_to_bytes(EMPTY).decode()).what
    with pytest.raises(EditError):
        pasted(EMPTY, copied(document, ["call"]), "nobody")
    with pytest.raises(EditError):
        pasted(EMPTY, copied(document, ["call"]), at=(1e9, 0))
    with pytest.raises(EditError):
        copied(document, ["call", "nobody"])


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_text_is_refused_in_words(text: str) -> None:
    refused(text)


def test_mutated_text_never_confuses(document: Document) -> None:
    chance = random.Random(7)
    text = copied(document, ["agent", "verify", "bot", "note_it", "which"])
    read = 0
    for _ in range(1500):
        characters = list(text)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(characters))
            match chance.randrange(3):
                case 0:
                    characters[at] = chance.choice('{}[]",:0e-x\u00e9\n')
                case 1:
                    del characters[at : at + chance.randrange(1, 30)]
                case _:
                    characters[at:at] = characters[: chance.randrange(30)]
        read += is_pasted(document, "".join(characters))
    assert 20 < read < 1480


def test_mutated_structures_never_confuse(document: Document) -> None:
    chance = random.Random(8)
    text = copied(document, [one.id for one in document.journey.steps])
    read = 0
    for _ in range(400):
        plain = json.loads(text)
        for _ in range(chance.randrange(1, 4)):
            _mutate(plain, chance)
        read += is_pasted(document, json.dumps(plain))
    assert 20 < read < 390


def is_pasted(document: Document, text: str) -> bool:
    """Whether a text could be pasted; whatever was, gives a document that can be saved."""
    try:
        now = pasted(document, text).edit.apply(document)[0]
    except EditError:
        return False
    assert parse_document(document_to_bytes(now)) == now
    ids = Counter(one.id for one in now.journey.all_steps())
    assert set(ids.values()) == {1}
    return True


def _mutate(plain: Any, chance: random.Random) -> None:
    node = plain
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = chance.choice(keys)
        child = node[key]
        if not isinstance(child, (dict, list)) or not child or chance.random() < 0.2:
            break
        node = child
    match chance.randrange(4):
        case 0:
            del node[key]
        case 1 if isinstance(node, list):
            node.append(node[key])
        case 2:
            node[key] = chance.choice(NASTY_VALUES)
        case _:
            node[key] = chance.choice(list(node.values()) if isinstance(node, dict) else node)


@pytest.mark.parametrize("name", ["240,000 steps", "unknown keys", "wide conditions", "10 MB key"])
def test_costly_text_is_refused(name: str) -> None:
    refused(COSTLY[name]().decode())


def test_steps_that_are_all_alike_are_pasted_without_delay() -> None:
    goals = ",".join(['{"type":"goal","id":"s","name":"n"}'] * 15_000)
    journey = f'{{"id": "j", "name": "J", "steps": [{goals}]}}'
    text = f'{{"format": "wayline/fragment", "version": 1, "journey": {journey}}}'
    start = time.process_time()
    paste = pasted(EMPTY, text)
    now = paste.edit.apply(EMPTY)[0]
    assert len({one.name for one in now.journey.steps}) == len(set(paste.ids)) == 15_000
    assert time.process_time() - start < 10
    full = paste.edit.apply(EMPTY)[0]
    with pytest.raises(EditError, match="30,000 steps are more"):
        pasted(full, text).edit.apply(full)


def test_removed_steps_leave_nothing_of_themselves(document: Document) -> None:
    gone = remove_step(document, "call").apply(document)[0]
    now = done(gone, pasted(gone, copied(document, ["call"])).edit)
    assert step(now, "call") == step(document, "call")

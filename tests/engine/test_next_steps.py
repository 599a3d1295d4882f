"""What may come next, told by the facts that every step type declares."""

from __future__ import annotations

from engine.document import Document, document_from_plain
from engine.new_document import new_document
from engine.next_steps import next_steps
from engine.profile import Channel
from engine.steps.base import Group
from engine.steps.catalog import step_types
from tests.engine.test_validation_examples import (
    SAY,
    branches,
    compare,
    step,
    two_entries,
)

ENTRIES = {kind for kind, cls in step_types().items() if cls.starts_contact}
FINISH = {kind for kind, cls in step_types().items() if cls.group is Group.FINISH}


def kinds(document: Document, *place: str | None, fitting: bool | None = None) -> list[str]:
    found = next_steps(document, *place)
    return [one.kind for one in found if fitting is None or one.fits is fitting]


def test_a_journey_begins_with_an_entry() -> None:
    assert set(kinds(new_document("New"))) == ENTRIES
    assert len(ENTRIES) == 3


def test_with_an_entry_anything_may_be_put_on_the_canvas(document: Document) -> None:
    assert kinds(document) == list(step_types())


def test_nobody_comes_in_at_a_sub_journey(document: Document) -> None:
    assert set(kinds(document, None, None, "inner")) == set(step_types()) - ENTRIES


def test_after_an_exit_comes_no_entry_but_always_a_finish(document: Document) -> None:
    for one in document.journey.all_steps():
        for exit_name in one.exits(document.journey):
            found = kinds(document, one.id, exit_name)
            assert set(found) == set(step_types()) - ENTRIES
            assert set(kinds(document, one.id, exit_name, fitting=True)) >= FINISH


def test_what_does_not_work_on_the_channel_comes_last() -> None:
    ask = step("ask", "condition", branches=branches(compare("channel", "eq", "email")))
    ways = ("ask.b1>end", "ask.otherwise>say", "say.played>end")
    document = document_from_plain(two_entries(ask, SAY, ways=ways))
    both = next_steps(document, "ask")
    assert [one.fits for one in both] == sorted((one.fits for one in both), reverse=True)
    misfits = [one.type.channels for one in both if not one.fits]
    somewhere = [bool(channels & {Channel.VOICE, Channel.EMAIL}) for channels in misfits]
    assert somewhere == sorted(somewhere, reverse=True)
    assert "announcement" in kinds(document, "ask", "otherwise", fitting=True)
    assert "announcement" in kinds(document, "ask", "b1", fitting=False)
    assert "menu" in kinds(document, "ask", "b1", fitting=False)
    assert "ai_agent" in kinds(document, "ask", "b1", fitting=True)


def test_a_step_that_nobody_comes_to_yet_rules_nothing_out(document: Document) -> None:
    assert all(one.fits for one in next_steps(document, "nobody", "done"))

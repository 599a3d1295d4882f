"""One contact, led through its journey by events: what is commanded, and what follows."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from typing import Any

import pytest

from engine.document import document_from_plain, read_document
from engine.errors import RunawayError
from engine.program import Program, make_program
from engine.runtime import advance, clock_seconds, computed, is_over, start
from engine.runtime.state import State, StateError
from engine.shipped import sample_path

Plain = dict[str, Any]
MONDAY_NINE = 9 * 3600.0


def program(*steps: Plain, links: dict[str, str | None], **more: Any) -> Program:
    """An entry "call", these steps and an exit "end"; links as "step.exit" to step."""
    call = {"id": "call", "type": "inbound_contact", "name": "Call"}
    end = {"id": "end", "type": "exit", "name": "End", "outcome": "helped"}
    ways = [
        {"from": way.split(".")[0], "exit": way.split(".")[1], "to": to}
        for way, to in links.items()
    ]
    journey = {"id": "test", "name": "Test", "steps": [call, *steps, end], "links": ways, **more}
    return make_program(
        document_from_plain({"format": "wayline/journey", "version": 1, "journey": journey})
    )


def begun(made: Program, **attributes: Any) -> tuple[State, list[Plain]]:
    return start(made, attributes, key="c1", at=MONDAY_NINE)


def result(state: State, name: str, after: float = 10, **attributes: Any) -> Plain:
    return {
        "type": "result",
        "key": state["awaits"],
        "result": name,
        "attributes": attributes,
        "at": state["at"] + after,
    }


ASKED = program(
    {"id": "menu", "type": "menu", "name": "Menu", "attribute": "topic",
     "options": [{"id": "bill", "name": "Bill"}, {"id": "move", "name": "Move"}]},
    links={"call.arrived": "menu", "menu.bill": "end", "menu.move": None,
           "menu.no_input": "end", "menu.no_match": "end"},
    attributes=[{"id": "topic", "type": "text", "given": False}],
)  # fmt: skip


def test_a_command_is_given_and_its_result_leads_on() -> None:
    state, commands = begun(ASKED)
    (command,) = commands
    assert command["name"] == "menu"
    assert command["results"] == ["bill", "move", "no_input", "no_match"]
    assert command["sets"] == ["topic"]
    assert [one["id"] for one in command["parameters"]["options"]] == ["bill", "move"]
    assert state["trail"] == ["call", "menu"]
    after, ended = advance(ASKED, state, result(state, "bill", topic="bill"))
    assert after["attributes"]["topic"] == "bill"
    assert (after["outcome"], after["resolved"], is_over(after)) == ("helped", True, True)
    assert [one["type"] for one in ended] == ["end"]


def test_the_state_is_plain_json_and_stays_as_it_was() -> None:
    state, _ = begun(ASKED)
    kept = copy.deepcopy(state)
    advance(ASKED, state, result(state, "bill", topic="bill"))
    assert state == kept == json.loads(json.dumps(state))


def test_a_repeated_event_changes_nothing() -> None:
    made = program(
        {"id": "one", "type": "message", "name": "One"},
        {"id": "two", "type": "message", "name": "Two"},
        links={"call.arrived": "one", "one.sent": "two", "one.failed": "end",
               "two.sent": "end", "two.failed": "end"},
    )  # fmt: skip
    state, _ = begun(made)
    first = result(state, "sent")
    once, commands = advance(made, state, first)
    assert [one["step"] for one in commands] == ["two"]
    assert advance(made, once, first) == (once, [])
    assert advance(made, state, first) == (once, commands)


def test_an_exit_that_is_closed_ends_without_an_outcome() -> None:
    state, _ = begun(ASKED)
    after, commands = advance(ASKED, state, result(state, "move", topic="move"))
    assert is_over(after)
    assert commands[-1]["type"] == "end"
    assert after["outcome"] is None


def test_the_queue_has_a_timer_that_the_conversation_no_longer_has() -> None:
    made = program(
        {"id": "adviser", "type": "human_agent", "name": "Adviser", "max_wait": 60},
        links={"call.arrived": "adviser", "adviser.resolved": "end", "adviser.timed_out": None,
               "adviser.unresolved": "end", "adviser.abandoned": "end"},
    )  # fmt: skip
    state, (queue, timer) = begun(made)
    assert (queue["name"], timer["seconds"]) == ("human_agent_queue", 60)
    talking, (cancel, talk) = advance(made, state, result(state, "answered", 40, waited=40))
    assert cancel["cancels"] == timer["key"]
    assert talk["name"] == "human_agent_conversation"
    late = {"type": "timer", "key": timer["key"], "at": state["at"] + 60}
    assert advance(made, talking, late) == (talking, [])
    out, (called_off, _end) = advance(made, state, late)
    assert called_off["cancels"] == queue["key"]
    assert out["attributes"]["waited"] == 60
    assert is_over(out)


WAITING = program(
    {"id": "paid", "type": "wait_for_event", "name": "Paid?", "event": "payment.received",
     "timeout": 3600},
    {"id": "again", "type": "wait_for_event", "name": "Again?", "event": "payment.received",
     "timeout": 3600},
    links={"call.arrived": "paid", "paid.happened": "again", "paid.timed_out": None,
           "again.happened": "end", "again.timed_out": None},
)  # fmt: skip


def test_an_event_of_another_system_counts_once() -> None:
    state, _ = begun(WAITING)
    event = {"type": "event", "name": "payment.received", "id": "p-1", "at": state["at"] + 5}
    once, _ = advance(WAITING, state, event)
    assert once["trail"] == ["again"]
    assert advance(WAITING, once, event) == (once, [])
    twice, _ = advance(WAITING, once, {**event, "id": "p-2"})
    assert is_over(twice)


def test_another_event_is_not_waited_for() -> None:
    state, _ = begun(WAITING)
    assert advance(WAITING, state, {"type": "event", "name": "visit", "at": 0}) == (state, [])


def test_hours_are_those_of_the_clock_on_the_wall() -> None:
    hours = [{"days": ["monday"], "opens": "09:00", "closes": "10:00"}]
    made = program(
        {"id": "hours", "type": "business_hours", "name": "Open?", "hours": hours},
        {"id": "until", "type": "wait", "name": "Until noon", "until": "12:00"},
        links={"call.arrived": "hours", "hours.open": "until", "hours.closed": "end",
               "until.done": "end"},
    )  # fmt: skip
    at = clock_seconds(datetime(2026, 11, 30, 9, 30))  # noqa: DTZ001
    _, (timer,) = start(made, {}, key="c1", at=at)
    assert timer["seconds"] == 2.5 * 3600
    shut, _ = start(made, {}, key="c2", at=clock_seconds(datetime(2026, 12, 1, 9, 30)))  # noqa: DTZ001
    assert is_over(shut)


def test_a_result_that_the_step_does_not_have_is_refused() -> None:
    state, _ = begun(ASKED)
    with pytest.raises(StateError, match="has no result “bil”") as caught:
        advance(ASKED, state, result(state, "bil"))
    assert caught.value.where == "step menu"
    assert "bill, move" in caught.value.mend


@pytest.mark.parametrize(
    ("attributes", "said"),
    [({"topic": 5}, "“topic” is a text"), ({"tier": "gold"}, "does not set tier")],
)
def test_attributes_of_another_type_or_name_are_refused(attributes: Plain, said: str) -> None:
    state, _ = begun(ASKED)
    with pytest.raises(StateError, match=said):
        advance(ASKED, state, result(state, "bill", **attributes))


def test_only_a_result_tells_attributes() -> None:
    state, _ = begun(WAITING)
    told = {"type": "event", "name": "payment.received", "id": "p", "attributes": {"channel": "x"}}
    after, _ = advance(WAITING, state, told)
    assert after["attributes"] == state["attributes"]


def test_an_event_of_no_known_type_is_refused() -> None:
    state, _ = begun(ASKED)
    with pytest.raises(StateError, match="no event of the type “reslt”"):
        advance(ASKED, state, {**result(state, "bill"), "type": "reslt"})


@pytest.mark.parametrize("at", ["10:00", None, True, float("nan"), datetime(2026, 11, 30)])  # noqa: DTZ001
def test_a_time_is_a_number_of_seconds(at: Any) -> None:
    with pytest.raises(StateError, match="no number of seconds"):
        start(ASKED, {}, key="c1", at=at)
    state, _ = begun(ASKED)
    with pytest.raises(StateError, match="no number of seconds"):
        advance(ASKED, state, {**result(state, "bill"), "at": at})


def test_a_choice_is_one_of_those_listed() -> None:
    tiers = {"id": "tier", "type": "choice", "choices": ["gold", "blue"]}
    made = program(links={"call.arrived": "end"}, attributes=[tiers])
    assert is_over(begun(made, tier="blue")[0])
    with pytest.raises(StateError, match="cannot be 'red'") as caught:
        begun(made, tier="red")
    assert "gold, blue" in caught.value.mend


def test_what_others_cannot_decide_is_computed_for_them() -> None:
    made = make_program(read_document(sample_path("evara")))
    night, noon = 23 * 3600.0, 12 * 3600.0
    assert computed(made, "hours", {}, noon) == {"result": "open", "hold": 0.0}
    assert computed(made, "hours", {}, night)["result"] == "closed"
    assert computed(made, "cap", {}, night)["hold"] > 0
    with pytest.raises(StateError, match="nothing is computed"):
        computed(made, "adviser", {}, noon)


def test_unknown_attributes_at_the_start_are_refused() -> None:
    with pytest.raises(StateError, match="knows no attribute “tier”"):
        begun(ASKED, tier="gold")


def test_the_state_of_another_journey_is_refused() -> None:
    state, _ = begun(ASKED)
    with pytest.raises(StateError, match="another version"):
        advance(WAITING, state, {"type": "timer", "key": "c1/1", "at": 0})


def test_of_several_entries_one_must_be_named() -> None:
    made = make_program(read_document(sample_path("omnichannel_retail")))
    with pytest.raises(StateError, match="several entries") as caught:
        start(made, {}, key="c1", at=0)
    assert made.entries[0] in caught.value.mend


def test_who_goes_round_without_waiting_is_stopped() -> None:
    tier = {"op": "known", "attribute": "topic"}
    made = program(
        {"id": "round", "type": "condition", "name": "Round",
         "branches": [{"id": "yes", "name": "Yes", "when": tier}]},
        links={"call.arrived": "round", "round.yes": "end", "round.otherwise": "round"},
        attributes=[{"id": "topic", "type": "text"}],
    )  # fmt: skip
    with pytest.raises(RunawayError, match="goes round in circles"):
        begun(made)

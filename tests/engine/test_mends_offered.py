"""What is offered to mend what, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.conditions import Compare, Known
from engine.document import Document, document_from_plain
from engine.journey import Journey
from engine.mends import mends
from engine.profile import ValueType
from engine.steps.decide import ConditionStep
from engine.steps.finish import Exit
from engine.steps.guard import BusinessHours, Consent
from engine.steps.people import Callback, HumanAgent
from engine.validation import validate
from tests.engine.test_edits import done
from tests.engine.test_edits import step as step_of
from tests.engine.test_mends import check
from tests.engine.test_validation_examples import (
    AGE,
    ASK_AGE,
    ASK_WAYS,
    CHAT,
    CHAT_WAYS,
    LOOP_TEST,
    MAIL,
    MENU,
    MENU_WAYS,
    SAY,
    SUB_END,
    TALK,
    TALK_WAYS,
    Plain,
    after_entry,
    agent,
    attribute,
    branches,
    called,
    choices,
    compare,
    condition,
    down,
    links,
    loop,
    noted,
    plain,
    step,
    two_entries,
    ungated,
    with_numbers,
)

PLAN = attribute("plan", "choice", choices=["gold", "silver"])


def offered(example: Plain, code: str) -> dict[str, Document]:
    """What the first finding with this code may become, by the labels of the mends."""
    document = document_from_plain(example)
    finding = next(one for one in validate(document) if one.code == code)
    found = mends(document, finding)
    for one in found:
        check(document, finding, one)
    return {one.label: done(document, one.edit) for one in found}


def ways(journey: Journey, name: str) -> dict[str, str | None]:
    return {
        one.exit: one.to for graph in journey.graphs() for one in graph.links if one.from_ == name
    }


def with_links(example: Plain, *texts: str, **more: Any) -> Plain:
    journey = {**example["journey"], "links": [*example["journey"]["links"], *links(*texts)]}
    return {**example, "journey": {**journey, **more}}


def without_link(example: Plain, start: str, exit_name: str) -> Plain:
    kept = [
        one
        for one in example["journey"]["links"]
        if (one["from"], one["exit"]) != (start, exit_name)
    ]
    return {**example, "journey": {**example["journey"], "links": kept}}


# --- links ----------------------------------------------------------------------------------------


def test_a_loose_exit_is_linked_closed_or_ended() -> None:
    found = offered(without_link(agent(), "agent", "abandoned"), "W403")
    assert list(found) == [
        "Link exit “abandoned” to “End”",
        "Close exit “abandoned”",
        "Add an exit step after “abandoned”",
    ]
    to_end, closed, ended = found.values()
    assert ways(to_end.journey, "agent")["abandoned"] == "end"
    assert ways(closed.journey, "agent")["abandoned"] is None
    end = ended.journey.steps[-1]
    assert ways(ended.journey, "agent")["abandoned"] == end.id == "exit"
    assert isinstance(end, Exit)
    assert (end.name, end.outcome, end.resolved) == ("Abandoned", "abandoned", False)


def test_an_exit_that_all_hope_for_ends_resolved() -> None:
    end = offered(without_link(agent(), "agent", "resolved"), "W101")[
        "Add an exit step after “resolved”"
    ].journey.steps[-1]
    assert isinstance(end, Exit)
    assert (end.outcome, end.resolved) == ("done", True)


def test_in_a_sub_journey_an_exit_has_an_outcome_that_is_declared() -> None:
    found = offered(called(step("pause", "wait", duration=5)), "W101")
    made = found["Add an exit step after “done”"].journey.sub_journeys[0]
    assert made.links[0].to == made.steps[-1].id
    assert isinstance(made.steps[-1], Exit)
    assert made.steps[-1].outcome == "done"


def test_a_new_step_lies_beside_the_one_it_follows() -> None:
    example = without_link(agent(), "agent", "resolved")
    example["layout"] = {"positions": {"agent": [100, 100], "end": [340, 100]}}
    made = offered(example, "W101")["Add an exit step after “resolved”"]
    x, y = made.layout.positions["exit"]
    assert x > 100 + 176
    assert y >= 100 + 66


def test_link_to_a_step_that_was_meant_or_to_another() -> None:
    example = with_links(without_link(after_entry([SAY]), "say", "played"), "say.played>ent")
    found = offered(example, "W102")
    assert next(iter(found)) == "Link it to “End”"
    assert ways(found["Link it to “End”"].journey, "say") == {"played": "end"}
    assert "Close exit “played”" in found


def test_link_from_an_exit_that_was_renamed() -> None:
    example = with_links(after_entry([SAY]), "say.play>end")
    found = offered(example, "W103")
    assert list(found) == ["Let it begin at “played”", "Remove the link"]
    assert ways(found["Let it begin at “played”"].journey, "say") == {"played": "end"}


def test_steps_that_nobody_reaches() -> None:
    lost = [step(f"lost{n}", "goal") for n in range(3)]
    ring = ("lost0.reached>lost1", "lost1.reached>lost2", "lost2.reached>end")
    example = plain(
        [step("in", "inbound_contact"), *lost, step("end", "exit")], "in.arrived>end", *ring
    )
    found = offered(example, "W105")
    assert list(found) == ["Remove “Lost0”", "Remove all 3 steps that are never reached"]
    assert [one.id for one in list(found.values())[1].journey.steps] == ["in", "end"]
    loose = {**example, "journey": {**example["journey"], "links": links(*ring)}}
    assert "Link exit “arrived” of “In” to it" in offered(loose, "W105")


def test_a_loop_gets_a_limit() -> None:
    (made,) = offered(
        loop(LOOP_TEST, step("pause", "wait", duration=9), back="done"), "W112"
    ).values()
    retry = made.journey.steps[-1].id
    assert ways(made.journey, "pause") == {"done": retry}
    assert ways(made.journey, retry) == {"again": "ask", "done": "end"}
    assert not {one.code for one in validate(made)} & {"W111", "W112"}


# --- sub-journeys ---------------------------------------------------------------------------------


def test_an_entry_leads_to_what_nothing_leads_to() -> None:
    ways_on = ("say.played>ask", "ask.b1>end", "ask.otherwise>end")
    ask = step("ask", "condition", branches=branches(compare("contact_number", "gt", 1)))
    example = plain([ask, SAY, step("end", "exit")], *ways_on, assumptions={"demand": []})
    (made,) = offered(example, "W121").values()
    assert ways(made.journey, "inbound_contact") == {"arrived": "say"}


def test_another_sub_journey_takes_over_the_ways() -> None:
    example = called(SUB_END, inputs=[{"id": "amount", "type": "number"}])
    example["journey"]["steps"][1]["journey"] = "gone"
    example["journey"]["links"][1]["exit"] = "finished"
    found = offered(example, "W123")
    assert list(found) == ["Call “Sub” instead", "Add the sub-journey “gone”"]
    assert ways(found["Call “Sub” instead"].journey, "call") == {"done": "end"}
    made = found["Add the sub-journey “gone”"].journey
    assert made.sub_journeys[-1].id == "gone"
    assert [one.id for one in made.sub_journeys[-1].outcomes] == ["finished"]


def test_outcomes_are_declared_with_a_way_on_for_the_callers() -> None:
    found = offered(called(step("sub_end", "exit", outcome="dune")), "W125")
    assert list(found) == ["End with “done” instead", "Declare “dune”"]
    made = found["Declare “dune”"]
    assert ways(made.journey, "call") == {"done": "end", "dune": "end"}
    example = called(SUB_END, outcomes=[{"id": "done"}, {"id": "other"}])
    removed = offered(with_links(example, "call.other>end"), "W126")["Remove the outcome “other”"]
    assert ways(removed.journey, "call") == {"done": "end"}


def test_inputs_are_given() -> None:
    example = called(SUB_END, inputs=[{"id": "amount", "type": "number"}])
    example["journey"]["attributes"] = [attribute("amount"), attribute("other")]
    found = offered(example, "W127")
    assert list(found) == ["Take “amount” from “amount”", "Give “amount” a fixed value"]
    unknown = called(SUB_END, outer={"constants": {"amount": 5}})
    assert list(offered(unknown, "W127")) == ["Leave “amount” out"]
    twice = called(
        SUB_END,
        inputs=[{"id": "amount", "type": "number"}],
        outer={"constants": {"amount": 5}, "inputs": {"amount": "x"}},
    )
    twice["journey"]["attributes"] = [attribute("x")]
    assert "Give “amount” the value it has" in offered(twice, "W127")


# --- conditions and attributes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "known", "labels"),
    [
        (compare("x", "eq", "5"), attribute("x"), ["Compare with 5"]),
        (compare("x", "eq", "no"), attribute("x", "boolean"), ["Compare with false"]),
        (compare("x", "eq", 5), attribute("x", "text"), ["Compare with “5”", "Make “x” a number"]),
        (compare("plan", "eq", "Gold"), PLAN,
         ["Compare with “gold”", "Add “Gold” to the choices of “plan”"]),
        (compare("x", "gt", 5), attribute("x", "text"), ["Make “x” a number"]),
        ({"op": "in", "attribute": "plan", "values": ["bronze", "gold"]}, PLAN,
         ["Add “bronze” to the choices of “plan”"]),
    ],
)  # fmt: skip
def test_conditions_fit_their_attributes(one: Plain, known: Plain, labels: list[str]) -> None:
    found = offered(condition(one, attributes=[known]), "W201")
    assert list(found)[: len(labels)] == labels
    last = list(found)[-1]
    assert last == f"Ask whether “{known['id']}” is known instead"
    ask = step_of(found[last], "ask")
    assert isinstance(ask, ConditionStep)
    assert isinstance(ask.branches[0].when, Known)


def test_only_the_comparison_that_does_not_fit_is_changed() -> None:
    both = {"op": "all", "of": [compare("x", "gt", 1), compare("x", "eq", "3")]}
    ask = step_of(offered(condition(both), "W201")["Compare with 3"], "ask")
    assert isinstance(ask, ConditionStep)
    inner = ask.branches[0].when.model_dump()["of"]
    assert [(one["op"], one["value"]) for one in inner] == [("gt", 1), ("eq", 3)]


def test_branches_are_asked_in_an_order_that_tells_them_apart() -> None:
    shadowed = condition(compare("x", "gt", 1), compare("x", "ge", 2))
    assert list(offered(shadowed, "W203")) == ["Ask for “B2” first", "Remove “B2”"]
    same = condition(compare("x", "gt", 1), compare("x", "gt", 1))
    assert list(offered(same, "W203")) == ["Remove “B2”"]


def test_a_condition_that_always_holds_is_no_condition() -> None:
    known = {"op": "known", "attribute": "x"}
    always = {"op": "any", "of": [known, {"op": "not", "of": known}]}
    (made,) = offered(condition(always), "W204").values()
    assert ways(made.journey, "in") == {"arrived": "end"}
    second = condition(compare("x", "gt", 1), always)
    second["journey"]["links"][-1]["to"] = None
    (made,) = offered(second, "W204").values()
    assert ways(made.journey, "ask") == {"b1": "end", "otherwise": "end"}


def test_attributes_that_do_not_exist() -> None:
    example = condition(compare("balanse", "gt", 1), attributes=[attribute("balance")])
    found = offered(example, "W301")
    assert list(found) == ["Use “balance” instead", "Add the attribute “balanse”"]
    ask = step_of(found["Use “balance” instead"], "ask")
    assert isinstance(ask, ConditionStep)
    assert ask.branches[0].when == Compare(op="gt", attribute="balance", value=1)
    assert found["Add the attribute “balanse”"].journey.attributes[-1].type is ValueType.NUMBER
    text = condition(compare("balanse", "gt", 1), attributes=[attribute("balance", "text")])
    assert list(offered(text, "W301")) == ["Add the attribute “balanse”"]
    written = offered(noted("y", value=True), "W301")["Add the attribute “y”"]
    assert written.journey.attributes[-1].type is ValueType.BOOLEAN
    assert not written.journey.attributes[-1].given


def test_attributes_of_the_assumptions_that_do_not_exist() -> None:
    mix = {"kind": "chance", "true": 0.5}
    known = {"attributes": [attribute("is_new", "boolean")]}
    population = after_entry([], assumptions={"population": {"is_nev": mix}}, **known)
    assert list(offered(population, "W301")) == [
        "Use “is_new” instead",
        "Add the attribute “is_nev”",
        "Remove the mix of “is_nev”",
    ]
    calls = {"id": "calls", "entry": "in", "per_day": 1, "attributes": {"is_nev": True}}
    demand = after_entry([], assumptions={"demand": [calls]}, **known)
    assert next(iter(offered(demand, "W301"))) == "Use “is_new” instead"
    calls["attributes"] = {"is_new": "yes"}
    assert next(iter(offered(demand, "W303"))) == "Make it true"


def test_reserved_names_are_changed_everywhere() -> None:
    example = condition(compare("class", "gt", 1), attributes=[attribute("class")])
    example["assumptions"]["population"] = {
        "class": {"kind": "numbers", "of": {"kind": "uniform", "low": 0, "high": 9}}
    }
    change = {"at": "assumptions/population/class/missing", "to": 0.5}
    example["scenarios"] = {"named": [{"id": "s", "name": "S", "changes": [change]}]}
    (made,) = offered(example, "W502").values()
    assert [one.code for one in validate(made)] == []
    assert made.journey.attributes[0].id == "customer_class"
    assert list(made.assumptions.population) == ["customer_class"]
    assert made.scenarios.named[0].changes[0].at == "assumptions/population/customer_class/missing"


def test_reserved_inputs_are_changed_for_callers_too() -> None:
    example = called(
        step("pause", "wait", attribute="class"),
        SUB_END,
        ways=("pause.done>sub_end",),
        inputs=[{"id": "class", "type": "number"}],
        outer={"constants": {"class": 5}},
    )
    (made,) = offered(example, "W502").values()
    assert [one.code for one in validate(made)] == []


# --- consent and channels -------------------------------------------------------------------------


def test_consent_is_asked_for_before() -> None:
    (made,) = offered(ungated(ASK_AGE, *ASK_WAYS, attributes=[AGE]), "W311").values()
    gate = made.journey.steps[2]
    assert isinstance(gate, Consent)
    assert gate.purpose == "marketing"
    assert ways(made.journey, gate.id) == {"granted": "ask", "refused": "end"}
    assert ways(made.journey, "gate")["granted"] == gate.id


def test_contacts_on_other_channels_are_led_past() -> None:
    (made,) = offered(two_entries(SAY, ways=("say.played>end",)), "W322").values()
    ask = next(one for one in made.journey.steps if isinstance(one, ConditionStep))
    assert ways(made.journey, ask.id) == {"fits": "say", "otherwise": "end"}
    assert ask.branches[0].name == "Voice"


def test_a_purpose_comes_with_the_consent_it_needs() -> None:
    example = after_entry([{**MAIL, "purpose": None}], "mail.sent>end", "mail.failed>end")
    (made,) = offered(example, "W315").values()
    assert [one.legal_basis for one in made.journey.purposes] == ["consent"]
    assert any(isinstance(one, Consent) for one in made.journey.steps)


# --- people ---------------------------------------------------------------------------------------


def test_hours_are_those_of_the_team() -> None:
    week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    office = {"agents": [2, 0, 3], "interval": 7200, "starts_at": "09:00", "days": week}
    night = {"agents": [1], "interval": 28_800, "starts_at": "22:00", "days": ["sunday"]}
    before, own = offered(agent(staffing={"desk": office}), "W404").values()
    gate = next(one for one in before.journey.steps if isinstance(one, BusinessHours))
    assert [(len(one.days), one.opens, one.closes) for one in gate.hours] == [
        (5, "09:00", "11:00"),
        (5, "13:00", "15:00"),
    ]
    assert ways(own.journey, "agent")["closed"] == "end"
    late, _ = offered(agent(staffing={"desk": night}), "W404").values()
    gate = next(one for one in late.journey.steps if isinstance(one, BusinessHours))
    spans = [(one.days[0].value, one.opens, one.closes) for one in gate.hours]
    assert spans == [("monday", "00:00", "06:00"), ("sunday", "22:00", "24:00")]


def test_a_callback_is_offered_by_a_step_that_is_there_or_made() -> None:
    found = offered(agent(max_wait=None), "W405")
    assert list(found) == [
        "Offer a callback, and add the step for it",
        "Let nobody wait longer than 3 min",
    ]
    made = found["Offer a callback, and add the step for it"].journey
    call = next(one for one in made.steps if isinstance(one, Callback))
    assert call.skills == ["english"]
    assert ways(made, "agent")["callback"] == call.id
    assert ways(made, call.id) == {"reached": "end", "not_reached": "end"}


def test_teams_are_given_skills_people_or_made() -> None:
    assert list(offered(agent(team={"id": "desk"}), "W401")) == ["Give “desk” the skill “english”"]
    alone = after_entry([TALK], *TALK_WAYS)
    (made,) = offered(alone, "W401").values()
    assert [team.id for team in made.journey.teams] == ["team"]
    assert made.assumptions.staffing["team"].agents == [5]
    high = agent(team={"id": "desk", "skills": ["english"], "levels": {"english": 5}}, level=2)
    (made,) = offered(high, "W401").values()
    assert made.journey.teams[0].levels == {"english": 2}
    gone = agent(staffing={"desk": {"agents": [0, 0], "absence": 1}})
    (made,) = offered(gone, "W402").values()
    assert made.assumptions.staffing["desk"].agents == [5, 5]
    assert made.assumptions.staffing["desk"].absence == 0


# --- names and numbers ----------------------------------------------------------------------------


def test_names_that_do_not_exist_are_added_or_meant_another() -> None:
    found = offered(agent(teams=["desc"]), "W503")
    assert list(found) == ["Use “desk” instead", "Add the team “desc”"]
    one = step_of(found["Use “desk” instead"], "agent")
    assert isinstance(one, HumanAgent)
    assert one.teams == ["desk"]
    assert found["Add the team “desc”"].journey.teams[-1].skills == ["english"]
    channel = after_entry([], channels=["sms"])
    assert list(offered(channel, "W503")) == ["Add “voice” to the journey's channels"]
    aim = after_entry([], attributes=[attribute("x", purpose="ads")])
    assert list(offered(aim, "W503")) == [
        "Add the purpose “ads”, with consent",
        "Add the purpose “ads”, as a legitimate interest",
    ]
    skill = agent(team={"id": "desk", "skills": ["english", "french"]})
    assert list(offered(skill, "W503")) == ["Add the skill “french”"]


def test_what_nothing_uses_is_removed_with_what_hangs_on_it() -> None:
    example = agent(staffing={"desk": {"agents": [3]}, "idle": {"agents": [1]}})
    example["journey"]["teams"].append({"id": "idle", "name": "Idle"})
    example["assumptions"]["outages"] = [{"id": "o", "teams": ["idle", "desk"]}]
    (made,) = offered(example, "W504").values()
    assert [team.id for team in made.journey.teams] == ["desk"]
    assert list(made.assumptions.staffing) == ["desk"]
    assert made.assumptions.outages[0].teams == ["desk"]


def test_steps_with_one_id_are_told_apart() -> None:
    example = called(step("end", "exit"))
    (made,) = offered(example, "W501").values()
    assert made.journey.sub_journeys[0].steps[0].id == "end_2"
    twice = after_entry([SAY, SAY], "say.played>end")
    found = offered(twice, "W501")
    assert list(found) == [
        "Remove what stands there again",
        "Give the further step an id of its own",
    ]
    own = found["Give the further step an id of its own"].journey
    assert ways(own, "say_2") == {"played": "end"}


def test_choices_with_one_id_are_told_apart() -> None:
    menu = step("menu", "menu", options=choices("help", "help"))
    (made,) = offered(after_entry([menu], *MENU_WAYS[1:]), "W211").values()
    assert ways(made.journey, "menu")["help_2"] == "end"
    taken = with_numbers(
        step("menu", "menu", options=choices("sales", "no_match")),
        ("menu.sales>end", "menu.no_match>end", "menu.no_input>end"),
        weights={"no_match": 3},
    )
    (made,) = offered(taken, "W212").values()
    assert made.assumptions.steps["menu"].model_dump()["weights"] == {"no_match_2": 3}


def test_numbers_that_were_meant_for_another() -> None:
    found = offered(with_numbers(MENU, MENU_WAYS, weights={"sale": 2}), "W514")
    assert list(found) == ["Use them for “sales”", "Remove the numbers for “sale”"]
    wrong = after_entry([CHAT], *CHAT_WAYS, assumptions=down(steps=["tolk"])["assumptions"])
    assert list(offered(wrong, "W521")) == [
        "Use “talk” instead",
        "Remove “tolk” from the outage",
    ]

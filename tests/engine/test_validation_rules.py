"""Where rules must look closely: what they may not report, and what they may not miss."""

from __future__ import annotations

from typing import Any

import pytest

from engine.document import document_from_plain
from engine.validation import validate
from tests.engine.test_validation_examples import (
    AGE,
    ASK_AGE,
    ASK_WAYS,
    CHAT,
    CHAT_WAYS,
    CONSENT,
    LOOP_TEST,
    MAIL,
    MAIL_WAYS,
    MARKETING,
    PURPOSES,
    SAY,
    SET_X,
    Plain,
    after_entry,
    agent,
    attribute,
    branches,
    called,
    choices,
    codes,
    compare,
    condition,
    down,
    gated,
    links,
    noted,
    resting,
    step,
    surging,
    two_entries,
)

ASK_X = step("ask", "condition", branches=branches(compare("x", "gt", 0)))
LATE_X = [attribute("x", given=False)]


def steps_with(example: Plain, code: str) -> list[str | None]:
    found = validate(document_from_plain(example))
    return [finding.step for finding in found if finding.code == code]


def all_of(*parts: Plain) -> Plain:
    return {"op": "all", "of": list(parts)}


def any_of(*parts: Plain) -> Plain:
    return {"op": "any", "of": list(parts)}


def negated(part: Plain) -> Plain:
    return {"op": "not", "of": part}


def between(low: float, high: float) -> Plain:
    return {"op": "between", "attribute": "x", "low": low, "high": high}


def among(*values: Any, name: str = "x") -> Plain:
    return {"op": "in", "attribute": name, "values": list(values)}


def contains(text: str) -> Plain:
    return {"op": "contains", "attribute": "town", "value": text}


KNOWN_X = {"op": "known", "attribute": "x"}
TYPES = [attribute("x"), attribute("vip", "boolean"), attribute("town", "text")]

SHADOWED = [
    (compare("x", "gt", 1), compare("x", "gt", 1)),
    (compare("x", "lt", 5), between(1, 4)),
    (compare("x", "le", 5), compare("x", "eq", 5)),
    (between(0, 10), compare("x", "lt", 5), compare("x", "gt", 20), among(1, 2, 30)),
    (KNOWN_X, compare("x", "ne", 3)),
    (compare("x", "lt", 3), compare("x", "ge", 3), KNOWN_X),
    (compare("vip", "eq", True), compare("vip", "ne", False)),
    (among("Ulm", "Bonn", name="town"), compare("town", "eq", "Bonn")),
    (contains("ster"), contains("Münster")),
    (any_of(compare("x", "gt", 1), KNOWN_X), all_of(compare("x", "lt", 0), contains("u"))),
    (negated(KNOWN_X), KNOWN_X, compare("vip", "eq", True)),
]
OPEN_TO_SOME = [
    (compare("x", "gt", 1), compare("x", "ge", 1)),
    (compare("x", "lt", 5), compare("x", "ge", 5)),
    (compare("x", "eq", 5), negated(compare("x", "eq", 5))),
    (compare("x", "lt", 3), compare("x", "ge", 3), negated(KNOWN_X)),
    (compare("x", "lt", 1), compare("x", "gt", 1.0000000000000002), compare("x", "ge", 1)),
    (compare("vip", "eq", True), compare("vip", "eq", False), compare("x", "eq", 1)),
    (contains("Ulm"), compare("town", "ne", "Ulm")),
    (contains("a"), contains("b"), compare("town", "eq", "c")),
    (all_of(compare("x", "gt", 1), compare("vip", "eq", True)), compare("x", "gt", 1)),
]


@pytest.mark.parametrize("conditions", SHADOWED)
def test_last_branch_is_shadowed(conditions: tuple[Plain, ...]) -> None:
    example = condition(*conditions, attributes=TYPES)
    found = [one for one in validate(document_from_plain(example)) if one.code == "W203"]
    assert found[-1].field == f"b{len(conditions)}"


@pytest.mark.parametrize("conditions", OPEN_TO_SOME)
def test_no_branch_is_shadowed(conditions: tuple[Plain, ...]) -> None:
    assert not codes(condition(*conditions, attributes=TYPES)) & {"W202", "W203", "W204"}


def test_first_eligible_action_for_everybody_shadows_the_next() -> None:
    offers = choices("first", "second")
    for policy, is_shadowed in (("first_eligible", True), ("highest_score", False)):
        best = step("best", "next_best_action", candidates=offers, policy=policy)
        ways = ("best.first>end", "best.second>end", "best.none>end")
        assert ("W203" in codes(after_entry([best], *ways))) is is_shadowed


def test_what_is_too_hard_to_try_out_is_not_reported() -> None:
    parts = [compare(f"x{n}", "gt", 0) for n in range(30)]
    attributes = [attribute(f"x{n}") for n in range(30)]
    impossible = all_of(*parts, compare("x0", "lt", 0))
    assert "W202" not in codes(condition(impossible, attributes=attributes))


# Loops


def test_loop_on_through_the_done_of_a_retry_loop_has_no_limit() -> None:
    again = step("again", "retry_loop")
    ways = ("ask.b1>again", "ask.otherwise>end", "again.again>ask", "again.done>ask")
    assert "W111" in codes(after_entry([LOOP_TEST, again], *ways))
    limited = (*ways[:3], "again.done>end")
    assert not codes(after_entry([LOOP_TEST, again], *limited)) & {"W111", "W112"}


def test_loop_takes_the_time_of_the_sub_journey_in_it() -> None:
    for duration, expected in ((0, "W111"), (60, "W112")):
        pause = step("pause", "wait", duration=duration)
        example = called(pause, step("sub_end", "exit"), ways=("pause.done>sub_end",))
        journey = example["journey"]
        journey["steps"].append(LOOP_TEST)
        journey["links"] = links(
            "in.arrived>call", "call.done>ask", "ask.b1>call", "ask.otherwise>end"
        )
        assert codes(example) == {expected}


# Attributes


def test_attribute_tested_for_being_known_is_not_read_too_early() -> None:
    both = all_of(KNOWN_X, compare("x", "gt", 0))
    example = condition(both, attributes=LATE_X)
    note = step("late", "set_attributes", set=[{"attribute": "x", "value": 1}])
    example["journey"]["steps"].append(note)
    example["journey"]["links"] += links("late.done>end")
    assert not codes(example) & {"W304", "W305"}


def test_attribute_is_known_behind_a_branch_that_asks_for_it() -> None:
    first = step("first", "condition", branches=branches(KNOWN_X))
    ways = ("first.b1>ask", "first.otherwise>note", "note.done>end", *ASK_WAYS)
    assert "W305" not in codes(after_entry([first, ASK_X, SET_X], *ways, attributes=LATE_X))
    swapped = ("first.b1>note", "first.otherwise>ask", "note.done>end", *ASK_WAYS)
    assert "W305" in codes(after_entry([first, ASK_X, SET_X], *swapped, attributes=LATE_X))


def test_forgotten_attribute_is_no_longer_written() -> None:
    forget = step("forget", "set_attributes", set=[{"attribute": "x", "forget": True}])
    ways = ("note.done>forget", "forget.done>ask", *ASK_WAYS)
    assert "W305" in codes(after_entry([SET_X, forget, ASK_X], *ways, attributes=LATE_X))


def test_attribute_written_on_every_way_is_written() -> None:
    divide = step("divide", "split", variants=choices("a", "b", weight=1))
    other = {**SET_X, "id": "other"}
    ways = ("divide.a>note", "divide.b>other", "note.done>ask", "other.done>ask", *ASK_WAYS)
    example = after_entry([divide, SET_X, other, ASK_X], *ways, attributes=LATE_X)
    assert codes(example) == set()


def test_input_of_a_sub_journey_hides_the_attribute_of_that_name() -> None:
    ask = step("inner", "condition", branches=branches(compare("x", "eq", "yes")))
    ways = ("inner.b1>sub_end", "inner.otherwise>sub_end")
    inner = (ask, step("sub_end", "exit"))
    given = {"inputs": [{"id": "x", "type": "text"}], "outer": {"constants": {"x": "yes"}}}
    example = called(*inner, ways=ways, **given)
    example["journey"]["attributes"] = [attribute("x", given=False)]
    assert not codes(example) & {"W201", "W304", "W305"}


@pytest.mark.parametrize(
    ("kind", "assignment"),
    [
        ("number", {"value": True}),
        ("boolean", {"add": 1}),
        ("text", {"copy_of": "contact_number"}),
        ("choice", {"value": "bronze"}),
    ],
)
def test_assignment_must_fit_the_type(kind: str, assignment: Plain) -> None:
    example = noted("x", **assignment)
    more = {"choices": ["gold"]} if kind == "choice" else {}
    example["journey"]["attributes"] = [attribute("x", kind, **more)]
    assert "W303" in codes(example)


@pytest.mark.parametrize(
    ("one", "ways", "kind"),
    [
        (step("s", "wait", attribute="x"), ("s.done>end",), "text"),
        (step("s", "survey", attribute="x"), ("s.answered>end", "s.no_answer>end"), "text"),
        (step("s", "identify", attribute="x"), ("s.verified>end", "s.failed>end"), "number"),
        (
            step("s", "next_best_action", candidates=choices("a", per_attribute={"x": 1})),
            ("s.a>end", "s.none>end"),
            "text",
        ),
        (
            step("s", "menu", options=choices("a"), attribute="x"),
            ("s.a>end", "s.no_input>end", "s.no_match>end"),
            "number",
        ),
        ({**CHAT, "intent_attribute": "x"}, CHAT_WAYS, "boolean"),
    ],
)
def test_attribute_of_a_step_must_fit_its_type(one: Plain, ways: Any, kind: str) -> None:
    assert "W303" in codes(after_entry([one], *ways, attributes=[attribute("x", kind)]))


@pytest.mark.parametrize(
    "mix",
    [
        {"kind": "chance", "true": 0.5},
        {"kind": "choices", "weights": {"a": 1}},
    ],
)
def test_population_must_fit_the_type(mix: Plain) -> None:
    population = {"population": {"x": mix}}
    assert "W303" in codes(after_entry([], attributes=[attribute("x")], assumptions=population))


# Consent


def test_gates_on_all_ways_count_as_one() -> None:
    divide = step("divide", "split", variants=choices("a", "b", weight=1))
    gates = [{**CONSENT, "id": "one"}, {**CONSENT, "id": "two", "channel": "email"}]
    ways = ("divide.a>one", "divide.b>two", "one.granted>mail", "two.granted>mail")
    ends = ("one.refused>end", "two.refused>end", *MAIL_WAYS)
    example = after_entry([divide, *gates, MAIL], *ways, *ends, purposes=[MARKETING])
    assert codes(example) == set()
    past = (*ways[:1], "divide.b>mail", *ways[2:])
    assert "W313" in codes(after_entry([divide, *gates, MAIL], *past, *ends, purposes=[MARKETING]))


def test_refused_is_no_consent() -> None:
    ways = ("gate.granted>end", "gate.refused>mail", *MAIL_WAYS)
    assert "W313" in codes(after_entry([CONSENT, MAIL], *ways, purposes=PURPOSES))


def test_gate_inside_a_sub_journey_counts_for_its_caller() -> None:
    outcomes = [{"id": "done"}, {"id": "no"}]
    ends = [step("yes", "exit"), step("no", "exit", outcome="no")]
    inner_ways = ("gate.granted>yes", "gate.refused>no")
    example = called(CONSENT, *ends, ways=inner_ways, outcomes=outcomes)
    journey = example["journey"]
    journey["steps"] += [ASK_AGE]
    journey |= {"purposes": [MARKETING], "attributes": [AGE]}
    journey["links"] = links("in.arrived>call", "call.done>ask", "call.no>end", *ASK_WAYS)
    assert codes(example) == set()
    journey["links"] = links("in.arrived>call", "call.done>end", "call.no>ask", *ASK_WAYS)
    assert codes(example) == {"W311"}


def test_two_calls_of_one_sub_journey_do_not_mix() -> None:
    example = called(step("sub_end", "exit"))
    journey = example["journey"]
    journey["steps"] += [CONSENT, ASK_AGE, step("before", "sub_journey", journey="sub")]
    journey |= {"purposes": [MARKETING], "attributes": [AGE]}
    ways = ("before.done>gate", "gate.granted>call", "gate.refused>end", "call.done>ask")
    journey["links"] = links("in.arrived>before", *ways, *ASK_WAYS)
    assert codes(example) == set()


def test_what_nobody_reaches_is_only_reported_as_that() -> None:
    example = gated(MAIL, *MAIL_WAYS)
    example["journey"]["links"] = links(
        "in.arrived>use", "use.success>end", "use.failure>end", "gate.granted>", "gate.refused>",
        *MAIL_WAYS,
    )  # fmt: skip
    assert codes(example) == {"W105"}


# Channels and people


def test_condition_on_the_channel_lets_only_its_branches_through() -> None:
    ask = step("ask", "condition", branches=branches(compare("channel", "eq", "email")))
    right = ("ask.b1>end", "ask.otherwise>say", "say.played>end")
    wrong = ("ask.b1>say", "ask.otherwise>end", "say.played>end")
    assert codes(two_entries(ask, SAY, ways=right)) == set()
    assert codes(two_entries(ask, SAY, ways=wrong)) == {"W321"}


def test_loose_queue_exit_is_reported_once_and_by_its_own_rule() -> None:
    example = agent()
    example["journey"]["links"].pop()
    assert codes(example) == {"W403"}


def test_business_hours_before_the_queue_are_enough() -> None:
    example = agent(staffing={"desk": {"agents": [3], "interval": 3600, "starts_at": "09:00"}})
    journey = example["journey"]
    journey["steps"].append(step("hours", "business_hours"))
    journey["links"][0]["to"] = "hours"
    journey["links"] += links("hours.open>agent", "hours.closed>end")
    assert codes(example) == set()


@pytest.mark.parametrize(
    ("staffing", "is_always"),
    [
        ({"agents": [1, 1], "interval": 43_200, "starts_at": "18:00"}, True),
        ({"agents": [1, 0], "interval": 43_200}, False),
        ({"agents": [1], "days": ["monday", "tuesday"]}, False),
        ({"agents": [1] * 6, "interval": 86_400, "days": ["monday", "tuesday"]}, True),
    ],
)
def test_staffing_around_the_clock_needs_no_hours(staffing: Plain, *, is_always: bool) -> None:
    assert ("W404" not in codes(agent(staffing={"desk": staffing}))) is is_always


def test_two_teams_may_cover_the_week_together() -> None:
    day = {"agents": [1], "interval": 43_200}
    night = {**day, "starts_at": "12:00"}
    example = agent(staffing={"desk": day, "owls": night})
    assert "W404" in codes(agent(staffing={"desk": day}))
    example["journey"]["teams"].append({"id": "owls", "skills": ["english"]})
    assert codes(example) == set()


def test_team_of_which_everybody_is_away_is_not_staffed() -> None:
    assert "W402" in codes(agent(staffing={"desk": {"agents": [3], "shrinkage": 1}}))
    assert "W402" in codes(agent(staffing={"desk": {"agents": [3], "absence": 1}}))


@pytest.mark.parametrize(
    ("place", "exists"),
    [
        ("journey", True),
        ("journey/steps/in/channel", True),
        ("journey/steps/0/name", True),
        ("journey/steps/99", False),
        ("journey/links/0/from", True),
        ("journey/links/0/from_", False),
        ("assumptions/steps/talk/containment", True),
        ("assumptions/steps/nobody", False),
        ("assumptions/demand/calls/per_day/more", False),
        ("assumptions/demand/calls/shape/0", True),
    ],
)
def test_source_must_have_a_place(place: str, *, exists: bool) -> None:
    sources = {"sources": [{"at": place, "basis": "assumed"}]}
    assert ("W515" not in codes(after_entry([CHAT], *CHAT_WAYS, assumptions=sources))) is exists


def test_double_step_id_in_a_sub_journey_is_found() -> None:
    example = called(step("end", "exit"))
    assert steps_with(example, "W501") == ["end"]


@pytest.mark.parametrize("value", ["five", True])
def test_wrong_type_is_reported_once_and_in_plain_words(value: object) -> None:
    findings = validate(document_from_plain(condition(compare("x", "eq", value))))
    assert [finding.code for finding in findings] == ["W201"]
    assert "True" not in findings[0].what
    assert "'" not in findings[0].what


# What is planned and what goes wrong


@pytest.mark.parametrize(
    ("surge", "has_effect"),
    [
        ({"times": 2, "starts_at": "08:00"}, True),
        ({"times": 2, "starts_at": "07:00"}, False),
        ({"times": 2, "starts_at": "20:00"}, False),
        ({"times": 2, "starts_at": "20:00", "lasts": 50_000}, False),
        ({"times": 2, "day": 1, "lasts": 86_400}, True),
        ({"times": 2, "day": 1, "starts_at": "20:00", "lasts": 50_000}, True),
        ({"times": 2, "day": 2, "starts_at": "20:00", "lasts": 9e6}, False),
        ({"times": 2, "day": 3}, False),
        ({"customers": 5, "day": 3}, False),
        ({"customers": 5, "day": 1}, True),
        ({"customers": 5, "starts_at": "24:00", "day": 2}, False),
    ],
)
def test_surge_must_begin_in_the_period_and_a_factor_meet_customers(
    surge: Plain, *, has_effect: bool
) -> None:
    """Customers come on Mondays and Wednesdays, from 08:00 to 20:00, for three days."""
    example = surging(**surge)
    example["assumptions"]["period"] = {"days": 3}
    example["assumptions"]["demand"][0]["day_of_week"] = {"monday": 1, "wednesday": 2, "tuesday": 0}
    assert ("W516" not in codes(example)) is has_effect


def test_double_ids_of_surges_and_outages_are_found() -> None:
    """Random outages with one id would happen at the same times."""
    example = surging(times=2)
    example["assumptions"]["demand"][0]["surges"] *= 2
    assert "W501" in codes(example)
    example = down()
    example["assumptions"]["outages"] *= 2
    assert "W501" in codes(example)


@pytest.mark.parametrize(
    ("outage", "code"),
    [
        ({"steps": []}, "W522"),
        ({"lasts": 0}, "W522"),
        ({"duration": {"kind": "constant", "value": 0}}, "W522"),
        ({"steps": ["ghost"]}, "W521"),
        ({"duration": {"kind": "constant", "value": 9}, "lasts": 60}, "W523"),
        ({"every": {"kind": "constant", "value": 9}, "starts_at": "10:00"}, "W523"),
    ],
)
def test_outage_that_cannot_be_meant(outage: Plain, code: str) -> None:
    assert codes(down(**outage)) == {code}


def test_outage_of_a_team_from_which_nobody_is_missing() -> None:
    outage = {"id": "site", "teams": ["desk"], "missing": 0}
    example = agent()
    example["assumptions"]["outages"] = [outage]
    assert codes(example) == {"W522"}
    outage["missing"] = 0.1
    assert codes(example) == set()


@pytest.mark.parametrize(
    ("at", "more", "has_effect"),
    [
        ("22:00", {}, True),
        ("05:59", {}, True),
        ("21:45", {}, False),
        ("12:00", {}, False),
        ("02:00", {"share": 0}, False),
    ],
)
def test_break_must_take_somebody_from_work(at: str, more: Plain, *, has_effect: bool) -> None:
    example = resting(at)
    example["assumptions"]["staffing"]["desk"]["breaks"][0] |= more
    assert ("W407" not in codes(example)) is has_effect

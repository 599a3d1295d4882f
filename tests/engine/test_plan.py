"""The plan: sub-journeys made flat, every exit resolved, doubt refused."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from engine.assumptions import Assumptions
from engine.document import Document
from engine.errors import PlanError
from engine.journey import Input, Journey, Link, Outcome, SubJourneyDefinition
from engine.plan import CLOSED, MAX_ROWS, Plan, make_plan, purpose_number
from engine.profile import ValueType
from engine.steps.base import Step
from engine.steps.control import RetryLoop, SubJourney
from engine.steps.entry import InboundContact
from engine.steps.finish import Exit, Goal
from engine.steps.guard import Identify, IdentifyAssumptions

CALL = InboundContact(id="call", name="Call")
END = Exit(id="end", name="End")


def links(*ways: str) -> list[Link]:
    """From texts such as "call.arrived > end"; "-" stands for closed."""
    made = []
    for way in ways:
        source, to = way.split(" > ")
        step, exit_name = source.split(".")
        made.append(Link(from_=step, exit=exit_name, to=None if to == "-" else to))
    return made


def journey(
    steps: Sequence[Step], *ways: str, subs: Sequence[SubJourneyDefinition] = ()
) -> Document:
    return Document(
        journey=Journey(id="j", name="J", steps=[*steps], links=links(*ways), sub_journeys=[*subs])
    )


def sub(
    name: str, steps: Sequence[Step], *ways: str, outcomes: str = "ok", inputs: str = ""
) -> SubJourneyDefinition:
    return SubJourneyDefinition(
        id=name,
        name=name,
        steps=[*steps],
        links=links(*ways),
        outcomes=[Outcome(id=one) for one in outcomes.split()],
        inputs=[Input(id=one, type=ValueType.TEXT) for one in inputs.split()],
    )


def calls(name: str, called: str) -> SubJourney:
    return SubJourney(id=name, name=name, journey=called)


def ways(plan: Plan) -> dict[str, dict[str, str]]:
    """For each step where each exit leads, by ids."""
    return {
        step.id: {
            name: "-" if to == CLOSED else plan.steps[to].id
            for name, to in zip(step.exits, step.targets, strict=True)
        }
        for step in plan.steps
    }


def refused(document: Document) -> PlanError:
    with pytest.raises(PlanError) as caught:
        make_plan(document)
    assert caught.value.mend
    return caught.value


def test_everything_is_planned(document: Document) -> None:
    plan = make_plan(document)
    assert [step.index for step in plan.steps] == [*range(len(plan.steps))]
    assert {*plan.entries} == {"call", "audience", "missed"}
    assert plan.steps[plan.entries["missed"]].id == "missed"
    for step in plan.steps:
        assert len(step.exits) == len(step.targets)
        assert all(to == CLOSED or 0 <= to < len(plan.steps) for to in step.targets)
        assert type(step.assumptions) is type(step.step).assumptions
    code = next(step for step in plan.steps if step.id == "verify__code")
    assert code.assumptions == IdentifyAssumptions(verified=0.5)
    paths = ways(plan)
    assert paths["verify"] == {"start": "verify__code"}
    assert paths["verify__deeper"] == {"start": "verify__deeper__inside"}
    assert paths["verify__deeper__inner_end"] == {"finished": "verify__no"}
    assert paths["verify__no"] == {"not_ok": "over"}
    assert {step.id for step in plan.steps if step.in_cycle} >= {"bot", "again", "note_it"}


def test_closed_and_linked_exits() -> None:
    identify = Identify(id="who", name="Who")
    plan = make_plan(
        journey([CALL, identify, END], "call.arrived > who", "who.verified > end", "who.failed > -")
    )
    assert ways(plan) == {
        "call": {"arrived": "who"},
        "who": {"verified": "end", "failed": "-"},
        "end": {},
    }
    assert not any(step.in_cycle for step in plan.steps)


def test_cycles_are_known() -> None:
    retry = RetryLoop(id="again", name="Again")
    plan = make_plan(
        journey(
            [CALL, retry, END], "call.arrived > again", "again.again > again", "again.done > end"
        )
    )
    assert [step.in_cycle for step in plan.steps] == [False, True, False]


def test_sub_journey_called_twice_stands_there_twice() -> None:
    inner = sub(
        "inner",
        [Identify(id="who", name="Who"), Exit(id="yes", name="Y", outcome="ok"),
         Exit(id="no", name="N", outcome="bad")],
        "who.verified > yes", "who.failed > no",
        outcomes="ok bad", inputs="given",
    )  # fmt: skip
    plan = make_plan(
        journey(
            [CALL, calls("a", "inner"), calls("b", "inner"), END],
            "call.arrived > a", "a.ok > b", "a.bad > end", "b.ok > end", "b.bad > -",
            subs=[inner],
        )
    )  # fmt: skip
    paths = ways(plan)
    assert paths["a__yes"] == {"ok": "b"}
    assert paths["a__no"] == {"bad": "end"}
    assert paths["b__yes"] == {"ok": "end"}
    assert paths["b__no"] == {"bad": "-"}
    who = {step.id: step for step in plan.steps}
    assert who["a__who"].attribute("given") == "a__given"
    assert who["b__who"].attribute("given") == "b__given"
    assert who["b__who"].attribute("other") == "other"
    assert who["end"].attribute("given") == "given"
    known = {"a__given": "x", "given": "y"}.get
    assert who["a__who"].lookup(known)("given") == "x"
    assert who["end"].lookup(known)("given") == "y"
    assert purpose_number("a__who") != purpose_number("b__who")


def test_a_cycle_through_a_sub_journey_is_known() -> None:
    inner = sub("inner", [Exit(id="out", name="O", outcome="ok")])
    retry = RetryLoop(id="again", name="Again")
    plan = make_plan(
        journey(
            [CALL, calls("a", "inner"), retry, END],
            "call.arrived > a", "a.ok > again", "again.again > a", "again.done > end",
            subs=[inner],
        )
    )  # fmt: skip
    looping = {step.id for step in plan.steps if step.in_cycle}
    assert looping == {"a", "a__out", "again"}


@pytest.mark.parametrize("length", [1, 2, 3])
def test_sub_journeys_that_call_each_other_in_a_ring_are_refused(length: int) -> None:
    names = [f"sub{number}" for number in range(length)]
    subs = [
        sub(
            name,
            [calls(f"to_{after}", after), Exit(id=f"{name}_x", name="X", outcome="ok")],
            f"to_{after}.ok > {name}_x",
        )
        for name, after in itertools.pairwise([*names, names[0]])
    ]
    error = refused(
        journey([CALL, calls("a", "sub0"), END], "call.arrived > a", "a.ok > end", subs=subs)
    )
    assert "without end" in error.what


def test_sub_journeys_that_multiply_are_refused() -> None:
    """Fifteen levels that each call the next four times would be a thousand million steps."""
    subs = [sub(f"s{n}", [calls(f"c{n}_{k}", f"s{n + 1}") for k in range(4)]) for n in range(15)]
    subs.append(sub("s15", [Exit(id="out", name="O", outcome="ok")]))
    error = refused(
        journey([CALL, calls("a", "s0"), END], "call.arrived > a", "a.ok > end", subs=subs)
    )
    assert f"more than {MAX_ROWS:,} steps" in error.what


@pytest.mark.parametrize(
    ("doubtful", "said"),
    [
        (journey([CALL, END]), "the exit “arrived” leads nowhere"),
        (journey([CALL, END], "call.arrived > nobody"), "“nobody”, which does not exist"),
        (journey([END]), "no entry"),
        (journey([]), "no entry"),
        (journey([CALL, END, END], "call.arrived > end"), "“end” is used twice"),
        (
            journey(
                [CALL, END, calls("a", "s")], "call.arrived > a", "a.ok > end",
                subs=[sub("s", [Goal(id="end", name="Other"), Exit(id="x", name="X", outcome="ok")],
                          "end.reached > x")],
            ),
            "“end” is used twice",
        ),
        (journey([CALL, calls("a", "gone")], "call.arrived > a"), "“gone” is missing or empty"),
        (
            journey([CALL, calls("a", "s")], "call.arrived > a", subs=[sub("s", [])]),
            "“s” is missing or empty",
        ),
        (
            journey([CALL, calls("a", "s")], "call.arrived > a",
                    subs=[sub("s", [Exit(id="x", name="X", outcome="ok")])]),
            "the exit “ok” leads nowhere",
        ),
        (
            journey([CALL, calls("a", "s"), END], "call.arrived > a", "a.ok > end",
                    subs=[sub("s", [Goal(id="g", name="G")], "g.reached > end")]),
            "“end”, which does not exist",
        ),
    ],
    ids=["open exit", "link to nobody", "no entry", "nothing", "two steps", "two graphs", "no sub",
         "empty sub", "open outcome", "link out of a sub"],
)  # fmt: skip
def test_doubtful_journeys_are_refused(doubtful: Document, said: str) -> None:
    error = refused(doubtful)
    assert said in error.what


def test_purpose_numbers_never_change() -> None:
    """Draws are keyed by them: another number would be another history for every customer."""
    assert purpose_number("call") == purpose_number("call")
    assert 0 <= purpose_number("") < 2**64
    assert purpose_number("agent/patience") == 13622741707595797373


def test_assumptions_of_the_type_stand_in_for_absent_ones() -> None:
    document = journey([CALL, Identify(id="who", name="W"), END], "call.arrived > who",
                       "who.verified > end", "who.failed > end")  # fmt: skip
    given = IdentifyAssumptions(verified=0.25)
    for known, expected in (({}, IdentifyAssumptions()), ({"who": given}, given)):
        assumptions = Assumptions(steps=known)
        plan = make_plan(document.model_copy(update={"assumptions": assumptions}))
        assert plan.steps[1].assumptions == expected

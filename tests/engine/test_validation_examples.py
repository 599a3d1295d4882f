"""For every rule a smallest journey that breaks it and one much like it that does not."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from engine.document import document_from_plain
from engine.validation import Finding, rules_by_code, validate

Plain = dict[str, Any]

CALLS = {"id": "calls", "entry": "in", "per_day": 10}


def step(name: str, kind: str, **fields: Any) -> Plain:
    return {"id": name, "type": kind, "name": name.replace("_", " ").capitalize(), **fields}


def links(*texts: str) -> list[Plain]:
    """Links written as from.exit>to; with nothing after the > the exit is closed."""
    found = []
    for text in texts:
        start, to = text.split(">")
        name, exit_name = start.split(".")
        found.append({"from": name, "exit": exit_name, "to": to or None})
    return found


def plain(steps: list[Plain], *ways: str, assumptions: Plain | None = None, **more: Any) -> Plain:
    journey = {"id": "j", "name": "Journey", "steps": steps, "links": links(*ways), **more}
    return {"journey": journey, "assumptions": {"demand": [CALLS], **(assumptions or {})}}


def after_entry(steps: list[Plain], *ways: str, channel: str = "voice", **more: Any) -> Plain:
    """A call comes in and goes to the first of `steps`; “end” is there to go to."""
    first = f"in.arrived>{steps[0]['id']}" if steps else "in.arrived>end"
    entry = step("in", "inbound_contact", channel=channel)
    return plain([entry, *steps, step("end", "exit")], first, *ways, **more)


def attribute(name: str, kind: str = "number", **fields: Any) -> Plain:
    return {"id": name, "type": kind, **fields}


def compare(name: str, op: str, value: Any) -> Plain:
    return {"op": op, "attribute": name, "value": value}


def branches(*conditions: Plain) -> list[Plain]:
    return [{"id": f"b{n}", "name": f"B{n}", "when": c} for n, c in enumerate(conditions, 1)]


def condition(*conditions: Plain, attributes: list[Plain] | None = None, **more: Any) -> Plain:
    """A journey with one condition step, all of whose exits end the contact."""
    ways = [*(f"ask.b{n}>end" for n in range(1, len(conditions) + 1)), "ask.otherwise>end"]
    steps = [step("ask", "condition", branches=branches(*conditions))]
    return after_entry(steps, *ways, attributes=attributes or [attribute("x")], **more)


def choices(*ids: str, **fields: Any) -> list[Plain]:
    return [{"id": one, "name": one, **fields} for one in ids]


def split(**weights: float) -> Plain:
    variants = [{"id": one, "name": one, "weight": weight} for one, weight in weights.items()]
    ways = (f"divide.{one}>end" for one in weights)
    return after_entry([step("divide", "split", variants=variants)], *ways)


def loop(*steps: Plain, back: str) -> Plain:
    """Steps in a row, the last of which leads back to the first by `back`."""
    names = [one["id"] for one in steps]
    ways = [f"{a}.{_onward(one)}>{b}" for a, one, b in zip(names, steps, names[1:], strict=False)]
    return after_entry(list(steps), *ways, f"{names[-1]}.{back}>{names[0]}", "ask.otherwise>end")


def _onward(one: Plain) -> str:
    return {"condition": "b1", "contact_cap": "allowed"}.get(one["type"], "done")


LOOP_TEST = step("ask", "condition", branches=branches(compare("contact_number", "gt", 1)))
SET_X = step("note", "set_attributes", set=[{"attribute": "x", "value": 1}])


def called(
    *inner: Plain, ways: tuple[str, ...] = (), outer: Plain | None = None, **sub: Any
) -> Plain:
    """A journey that calls the sub-journey “sub” once."""
    definition = {
        "id": "sub",
        "name": "Sub",
        "outcomes": [{"id": "done"}],
        "steps": list(inner),
        "links": links(*ways),
        **sub,
    }
    call = step("call", "sub_journey", **{"journey": "sub", **(outer or {})})
    return after_entry([call], "call.done>end", sub_journeys=[definition])


SUB_END = step("sub_end", "exit")

DESK = {"id": "desk", "name": "Desk", "skills": ["english"]}
ENGLISH = {"id": "english", "name": "English"}
ROUND_THE_CLOCK = {"desk": {"agents": [3]}}
AGENT_WAYS = ("agent.resolved>end", "agent.unresolved>end", "agent.abandoned>end")


def agent(
    *more_ways: str, staffing: Plain | None = None, team: Plain = DESK, **fields: Any
) -> Plain:
    """A human agent who is asked for English."""
    fields = {"skills": ["english"], "max_wait": 60, **fields}
    return after_entry(
        [step("agent", "human_agent", **fields)],
        *AGENT_WAYS,
        *(["agent.timed_out>end"] if fields["max_wait"] is not None else []),
        *more_ways,
        teams=[team],
        skills=[ENGLISH],
        assumptions={"staffing": ROUND_THE_CLOCK if staffing is None else staffing},
    )


MARKETING = {"id": "marketing", "name": "Marketing"}
SERVICE = {"id": "service", "name": "Service", "legal_basis": "contract"}
PURPOSES = [MARKETING, SERVICE]
CONSENT = step("gate", "consent", purpose="marketing")
AGE = attribute("age", personal=True, purpose="marketing")


def gated(*steps_and_ways: Any, gate: Plain = CONSENT, **more: Any) -> Plain:
    """A consent step and behind it the given steps; whoever refuses is served all the same."""
    steps = [one for one in steps_and_ways if isinstance(one, dict)]
    ways = [one for one in steps_and_ways if isinstance(one, str)]
    use = step("use", "system_action", system="CRM", purpose="service")
    ways += [f"gate.granted>{steps[0]['id']}", "gate.refused>use"]
    ways += ["use.success>end", "use.failure>end"]
    return after_entry([gate, *steps, use], *ways, purposes=PURPOSES, **more)


def ungated(*steps_and_ways: Any, **more: Any) -> Plain:
    """The same with a gate for another purpose."""
    return gated(*steps_and_ways, gate={**CONSENT, "purpose": "service"}, **more)


MAIL_WAYS = ("mail.sent>end", "mail.failed>end")
MAIL = step("mail", "message", channel="email", purpose="marketing")
CRM = step("crm", "system_action", system="CRM", purpose="marketing")
CRM_WAYS = ("crm.success>end", "crm.failure>end")
ASK_AGE = step("ask", "condition", branches=branches(compare("age", "ge", 18)))
ASK_WAYS = ("ask.b1>end", "ask.otherwise>end")


def audience(*steps: Plain, ways: tuple[str, ...]) -> Plain:
    entry = step("in", "outbound_audience", purpose="marketing", channel="email")
    return plain([entry, *steps, step("end", "exit")], *ways, purposes=PURPOSES)


CHAT = step("talk", "ai_agent", intents=choices("balance"))
CHAT_WAYS = tuple(f"talk.{one}>end" for one in ("resolved", "escalate", "failed", "abandoned"))
MENU = step("menu", "menu", options=choices("sales", "help"))
MENU_WAYS = tuple(f"menu.{one}>end" for one in ("sales", "help", "no_input", "no_match"))
SAY = step("say", "announcement")


def two_entries(*steps: Plain, ways: tuple[str, ...]) -> Plain:
    """Calls and emails that come to the same first step."""
    first = steps[0]["id"]
    entries = [
        step("in", "inbound_contact", channel="voice"),
        step("mails", "inbound_contact", channel="email"),
    ]
    demand = [CALLS, {"id": "mails", "entry": "mails", "per_day": 10}]
    ways = (f"in.arrived>{first}", f"mails.arrived>{first}", *ways)
    return plain([*entries, *steps, step("end", "exit")], *ways, assumptions={"demand": demand})


def with_numbers(
    kind: Plain, ways: tuple[str, ...], *, also: Plain | None = None, **numbers: Any
) -> Plain:
    """`also` are other assumptions."""
    steps = {"steps": {kind["id"]: numbers}}
    return after_entry([kind], *ways, assumptions={**steps, **(also or {})})


WANTS = attribute("wants", "text")
WANTED = {"population": {"wants": {"kind": "choices", "weights": {"loan": 1}}}}
FOUR_HUNDRED = {"kind": "constant", "value": 400}
TALK = step("agent", "human_agent")
TALK_WAYS = AGENT_WAYS


def asking(kind: str) -> Plain:
    """A human agent who asks for an attribute of this type."""
    return after_entry([{**TALK, "asks": ["x"]}], *TALK_WAYS, attributes=[attribute("x", kind)])


def ask_x(**fields: Any) -> Plain:
    return condition(compare("x", "gt", 1), attributes=[attribute("x", **fields)])


def nested(depth: int, width: int = 1) -> Plain:
    """Sub-journeys each of which calls the next, `width` times."""
    subs = []
    for level in range(depth):
        calls = [
            step(f"c{level}n{n}", "sub_journey", journey=f"s{level + 1}") for n in range(width)
        ]
        calls = calls if level < depth - 1 else []
        last = step(f"e{level}", "exit")
        names = [*(one["id"] for one in calls), last["id"]]
        ways = links(*(f"{a}.done>{b}" for a, b in pairwise(names)))
        outcomes = [{"id": "done"}]
        subs.append({"id": f"s{level}", "name": "S", "outcomes": outcomes})
        subs[-1] |= {"steps": [*calls, last], "links": ways}
    call = step("call", "sub_journey", journey="s0")
    return after_entry([call], "call.done>end", sub_journeys=subs)


def noted(name: str, **assignment: Any) -> Plain:
    note = step("note", "set_attributes", set=[{"attribute": name, **assignment}])
    return after_entry([note], "note.done>end", attributes=[attribute("x")])


def surging(**surge: Any) -> Plain:
    """Calls that come from 08:00 to 20:00, and a surge of them."""
    hours = {"starts_at": "08:00", "interval": 43_200}
    demand = [{**CALLS, **hours, "surges": [{"id": "campaign", **surge}]}]
    return after_entry([], assumptions={"demand": demand})


def resting(at: str) -> Plain:
    """A team that works from 22:00 to 06:00 and has a break."""
    night = {"agents": [3], "starts_at": "22:00", "interval": 28_800}
    return agent(staffing={"desk": {**night, "breaks": [{"starts_at": at}]}})


def down(**outage: Any) -> Plain:
    """An AI agent with an outage."""
    outages = [{"id": "crash", "steps": ["talk"], **outage}]
    return after_entry([CHAT], *CHAT_WAYS, assumptions={"outages": outages})


PLAIN = after_entry([])

EXAMPLES: dict[str, tuple[Plain, Plain]] = {
    "W101": (
        plain([step("in", "inbound_contact")]),
        plain([step("in", "inbound_contact")], "in.arrived>"),
    ),
    "W102": (after_entry([], "ghost.done>end"), PLAIN),
    "W103": (after_entry([], "end.done>end"), PLAIN),
    "W104": (after_entry([], "in.arrived>"), PLAIN),
    "W105": (
        plain(
            [step("in", "inbound_contact"), SAY, step("end", "exit")],
            "in.arrived>end",
            "say.played>end",
        ),
        PLAIN,
    ),
    "W106": (
        after_entry([step("pause", "wait", duration=5)], "pause.done>pause"),
        after_entry([step("pause", "wait", duration=5)], "pause.done>end"),
    ),
    "W111": (
        loop(LOOP_TEST, step("pause", "wait", duration=0), back="done"),
        loop(LOOP_TEST, step("pause", "wait", duration=9), back="done"),
    ),
    "W112": (
        loop(LOOP_TEST, step("pause", "wait", duration=9), back="done"),
        loop(LOOP_TEST, step("again", "retry_loop"), back="again"),
    ),
    "W113": (
        after_entry([step("pay", "wait_for_event", event="paid")], "pay.happened>end"),
        after_entry(
            [step("pay", "wait_for_event", event="paid", timeout=60)],
            "pay.happened>end",
            "pay.timed_out>end",
        ),
    ),
    "W114": (
        after_entry([step("pause", "wait", duration=90)], "pause.done>end", limit=60),
        after_entry([step("pause", "wait", duration=60)], "pause.done>end", limit=60),
    ),
    "W121": (plain([step("end", "exit")], assumptions={"demand": []}), PLAIN),
    "W122": (
        called(step("call_in", "inbound_contact"), SUB_END, ways=("call_in.arrived>sub_end",)),
        called(SUB_END),
    ),
    "W123": (called(), called(SUB_END)),
    "W124": (
        called(step("self", "sub_journey", journey="sub"), SUB_END, ways=("self.done>sub_end",)),
        nested(20),
    ),
    "W125": (called(step("sub_end", "exit", outcome="other")), called(SUB_END)),
    "W126": (called(SUB_END, outcomes=[{"id": "done"}, {"id": "other"}]), called(SUB_END)),
    "W127": (
        called(SUB_END, inputs=[{"id": "amount", "type": "number"}]),
        called(
            SUB_END,
            inputs=[{"id": "amount", "type": "number"}],
            outer={"constants": {"amount": 5}},
        ),
    ),
    "W128": (called(SUB_END, outer={"journey": "none"}), called(SUB_END)),
    "W129": (nested(18, width=2), nested(8, width=2)),
    "W201": (condition(compare("x", "eq", "five")), condition(compare("x", "eq", 5))),
    "W202": (
        condition({"op": "all", "of": [compare("x", "lt", 3), compare("x", "gt", 5)]}),
        condition({"op": "any", "of": [compare("x", "lt", 3), compare("x", "gt", 5)]}),
    ),
    "W203": (
        condition(compare("x", "gt", 1), compare("x", "ge", 2)),
        condition(compare("x", "ge", 2), compare("x", "gt", 1)),
    ),
    "W204": (
        condition(
            {
                "op": "any",
                "of": [
                    {"op": "known", "attribute": "x"},
                    {"op": "not", "of": {"op": "known", "attribute": "x"}},
                ],
            }
        ),
        condition({"op": "any", "of": [compare("x", "lt", 3), compare("x", "ge", 3)]}),
    ),
    "W211": (
        after_entry([step("menu", "menu", options=choices("help", "help"))], *MENU_WAYS[1:]),
        after_entry([MENU], *MENU_WAYS),
    ),
    "W212": (
        after_entry([step("menu", "menu", options=choices("help", "no_match"))], *MENU_WAYS[1:]),
        after_entry([MENU], *MENU_WAYS),
    ),
    "W213": (split(a=0, b=0), split(a=0.5, b=0)),
    "W214": (split(a=0.5, b=0), split(a=1, b=1)),
    "W215": (
        with_numbers(MENU, MENU_WAYS, no_input=0.6, no_match=0.5),
        with_numbers(MENU, MENU_WAYS, no_input=0.5, no_match=0.5),
    ),
    "W301": (condition(compare("y", "gt", 1)), condition(compare("channel", "eq", "voice"))),
    "W302": (noted("waited", value=1), noted("x", value=1)),
    "W303": (noted("x", value="one"), noted("x", add=1)),
    "W304": (ask_x(given=False), ask_x(given=True)),
    "W305": (
        after_entry(
            [
                step("divide", "split", variants=choices("a", "b", weight=1)),
                SET_X,
                step("ask", "condition", branches=branches(compare("x", "gt", 0))),
            ],
            "divide.a>note",
            "divide.b>ask",
            "note.done>ask",
            *ASK_WAYS,
            attributes=[attribute("x", given=False)],
        ),
        after_entry(
            [SET_X, step("ask", "condition", branches=branches(compare("x", "gt", 0)))],
            "note.done>ask",
            *ASK_WAYS,
            attributes=[attribute("x", given=False)],
        ),
    ),
    "W306": (
        after_entry([], attributes=[attribute("tier", "choice")]),
        after_entry([], attributes=[attribute("tier", "choice", choices=["gold"])]),
    ),
    "W307": (
        after_entry(
            [],
            attributes=[attribute("town", "text")],
            assumptions={"population": {"town": {"kind": "choices", "weights": {"Ulm": 0}}}},
        ),
        after_entry(
            [],
            attributes=[attribute("town", "text")],
            assumptions={"population": {"town": {"kind": "choices", "weights": {"Ulm": 1}}}},
        ),
    ),
    "W311": (
        ungated(ASK_AGE, *ASK_WAYS, attributes=[AGE]),
        gated(ASK_AGE, *ASK_WAYS, attributes=[AGE]),
    ),
    "W312": (
        condition(compare("x", "gt", 1), attributes=[attribute("x", sensitive=True)]),
        condition(compare("x", "gt", 1), attributes=[attribute("x", personal=True)]),
    ),
    "W313": (
        gated(MAIL, *MAIL_WAYS, gate={**CONSENT, "channel": "sms"}),
        gated(MAIL, *MAIL_WAYS, gate={**CONSENT, "channel": "email"}),
    ),
    "W314": (
        ungated(CRM, *CRM_WAYS),
        gated(CRM, *CRM_WAYS),
    ),
    "W315": (
        gated(step("mail", "message"), *MAIL_WAYS),
        gated(step("mail", "message", purpose="service"), *MAIL_WAYS),
    ),
    "W316": (
        audience(CHAT, ways=("in.selected>talk", *CHAT_WAYS)),
        audience(
            CONSENT,
            CHAT,
            ways=("in.selected>gate", "gate.granted>talk", "gate.refused>", *CHAT_WAYS),
        ),
    ),
    "W321": (
        after_entry([SAY], "say.played>end", channel="email"),
        after_entry([SAY], "say.played>end", channel="voice"),
    ),
    "W322": (
        two_entries(SAY, ways=("say.played>end",)),
        two_entries(
            step("ask", "condition", branches=branches(compare("channel", "eq", "voice"))),
            SAY,
            ways=("ask.b1>say", "ask.otherwise>end", "say.played>end"),
        ),
    ),
    "W401": (agent(team={"id": "desk"}), agent()),
    "W402": (agent(staffing={"desk": {"agents": [0]}}), agent()),
    "W403": (
        after_entry(
            [step("agent", "human_agent")],
            "agent.resolved>end",
            "agent.unresolved>end",
            teams=[DESK],
            skills=[ENGLISH],
        ),
        agent(),
    ),
    "W404": (
        agent(staffing={"desk": {"agents": [3], "interval": 3600, "starts_at": "09:00"}}),
        agent(staffing={"desk": {"agents": [3] * 24, "interval": 3600, "starts_at": "09:00"}}),
    ),
    "W405": (agent(max_wait=None), agent(max_wait=60)),
    "W406": (agent(staffing={"desk": {"agents": [3]}, "ghosts": {"agents": [3]}}), agent()),
    "W407": (resting("06:00"), resting("02:00")),
    "W411": (
        agent(team={**DESK, "levels": {"french": 2}}),
        agent(team={**DESK, "levels": {"english": 2}}),
    ),
    "W412": (
        agent(staffing={"desk": {"agents": [3], "concurrency": [1, 0.7]}}),
        agent(staffing={"desk": {"agents": [3], "concurrency": [1, 0.7]}}, concurrent=True),
    ),
    "W413": (
        agent(concurrent=True),
        agent(staffing={"desk": {"agents": [3], "concurrency": [1, 0.7]}}, concurrent=True),
    ),
    "W501": (
        after_entry([], attributes=[attribute("x"), attribute("x")]),
        after_entry([], attributes=[attribute("x"), attribute("y")]),
    ),
    "W502": (
        after_entry([], attributes=[attribute("class")]),
        after_entry([], attributes=[attribute("x")]),
    ),
    "W503": (
        after_entry([{**SAY, "stage": "late"}], "say.played>end"),
        after_entry(
            [{**SAY, "stage": "late"}], "say.played>end", stages=[{"id": "late", "name": "Late"}]
        ),
    ),
    "W504": (after_entry([], channels=["voice", "sms"]), after_entry([], channels=["voice"])),
    "W511": (
        after_entry([], assumptions={"demand": [CALLS, {**CALLS, "id": "b", "entry": "end"}]}),
        PLAIN,
    ),
    "W512": (after_entry([], assumptions={"demand": []}), PLAIN),
    "W513": (
        after_entry([], assumptions={"demand": [{**CALLS, "shape": [0, 0]}]}),
        after_entry([], assumptions={"demand": [{**CALLS, "shape": [0, 1]}]}),
    ),
    "W514": (
        with_numbers(MENU, MENU_WAYS, weights={"sale": 2}),
        with_numbers(MENU, MENU_WAYS, weights={"sales": 2}),
    ),
    "W515": (
        after_entry(
            [], assumptions={"sources": [{"at": "assumptions/demand/x", "basis": "assumed"}]}
        ),
        after_entry(
            [], assumptions={"sources": [{"at": "assumptions/demand/calls", "basis": "assumed"}]}
        ),
    ),
    "W516": (surging(times=2, starts_at="21:00"), surging(times=2, starts_at="07:30")),
    "W521": (down(teams=["ghosts"]), down()),
    "W522": (down(steps=["end"]), down()),
    "W523": (
        down(every={"kind": "exponential", "mean": 9000}, day=2),
        down(every={"kind": "exponential", "mean": 9000}, lasts=60),
    ),
    "W524": (
        down(every={"kind": "exponential", "mean": 0.5}, lasts=0),
        down(every={"kind": "exponential", "mean": 0.5}, lasts=60),
    ),
    "W531": (
        with_numbers(TALK, TALK_WAYS, redial={"probability": 0.5, "entry": "end"}),
        with_numbers(TALK, TALK_WAYS, redial={"probability": 0.5, "entry": "in"}),
    ),
    "W532": (asking("number"), asking("text")),
    "W533": (
        after_entry([], attributes=[WANTS], assumptions={"need": "wants"}),
        after_entry([], attributes=[WANTS], assumptions={"need": "wants", **WANTED}),
    ),
    "W534": (
        with_numbers(TALK, TALK_WAYS, handle_time_by_need={"loan": FOUR_HUNDRED}),
        with_numbers(
            TALK,
            TALK_WAYS,
            handle_time_by_need={"loan": FOUR_HUNDRED},
            also={"need": "wants", **WANTED},
        ),
    ),
}


def found(example: Plain) -> list[Finding]:
    return validate(document_from_plain(example))


def codes(example: Plain) -> set[str]:
    return {finding.code for finding in found(example)}


def test_every_rule_has_an_example() -> None:
    assert list(EXAMPLES) == list(rules_by_code())


@pytest.mark.parametrize("code", EXAMPLES)
def test_broken_rule_is_found(code: str) -> None:
    assert code in codes(EXAMPLES[code][0])


@pytest.mark.parametrize("code", EXAMPLES)
def test_kept_rule_is_silent(code: str) -> None:
    assert code not in codes(EXAMPLES[code][1])


@pytest.mark.parametrize("code", EXAMPLES)
def test_finding_is_concrete_and_short(code: str) -> None:
    for finding in found(EXAMPLES[code][0]):
        for text in (finding.what, finding.why, finding.mend):
            assert text.endswith(".")
            assert "\n" not in text
            assert len(text) < 400
        assert finding.where in finding.line()

"""Journeys made at random, the same ones every time: valid, small, and of every step type."""

from __future__ import annotations

from random import Random

from engine.journey import Team
from tests.simulator.generated_steps import (
    ENTRY_TYPES,
    HOURS,
    INTENTS,
    OWN_OUTCOMES,
    PURPOSES,
    TIERS,
    Block,
    Chance,
    Plain,
    block,
    exits_of,
    link,
    walked_types,
)

SKILLS = ["sales", "support", "billing"]
_INBOUND = ("voice", "voice", "chat", "portal", "email", "sms")


def generated(number: int, *, whole_minutes: bool = False) -> Plain:
    """The journey with this number, as plain JSON.

    whole_minutes: all that happens takes whole minutes.
    """
    chance = Chance(Random(f"journey {number}"), whole_minutes)
    teams = [_team(chance, place) for place in range(chance.random.randint(2, 4))]
    chance.teams = [Team(**one) for one in teams]
    chance.entries = [f"entry_{place}" for place in range(chance.random.randint(1, 3))]
    entries = [_entry(chance, name) for name in chance.entries]
    kinds = ["human_agent", *chance.some_of(walked_types(), 4, 11), "human_agent"]
    chance.random.shuffle(kinds)
    main = _graph(chance, kinds, "", ["end", "over"])
    called = sorted({one["journey"] for one in main.steps if one["type"] == "sub_journey"})
    subs = {name: _sub_journey(chance, name) for name in called}
    starts = [
        link(one["id"], way, _beginning(main, place, way))
        for place, one in enumerate(entries)
        for way in exits_of(one)
    ]
    assumed = dict(main.assumed)
    for sub in subs.values():
        assumed |= sub.assumed
    return {
        "format": "wayline/journey",
        "version": 1,
        "journey": {
            "id": f"journey_{number}",
            "name": f"Journey {number}",
            "limit": 86_400.0 * chance.one_of([1, 1, 2, 7]),
            "purposes": PURPOSES,
            "attributes": _attributes(chance),
            "skills": [{"id": one} for one in SKILLS],
            "teams": teams,
            "sub_journeys": [_definition(name, sub) for name, sub in subs.items()],
            "steps": [*entries, *main.steps],
            "links": [*starts, *main.links],
        },
        "assumptions": _assumptions(chance, entries, main, assumed),
    }


# ---- the journey


def _entry(chance: Chance, name: str) -> Plain:
    kind = chance.one_of(["inbound_contact", *ENTRY_TYPES])
    step: Plain = {"id": name, "type": kind, "name": name.title()}
    if kind == "business_event":
        return {**step, "event": "late parcel"}
    if kind == "outbound_audience":
        who = {"op": "lt", "attribute": "age", "value": 70}
        purpose = {"channel": chance.one_of(["sms", "voice", "email"]), "purpose": "service"}
        return {**step, **purpose, **chance.maybe(0.6, who=who)}
    lines = chance.maybe(0.3, lines=chance.random.randint(4, 12))
    return {**step, "channel": chance.one_of(_INBOUND), **lines}


def _beginning(main: Block, place: int, way: str) -> str | None:
    """Where an entry leads: the first to the first step, the others a little later."""
    if way in {"blocked", "not_selected"}:
        return None
    firsts = [one["id"] for one in main.steps if not one["id"].startswith(("end", "over"))]
    targets = [step for step in firsts if step in main.assumed or step == firsts[0]]
    ungated = [step for step in targets if f"{step}_if" not in firsts]
    return ungated[min(place, len(ungated) - 1)] if place and ungated else firsts[0]


def _graph(chance: Chance, kinds: list[str], prefix: str, ends: list[str]) -> Block:
    """Steps of these types, each leading to later ones, and exits at the end."""
    blocks = [block(kind, f"{prefix}{kind}_{place}", chance) for place, kind in enumerate(kinds)]
    exits = [_exit(chance, f"{prefix}{name}", name) for name in ends]
    joined = Block([], [], [], {})
    firsts = [*(one.first for one in blocks), *(one.first for one in exits)]
    for place, one in enumerate(blocks):
        joined.steps += one.steps
        joined.links += [*one.links, *_onward(chance, one, firsts, place)]
        joined.assumed |= one.assumed
    for one in exits:
        joined.steps += one.steps
        joined.assumed |= one.assumed
    return joined


def _onward(chance: Chance, one: Block, firsts: list[str], place: int) -> list[Plain]:
    """Links of all loose exits: one to the next block, the others anywhere later, or closed."""
    loose = list(one.loose)
    chance.random.shuffle(loose)
    links = []
    for number, (step, way) in enumerate(loose):
        later = firsts[place + 1 :]
        near = chance.one_of(later[:3]) if chance.is_so(0.7) else chance.one_of(later)
        to = later[0] if number == 0 else near
        if step.rpartition("_")[0].endswith("retry_loop"):
            back = firsts[max(0, place - 3) : place] or later
            to = chance.one_of(back) if way == "again" else later[0]
        elif number and chance.is_so(0.15):
            to = None
        links.append(link(step, way, to))
    return links


def _exit(chance: Chance, name: str, outcome: str) -> Block:
    step = {"id": name, "type": "exit", "name": name.title(), "outcome": outcome}
    step |= {"resolved": chance.is_so(0.7)}
    later = {
        "entry": chance.one_of(chance.entries),
        "probability": chance.share(0.05, 0.2),
        "delay": chance.duration(20_000),
        "new_issue": chance.is_so(0.5),
        **chance.maybe(0.3, hours=HOURS),
    }
    assumed = {name: {"next": [later]}} if chance.is_so(0.4) else {}
    return Block([step], [], [], assumed)


def _sub_journey(chance: Chance, name: str) -> Block:
    kinds = [one for one in walked_types() if one not in {"sub_journey", "retry_loop", "wait"}]
    chosen = ["human_agent", *chance.some_of(kinds, 1, 3)]
    chance.random.shuffle(chosen)
    graph = _graph(chance, chosen, f"{name}_", list(OWN_OUTCOMES["sub_journey"]))
    # What an exit in a sub-journey does is to go on in the calling one.
    for outcome in OWN_OUTCOMES["sub_journey"]:
        graph.assumed.pop(f"{name}_{outcome}", None)
    return graph


def _definition(name: str, graph: Block) -> Plain:
    return {
        "id": name,
        "name": name.title(),
        "inputs": [{"id": "who", "type": "choice"}, {"id": "size", "type": "number"}],
        "outcomes": [{"id": one} for one in OWN_OUTCOMES["sub_journey"]],
        "steps": graph.steps,
        "links": graph.links,
    }


def _attributes(chance: Chance) -> list[Plain]:
    def late(name: str, kind: str) -> Plain:
        carried = chance.one_of(["everywhere", "same_channel", "nowhere"])
        return {"id": name, "type": kind, "given": False, "carried": carried}

    return [
        {"id": "tier", "type": "choice", "choices": TIERS},
        {"id": "age", "type": "number"},
        {"id": "vip", "type": "boolean"},
        {"id": "region", "type": "text"},
        {"id": "seconds", "type": "number"},
        {"id": "wants", "type": "text"},
        late("intent", "text"),
        late("account", "text"),
        late("verified", "boolean"),
        late("chosen", "text"),
        late("score", "number"),
    ]


def _team(chance: Chance, place: int) -> Plain:
    skills = chance.some_of(SKILLS, 1)
    return {
        "id": f"team_{place}",
        "skills": skills,
        "levels": {one: chance.random.randint(1, 4) for one in skills if chance.is_so(0.4)},
        "takes": chance.one_of(["longest_waiting", "longest_waiting", "best_level"]),
    }


# ---- the assumptions


def _assumptions(chance: Chance, entries: list[Plain], main: Block, assumed: Plain) -> Plain:
    days = chance.one_of([1, 1, 2])
    period = {"days": days, **chance.maybe(0.15, warm_up=chance.minutes(60, 600))}
    down = [one["id"] for one in main.steps if one["type"] in {"ai_agent", "system_action"}]
    return {
        "period": {**period, "start_day": chance.one_of(["monday", "thursday", "sunday"])},
        "demand": [_demand(chance, one["id"], days, len(entries)) for one in entries],
        "population": _population(chance),
        **chance.maybe(0.3, need="wants"),
        "staffing": {one.id: _staffing(chance) for one in chance.teams},
        "outages": [_outage(chance, place, down) for place in range(chance.random.randint(0, 2))],
        "steps": assumed,
    }


def _population(chance: Chance) -> Plain:
    return {
        "tier": {"kind": "choices", "weights": {"basic": 3, "gold": 1}},
        "age": {"kind": "numbers", "of": {"kind": "uniform", "low": 18, "high": 90}},
        "vip": {"kind": "chance", "true": 0.2, "missing": 0.1},
        "region": {"kind": "choices", "weights": {"north": 1, "far north": 1, "south": 2}},
        "seconds": {"kind": "numbers", "of": chance.duration(300)},
        "wants": {"kind": "choices", "weights": dict.fromkeys([*INTENTS, "poetry"], 1)},
    }


def _demand(chance: Chance, entry: str, days: int, entries: int) -> Plain:
    demand: Plain = {"id": f"of_{entry}", "entry": entry}
    if chance.whole_minutes:
        gap = chance.one_of([3, 4, 5]) * 60 * entries * days
        return {**demand, "per_day": 86_400 / gap, "spacing": {"kind": "constant", "value": 1}}
    demand["per_day"] = round(chance.random.uniform(250, 600) / entries / days, 1)
    surge = {"id": "surge", "starts_at": "10:00", "lasts": 7200}
    surge |= chance.one_of([{"times": 1.5}, {"customers": 40}, {"customers": 40, "half_life": 900}])
    return {
        **demand,
        **chance.maybe(0.7, starts_at="07:00", interval=3600, shape=[1, 2, 3, 3, 2, 2, 2, 1]),
        **chance.maybe(0.3, day_variation=30),
        **chance.maybe(0.2, spacing={"kind": "gamma", "mean": 1, "shape": 4}),
        **chance.maybe(0.4, surges=[surge]),
        **chance.maybe(0.3, attributes={"tier": "gold", "age": 40}),
    }


def _staffing(chance: Chance) -> Plain:
    few = chance.random.randint(1, 4)
    learning = {"share": 0.5, "extra": 0 if chance.whole_minutes else 0.4}
    speeds = [1, 0.5] if chance.whole_minutes else [1, 0.7, 0.5]
    shift = {"agents": [few, few + 2, few], "starts_at": "08:00", "interval": 14_400}
    return {
        **({"agents": [few]} if chance.is_so(0.4) else shift),
        **chance.maybe(0.25, days=["monday", "thursday"]),
        **chance.maybe(0.15, shrinkage=0.2),
        **chance.maybe(0.3, breaks=[{"starts_at": "12:00", "lasts": 2700, "share": 0.5}]),
        **chance.maybe(0.2, absence=0.15),
        **chance.maybe(0.25, newcomers=learning),
        **chance.maybe(0.35, concurrency=speeds),
        **chance.maybe(0.2 if not chance.whole_minutes else 0, handle_time_factor=1.2),
        **chance.maybe(0.4, finishes_queue=False),
        "cost_per_hour": 30,
    }


def _outage(chance: Chance, place: int, down: list[str]) -> Plain:
    teams = [one.id for one in chance.some_of(chance.teams, 1, 2)]
    hit = {"steps": chance.some_of(down, 1)} if down and chance.is_so(0.4) else {"teams": teams}
    if chance.is_so(0.5):
        when: Plain = {"starts_at": "10:30", "lasts": chance.minutes(10, 120)}
    else:
        when = {"every": chance.duration(20_000), "duration": chance.duration(1800)}
    return {
        "id": f"outage_{place}",
        **hit,
        **when,
        "missing": chance.one_of([0.5, 1]),
        "pauses": chance.is_so(0.4),
    }

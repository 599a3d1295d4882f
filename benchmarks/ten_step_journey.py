"""The journey that speed is measured on: an IVR, three skills, three pools, a survey, redials.

10 customers a minute. IVR 20-60 s; 35 % are contained; the others want sales (50 %), support
(30 %) or billing (20 %). Pools: A 11 agents for sales, B 12 for sales and support, C 12 for
support and billing. 20 % of contacts need wrap-up; 30 % answer a survey, satisfied 9 in 10
who waited at most half a minute, else 6 in 10. 15 % of abandoners redial, three tries at most.
"""

from __future__ import annotations

import math
from typing import Any

from engine.document import Document, document_from_plain

RATE_PER_MINUTE = 10.0
AGENTS = {"pool_a": 11, "pool_b": 12, "pool_c": 12}
SKILLS = {"pool_a": ["sales"], "pool_b": ["sales", "support"], "pool_c": ["support", "billing"]}
HANDLE_MINUTES = {"sales": 4.5, "support": 6.0, "billing": 5.0}
HANDLE_CV = 0.8
SHARES = {"sales": 0.5, "support": 0.3, "billing": 0.2}
PATIENCE: dict[str, dict[str, Any]] = {
    "sales": {"kind": "exponential", "mean": 180},
    "support": {"kind": "weibull", "shape": 1.5, "scale": 240},
    "billing": {"kind": "exponential", "mean": 240},
}


def ten_step_journey(customers: int) -> Document:
    """The journey as a document in which about so many customers come, ten a minute."""
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": _journey(),
            "assumptions": _assumptions(customers),
        }
    )


def _journey() -> dict[str, Any]:
    named = {"sales": "Sales", "support": "Support", "billing": "Billing"}
    people = [
        {"id": skill, "type": "human_agent", "name": name, "skills": [skill]}
        for skill, name in named.items()
    ]
    return {
        "id": "ten_steps",
        "name": "Ten steps",
        "channels": ["voice"],
        "skills": [{"id": skill} for skill in named],
        "teams": [{"id": team, "skills": skills} for team, skills in SKILLS.items()],
        "steps": [
            {"id": "call", "type": "inbound_contact", "name": "Call"},
            {"id": "ivr", "type": "announcement", "name": "IVR"},
            _split("contained", {"yes": 0.35, "no": 0.65}),
            _split("topic", SHARES),
            *people,
            {"id": "survey", "type": "survey", "name": "Survey"},
            {
                "id": "quick",
                "type": "condition",
                "name": "Quick?",
                "branches": [
                    {
                        "id": "yes",
                        "name": "At most half a minute",
                        "when": {"op": "le", "attribute": "waited", "value": 30},
                    }
                ],
            },
            _split("happy_if_quick", {"yes": 0.9, "no": 0.1}),
            _split("happy_if_slow", {"yes": 0.6, "no": 0.4}),
            *({"id": name, "type": "exit", "name": name} for name in ("satisfied", "over")),
            {"id": "dissatisfied", "type": "exit", "name": "dissatisfied", "resolved": False},
            {"id": "lost", "type": "exit", "name": "lost", "resolved": False},
        ],
        "links": _links(list(named)),
    }


def _split(name: str, weights: dict[str, float]) -> dict[str, Any]:
    variants = [{"id": one, "name": one, "weight": weight} for one, weight in weights.items()]
    return {"id": name, "type": "split", "name": name, "variants": variants, "sticky": False}


def _links(skills: list[str]) -> list[dict[str, Any]]:
    ways = [
        ("call", "arrived", "ivr"),
        ("ivr", "played", "contained"),
        ("contained", "yes", "over"),
        ("contained", "no", "topic"),
        *(("topic", skill, skill) for skill in skills),
        *((skill, "resolved", "survey") for skill in skills),
        *((skill, "unresolved", "survey") for skill in skills),
        *((skill, "abandoned", "lost") for skill in skills),
        ("survey", "answered", "quick"),
        ("survey", "no_answer", "over"),
        ("quick", "yes", "happy_if_quick"),
        ("quick", "otherwise", "happy_if_slow"),
        *((step, "yes", "satisfied") for step in ("happy_if_quick", "happy_if_slow")),
        *((step, "no", "dissatisfied") for step in ("happy_if_quick", "happy_if_slow")),
    ]
    return [{"from": start, "exit": name, "to": end} for start, name, end in ways]


def _assumptions(customers: int) -> dict[str, Any]:
    days = math.ceil(customers / (RATE_PER_MINUTE * 1440))
    open_for = customers / days / RATE_PER_MINUTE * 60
    people = {
        skill: {
            "handle_time": {"kind": "lognormal", "mean": minutes * 60, "cv": HANDLE_CV},
            "after_call_work": {"kind": "exponential", "mean": 60},
            "after_call_share": 0.2,
            "patience": PATIENCE[skill],
            "redial": {
                "probability": 0.15,
                "delay": {"kind": "uniform", "low": 300, "high": 600},
                "max_contacts": 3,
            },
        }
        for skill, minutes in HANDLE_MINUTES.items()
    }
    return {
        "period": {"days": days},
        "demand": [
            {"id": "calls", "entry": "call", "per_day": customers / days, "interval": open_for}
        ],
        "staffing": {team: {"agents": [count]} for team, count in AGENTS.items()},
        "steps": {
            "ivr": {"duration": {"kind": "uniform", "low": 20, "high": 60}},
            "survey": {
                "response_rate": 0.3,
                "duration": {"kind": "uniform", "low": 30, "high": 90},
            },
            **people,
        },
    }

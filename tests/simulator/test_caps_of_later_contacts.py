"""A cap counts what has happened by now, of all of a customer's contacts."""

from __future__ import annotations

from tests.simulator.build import Plain, exits_taken, human, journey, simulated


def constant(value: float) -> Plain:
    return {"kind": "constant", "value": value}


def test_what_is_still_to_come_is_not_counted() -> None:
    """Who gives up is asked to be patient, if they were not written to; the redial is an hour off.

    It writes to them. The first contact must not know of that yet.
    """
    agent, ways, numbers = human(patience=constant(10))
    redial = {"probability": 1, "delay": constant(3600), "max_contacts": 2, "entry": "again"}
    document = journey(
        [
            agent,
            {"id": "cap", "type": "contact_cap", "name": "Cap", "max_contacts": 1},
            {"id": "again", "type": "inbound_contact", "name": "Again"},
            {"id": "text", "type": "message", "name": "Text", "channel": "sms"},
        ],
        {
            "call.arrived": "agent",
            **ways,
            "agent.abandoned": "cap",
            "cap.allowed": "end",
            "cap.capped": None,
            "again.arrived": "text",
            "text.sent": "end",
            "text.failed": "end",
        },
        {
            "staffing": {"team": {"agents": [0]}},
            "steps": {"agent": {**numbers, "redial": redial}},
        },
    )
    taken = exits_taken(document, simulated(document))
    assert taken["text.sent"] == taken["agent.abandoned"] > 1900
    assert taken["cap.capped"] == 0

"""While a system is down, work stands still and goes on afterwards, with whoever had it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.document import Document
from tests.simulator.build import DAY, Plain, human, journey, simulated


def down(at: str, lasts: float, **more: Any) -> Plain:
    name = f"down_{at.replace(':', '_')}"
    return {"id": name, "teams": ["team"], "starts_at": at, "lasts": lasts, "pauses": True, **more}


def calls_every(gap: float, *outages: Plain, **staffing: Any) -> Document:
    """Somebody calls every `gap` seconds and talks for 300 s."""
    agent, ways, numbers = human(handle_time={"kind": "constant", "value": 300})
    if "concurrency" in staffing:
        agent["concurrent"] = True
    return journey(
        [agent],
        {"call.arrived": "agent", **ways},
        {
            "demand": [
                {
                    "id": "calls",
                    "entry": "call",
                    "per_day": DAY / gap,
                    "spacing": {"kind": "constant", "value": gap},
                }
            ],
            "staffing": {"team": {"agents": [1], **staffing}},
            "outages": list(outages),
            "steps": {"agent": numbers},
        },
    )


def ends(document: Document) -> np.ndarray[Any, Any]:
    """When each contact ended, by when it began."""
    contacts = simulated(document).contacts
    found: np.ndarray[Any, Any] = contacts.column("end")[np.argsort(contacts.column("start"))]
    return found


INDIVIDUALS = [{}, {"newcomers": {"share": 0}}, {"concurrency": [1, 0.5]}]


@pytest.mark.parametrize("staffing", INDIVIDUALS)
def test_a_conversation_lasts_as_much_longer_as_the_outage(staffing: Plain) -> None:
    """Calls at 1,800, 3,600 …; from 01:02 to 01:12 nothing can be done."""
    usual = ends(calls_every(1800, **staffing))
    halted = ends(calls_every(1800, down("01:02", 600), **staffing))
    assert usual[:3] == pytest.approx([2100, 3900, 5700])
    assert halted[:3] == pytest.approx([2100, 4500, 5700])
    assert halted[2:] == pytest.approx(usual[2:])


@pytest.mark.parametrize("staffing", INDIVIDUALS)
def test_who_was_in_the_middle_of_it_comes_first_afterwards(staffing: Plain) -> None:
    """Who calls during the outage waits until the call that was cut short is over."""
    halted = ends(calls_every(400, down("00:10", 1000), **{**staffing, "concurrency": [1]}))
    # At 400 a call until 700 stands still from 600 to 1600; then those of 800, 1200, 1600 …
    assert halted[:4] == pytest.approx([1700, 2000, 2300, 2600])


def test_without_a_pause_who_is_busy_finishes_first() -> None:
    document = calls_every(1800, down("01:02", 600, pauses=False))
    assert ends(document)[:3] == pytest.approx([2100, 3900, 5700])


def test_two_outages_at_once_halt_until_both_are_over() -> None:
    document = calls_every(1800, down("01:02", 600), down("01:05", 900))
    # From 3,720 to 4,320 and from 3,900 to 4,800: 180 s are left.
    assert ends(document)[1] == pytest.approx(4980)


def test_part_of_a_team_stands_still() -> None:
    """Of two agents one stops; the work begun last is the one that stands still."""
    document = calls_every(200, down("00:08", 600, missing=0.5), agents=[2])
    # Calls at 200 (until 500) and 400 (until 700): at 480 the second one stops, until 1,080.
    assert ends(document)[:2] == pytest.approx([500, 1300])


@pytest.mark.parametrize("staffing", INDIVIDUALS)
def test_time_that_stands_still_is_not_work(staffing: Plain) -> None:
    records = simulated(calls_every(1800, down("01:02", 600), **staffing))
    assert records.spells.column("seconds").sum() == pytest.approx(300 * len(records.queue))
    assert records.queue.column("talk") == pytest.approx(300)


@pytest.mark.parametrize("staffing", INDIVIDUALS)
def test_whoever_can_still_work_does_not_go_home_for_those_who_stand_still(staffing: Plain) -> None:
    """Two agents; from 00:31 one of them stands still, the other goes on until 02:31."""
    document = calls_every(200, down("00:31", 7200, missing=0.5), **{**staffing, "agents": [2]})
    found = ends(document)
    during = (found > 2700) & (found < 9000)
    assert during.sum() == pytest.approx((9000 - 2700) / 300, abs=1)

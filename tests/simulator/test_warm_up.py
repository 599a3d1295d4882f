"""What is measured when the period has a warm-up, or ends while everybody is at work."""

from __future__ import annotations

from typing import Any

import pytest

from engine.document import Document, document_from_plain
from simulator.experiment import Results, Settings, run

Plain = dict[str, Any]
HOUR = 3600.0
DAY = 86_400.0


def journey(agents: Plain, warm_up: float, **step: Any) -> Document:
    exits = ("resolved", "unresolved", "abandoned")
    links = [{"from": "agent", "exit": name, "to": None} for name in exits]
    return document_from_plain(
        {
            "format": "wayline/journey",
            "version": 1,
            "journey": {
                "id": "warm",
                "name": "Warm",
                "channels": ["voice"],
                "teams": [{"id": "team"}],
                "steps": [
                    {"id": "call", "type": "inbound_contact", "name": "Call"},
                    {"id": "agent", "type": "human_agent", "name": "Agent"},
                ],
                "links": [{"from": "call", "exit": "arrived", "to": "agent"}, *links],
            },
            "assumptions": {
                "period": {"days": 1, "warm_up": warm_up},
                "demand": [{"id": "calls", "entry": "call", "per_day": 1440}],
                "staffing": {"team": agents},
                "steps": {"agent": {"patience": None, **step}},
            },
        }
    )


def measured(document: Document) -> Results:
    return run(document, Settings(seed=2, replications=3))


def value(results: Results, kpi: str) -> float:
    estimate = results.estimate(kpi)
    assert estimate is not None
    return estimate.value


@pytest.mark.parametrize("warm_up", [0.0, 6 * HOUR])
def test_later_contacts_of_earlier_customers_are_no_contacts_about_new_issues(
    warm_up: float,
) -> None:
    """Everybody comes exactly twice."""
    recontact = {
        "probability": 1,
        "delay": {"kind": "constant", "value": 3 * HOUR},
        "max_contacts": 2,
    }
    document = journey({"agents": [500]}, warm_up, resolution=0, recontact=recontact)
    assert value(measured(document), "contacts_per_issue") == 2


@pytest.mark.parametrize("warm_up", [0.0, 6 * HOUR])
def test_nobody_works_more_than_all_the_time(warm_up: float) -> None:
    """Ten people around the clock have work for twenty, and a backlog at the end."""
    handle_time = {"kind": "constant", "value": 20 * 60.0}
    results = measured(journey({"agents": [10]}, warm_up, handle_time=handle_time))
    assert value(results, "unfinished") == 0
    for kpi, most in (("occupancy", 1), ("utilisation", 1), ("agents_busy", 10)):
        assert 0.97 * most < value(results, kpi) <= most + 1e-9


def test_work_after_the_shift_counts() -> None:
    """The last contacts are finished after closing, and paid time ends before."""
    handle_time = {"kind": "constant", "value": 2 * HOUR}
    shift = {"agents": [10], "starts_at": "08:00", "interval": 8 * HOUR, "finishes_queue": False}
    results = measured(journey(shift, 0.0, handle_time=handle_time))
    # Four rounds of two hours each and less than one more: somebody began just before closing.
    assert 1.0 < value(results, "utilisation") <= 1.25
    assert value(results, "occupancy") > 0.98


def test_waits_of_the_warm_up_are_not_measured() -> None:
    """Nobody works in the first hours of the day; who came then waited for hours."""
    shift = {"agents": [50], "starts_at": "06:00", "interval": 18 * HOUR}
    handle_time = {"kind": "constant", "value": 60.0}
    everything = measured(journey(shift, 0.0, handle_time=handle_time))
    later = measured(journey(shift, 7 * HOUR, handle_time=handle_time))
    assert value(everything, "asa") > HOUR / 2
    assert value(later, "asa") < 1
    assert value(later, "offered") == pytest.approx(1440 * 17 / 24, rel=0.1)
    assert value(later, "contacts") == value(later, "offered")


def test_who_joined_in_the_warm_up_still_waits_after_it() -> None:
    """Nobody works until evening: at the end of a warm-up of 12 hours 720 wait, at 18:00 1080."""
    shift = {"agents": [500], "starts_at": "18:00", "interval": 6 * HOUR}
    handle_time = {"kind": "constant", "value": 60.0}
    results = measured(journey(shift, 12 * HOUR, handle_time=handle_time))
    assert value(results, "queue_length") == pytest.approx((720 + 1080) / 2 / 2, rel=0.05)

"""Modelled satisfaction and effort follow their formulas; other scores need the user's mapping."""

from __future__ import annotations

import math
from typing import Any

import pytest

from engine.document import Document, document_from_plain, document_to_plain
from engine.errors import DocumentError
from engine.experience import Experience, Satisfaction
from simulator.experiment import Results, Settings, run
from simulator.kpis import KPIS
from tests.simulator.build import Plain, human, journey
from tests.simulator.test_context import constant, helpline


def estimate(results: Results, kpi: str) -> float:
    found = results.estimate(kpi)
    assert found is not None
    return found.value


def simulated(document: Document) -> Results:
    return run(document, Settings(replications=2))


def probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def with_experience(document: Document, **experience: Any) -> Document:
    plain = document_to_plain(document)
    plain["assumptions"]["experience"] = experience
    return document_from_plain(plain)


def one_contact(**assumed: Any) -> Document:
    """Everybody waits for nobody and is helped in one contact, unless `assumed` says otherwise."""
    agent, ways, numbers = human(**assumed)
    return journey(
        [agent],
        {"call.arrived": "agent", **ways},
        {"steps": {"agent": numbers}, "staffing": {"team": {"agents": [1000]}}},
    )


def test_one_good_contact_is_the_base() -> None:
    results = simulated(one_contact())
    assert estimate(results, "csat_modelled") == pytest.approx(probability(1.82))
    assert estimate(results, "csat_modelled_low") == pytest.approx(probability(1.5))
    assert estimate(results, "csat_modelled_high") == pytest.approx(probability(2.1))
    assert estimate(results, "effort_index") == 0


def test_the_fourth_contact_satisfies_as_many_as_was_reported() -> None:
    """86 % after one contact and 44 % after four: the end points that the formula is set by."""
    assert probability(1.82) == pytest.approx(0.86, abs=0.005)
    assert probability(1.82 - 3 * 0.69) == pytest.approx(0.44, abs=0.005)


def test_who_is_never_helped_is_not_left_out() -> None:
    again = {"probability": 1, "delay": constant(60), "max_contacts": 3}
    results = simulated(one_contact(resolution=0, recontact=again))
    expected = probability(1.82 - 2 * 0.69 - 1.2)
    assert estimate(results, "csat_modelled") == pytest.approx(expected)
    assert estimate(results, "effort_index") == pytest.approx(2 * 25)


def test_waiting_counts_by_the_minute_also_for_those_who_give_up() -> None:
    document = one_contact(patience=constant(90))
    plain = document_to_plain(document)
    plain["assumptions"]["staffing"]["team"]["agents"] = [0]
    results = simulated(document_from_plain(plain))
    expected = probability(1.82 - 1.5 * 0.08 - 1.2)
    assert estimate(results, "csat_modelled") == pytest.approx(expected)


def test_telling_again_and_not_being_understood_count() -> None:
    document = helpline({"sees_context": False}, assumed={"bot": {"intents": misread()}})
    results = simulated(document)
    expected = probability(1.82 - 0.2 - 0.5)
    assert estimate(results, "csat_modelled") == pytest.approx(expected)
    # 10 points for one thing told again, 15 for not being understood.
    assert estimate(results, "effort_index") == pytest.approx(25)


def misread() -> Plain:
    return {"balance": {"recognition": 0}, "loan": {"recognition": 0}}


def test_effort_is_never_above_100() -> None:
    again = {"probability": 1, "delay": constant(60), "max_contacts": 9}
    results = simulated(one_contact(resolution=0, recontact=again))
    assert estimate(results, "effort_index") == 100


def test_coefficients_are_the_users_own() -> None:
    base = {"value": 0, "low": -1, "high": 1}
    changed = with_experience(one_contact(), satisfaction={"base": base}, effort={})
    results = simulated(changed)
    assert estimate(results, "csat_modelled") == pytest.approx(0.5)
    assert estimate(results, "csat_modelled_high") == pytest.approx(probability(1))
    weights = {"further_contact": 7}
    again = {"probability": 1, "delay": constant(60), "max_contacts": 2}
    document = with_experience(one_contact(resolution=0, recontact=again), effort=weights)
    assert estimate(simulated(document), "effort_index") == pytest.approx(7)


def test_scores_need_a_mapping() -> None:
    results = simulated(one_contact())
    for kpi in ("nps_mapped", "sentiment_mapped"):
        assert results.estimate(kpi) is None
    points = [{"satisfied": 0.2, "score": -40}, {"satisfied": 1.0, "score": 60}]
    mapping = {"points": points, "source": "Survey of spring, 2,100 answers."}
    mapped = simulated(with_experience(one_contact(), nps=mapping))
    share = probability(1.82)
    expected = -40 + (share - 0.2) / 0.8 * 100
    assert estimate(mapped, "nps_mapped") == pytest.approx(expected)
    assert mapped.estimate("sentiment_mapped") is None


@pytest.mark.parametrize(
    "experience",
    [
        {"satisfaction": {"base": {"value": 3, "low": 0, "high": 1}}},
        {"nps": {"points": [{"satisfied": 0.5, "score": 1}], "source": "x"}},
        {
            "nps": {
                "points": [{"satisfied": 0.5, "score": 1}, {"satisfied": 0.5, "score": 2}],
                "source": "x",
            }
        },
        {"nps": {"points": [{"satisfied": 0, "score": 1}, {"satisfied": 1, "score": 2}]}},
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(experience: Plain) -> None:
    with pytest.raises(DocumentError) as caught:
        with_experience(one_contact(), **experience)
    assert "assumptions/experience" in str(caught.value)


def test_every_coefficient_has_a_range_around_it_and_a_kpi_says_modelled() -> None:
    for name in Satisfaction.model_fields:
        one = getattr(Experience().satisfaction, name)
        assert one.low <= one.value <= one.high
        assert one.low < one.high
    modelled = [kpi for kpi in KPIS.values() if kpi.id.startswith(("csat_modelled", "effort"))]
    assert len(modelled) == 4
    for kpi in modelled:
        assert "modelled" in kpi.name
        assert "not measured" in kpi.source


def test_surveys_tell_what_is_assumed_of_those_who_answer() -> None:
    scores = {"1": 1, "2": 1, "5": 2}
    document = journey(
        [{"id": "ask", "type": "survey", "name": "Ask"}],
        {"call.arrived": "ask", "ask.answered": "end", "ask.no_answer": "end"},
        {"steps": {"ask": {"response_rate": 0.25, "scores": scores}}},
    )
    results = simulated(document)
    assert estimate(results, "survey_response_rate") == pytest.approx(0.25, abs=0.03)
    assert estimate(results, "survey_csat") == pytest.approx(0.5, abs=0.07)

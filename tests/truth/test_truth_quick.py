"""The truth suite in the default tests, and in full.

The quick one simulates some thousand customers in each of 40 replications with fixed seeds:
its intervals are wide, but it is the same on every run. Its bound of 4 standard errors keeps
it quiet when the draws change for a good reason: with 39 degrees of freedom one right metric
in 3,700 lies outside (two-sided t), so by Bonferroni at most 8 in 100 changes of the draws
would raise a false alarm among its 283 metrics. (It must not be loosened further: a wrong
queue discipline, an off-by-one in the waiting room or a wrong percentile lie far outside.)
"""

from __future__ import annotations

import math

import pytest

from simulator.kpis import KPIS
from tests.truth import expected, formulas
from tests.truth.case import Case, DayCase, Read, SimulatedCase
from tests.truth.catalog import all_cases
from tests.truth.table import compare

SEED = 1
SIGMAS = 4.0
CASES = all_cases()


def _skipped_when_quick(case: Case) -> set[str]:
    """Metrics whose estimate is biased in short runs, such as quantiles, or too rare."""
    if not isinstance(case, (SimulatedCase, DayCase)):
        return set()
    return {name for name, read in case.reads.items() if read.only_full}


@pytest.mark.parametrize("case", [case for case in CASES if case.quick], ids=lambda case: case.name)
def test_truth_quick(case: Case) -> None:
    assert case.quick is not None
    rows = case.rows(case.quick, SEED, jobs=1)
    left_out = _skipped_when_quick(case)
    wrong = [
        f"{row.metric}: {row.estimate:.6g}, expected {row.expected:.6g}, z {row.z:+.1f}"
        for row in rows
        if row.metric not in left_out and not row.agrees(SIGMAS)
    ]
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_truth_full(case: Case) -> None:
    result = compare(case, case.full, jobs=2, judges_width=True)
    assert all(result.is_good(row) for row in result.rows)


def test_every_metric_of_every_case_is_compared() -> None:
    compared: dict[str, set[str]] = {}
    for case in CASES:
        if isinstance(case, (SimulatedCase, DayCase)):
            compared.setdefault(case.name, set()).update(case.reads)
        elif "staff" in case.name:
            compared[case.name] = {"min_agents"}
        else:
            assert case.quick is not None
            for row in case.rows(case.quick, SEED, jobs=1):
                compared.setdefault(row.case, set()).add(row.metric)
    assert compared == {name: set(expected.metrics(name)) for name in expected.names()}


def test_cases_only_read_kpis_that_exist() -> None:
    for case in CASES:
        if not isinstance(case, (SimulatedCase, DayCase)):
            continue
        own = case.extras(1.0).keys()
        read = {one.kpi for one in case.reads.values() if isinstance(one, Read) and not one.step}
        assert read <= KPIS.keys() | own, case.name


@pytest.mark.parametrize("case", ["mmcErl2_patience", "mmcD_patience", "mmcBalk_patience"])
def test_formulas_give_what_truth_says(case: str) -> None:
    """Once against a case of other origin; the others are in truth.json by these formulas."""
    survival, kinks = {
        "mmcErl2_patience": (lambda x: math.exp(-x / 1.5) * (1 + x / 1.5), ()),
        "mmcD_patience": (lambda x: 1.0 if x < 1 else 0.0, (1.0,)),
        "mmcBalk_patience": (lambda x: 0.8 * math.exp(-x / 3), ()),
    }[case]
    given = expected.params(case)
    lam, mu, agents = given["lam_per_min"], given["mu_per_min"], given["c"]
    found = formulas.impatient_queue(lam, mu, agents, survival, 15.0, given["T_min"], kinks)
    assert found == pytest.approx(expected.metrics(case), rel=1e-6)


def test_the_chain_of_two_teams_gives_what_truth_says() -> None:
    found = formulas.NDesign(**expected.params("n_design")).metrics()
    assert found == pytest.approx(expected.metrics("n_design"), rel=1e-9)


def test_a_chain_of_one_queue_gives_the_closed_formula() -> None:
    """M/M/1 with room for three: shares in proportion to powers of the load."""

    def moves(state: formulas.State) -> formulas.Moves:
        (customers,) = state
        if customers < 3:
            yield 0.5, (customers + 1,)
        if customers:
            yield 1.0, (customers - 1,)

    shares = formulas.stationary((0,), moves)
    powers = [0.5**customers for customers in range(4)]
    assert [shares[(n,)] for n in range(4)] == pytest.approx([one / sum(powers) for one in powers])

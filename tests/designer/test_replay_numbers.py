"""What a replay says of any time of the day is what the records say of it."""

from __future__ import annotations

import numpy as np
import pytest

from designer.replay.agents import Agents
from designer.replay.chosen import Chosen
from designer.replay.dots import Sample, Ways
from designer.replay.filters import Filters
from designer.replay.loading import load
from designer.replay.parts import parts, usual
from engine.document import read_document
from engine.errors import WaylineError
from engine.plan import make_plan
from engine.shipped import sample_path
from simulator.recording import Recording, record, to_bytes

FILTERS = (
    Filters(),
    Filters(channel="chat"),
    Filters(outcome="abandoned"),
    Filters(segment=("wants", "return")),
    Filters("voice", "done", ("segment", "regular")),
)


@pytest.fixture(scope="module")
def retail() -> Recording:
    return record(make_plan(read_document(sample_path("omnichannel_retail"))), 1, 0)


@pytest.fixture(scope="module")
def everybody(retail: Recording) -> Chosen:
    return Chosen(retail, Filters())


def times(recording: Recording) -> list[float]:
    begin, end = recording.window
    return [*np.linspace(begin, end, 40).tolist(), float(recording.contacts.end.max())]


@pytest.mark.parametrize("filters", FILTERS)
def test_counts_are_those_of_the_recording(retail: Recording, filters: Filters) -> None:
    chosen, rows = Chosen(retail, filters), filters.rows(retail)
    contacts, moves, queueing = retail.contacts, retail.moves, retail.queueing
    for time in times(retail):
        counts = chosen.counts(time)
        there = rows & (contacts.start <= time) & (time < contacts.end)
        assert counts.in_journey == np.count_nonzero(there)
        own = rows[queueing.contact]
        waits = own & (queueing.joined <= time) & (time < queueing.served_from)
        served = own & (queueing.served_from <= time) & (time < queueing.served_to)
        assert counts.waiting == np.count_nonzero(waits) == counts.waiting_at.sum()
        assert counts.in_service == np.count_nonzero(served)
        stays = rows[moves.contact] & (moves.entered <= time) & (time < moves.left)
        steps = np.bincount(moves.step[stays], minlength=len(retail.steps))
        assert np.array_equal(counts.present_at, steps)
        assert counts.present_at.sum() == counts.in_journey
        for number, name in enumerate(retail.outcomes):
            done = rows & (contacts.end <= time) & (contacts.outcome == number)
            assert counts.done[name] == np.count_nonzero(done)


def test_at_the_end_everybody_is_done(retail: Recording, everybody: Chosen) -> None:
    counts = everybody.counts(float(retail.contacts.end.max()))
    assert (counts.in_journey, counts.waiting, counts.in_service) == (0, 0, 0)
    assert dict(counts.done) == retail.totals()["outcomes"]
    assert len(everybody) == retail.totals()["contacts"]


def test_events_lead_through_the_day_one_by_one(retail: Recording, everybody: Chosen) -> None:
    time = retail.window[0]
    seen = []
    for _ in range(50):
        later = everybody.event_after(time)
        assert later is not None
        assert later > time
        seen.append(later)
        time = later
    assert seen[0] == retail.contacts.start.min()
    for before in reversed(seen[:-1]):
        sooner = everybody.event_before(time)
        assert sooner == before
        time = sooner
    assert everybody.event_before(time) is None
    assert everybody.event_after(float(retail.contacts.end.max())) is None


def test_the_longest_queue_is_the_longest_that_is_seen(
    retail: Recording, everybody: Chosen
) -> None:
    joined = np.unique(retail.queueing.joined)
    seen = max(int(everybody.counts(time).waiting_at.max()) for time in joined.tolist())
    assert everybody.longest_queue == seen


def test_agents_at_work_are_those_of_the_records(retail: Recording) -> None:
    agents, own = Agents(retail), retail.agents
    for time in times(retail):
        busy, there = agents.at(time)
        for team in range(len(retail.teams)):
            works = (own.busy == team) & (own.begin <= time) & (time < own.finish)
            assert busy[team] == np.count_nonzero(works)
            shift = own.agents[(own.team == team) & (own.time <= time)]
            assert there[team] == max(busy[team], shift[-1] if len(shift) else 0)


# ---- dots


def all_ways(recording: Recording) -> Ways:
    """Every exit is a link between two cards."""
    source = np.array([step for step, _, _ in recording.exits])
    target = np.array([to for _, _, to in recording.exits])
    return Ways(target >= 0, source, target)


def test_everybody_in_the_journey_is_one_dot(retail: Recording, everybody: Chosen) -> None:
    sample = Sample(everybody, 1, all_ways(retail))
    contacts = retail.contacts
    for time in times(retail):
        for glide in (0.0, 20.0, 200.0):
            dots = sample.at(time, glide)
            shown = [*dots.standing.tolist(), *dots.gliding.tolist()]
            assert len(shown) == len(set(shown)) == len(dots)
            there = (contacts.start <= time) & (time < contacts.end)
            assert set(np.flatnonzero(there).tolist()) <= set(shown)
            # Besides them, those that ended a moment ago and are on their last link.
            over = np.setdiff1d(np.array(shown, np.int64), np.flatnonzero(there))
            assert (contacts.end[over] > time - glide).all()
            assert not len(over) or glide > 0
            assert ((dots.share >= 0) & (dots.share < 1)).all()
        assert not len(sample.at(time, 0.0).gliding)


def test_who_waits_is_told(retail: Recording, everybody: Chosen) -> None:
    sample = Sample(everybody, 1, all_ways(retail))
    for time in times(retail):
        dots = sample.at(time, 0.0)
        assert set(dots.standing[dots.waits].tolist()) == set(everybody.waiting(time).tolist())


def test_links_that_are_taken_at_once_share_a_moment(retail: Recording, everybody: Chosen) -> None:
    """One after the other, in their order, and over when the moment is."""
    moves = retail.moves
    ways = all_ways(retail)
    glides = ways.is_seen[moves.exit]
    at_once = (np.diff(moves.contact) == 0) & (np.diff(moves.left) == 0)
    first = int(np.flatnonzero(at_once & glides[:-1] & glides[1:])[0])
    contact, left = int(moves.contact[first]), float(moves.left[first])
    sample, taken = Sample(everybody, 1, ways), []
    for part in np.linspace(0, 0.999, 50):
        dots = sample.at(left + 0.5 * part, 0.5)
        own = np.flatnonzero(dots.gliding == contact)
        assert len(own) == 1
        taken.append(int(dots.taken[own[0]]))
        assert bool(dots.through[own[0]]) == (len(set(taken)) > 1)
    order = list(dict.fromkeys(taken))
    assert order[:2] == moves.exit[first : first + 2].tolist()
    assert contact not in sample.at(left + 0.5, 0.5).gliding


def test_a_sample_is_never_too_large_and_of_the_same_customers(
    retail: Recording, everybody: Chosen
) -> None:
    assert everybody.sampling(1000) == 1
    for most in (50, 7):
        every = everybody.sampling(most, longer=60.0)
        sample = Sample(everybody, every, all_ways(retail))
        for time in times(retail):
            dots = sample.at(time, 60.0)
            assert len(dots) <= most
            shown = np.concatenate([dots.standing, dots.gliding])
            assert not (retail.contacts.customer[shown] % every).any()


def test_nobody_is_chosen_by_what_nobody_has(retail: Recording) -> None:
    nobody = Chosen(retail, Filters(channel="fax"))
    assert len(nobody) == 0
    assert nobody.counts(40_000.0).in_journey == 0
    assert nobody.sampling(1000) == 1
    assert len(Sample(nobody, 1, all_ways(retail)).at(40_000.0, 60.0)) == 0


# ---- parts of it


def test_a_long_recording_has_parts_of_a_day() -> None:
    recording = record(make_plan(read_document(sample_path("patient_journey"))), 1, 0)
    whole, *days = parts(recording)
    assert len(days) > 3
    assert [day.rank for day in days].count("busiest") == 1
    starts = recording.contacts.start
    counts = [np.count_nonzero((starts >= day.begin) & (starts < day.end)) for day in days]
    assert usual([whole, *days]) == days[int(np.argmax(counts))]
    typical = next(count for day, count in zip(days, counts, strict=True) if day.rank == "typical")
    assert sorted(counts)[(len(counts) - 1) // 2] == typical
    assert whole.end >= recording.contacts.end.max()
    assert all(whole.begin <= day.begin < day.end <= whole.end for day in days)


def test_what_is_no_recording_is_refused() -> None:
    found = load(b"something else")
    assert isinstance(found, WaylineError)


def test_a_recording_is_loaded_as_it_was_made(retail: Recording) -> None:
    found = load(to_bytes(retail))
    assert isinstance(found, Chosen)
    assert found.recording.totals() == retail.totals()

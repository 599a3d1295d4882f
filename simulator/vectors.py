"""Conformance vectors of simulated customers: one for each path that is different."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.export.vector import Vector, made_vector
from engine.program import Program
from simulator.lives import Lives, Visit
from simulator.replication import replicate


def vectors(program: Program, seed: int, replications: int, most: int) -> list[Vector]:
    """A vector for each distinct path, the shortest paths first; at most `most`.

    A path is the steps and the exits taken, so two customers who differ only in how long they
    waited are one. Raises ConformanceError where the runtime goes another way than the
    simulation.
    """
    found: dict[tuple[tuple[str, str], ...], tuple[str, Sequence[Visit]]] = {}
    for replication in range(replications):
        for name, visits in _lived(program, seed, replication):
            path = tuple((visit.step, visit.exit) for visit in visits)
            found.setdefault(path, (name, visits))
    chosen = sorted(found.values(), key=lambda one: (len(one[1]), one[0]))[:most]
    return [made_vector(name, program, visits) for name, visits in chosen]


def _lived(program: Program, seed: int, replication: int) -> Iterator[tuple[str, list[Visit]]]:
    """Every contact that came to an end."""
    lives = Lives()
    replicate(program.plan, seed, replication, watch=lives)
    ends = {planned.id for planned in program.plan.steps if not planned.exits}
    for (customer, contact), visits in lives.visits.items():
        last = visits[-1]
        node = program.nodes[last.step]
        is_closed = last.exit in node.planned.exits and (
            node.planned.targets[node.planned.exits.index(last.exit)] < 0
        )
        if last.step in ends or is_closed:
            yield f"{replication}/{customer}/{contact}", visits

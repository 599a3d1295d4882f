"""The journeys that every export is tried with, and a customer for each of their paths."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from engine.document import Document, document_from_plain, read_document
from engine.export.exploring import explored
from engine.export.vector import Vector
from engine.program import Program, make_program
from engine.shipped import sample_names, sample_path
from simulator.vectors import vectors
from tests.simulator.generated import generated

GENERATED = [f"generated-{number}" for number in range(100)]
CASES = [*sample_names(), *GENERATED]
FEW = [*sample_names(), *GENERATED[:6]]
"""Enough for the default suite; all are for the suite of its own."""
EVERYBODY = 10**6


def document(name: str) -> Document:
    """A sample, or a generated journey."""
    if name.startswith("generated-"):
        return document_from_plain(generated(int(name.removeprefix("generated-"))))
    return read_document(sample_path(name))


@cache
def program(name: str) -> Program:
    """The program of a case."""
    return make_program(document(name))


@cache
def paths(name: str, most: int = EVERYBODY) -> tuple[Vector, ...]:
    """A vector for each distinct path of simulated customers, at most so many.

    With all of them some for exits that nobody took in the simulation.
    """
    lived = vectors(program(name), seed=1, replications=1, most=most)
    return (*lived, *(explored(program(name), lived) if most == EVERYBODY else ()))


@cache
def cover(name: str) -> tuple[Vector, ...]:
    """Of all distinct paths some that together take every step to every next one."""
    left = {pair for one in paths(name) for pair in pairwise([one.entry, *one.expected.steps, ""])}
    chosen = []
    for one in sorted(paths(name), key=lambda one: -len(set(one.expected.steps))):
        pairs = set(pairwise([one.entry, *one.expected.steps, ""]))
        if pairs & left:
            left -= pairs
            chosen.append(one)
    return tuple(chosen)

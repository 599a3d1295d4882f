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
from tests.simulator.generated_steps import Plain

GENERATED = [f"generated-{number}" for number in range(100)]
NESTED = [f"nested-{number}" for number in (1, 2, 3, 5, 6, 13, 14, 15, 19, 20)]
"""Generated ones that call sub-journeys, which there are called by others."""
CASES = [*sample_names(), *GENERATED, *NESTED]
FEW = [*sample_names(), *GENERATED[:6], *NESTED[:1]]
"""Enough for the default suite; all are for the suite of its own."""
EVERYBODY = 10**6


def document(name: str) -> Document:
    """A sample, or a generated journey."""
    if name.startswith("nested-"):
        return document_from_plain(nested(generated(int(name.removeprefix("nested-")))))
    if name.startswith("generated-"):
        return document_from_plain(generated(int(name.removeprefix("generated-"))))
    return read_document(sample_path(name))


def nested(plain: Plain) -> Plain:
    """The journey with every sub-journey called by another one, which hands everything on."""
    journey = plain["journey"]
    for called in list(journey["sub_journeys"]):
        own, again = f"{called['id']}_deep", f"{called['id']}_again"
        outcomes = [one["id"] for one in called["outcomes"]]
        inputs = {one["id"]: one["id"] for one in called["inputs"]}
        call = {"id": again, "type": "sub_journey", "name": "Again", "journey": called["id"],
                "inputs": inputs}  # fmt: skip
        exits = [{"id": f"{own}_{one}", "type": "exit", "name": one, "outcome": one}
                 for one in outcomes]  # fmt: skip
        links = [{"from": again, "exit": one, "to": f"{own}_{one}"} for one in outcomes]
        journey["sub_journeys"].append(
            {**called, "id": own, "name": own, "steps": [call, *exits], "links": links}
        )
        for step in journey["steps"]:
            if step["type"] == "sub_journey" and step["journey"] == called["id"]:
                step["journey"] = own
    return plain


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

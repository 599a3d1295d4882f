"""What a bundle holds of the simulation: vectors, and results with intervals and seed."""

from __future__ import annotations

from engine.document import Document
from engine.export.bundle.making import Simulated
from engine.export.exploring import explored
from engine.export.exporting import program_to_export
from engine.export.vector import Vector
from engine.program import Program
from simulator.experiment import Progress, Settings
from simulator.experiment import run as run_experiment
from simulator.report.data import results_to_plain
from simulator.vectors import vectors

REPLICATIONS_FOR_PATHS = 3
"""In so many periods different paths are looked for."""
MOST_PATHS = 2_000


def paths(program: Program, seed: int) -> list[Vector]:
    """A customer for each simulated path, then some for exits that none of them took."""
    lived = vectors(program, seed, REPLICATIONS_FOR_PATHS, MOST_PATHS)
    return [*lived, *explored(program, lived)]


def simulated(
    document: Document, settings: Settings, progress: Progress | None = None
) -> Simulated | None:
    """Simulate the journey for its bundle; None if it was interrupted.

    Raises ExportError for a journey with errors, ConformanceError if simulation and runtime go
    different ways.
    """
    program = program_to_export(document)
    found = paths(program, settings.seed)
    results = run_experiment(document, settings, progress)
    if results.interrupted or not results.outcomes:
        return None
    return Simulated(found, results_to_plain(results, None, is_whole=False))

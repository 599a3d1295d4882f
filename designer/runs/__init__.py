"""Simulating beside the window, in a process of its own, and what came of it."""

from designer.runs.asking import Ask
from designer.runs.one_run import Run
from designer.runs.results import Reading, RunResults
from designer.runs.runs import Kept, Runs
from designer.runs.settings import RunSettings

__all__ = ["Ask", "Kept", "Reading", "Run", "RunResults", "RunSettings", "Runs"]

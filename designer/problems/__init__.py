"""What is wrong or doubtful in the journey: found while it is drawn, listed, and mended."""

from designer.problems.checker import Checker
from designer.problems.panel import ProblemsPanel

__all__ = ["Checker", "ProblemsPanel"]

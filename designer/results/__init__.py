"""What came of a run, shown: cards of KPIs, tables of steps and teams.

Import this when there are results: what it needs takes a moment to import.
"""

from designer.results.cards import KpiCards
from designer.results.rows import step_rows, team_rows
from designer.results.table import ResultsTable

__all__ = ["KpiCards", "ResultsTable", "step_rows", "team_rows"]

"""What came of a run, shown: cards of KPIs, tables of steps and teams.

Import this when there are results: what it needs takes a moment to import.
"""

from designer.results.cards import KpiCards
from designer.results.explained import explained
from designer.results.rows import step_rows, team_rows
from designer.results.table import ResultsTable
from designer.results.words import Sentence, Words

__all__ = ["KpiCards", "ResultsTable", "Sentence", "Words", "explained", "step_rows", "team_rows"]

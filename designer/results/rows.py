"""Results as rows: of steps, of teams; each number as a reading, and as text for files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from designer.runs import Reading, RunResults
from engine.document import Document
from simulator.kpis import KPIS
from simulator.step_table import STEP_MEASURES


@dataclass(frozen=True, slots=True)
class Column:
    """A measure: its id, its title and how it is computed."""

    id: str
    title: str
    formula: str


@dataclass(frozen=True, slots=True)
class Row:
    """id: in the results.  step: the document's step that it leads to, None for a team."""

    id: str
    name: str
    readings: Sequence[Reading]
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: of what, its columns and its rows."""

    what: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def step_rows(results: RunResults, document: Document) -> Rows:
    """A row for each step that was simulated, one in a sub-journey for every call of it."""
    columns = [Column(name, one.title, one.formula) for name, one in STEP_MEASURES.items()]
    names = {step.id: step.name for step in document.journey.all_steps()}
    rows = []
    for planned, readings in results.steps.items():
        # The calling steps' ids stand before it.
        path = planned.split("__")
        name = " › ".join(names.get(part, part) for part in path)
        rows.append(Row(planned, name, [readings[c.id] for c in columns], path[-1]))
    return Rows(QCoreApplication.translate("Results", "Step"), columns, rows)


def team_rows(results: RunResults, document: Document) -> Rows:
    """A row for each team, if the run was split by team."""
    groups = results.splits.get("team", {})
    own = [kpi for kpi in KPIS.values() if all(kpi.id in group for group in groups.values())]
    columns = [Column(kpi.id, kpi.name, kpi.formula) for kpi in own] if groups else []
    names = {team.id: team.name or team.id for team in document.journey.teams}
    rows = [
        Row(team, names.get(team, team), [group[c.id] for c in columns])
        for team, group in groups.items()
    ]
    return Rows(QCoreApplication.translate("Results", "Team"), columns, rows)


def as_text(table: Rows, rows: Sequence[Row], delimiter: str) -> str:
    """For other programs: numbers as exact as they are, an interval as two columns more."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    ends = ("", "_low", "_high")
    writer.writerow(["id", "name", *(c.id + end for c in table.columns for end in ends)])
    for row in rows:
        numbers = [n for one in row.readings for n in (one.value, one.low, one.high)]
        writer.writerow([row.id, _harmless(row.name), *numbers])
    return buffer.getvalue()


def _harmless(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    name = " ".join(name.split())
    return "'" + name if name[:1] in set("=+-@") else name

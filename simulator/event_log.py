"""The event log of one replication, for process-mining tools: CSV, Parquet or XES."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import numpy as np

from engine.errors import SaveError, WaylineError
from engine.plan import Plan
from engine.steps.people import Case, HumanAgent
from simulator.records import Records

if TYPE_CHECKING:
    import pandas as pd

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""What the simulated Monday 00:00 is called in logs: a Monday, because tools want dates."""

_NOTHING: Final = AttributesImpl({})

FORMATS: Final = (".csv", ".parquet", ".xes")


def event_log(plan: Plan, records: Records) -> pd.DataFrame:
    """One row a visit to a step, in the order of customers and time.

    Columns: customer (number), contact (1 for the first), step (id), activity (name), exit,
    entered and left (UTC, from `EPOCH`), team (id) and waited (seconds in the queue) where
    people work. The records must hold visits.
    Raises WaylineError if pandas is not installed.
    """
    pandas = _pandas()
    if records.visits is None:
        raise ValueError("the replication was run without recording visits")
    names = [name for planned in plan.steps for name in planned.exits or ("",)]
    visits, steps = records.visits, plan.steps
    step = visits.column("step")
    table = pandas.DataFrame(
        {
            "customer": visits.column("customer").astype(np.int64),
            "contact": visits.column("number").astype(np.int64),
            "step": np.array([one.id for one in steps], object)[step],
            "activity": np.array([one.step.name for one in steps], object)[step],
            "exit": np.array(names, object)[visits.column("exit")],
            "entered": _moments(visits.column("entered")),
            "left": _moments(visits.column("left")),
        }
    )
    # As it happened: what a customer arranged first need not come first.
    order = ["customer", "entered", "left", "contact"]
    log: pd.DataFrame = table.sort_values(order, kind="stable", ignore_index=True)
    return _with_queues(log, plan, records)


def _with_queues(log: pd.DataFrame, plan: Plan, records: Records) -> pd.DataFrame:
    """Who served each visit to people, and after how long a wait.

    The n-th visit of a contact to a step belongs to its n-th row of the queue table; callbacks,
    which have a row an attempt, are left out.
    """
    served = [one.index for one in plan.steps if isinstance(one.step, HumanAgent | Case)]
    queue = records.queue
    rows = np.isin(queue.column("step"), served)
    teams = np.array([*(one.team for one in records.staffing), ""], object)
    visits = (
        _pandas()
        .DataFrame(
            {
                "customer": queue.column("customer")[rows].astype(np.int64),
                "contact": queue.column("number")[rows].astype(np.int64),
                "step": np.array([one.id for one in plan.steps], object)[
                    queue.column("step")[rows]
                ],
                "joined": queue.column("joined")[rows],
                "team": teams[queue.column("team")[rows]],
                "waited": queue.column("waited")[rows],
            }
        )
        .sort_values("joined", kind="stable")
    )
    key = ["customer", "contact", "step"]
    visits["visit"] = visits.groupby(key).cumcount()
    numbered = log.assign(visit=log.groupby(key).cumcount())
    merged: pd.DataFrame = numbered.merge(
        visits.drop(columns="joined"), on=[*key, "visit"], how="left", validate="one_to_one"
    )
    merged["team"] = merged["team"].fillna("")
    return merged.drop(columns="visit")


def _moments(seconds: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    microseconds = np.round(seconds * 1e6).astype("timedelta64[us]")
    return np.datetime64(EPOCH.replace(tzinfo=None), "us") + microseconds


def write_event_log(plan: Plan, records: Records, path: Path) -> None:
    """Write the event log of a replication; the ending of the name says in which format.

    Raises WaylineError for another ending or a missing library, SaveError if it cannot be
    written.
    """
    check_format(path)
    table = event_log(plan, records)
    try:
        if path.suffix == ".parquet":
            table.to_parquet(path, index=False)
        elif path.suffix == ".csv":
            _without_formulas(table).to_csv(path, index=False)
        else:
            _write_xes(table, path)
    except ImportError:
        raise _missing("pyarrow") from None
    except OSError as error:
        raise SaveError(
            f"the log could not be written: {error.strerror or error}",
            where=str(path),
            mend="choose another folder, or free space.",
        ) from None


def check_format(path: Path) -> None:
    """WaylineError unless the ending names a format that can be written."""
    if path.suffix not in FORMATS:
        raise WaylineError(
            f"a log cannot be written as “{path.suffix or path.name}”",
            where=str(path),
            mend=f"end the name in {', '.join(FORMATS)}.",
        )


def _without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Names that a spreadsheet would take for formulas begin with an apostrophe."""
    is_formula = table["activity"].str.match(r"^[=+\-@\t\r]")
    table["activity"] = table["activity"].where(~is_formula, "'" + table["activity"])
    return table


def _write_xes(table: pd.DataFrame, path: Path) -> None:
    """XES (IEEE 1849): a trace a customer, an event a visit, stamped when it is left."""
    with path.open("w", encoding="utf-8") as file:
        xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("log", AttributesImpl({"xes.version": "1849.2016", "xes.features": ""}))
        for customer, visits in table.groupby("customer", sort=False):
            xml.startElement("trace", _NOTHING)
            _tag(xml, "string", "concept:name", str(customer))
            for row in visits.itertuples(index=False):
                _event(xml, row)
            xml.endElement("trace")
        xml.endElement("log")
        xml.endDocument()


def _event(xml: XMLGenerator, row: Any) -> None:
    xml.startElement("event", _NOTHING)
    _tag(xml, "string", "concept:name", row.activity)
    _tag(xml, "string", "lifecycle:transition", "complete")
    _tag(xml, "date", "time:timestamp", f"{row.left.isoformat()}+00:00")
    _tag(xml, "date", "entered", f"{row.entered.isoformat()}+00:00")
    _tag(xml, "string", "step", row.step)
    if row.exit:
        _tag(xml, "string", "exit", row.exit)
    _tag(xml, "int", "contact", str(row.contact))
    if row.team:
        _tag(xml, "string", "org:resource", row.team)
    if row.waited == row.waited:  # not where nobody waits: NaN
        _tag(xml, "float", "waited", repr(row.waited))
    xml.endElement("event")


def _tag(xml: XMLGenerator, kind: str, key: str, value: str) -> None:
    content = "".join(_valid(value))
    xml.startElement(kind, AttributesImpl({"key": key, "value": content}))
    xml.endElement(kind)


def _valid(text: str) -> Iterator[str]:
    """Only characters that XML 1.0 may hold."""
    return (char if char >= " " or char in "\t\n\r" else " " for char in text)


def _pandas() -> Any:
    try:
        import pandas  # noqa: ICN001, PLC0415 - an extra, and costly
    except ImportError:
        raise _missing("pandas") from None
    return pandas


def _missing(library: str) -> WaylineError:
    return WaylineError(
        f"event logs need the library {library}, which is not installed",
        mend="install Wayline with its extra: pip install 'wayline[log]'.",
    )

"""Recordings for other programs: JSON with columns and totals, and CSV with a row a stay."""

from __future__ import annotations

import csv
import io
import json

from simulator.recording.columns import FATES, STILL_THERE, Recording
from simulator.recording.file import FORMAT, VERSION, columns, named


def as_json(recording: Recording) -> str:
    """All columns, by their table, and the totals."""
    tables: dict[str, dict[str, list[object]]] = {}
    for name, column in columns(recording).items():
        table, _, own = name.partition(".")
        tables.setdefault(table, {})[own] = column.tolist()
    head = {"format": FORMAT, "version": VERSION, **named(recording), "fates": FATES}
    return json.dumps({**head, "totals": recording.totals(), "columns": tables}, ensure_ascii=False)


def as_csv(recording: Recording) -> str:
    """A row a stay at a step; of who is still there when the recording ends, without an exit."""
    contacts, moves = recording.contacts, recording.moves
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("customer", "contact", "channel", "outcome", "step", "exit", "entered", "left")
    )
    columns_ = (moves.contact, moves.step, moves.exit, moves.entered, moves.left)
    for contact, step, exit_, entered, left in zip(*(c.tolist() for c in columns_), strict=True):
        writer.writerow(
            (
                int(contacts.customer[contact]),
                int(contacts.number[contact]),
                recording.channels[contacts.channel[contact]],
                recording.outcomes[contacts.outcome[contact]],
                recording.steps[step],
                "" if exit_ == STILL_THERE else recording.exits[exit_][1],
                repr(entered),
                repr(left),
            )
        )
    return out.getvalue().removesuffix("\n")

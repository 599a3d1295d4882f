"""Recordings as bytes: numpy's own format, which is read as fast as it is copied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from engine.errors import DocumentError
from simulator.recording.columns import Column, Contacts, Moves, Queueing, Recording, Teams

FORMAT: Final = "wayline/recording"
VERSION: Final = 1
_SEGMENT: Final = "contacts.segment."
_TABLES: Final = {"moves": Moves, "queueing": Queueing, "agents": Teams}
_NAMED: Final = ("seed", "replication", "scenario", "window", "steps", "exits")
_NAMES: Final = (*_NAMED, "channels", "outcomes", "labels", "teams")


def named(recording: Recording) -> dict[str, Any]:
    """All of a recording but its columns, as plain values."""
    return {name: getattr(recording, name) for name in _NAMES}


def columns(recording: Recording) -> dict[str, Column]:
    """The columns, each by the name of its table and its own."""
    found: dict[str, Column] = {}
    for table in ("contacts", *_TABLES):
        rows = getattr(recording, table)
        for one in fields(rows):
            if one.name != "segments":
                found[f"{table}.{one.name}"] = getattr(rows, one.name)
    return found | {
        f"{_SEGMENT}{name}": column for name, column in recording.contacts.segments.items()
    }


def to_bytes(recording: Recording) -> bytes:
    """The recording as an uncompressed .npz file; the same recording gives the same bytes."""
    head = {"format": FORMAT, "version": VERSION, **named(recording)}
    parts: dict[str, Any] = {"head": np.frombuffer(json.dumps(head).encode(), np.uint8)}
    file = BytesIO()
    np.savez(file, **parts, **columns(recording))  # type: ignore[arg-type]
    return file.getvalue()


def from_bytes(data: bytes) -> Recording:
    """The recording in these bytes; DocumentError if they are none."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as file:
            head = _head(file["head"])
            return _recording(head, {name: file[name] for name in file.files})
    except (ValueError, KeyError, TypeError, EOFError, OSError, BadZipFile):
        raise DocumentError(
            "this is no recording of Wayline", mend="make one with wayline replay --out."
        ) from None


def _head(text: Column) -> dict[str, Any]:
    head: dict[str, Any] = json.loads(text.tobytes())
    if (head["format"], head["version"]) != (FORMAT, VERSION):
        raise ValueError(head["format"])
    return head


def _recording(head: Mapping[str, Any], found: Mapping[str, Column]) -> Recording:
    segments = {
        name.removeprefix(_SEGMENT): column
        for name, column in found.items()
        if name.startswith(_SEGMENT)
    }
    own = {one.name: found[f"contacts.{one.name}"] for one in fields(Contacts)[:-1]}
    begin, end = head["window"]
    return Recording(
        seed=int(head["seed"]),
        replication=int(head["replication"]),
        scenario=head["scenario"],
        window=(float(begin), float(end)),
        steps=tuple(head["steps"]),
        exits=tuple((int(step), str(name), int(to)) for step, name, to in head["exits"]),
        channels=tuple(head["channels"]),
        outcomes=tuple(head["outcomes"]),
        labels={name: tuple(labels) for name, labels in head["labels"].items()},
        teams=tuple(head["teams"]),
        contacts=Contacts(**own, segments=segments),
        moves=Moves(**_table("moves", found)),
        queueing=Queueing(**_table("queueing", found)),
        agents=Teams(**_table("agents", found)),
    )


def _table(name: str, found: Mapping[str, Column]) -> dict[str, Column]:
    return {one.name: found[f"{name}.{one.name}"] for one in fields(_TABLES[name])}

"""A map as text for people (Markdown), for spreadsheets (CSV), and for other programs (JSON)."""

from __future__ import annotations

import csv
import io
from typing import Any

from simulator.journey_map.model import Felt, Figure, JourneyMap, MapStage, MapStep
from simulator.journey_map.moments import RULE
from simulator.journey_map.rows import APART, coefficient_text, felt_text, said_of_run, signed


def map_json(of: JourneyMap) -> str:
    """All of it as one JSON object."""
    return of.model_dump_json(indent=1)


def map_csv(of: JourneyMap) -> str:
    """All numbers as rows: what, id, name, stage, measure, value, low, high, worst, best."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(
        ["what", "id", "name", "stage", "measure", "value", "low", "high", "worst", "best"]
    )
    for stage in of.stages:
        _write(writer, ["stage", stage.id, stage.name, stage.id], stage)
    for step in of.steps:
        _write(writer, ["step", step.id, step.name, step.stage or ""], step)
    if of.whole is not None:
        head = ["journey", of.journey, _harmless(of.name), ""]
        writer.writerow([*head, "felt", *_numbers(of.whole)])
    for pain in of.pains:
        numbers = _numbers(pain.figure)
        writer.writerow(["pain", pain.step, _harmless(pain.sentence), "", pain.kind, *numbers])
    for moment in of.moments:
        said, numbers = _harmless(moment.sentence), [moment.weight, "", "", "", ""]
        writer.writerow(["moment_of_truth", moment.step, said, "", moment.kind, *numbers])
    return buffer.getvalue().rstrip("\n")


def _write(writer: Any, head: list[str], of: MapStage | MapStep) -> None:
    head = [_harmless(one) for one in head]
    if of.expected is not None:
        writer.writerow([*head, "expected", of.expected, "", "", "", ""])
    for measure, figure in _figures(of.felt, of.measures):
        writer.writerow([*head, measure, *_numbers(figure)])


def _figures(felt: Felt | None, measures: dict[str, Figure]) -> list[tuple[str, Figure]]:
    return [*([("felt", felt)] if felt is not None else []), *measures.items()]


def _numbers(figure: Figure) -> list[float | str]:
    ends = (figure.worst, figure.best) if isinstance(figure, Felt) else (None, None)
    found = (figure.value, figure.low, figure.high, *ends)
    return ["" if one is None else one for one in found]


def _harmless(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    name = " ".join(name.split())
    return "'" + name if name[:1] in set("=+-@") else name


def map_markdown(of: JourneyMap) -> str:
    """The map as a table a step a line, with the pains, the moments of truth and the formula."""
    names = {step.id: step.name for step in of.steps}
    head = ["Step", "Touchpoint", "Channel", "Owner", "Expected", "Simulated (modelled)"]
    lines = [f"# {_plain(of.name)}", "", said_of_run(of)]
    for stage in [*of.stages, None]:
        own = of.steps_of(stage.id if stage else None)
        if not own:
            continue
        title = f"## {_plain(stage.name if stage else APART)}"
        if stage is not None and stage.felt is not None:
            title += f" ({signed(stage.felt.value)})"
        lines += ["", title, "", _line(head), _line(["---"] * len(head))]
        lines += [
            _line(
                [
                    one.name,
                    one.touchpoint or one.type,
                    ", ".join(one.channels),
                    one.owner,
                    "" if one.expected is None else signed(one.expected, 0),
                    felt_text(one.felt).replace("\n", "; "),
                ]
            )
            for one in own
        ]
    if of.run is not None:
        lines += ["", "## Pains found, worst first", ""]
        lines += [f"- {_plain(names[one.step])}: {_plain(one.sentence)}" for one in of.pains]
        lines += ["", "## Moments of truth", "", RULE, ""]
        lines += [f"- {_plain(names[one.step])}: {_plain(one.sentence)}" for one in of.moments]
        lines += ["", "## How experience is modelled", "", of.modelled, "", _plain(of.formula), ""]
        lines += [f"- {_plain(one.id)}: {coefficient_text(one)}" for one in of.coefficients]
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(map(_plain, cells)) + " |"


def _plain(text: str) -> str:
    """On one line, and without what Markdown would take for markup."""
    said = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    for mark in "\\`*_<[|":
        said = said.replace(mark, f"\\{mark}")
    return said

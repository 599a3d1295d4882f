"""The data-use record: where personal data are used, why, and behind which consent.

Terms are those of the W3C Data Privacy Vocabulary (https://w3id.org/dpv). It is a design check,
not legal advice: it says what the design holds, not whether that is lawful.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import networkx as nx

from engine.conditions import attributes_in
from engine.plan import PlannedStep
from engine.profile import Attribute, Purpose
from engine.program import Program
from engine.steps.data import SystemAction
from engine.steps.guard import Consent

NOTE: Final = "A design check, not legal advice."
_DPV: Final = "https://w3id.org/dpv#"
_BASES: Final = {
    "consent": "Consent",
    "contract": "Contract",
    "legal_obligation": "LegalObligation",
    "legitimate_interest": "LegitimateInterest",
}
_ROOT: Final = "*"


def data_use(program: Program) -> dict[str, Any]:
    """For each step that uses personal data what it uses and what allows it: plain JSON values."""
    gates = _Gates(program)
    steps = [one for planned in program.plan.steps for one in _step(program, planned, gates)]
    return {"format": "wayline/data-use", "version": 1, "note": NOTE, "vocabulary": _DPV,
            "steps": steps}  # fmt: skip


def _step(program: Program, planned: PlannedStep, gates: _Gates) -> Iterator[dict[str, Any]]:
    step, known = planned.step, program.plan.journey.known_attributes()
    read = {name for _, one in step.conditions() for name in attributes_in(one)} | {*step.reads()}
    handled = {name for names in (read, step.writes(), step.asked()) for name in names}
    personal = [known[name] for name in sorted(handled) if _is_personal(known.get(name))]
    purposes = {one.id: one for one in program.plan.journey.purposes}
    names = {one.purpose for one in personal if one.purpose} | {step.purpose_used()} - {None}
    if not personal and not names:
        return
    used = [purposes[name] for name in sorted(filter(None, names)) if name in purposes]
    yield {
        "step": planned.id,
        "name": step.name,
        "data": [_attribute(one, step.asked(), step.writes(), read) for one in personal],
        "purposes": [_purpose(one, gates.before(planned, one.id)) for one in used],
        "recipient": _recipient(planned),
    }


def _is_personal(attribute: Attribute | None) -> bool:
    return attribute is not None and (attribute.personal or attribute.sensitive)


def _attribute(
    attribute: Attribute, asked: tuple[str, ...], written: tuple[str, ...], read: set[str]
) -> dict[str, Any]:
    does = {
        "Collect": attribute.id in asked,
        "Record": attribute.id in written,
        "Use": attribute.id in read,
    }
    return {
        "attribute": attribute.id,
        "category": f"dpv:{'SensitivePersonalData' if attribute.sensitive else 'PersonalData'}",
        "processing": [f"dpv:{name}" for name, is_so in does.items() if is_so],
    }


def _purpose(purpose: Purpose, gate: str | None) -> dict[str, Any]:
    days = purpose.retention_days
    return {
        "purpose": purpose.id,
        "name": purpose.name,
        "term": "dpv:Purpose",
        "legal_basis": f"dpv:{_BASES[purpose.legal_basis]}",
        "consent_gate": gate,
        "retention": None if days is None else {"term": "dpv:StorageDuration", "days": days},
    }


def _recipient(planned: PlannedStep) -> str:
    step = planned.step
    if isinstance(step, SystemAction):
        return step.system
    channel = step.contact_channel()
    return f"channel {channel.value}" if channel else "the journey's own platform"


class _Gates:
    """Which consent every way to a step has passed: the gate's exit “granted” dominates it."""

    def __init__(self, program: Program) -> None:
        graph: nx.DiGraph[str] = nx.DiGraph()
        self._gates = {}
        for planned in program.plan.steps:
            for name, target in zip(planned.exits, planned.targets, strict=True):
                way = f"{planned.id}.{name}"
                graph.add_edge(planned.id, way)
                if target >= 0:
                    graph.add_edge(way, program.plan.steps[target].id)
                if isinstance(planned.step, Consent) and name == "granted":
                    self._gates[way] = planned
        for entry in program.entries:
            graph.add_edge(_ROOT, entry)
        self._above = nx.immediate_dominators(graph, _ROOT)

    def before(self, planned: PlannedStep, purpose: str) -> str | None:
        """The nearest gate for this purpose that nobody comes past; None if there is none."""
        place: str | None = planned.id
        while place is not None and place != _ROOT:
            gate = self._gates.get(place)
            if gate is not None and gate.designed(Consent).purpose == purpose:
                return gate.id
            above = self._above.get(place)
            place = None if above == place else above
        return None

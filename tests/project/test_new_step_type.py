"""A step type is added by its own slice alone: a class, a handler, and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

STEP = '''
from typing import ClassVar, Literal
from engine.distributions import Constant, Distribution
from engine.steps.base import AssumptionsType, Group, Step, StepAssumptions

class FaxAssumptions(StepAssumptions):
    """How long a fax takes."""
    duration: Distribution = Constant(value=60)

class Fax(Step):
    """A fax is sent."""
    type: Literal["fax"] = "fax"
    title: ClassVar[str] = "Fax"
    group: ClassVar[Group] = Group.TALK
    help: ClassVar[str] = "Sends a fax."
    icon: ClassVar[str] = "fax"
    assumptions: ClassVar[AssumptionsType] = FaxAssumptions
    takes_time: ClassVar[bool] = True

    def exits(self, journey):
        return ("sent",)
'''

HANDLER = """
from engine.steps.fax import Fax, FaxAssumptions
from simulator.behaviours import behaviour

@behaviour(Fax)
def fax(planned, world):
    duration = world.draws.value(planned, "duration", planned.assumed(FaxAssumptions).duration)
    sent = world.out(planned, "sent")
    def enter(contact):
        contact.time += duration(contact)
        return sent(contact)
    return enter
"""

JOURNEY = {
    "format": "wayline/journey",
    "version": 1,
    "journey": {
        "id": "office",
        "name": "Office",
        "steps": [
            {"id": "call", "type": "inbound_contact", "name": "Call"},
            {"id": "fax", "type": "fax", "name": "Fax"},
            {"id": "end", "type": "exit", "name": "End"},
        ],
        "links": [
            {"from": "call", "exit": "arrived", "to": "fax"},
            {"from": "fax", "exit": "sent", "to": "end"},
        ],
    },
    "assumptions": {
        "demand": [{"id": "calls", "entry": "call", "per_day": 50}],
        "steps": {"fax": {"duration": {"kind": "constant", "value": 42}}},
    },
}


def test_two_new_files_are_enough(tmp_path: Path) -> None:
    for package in ("engine", "simulator"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "engine" / "steps" / "fax.py").write_text(STEP, encoding="utf-8")
    (tmp_path / "office.journey.json").write_text(json.dumps(JOURNEY), encoding="utf-8")

    def wayline(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "simulator", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert wayline("validate", "office.journey.json").stdout.startswith("Nothing to mend")
    assert '"Fax"' in wayline("schema").stdout
    simulate = ["simulate", "office.journey.json", "--json", "--replications", "2", "--jobs", "1"]
    # What can be designed and not simulated is refused by name, never left out.
    refused = wayline(*simulate)
    assert refused.returncode == 2
    assert "fax" in refused.stderr
    (tmp_path / "simulator" / "behaviours" / "fax.py").write_text(HANDLER, encoding="utf-8")
    results = json.loads(wayline(*simulate).stdout)
    assert results["steps"]["fax"]["visits"]["value"] > 0
    assert abs(results["kpis"]["contact_duration"]["value"] - 42) < 1e-6

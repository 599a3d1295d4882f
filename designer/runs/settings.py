"""How to run: what the user chooses, as options of the `wayline` command."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.document import Document, content_hash


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What decides about the results, besides the journey and the scenario; and how fast.

    replications: how many, and with a precision at most how many; None for the usual number.
    precision: the relative half-width that the headline KPIs shall have, such as 0.05.
    by: what to split by, as after `--by`: "channel", "segment=tier".
    jobs: processes; None for as many as there are cores. They change no result.
    """

    seed: int = 1
    replications: int | None = None
    precision: float | None = None
    service_level: float = 20.0
    by: tuple[str, ...] = ()
    jobs: int | None = field(default=None, compare=False)

    def words(self, scenario: str | None) -> list[str]:
        """The options of `wayline simulate` that ask for this."""
        words = ["--charts", "--by-replication", f"--seed={self.seed}"]
        words.append(f"--service-level={self.service_level!r}")
        if scenario is not None:
            words.append(f"--scenario={scenario}")
        if self.replications is not None:
            words.append(f"--replications={self.replications}")
        if self.precision is not None:
            words.append(f"--until-precision={self.precision!r}")
        if self.jobs is not None:
            words.append(f"--jobs={self.jobs}")
        return words + [f"--by={one}" for one in self.by]


def run_hash(document: Document, scenario: str | None) -> str:
    """Stands for all of a document that its results in this scenario depend on.

    So neither the layout nor the targets nor the other scenarios.
    """
    named = [one for one in document.scenarios.named if one.id == scenario]
    scenarios = document.scenarios.model_copy(update={"named": named, "targets": []})
    return content_hash(document.model_copy(update={"scenarios": scenarios}))

"""What happened in a run, in sentences that lead to steps: those of `wayline causes`."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from designer.results.words import Sentence
from designer.runs import RunResults
from engine.document import Document
from simulator.causes import in_words


def explained(results: RunResults, document: Document) -> list[Sentence]:
    """The sentences; where the run is not over, that there will be more."""
    said = [
        Sentence(one.text, one.step.split("__")[-1] if one.step is not None else None)
        for one in in_words(results.data, document)
    ]
    if not results.is_whole:
        more = QCoreApplication.translate("Results", "The causes are told when the run is over.")
        said.append(Sentence(more, is_soft=True))
    return said

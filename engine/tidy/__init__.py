"""Tidy: a journey's steps in columns from left to right, its links short and seldom crossing.

Layered drawing after Sugiyama: links back are found (`cycles`), steps get columns (`ranks`),
an order in them (`ordering`) and rows (`rows`); `component` does so for steps that hang together,
`arrangement` for a graph, beside cards that stay, and `journeys` for a document.
"""

from engine.tidy.arrangement import tidied
from engine.tidy.journeys import placed, tidy

__all__ = ["placed", "tidied", "tidy"]

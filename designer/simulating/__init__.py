"""The run of one document's window: what starts it, and the panels that show what came of it."""

from designer.simulating.simulating import Simulating

__all__ = ["Simulating"]

"""One replication of a run, played on the canvas."""

from designer.replay.panel import ReplayPanel

__all__ = ["ReplayPanel"]

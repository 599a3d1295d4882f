"""The journey as text in the order of flow: the canvas for keyboard and screen reader."""

from designer.outline.panel import OutlinePanel

__all__ = ["OutlinePanel"]

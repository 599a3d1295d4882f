"""Where it hurts, on the canvas: a measure of every step and the traffic of every link."""

from designer.heat.view import HeatView

__all__ = ["HeatView"]

"""Charts of the run that is shown; matplotlib is imported when one is first seen."""

from designer.charts.panel import ChartsPanel

__all__ = ["ChartsPanel"]

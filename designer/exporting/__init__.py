"""The Export dialog: what other engines and people get of a journey, seen before it is saved."""

from designer.exporting.exporting import Exporting

__all__ = ["Exporting"]

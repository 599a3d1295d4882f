"""The journey map as a page in the place of the canvas."""

from designer.journey_map.page import MapPage

__all__ = ["MapPage"]

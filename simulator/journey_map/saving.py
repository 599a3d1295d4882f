"""A map as a file, in the form that its ending says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from engine.errors import SaveError
from engine.files import save_atomically
from simulator.journey_map.model import JourneyMap
from simulator.journey_map.page import map_page
from simulator.journey_map.picture import map_picture
from simulator.journey_map.png import png
from simulator.journey_map.svg import svg
from simulator.journey_map.tables import map_csv, map_json, map_markdown

Form = Callable[[JourneyMap], bytes]

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        ".html": lambda of: map_page(of).encode(),
        ".svg": lambda of: svg(map_picture(of)).encode(),
        ".png": lambda of: png(map_picture(of)),
        ".csv": lambda of: (map_csv(of) + "\n").encode(),
        ".md": lambda of: (map_markdown(of) + "\n").encode(),
        ".json": lambda of: (map_json(of) + "\n").encode(),
    }
)


def refuse_unknown_form(path: Path) -> None:
    """SaveError if the name's ending is none of those that there are."""
    if path.suffix.lower() not in FORMS:
        raise SaveError(
            f"there is no journey map of the kind “{path.suffix[:20]}”",
            where=str(path),
            mend=f"let the name end in {', '.join(FORMS)}.",
        )


def save_map(of: JourneyMap, path: Path) -> None:
    """Save the map; the file holds all of it or is as it was. Raises SaveError."""
    refuse_unknown_form(path)
    save_atomically(path, FORMS[path.suffix.lower()](of), backup=False)

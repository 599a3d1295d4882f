"""Find the samples and assets that come with Wayline, from a wheel and a checkout alike."""

from __future__ import annotations

from pathlib import Path


def shipped_folder(kind: str) -> Path:
    """The folder of the shipped `kind` ("samples" or "assets")."""
    installed = Path(__file__).parent / "_data" / kind
    return installed if installed.is_dir() else Path(__file__).parent.parent / kind


def sample_path(name: str) -> Path:
    """Where the sample journey `name` lies; the file may be absent."""
    return shipped_folder("samples") / f"{name}.journey.json"


def sample_names() -> list[str]:
    """Names of the shipped sample journeys, sorted."""
    suffix = ".journey.json"
    return sorted(p.name.removesuffix(suffix) for p in shipped_folder("samples").glob(f"*{suffix}"))

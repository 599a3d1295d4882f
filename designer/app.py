"""The `wayline-designer` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Say that there is no window yet; returns the exit code."""
    # The canvas is not part of this version. Saying so beats an empty window.
    print(  # noqa: T201
        "wayline-designer: this version has no window yet. Journeys can be checked and simulated "
        "from the command line: wayline validate FILE, wayline simulate FILE.",
        file=sys.stderr,
    )
    return 69

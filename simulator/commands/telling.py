"""How errors are told: to a person as text, to another program as a line of JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.errors import WaylineError

VARIABLE = "WAYLINE_ERRORS"
"""In the environment; as “json” it asks for {"what": TEXT, "where": TEXT, "mend": TEXT}."""


def is_program_listening() -> bool:
    """Whether errors are asked for as JSON."""
    return os.environ.get(VARIABLE) == "json"


def tell(error: WaylineError) -> None:
    """Say it on standard error."""
    text = f"wayline: {error}"
    if is_program_listening():
        text = json.dumps({"what": error.what, "where": error.where, "mend": error.mend})
    print(text, file=sys.stderr)  # noqa: T201


def as_told(error: Exception) -> WaylineError:
    """Any error as one that says what and how to mend it."""
    from engine.errors import WaylineError  # noqa: PLC0415 - not needed for help

    match error:
        case WaylineError():
            return error
        case MemoryError():
            return WaylineError(
                "there is not enough memory for this",
                mend="simulate fewer customers a replication, or free memory.",
            )
        case _:
            return WaylineError(
                f"an error in Wayline itself, not in your journey: {type(error).__name__}: {error}",
                mend="report it with this line; WAYLINE_TRACEBACK=1 shows where it happened.",
            )

"""A recording made ready to be shown: for another thread than the window's.

What takes long is numpy's, which lets other threads work meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import WaylineError

if TYPE_CHECKING:
    from designer.replay.chosen import Chosen


def load(data: bytes) -> Chosen | WaylineError:
    """Everybody in the recording that `wayline replay --out` gave, or why it is none."""
    from designer.replay.chosen import Chosen  # noqa: PLC0415 - numpy, not needed to start
    from designer.replay.filters import Filters  # noqa: PLC0415
    from simulator.recording import from_bytes  # noqa: PLC0415

    try:
        everybody = Chosen(from_bytes(data), Filters())
    except WaylineError as error:
        return error
    # It is remembered, and takes a moment.
    _ = everybody.longest_queue
    return everybody

"""What charts look at in one replication; what several of them need is reckoned once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.charts.frame import Frame
from simulator.measured import Measured
from simulator.selections import Mask

Column = NDArray[Any]


class Seen:
    """One replication's records within the frame of its plan."""

    def __init__(self, frame: Frame, measured: Measured) -> None:
        self.frame = frame
        self.measured = measured

    # ---- queues in which customers are present

    @cached_property
    def queue_steps(self) -> NDArray[np.int64]:
        """Indexes of the steps at which anybody was in such a queue, in order."""
        present = self.measured.on_the_line
        return np.unique(self.measured.records.queue.column("step")[present]).astype(np.int64)

    def queue_numbers(self, steps: Column) -> NDArray[np.int64]:
        """For each of these step indexes its place in `queue_steps`."""
        return np.searchsorted(self.queue_steps, steps)

    @cached_property
    def visit_queue(self) -> NDArray[np.int64]:
        """For each visit of `measured.queued` the place of its step in `queue_steps`."""
        return self.queue_numbers(self.measured.queued("step"))

    @cached_property
    def visit_contact(self) -> NDArray[np.int64]:
        """For each visit of `measured.queued` its contact's row; -1 if that is under way."""
        m = self.measured
        return m.histories.rows_of(m.queued("customer"), m.queued("number"))

    # ---- measured contacts

    @cached_property
    def outcome(self) -> NDArray[np.int64]:
        """For each measured contact the number of its outcome."""
        return self.frame.outcome_of[self.measured.contact("last_exit")]

    @cached_property
    def channel(self) -> NDArray[np.int64]:
        """For each measured contact the number of the channel on which it came in."""
        return self.frame.channel_of[self.measured.contact("entry")]

    @cached_property
    def is_first(self) -> Mask:
        """Which measured contacts are the first about their issue."""
        return np.asarray(self.measured.contact("nth") == 1)

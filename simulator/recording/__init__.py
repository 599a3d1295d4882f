"""One replication as columns: who was where when. What a replay shows, and nothing is drawn."""

from simulator.recording.columns import Contacts, Moves, Queueing, Recording, Teams
from simulator.recording.file import from_bytes, to_bytes
from simulator.recording.record import record

__all__ = [
    "Contacts",
    "Moves",
    "Queueing",
    "Recording",
    "Teams",
    "from_bytes",
    "record",
    "to_bytes",
]

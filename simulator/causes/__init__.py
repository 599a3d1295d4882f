"""What a run came to in plain words: made from its numbers by rules."""

from simulator.causes.finding import Cause, Causes, find_causes
from simulator.causes.telling import Said, causes_of, in_words

__all__ = ["Cause", "Causes", "Said", "causes_of", "find_causes", "in_words"]

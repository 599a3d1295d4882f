"""Quick fixes: for what a rule found, the edits that plainly mend it.

One function in a module of `rules` is about one rule, or a few alike; nothing lists them.
"""

from engine.mends.registry import Mend, codes_with_mends, mends

__all__ = ["Mend", "codes_with_mends", "mends"]

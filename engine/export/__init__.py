"""Exports: a journey as production systems load it, and the proof that they run it alike."""

"""Journeys as a service runs them: pure functions over a state that is plain JSON.

    from pathlib import Path
    from engine.document import read_document
    from engine.program import make_program
    from engine.runtime import advance, clock_seconds, start

    program = make_program(read_document(Path("bank.journey.json")))
    state, commands = start(program, {"tier": "gold"}, key="c-17", at=clock_seconds(now))
    state, commands = advance(program, state, {"type": "result", "key": …, "result": "resolved"})

A service keeps the state and hands each command to whoever does it, in that order, under its key:
who gets the same key twice has done it already. Then events come back. An event that nothing
waits for changes nothing, so events may be repeated. An event of another system counts only while
the journey waits for it: what came before is lost, as in the simulation.

Where another engine runs the journey, `computed` answers what it cannot decide itself.
"""

from engine.runtime.clock import clock_seconds
from engine.runtime.computing import computed
from engine.runtime.running import advance, start
from engine.runtime.state import STATE_VERSION, is_over

__all__ = ["STATE_VERSION", "advance", "clock_seconds", "computed", "is_over", "start"]

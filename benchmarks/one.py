"""One measurement in a process of its own: `python -m benchmarks.one ENGINE CUSTOMERS`."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable


def _wayline(customers: int) -> Callable[[], int]:
    from benchmarks.ten_step_journey import ten_step_journey
    from engine.plan import make_plan
    from simulator.replication import replicate

    plan = make_plan(ten_step_journey(customers))

    def run() -> int:
        records = replicate(plan, 1, 0)
        return int((records.contacts.column("number") == 1).sum())

    return run


def _simpy(customers: int) -> Callable[[], int]:
    from benchmarks.idiomatic_simpy import Centre

    def run() -> int:
        Centre(1).run(customers)
        return customers

    return run


def _ciw(customers: int) -> Callable[[], int]:
    from benchmarks.nearest_ciw import run

    return lambda: run(customers, 1)


ENGINES = {"wayline": _wayline, "simpy": _simpy, "ciw": _ciw}


def _resident_bytes() -> int:
    """Peak resident memory until now."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Print customers, CPU seconds and bytes above the process's own as JSON."""
    engine, customers = sys.argv[1], int(sys.argv[2])
    run = ENGINES[engine](customers)
    own = _resident_bytes()
    start = time.process_time()
    came = run()
    seconds = time.process_time() - start
    result = {"customers": came, "cpu": seconds, "bytes": _resident_bytes() - own}
    print(json.dumps(result))


if __name__ == "__main__":
    main()

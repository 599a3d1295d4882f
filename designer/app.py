"""The `wayline-designer` command: open journeys in windows."""

from __future__ import annotations

import argparse
import faulthandler
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the files that are named, or the welcome page; returns the exit code."""
    files = _parser().parse_args(arguments).files
    faulthandler.enable()
    try:
        from designer.start import start  # noqa: PLC0415  (a system without Qt is told so)
    except ImportError as error:
        return _no_qt(error)
    sys.excepthook = _told
    return start([Path(name) for name in files])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wayline-designer",
        description="Draw customer journeys: each file in a window of its own.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a journey, NAME.journey.json")
    return parser


def _no_qt(error: ImportError) -> int:
    print(  # noqa: T201
        f"wayline-designer: the window cannot be shown: {error}\n"
        "  To mend it: install Wayline with its designer, pip install 'wayline[designer]', and "
        "on Linux the system's libraries: python3 run.py design names them.",
        file=sys.stderr,
    )
    return 69


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error of ours must not end the window: it is written down, and the work goes on."""
    traceback.print_exception(kind, error, trace)

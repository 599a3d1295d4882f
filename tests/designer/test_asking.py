"""A question to the command, answered beside the window, or told why not."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from designer.runs import Ask
from designer.runs.process import COMMAND
from engine.document import Document, read_document
from engine.errors import WaylineError
from engine.shipped import sample_path
from simulator.cli import main
from tests.simulator.build import journey

WAIT = 30_000
FOREVER = (sys.executable, "-c", "import time; time.sleep(60)")


class Heard:
    """What came of a question, in its order."""

    def __init__(self, qtbot: QtBot, ask: Ask) -> None:
        self.qtbot, self.ask = qtbot, ask
        self.told: list[tuple[str, Any]] = []
        ask.answered.connect(self.on_answer)
        ask.failed.connect(self.on_failure)
        ask.ended.connect(self.on_end)

    def on_answer(self, answer: bytes) -> None:
        self.told.append(("answered", answer))

    def on_failure(self, error: WaylineError) -> None:
        self.told.append(("failed", error))

    def on_end(self) -> None:
        self.told.append(("ended", None))

    def only(self, kind: str) -> Any:
        """What was told before the end, which must be this."""
        self.qtbot.waitUntil(lambda: ("ended", None) in self.told, timeout=WAIT)
        [(told, what), _] = self.told
        assert told == kind, self.told
        return what


Asker = Callable[..., Heard]


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Asker]:
    made: list[Ask] = []

    def asked(
        words: Sequence[str], document: Document | None = None, command: Sequence[str] = COMMAND
    ) -> Heard:
        document = document or read_document(sample_path("starter"))
        made.append(Ask(words, document, command=command))
        heard = Heard(qtbot, made[-1])
        made[-1].start()
        return heard

    yield asked
    for one in made:
        one.close()


def test_the_answer_is_what_the_command_says(
    ask: Asker, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(["trace", "-", "--customer=3", "--json"]).only("answered")
    assert main(["trace", "starter", "--customer=3", "--json"]) == 0
    assert answer.decode() == capsys.readouterr().out


def test_a_failed_check_is_an_answer(ask: Asker) -> None:
    answer = ask(["validate", "-", "--json"], journey([], {}, {})).only("answered")
    assert json.loads(answer)


def test_the_commands_own_error_is_told(ask: Asker) -> None:
    error = ask(["trace", "-", "--exit=nonsense"]).only("failed")
    assert "nobody takes" in error.what
    assert "wayline simulate" in error.mend
    error = ask(["trace", "-"], journey([], {}, {})).only("failed")
    assert "call" in error.where
    assert "said above" not in error.mend
    error = ask(["trace", "-", "--nonsense"]).only("failed")
    assert "--nonsense" in error.where


def test_too_little_memory_is_told(ask: Asker) -> None:
    script = "import sys; from simulator.commands.telling import *; tell(as_told(MemoryError()));"
    error = ask([], command=(sys.executable, "-c", script + "sys.exit(70)")).only("failed")
    assert "not enough memory" in error.what
    assert "fewer customers" in error.mend


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_one_that_is_killed_is_told(ask: Asker) -> None:
    heard = ask([], command=FOREVER)
    heard.qtbot.waitUntil(lambda: heard.ask._process.processId() > 0, timeout=WAIT)
    os.kill(heard.ask._process.processId(), signal.SIGKILL)
    assert heard.only("failed").where == "signal 9"


def test_one_that_cannot_be_started_is_told(ask: Asker) -> None:
    heard = ask([], command=("/nothing/here",))
    assert "started" in heard.only("failed").what


def test_who_cancels_or_closes_hears_no_answer(ask: Asker) -> None:
    cancelled = ask([], command=FOREVER)
    cancelled.ask.cancel()
    closed = ask([], command=FOREVER)
    closed.ask.close()
    assert closed.told == [("ended", None)]
    cancelled.qtbot.waitUntil(lambda: cancelled.told == [("ended", None)], timeout=WAIT)

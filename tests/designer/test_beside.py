"""Work in another thread: its result is heard in the window's, and nothing is collected there."""

from __future__ import annotations

import gc
import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from designer.beside import Beside


def test_the_result_is_heard_in_the_windows_thread(qtbot: QtBot) -> None:
    worked: list[int] = []
    heard: list[int] = []

    def work() -> str:
        worked.append(threading.get_ident())
        return "result"

    task = Beside(work)
    task.done.connect(lambda _: heard.append(threading.get_ident()))
    with qtbot.waitSignal(task.done) as done:
        task.start()
    assert done.args == ["result"]
    assert heard == [threading.get_ident()]
    assert worked != heard


def test_what_is_raised_is_raised_in_the_windows_thread(qtbot: QtBot) -> None:
    def work() -> None:
        raise ArithmeticError("no")

    task = Beside(work)
    with capture_exceptions() as raised, qtbot.waitSignal(task.ended):
        task.start()
    assert [kind for kind, *_ in raised] == [ArithmeticError]
    assert gc.isenabled()


class Ring:
    """Garbage that only a collection finds; it tells in which thread that was."""

    threads: list[int] = []

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.threads.append(threading.get_ident())


@pytest.mark.parametrize("number", [1, 3])
def test_garbage_is_collected_in_the_windows_thread_only(number: int, qtbot: QtBot) -> None:
    Ring.threads.clear()

    def work() -> int:
        return sum(len([[] for _ in range(100)]) for _ in range(300))

    Ring()
    tasks = [Beside(work) for _ in range(number)]
    for task in tasks:
        task.start()
    assert not gc.isenabled()
    qtbot.waitUntil(gc.isenabled)
    gc.collect()
    assert Ring.threads == [threading.get_ident()]

"""Garbage is collected in the window's thread, and only there."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.beside import Beside
from designer.garbage import GarbageCollection


class Ring:
    """Garbage that only a collection finds; it remembers where it was taken apart."""

    threads: list[str] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Ring.threads.append(threading.current_thread().name)


@pytest.fixture
def collection() -> Iterator[GarbageCollection]:
    Ring.threads = []
    collection = GarbageCollection()
    yield collection
    collection.stop()
    assert gc.isenabled()


def make_garbage() -> None:
    for _ in range(20_000):
        Ring()


def test_what_a_thread_leaves_is_taken_apart_in_the_windows_thread(
    collection: GarbageCollection,
) -> None:
    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()
    assert Ring.threads == []
    collection.collect()
    assert len(Ring.threads) == 20_000
    assert set(Ring.threads) == {threading.main_thread().name}


@pytest.mark.usefixtures("collection")
def test_work_beside_leaves_it_so(qtbot: QtBot) -> None:
    beside = Beside(lambda: None)
    with qtbot.waitSignal(beside.ended):
        beside.start()
    assert not gc.isenabled()
    make_garbage()
    assert Ring.threads == []
    qtbot.waitUntil(lambda: len(Ring.threads) == 20_000)

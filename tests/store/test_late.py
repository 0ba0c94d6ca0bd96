"""The watch over queries that run too long."""

from __future__ import annotations

import threading
import time

from graph.late import Watch

SOON = 0.05


def test_stopping_waits_for_the_end_that_is_under_way_and_begins_no_other() -> None:
    begun, told, ended = threading.Event(), threading.Event(), []

    def end() -> None:
        begun.set()
        told.wait(10)
        ended.append(time.monotonic())

    watch = Watch(-1 + SOON, end)
    with watch.over():
        assert begun.wait(10)
        stopping = threading.Thread(target=watch.stop)
        stopping.start()
        time.sleep(SOON)
        assert stopping.is_alive()
        told.set()
        stopping.join(10)
        assert not stopping.is_alive()
        time.sleep(1 + 3 * SOON)
    assert len(ended) == 1

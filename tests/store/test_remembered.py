"""What is kept in memory is made once, however many threads want it at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from graph.remembered import Remembered
from graph.store import connect

THREADS = 8


class BrokenOffError(Exception):
    """It cannot be made."""


@pytest.mark.parametrize("fails", [False, True])
def test_of_threads_that_want_it_at_once_one_makes_it(tmp_path: Path, fails: bool) -> None:
    known, together, made = Remembered[str](), Barrier(THREADS), list[str]()

    def make() -> str:
        made.append("once")
        sleep(0.3)
        if fails:
            raise BrokenOffError
        return "value"

    with connect(f"embedded:{tmp_path}") as store, ThreadPoolExecutor(THREADS) as threads:

        def want() -> str:
            together.wait()
            try:
                return known.get(store, "state", make)
            except BrokenOffError:
                return "failed"

        found = [each.result() for each in [threads.submit(want) for _ in range(THREADS)]]
        assert (set(found), made) == ({"failed" if fails else "value"}, ["once"])
        assert known.get(store, "state", lambda: "made later") == ("made later" if fails else "value")
        assert known.get(store, "another state", lambda: "made anew") == "made anew"

"""Writers remember the threads that they folded: whoever else wrote to them, and whatever failed, is not overlooked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from graph import log, memory
from graph.dump import dump
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import many, story


class BrokenOffError(Exception):
    """The write fails after all is folded, and before it is committed."""


def break_off(*_: object) -> None:
    raise BrokenOffError


@pytest.mark.parametrize(("seed", "most"), [(1, 100_000), (2, 3)])
def test_writers_in_turn_that_fail_now_and_then_give_the_graph_of_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, most: int
) -> None:
    loaded = story() + many(40)
    with connect(f"embedded:{tmp_path / 'at-once'}") as at_once:
        Writer(at_once).write(loaded)
        expected = dump(at_once)

    monkeypatch.setattr(memory, "MOST", most)
    chance = random.Random(seed)
    chance.shuffle(loaded)
    writers = [Writer(store), Writer(store)]
    for start in range(0, len(loaded), 6):
        some = loaded[start : start + 6]
        with monkeypatch.context() as broken:
            broken.setattr(log, "append", break_off)
            with pytest.raises(BrokenOffError):
                chance.choice(writers).write(some)
        if chance.random() < 0.5:  # as an import does
            chance.choice(writers).write([(source, []) for source, _ in some])
        chance.choice(writers).write(some)
    assert dump(store) == expected

"""The log of changes: each once, in order, none lost while others write; a mirror that follows it becomes the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest

from graph import feed, log
from graph.dump import dump
from graph.imports import Importer
from graph.migrations import m003_log
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, many, mention, story
from tests.stores import empty_store

WRITERS, PAGES = 3, (1, 7, 50)


def write(uri: str, number: int) -> None:
    """What one loader does, in small batches: some articles are its own, some all of them write."""
    with connect(uri) as store:
        loaded: list[Loaded] = [*many(12, seed=number), *many(6, seed=99), *story()]
        for start in range(0, len(loaded), 8):
            Writer(store, {"rules": "1.0"}).write(loaded[start : start + 8])


def revise(store: Store) -> None:
    """Retires for each reason, revives, erases."""
    Writer(store, {"rules": "1.10"}).write(story()[:1])
    Writer(store, {"rules": "1.9"}).write([(story()[2][0], [])])
    later = article("seed", "Other text.", published="2021-09-27", outlet="d.example")
    found = claim(later, "TUR", "purchases", mention("s-400", "Weapon"), "planned", round="new")
    Writer(store, {"rules": "1.0"}).write([(later, [found])])
    Writer(store).forget("threat")
    Writer(store).forget("sanctions", erase=True)
    Writer(store).forget("sanctions", erase=True)


class Mirror:
    """Follows a graph through its feed, and keeps what it was told."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.place = log.START
        self.events: list[log.Event] = []

    def follow(self, source: Store, limit: int) -> bool:
        """Takes a page; False where there was nothing new."""
        items, place = feed.page(source, self.place, log.end(source), limit)
        importer = Importer(self.store)
        for number, item in enumerate(items, 1):
            if item.record is not None:
                importer.add(item.record, "feed", number)
        importer.finish()
        self.place = log.parse(str(place))
        self.events += [item.event for item in items]
        return bool(items)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def followed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Mirror]]:
    """A graph that several loaders wrote at once, and a mirror that followed meanwhile."""
    uri = empty_store(request, tmp_path_factory.mktemp("source"))
    with connect(uri) as source, connect(f"embedded:{tmp_path_factory.mktemp('mirror')}") as copy:
        Writer(source)
        mirror = Mirror(copy)
        Writer(source).write(many(1, seed=98))  # so that the engine knows the labels
        with ThreadPoolExecutor(WRITERS) as pool:
            loads = [pool.submit(write, uri, number) for number in range(WRITERS)]
            for turn in count():
                mirror.follow(source, PAGES[turn % len(PAGES)])
                if all(load.done() for load in loads):
                    break
            for load in loads:
                load.result()
        revise(source)
        while mirror.follow(source, 50):
            pass
        yield source, mirror


def test_the_mirror_is_the_graph(followed: tuple[Store, Mirror]) -> None:
    source, mirror = followed
    assert dump(mirror.store) == dump(source)
    assert mirror.place == log.end(source)


def test_each_change_comes_once_and_none_is_lost(followed: tuple[Store, Mirror]) -> None:
    source, mirror = followed
    again, _ = log.read(source, log.START, log.end(source), 100_000)
    assert mirror.events == again
    first = Counter((event.what, event.id) for event in again if event.kind == "new")
    assert set(first.values()) == {1}
    kinds = {event: [e.kind for e in again if e[::2] == event[::2]] for event in again}
    for row in source.read("MATCH (c:Claim) RETURN c.id AS id, c.retired_at AS retired"):
        [told] = [kinds[event] for event in kinds if event[::2] == ("claim", row["id"])][:1]
        assert (told[-1] == "retired") == (row["retired"] is not None), row
    known = {row["id"] for row in source.read("MATCH (n:Article|Claim) RETURN n.id AS id")}
    gone = {event.id for event in again} - known
    assert known <= {event.id for event in again}
    assert {kinds[event][-1] for event in kinds if event.id in gone} == {"retired"}


def test_what_changes_nothing_is_not_told(followed: tuple[Store, Mirror]) -> None:
    source, _ = followed
    before = log.end(source)
    Writer(source, {"rules": "1.0"}).write(many(12, seed=1))
    assert log.end(source) == before


def test_between_two_versions(followed: tuple[Store, Mirror]) -> None:
    source, mirror = followed
    before = log.end(source)
    fresh = article("delta")
    found = claim(fresh, "TUR", "purchases", mention("s-400", "Weapon"), "planned")
    Writer(source, {"rules": "1.0"}).write([(fresh, [found])])
    between = log.end(source)
    Writer(source).forget("delta")
    new = list(feed.stream(source, before, between))
    assert [item.event for item in new] == [("article", "new", fresh.id), ("claim", "new", found.id)]
    assert [item.record and item.record["id"] for item in new] == [fresh.id, found.id]
    assert [item.event.kind for item in feed.stream(source, between, log.end(source))] == ["retired", "retired"]
    while mirror.follow(source, 50):
        pass


def test_cursors_of_other_graphs_are_refused(followed: tuple[Store, Mirror]) -> None:
    source, mirror = followed
    for place in (log.end(mirror.store), log.end(source)._replace(number=10**9)):
        with pytest.raises(log.CursorError, match="another graph, or of a later state"):
            log.read(source, place, log.end(source), 1)
    for cursor in ("", "1", "new.0.0", "new.1.-1", "x" * 2000, "0123456789ab.1.0'"):
        with pytest.raises(log.CursorError, match="no cursor"):
            log.parse(cursor)


def test_a_graph_from_before_the_log_gets_one(tmp_path: Path) -> None:
    with connect(f"embedded:{tmp_path / 'old'}") as old, connect(f"embedded:{tmp_path / 'new'}") as new:
        Writer(old, {"rules": "1.0"}).write(story())
        Writer(old).forget("threat")
        old.execute(m003_log.EMPTY)
        old.execute("MATCH (m:Migration {id: 'm003_log'}) DELETE m")
        Writer(old)
        mirror = Mirror(new)
        mirror.follow(old, 1000)
        assert dump(new) == dump(old)

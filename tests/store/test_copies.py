"""Copies in the store: found whatever the order of loading, counted as one source, and parted again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.copies.pairs import copies as made_copies
from bench.copies.pairs import reports
from graph.dump import dump
from graph.migrations import migrate
from graph.origins import settle_pending
from graph.reference import load_reference
from graph.sketch import sketch_of
from graph.store import Store, connect
from graph.writer import Writer
from tests.copies.test_copies import ONE, REPORT
from tests.store.examples import Loaded, article, claim, mention, on
from tests.store.test_origins import OUTLETS

GROUPS = "MATCH (a:Article)-[:COPY_OF]->(b:Article) RETURN a.source_id AS copy, b.source_id AS original ORDER BY copy"


def told(name: str, text: str, day: str, credited: str | None = None, outlet: str | None = None) -> Loaded:
    source = article(name, text=text, outlet=outlet or f"{name}.example", published=day, credited=credited)
    return source, [claim(source, "USA", "sanctions", mention("IRN"), "completed", **on("2020-01-01"))]


def world() -> list[Loaded]:
    """Five texts in some papers each, and two reports of one template."""
    found = []
    for number, pair in enumerate(made_copies()[:5]):
        found.append(told(f"own-{number}", pair.one, "2021-03-01"))
        for paper in range(3):
            credited = "wire.example" if (number, paper) == (1, 2) else None
            outlet = ["weekly.example", "daily.example", None][number % 3]
            found.append(told(f"copy-{number}-{paper}", pair.other, f"2021-03-0{2 + paper}", credited, outlet))
    report = reports()[0]
    return [*found, told("monday", report.one, "2021-03-01"), told("tuesday", report.other, "2021-03-02")]


def support(store: Store) -> int:
    [row] = store.read("MATCH ()-[r:SANCTIONS]->() RETURN r.support AS support")
    return int(row["support"])


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with connect(f"embedded:{tmp_path_factory.mktemp('copies')}") as store:
        load_reference(store, OUTLETS, [], "1")
        Writer(store).write(world())
        return dump(store)


@pytest.mark.parametrize("seed", range(2))
def test_any_order_and_split_gives_the_same_copies_origins_and_support(
    store: Store, expected: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    loaded = world()
    chance.shuffle(loaded)
    cuts = sorted(chance.sample(range(len(loaded)), 4))
    batches = [loaded[a:b] for a, b in zip([0, *cuts], [*cuts, len(loaded)], strict=True)]
    catalogue = chance.randrange(len(batches))
    for number, batch in enumerate(batches):
        if number == catalogue:
            load_reference(store, OUTLETS, [], "1")
        Writer(store).write(batch)
    assert dump(store) == expected
    rows = store.read(GROUPS)
    assert {row["copy"]: row["original"] for row in rows} == {
        f"copy-{number}-{paper}": f"own-{number}" for number in range(5) for paper in range(3)
    }
    assert support(store) == 7
    [row] = store.read("MATCH (a:Article {source_id: 'own-1'}) RETURN a.origin AS origin")
    assert row["origin"] == "wire.example", "a copy that credits the agency tells it of the original"


def test_a_report_of_the_same_template_leaves_the_copies_of_the_other_as_they_are(store: Store) -> None:
    writer = Writer(store)
    writer.write([told("first", ONE, "2014-11-25"), told("second", ONE, "2014-11-26")])
    later = told("later", REPORT.format("Three hundred", "950", "December"), "2014-11-27")
    keys = [set(sketch.keys) for text in (ONE, later[0].text) if text and (sketch := sketch_of(text))]
    assert keys[0] & keys[1], "the two are compared"
    writer.write([later])
    assert [(row["copy"], row["original"]) for row in store.read(GROUPS)] == [("second", "first")]


def test_an_older_graph_learns_of_copies_that_it_has_lost(store: Store) -> None:
    Writer(store).write([told("first", ONE, "2014-11-25"), told("second", ONE, "2014-11-26")])
    store.execute("MATCH (:Article)-[r:COPY_OF]->(:Article) DELETE r")
    store.execute("MATCH (m:Migration {id: 'm013_copies'}) DELETE m")
    assert migrate(store) == ["m013_copies"]
    assert [(row["copy"], row["original"]) for row in store.read(GROUPS)] == [("second", "first")]


def test_a_changed_or_erased_text_leaves_its_group(store: Store) -> None:
    [pair, other, *_] = made_copies()
    first, second = told("first", pair.one, "2021-03-01"), told("second", pair.other, "2021-03-02")
    third = told("third", pair.other, "2021-03-03")
    writer = Writer(store)
    writer.write([first, second])
    writer.write([third])
    assert [(row["copy"], row["original"]) for row in store.read(GROUPS)] == [("second", "first"), ("third", "first")]
    assert support(store) == 1
    changed = told("third", other.one, "2021-03-03")
    writer.write([(changed[0].model_copy(update={"modified": "2021-03-04"}), changed[1])])
    assert [(row["copy"], row["original"]) for row in store.read(GROUPS)] == [("second", "first")]
    writer.forget("first")
    assert support(store) == 2, "a withdrawn original supports nothing, its copy does"
    writer.forget("first", erase=True)
    assert store.read(GROUPS) == []
    rows = store.read("MATCH (a:Article) WHERE a.sketch IS NOT NULL RETURN a.source_id AS id ORDER BY id")
    assert [row["id"] for row in rows] == ["second", "third"]
    assert len(store.read("MATCH (s:Sketch) RETURN s.id AS id")) == 2


def test_what_a_killed_writer_left_is_compared_by_the_next(store: Store) -> None:
    [pair, *_] = made_copies()
    writer = Writer(store)
    writer.write([told("first", pair.one, "2021-03-01"), told("second", pair.other, "2021-03-02")])
    whole = dump(store)
    store.execute("MATCH (:Article)-[r:COPY_OF]->(:Article) DELETE r")
    store.execute("MATCH (a:Article) SET a.origin = a.outlet")
    store.execute("MATCH (s:Sketch) SET s.pending = true")
    Writer(store)
    assert dump(store) == whole
    settle_pending(store)
    assert dump(store) == whole


def test_a_graph_of_an_older_version_gets_its_copies(tmp_path: Path) -> None:
    [pair, *_] = made_copies()
    with connect(f"embedded:{tmp_path}") as store:
        Writer(store).write([told("first", pair.one, "2021-03-01"), told("second", pair.other, "2021-03-02")])
        whole = dump(store)
        store.execute("MATCH (:Article)-[r:COPY_OF]->(:Article) DELETE r")
        store.execute("MATCH (s:Sketch) DETACH DELETE s")
        store.execute("MATCH (a:Article) REMOVE a.sketch, a.origin, a.outlet")
        store.execute("MATCH (m:Migration) WHERE m.id <> 'm001_keys_and_indexes' DELETE m")
        Writer(store)
        assert dump(store) == whole

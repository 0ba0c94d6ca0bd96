"""A copy that follows the changes of the graph is the one that would be made anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from io import BytesIO

import pyoxigraph as ox
import pytest

from api.sparql.follow import follow
from graph import log
from graph.exports import export
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.queries.fixtures import STORIES
from tests.queries.world import fill
from tests.store.examples import article, claim, many, mention, story
from tests.stores import empty_store

BASE = "https://embargo.example/"
TOGETHER = 16
ONTOLOGY = ox.NamedNode(f"{BASE}graph/ontology")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The names of the fixtures' world, and no story yet."""
    with connect(empty_store(request, tmp_path_factory.mktemp("follow"))) as opened:
        fill(opened, until="")
        yield opened


def made_anew(store: Store) -> ox.Store:
    lines, made = BytesIO(), ox.Store()
    export(store, "nq", lines, Settings(base_iri=BASE))
    made.bulk_load(lines.getvalue(), ox.RdfFormat.N_QUADS)
    return made


def told(copy: ox.Store) -> set[str]:
    """All but what is known of extractors: those of whom no claim is left may stay."""
    return {str(quad) for quad in copy if quad.graph_name != ONTOLOGY}


def test_following_is_the_same_as_making_anew(store: Store) -> None:
    copy, place = made_anew(store), log.end(store)
    writer = Writer(store)
    loaded = [(one.article, list(one.claims)) for one in STORIES] + story() + many(30)
    random.Random(7).shuffle(loaded)

    def catch_up() -> None:
        nonlocal place
        end = log.end(store)
        events, place = log.read(store, place, end, 10_000)
        assert events
        follow(store, copy, BASE, events)

    def check() -> None:
        ours, wanted = told(copy), told(made_anew(store))
        assert (sorted(ours - wanted)[:5], sorted(wanted - ours)[:5]) == ([], [])

    for start in range(0, len(loaded), TOGETHER):
        writer.write(loaded[start : start + TOGETHER])
        catch_up()
    check()
    for one, _ in loaded[:6]:
        writer.forget(one.id, erase=one is loaded[0][0])
        catch_up()
    check()
    strange = mention("new-kind", "Weapon", name="New Kind", of_class=mention("class/odd", "Weapon"))
    for name in ("one", "two"):
        made = article(name, outlet="another.example", title=name, text="The same words in both, word by word." * 9)
        writer.write([(made, [claim(made, "TUR", "develops", strange, "planned")])])
        catch_up()
    check()
    made = article("three", outlet="another.example", title="three", text="Other words about the same.")
    writer.write([(made, [claim(made, "TUR", "tests", mention("new-kind", "Weapon", name="Kind, New"), "planned")])])
    catch_up()
    assert any("develops Kind, New" in quad for quad in told(copy)), "the labels of earlier claims have the new name"
    check()

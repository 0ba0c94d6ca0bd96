"""OF_CLASS of weapons that the catalogue does not know."""

from __future__ import annotations

import io
import itertools
import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from rdflib import Graph, URIRef

from graph.claims import Entity, Mention
from graph.dump import dump
from graph.exports import export
from graph.imports import Importer
from graph.reader import claims_by_id
from graph.reference import NodeRow, RelationshipRow, load_reference
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.store.examples import Loaded, article, claim, mention

FIGHTER, BOMBER = (
    Entity(id=f"class/{name}", name=name, label="Weapon") for name in ("fighter-aircraft", "bomber-aircraft")
)


def bought(name: str, of_class: Entity | None, version: str = "1.0", weapon: str = "su-57m") -> Loaded:
    source = article(name)
    what = mention(weapon, "Weapon", of_class=of_class)
    return source, [claim(source, "DZA", "purchases", what, "agreed", extractor_version=version)]


def classes(store: Store) -> list[tuple[str, str]]:
    rows = store.read(
        "MATCH (w:Weapon)-[:OF_CLASS]->(c:Weapon) RETURN w.id AS weapon, c.id AS class ORDER BY weapon, class"
    )
    return [(row["weapon"], row["class"]) for row in rows]


def test_a_claim_gives_its_weapon_a_class(store: Store) -> None:
    loaded = bought("one", FIGHTER)
    Writer(store).write([loaded])
    Writer(store).write([loaded])
    assert classes(store) == [("su-57m", "class/fighter-aircraft")]
    assert claims_by_id(store, [loaded[1][0].id]) == loaded[1]


def test_articles_that_disagree_give_both_classes_in_any_order(store: Store) -> None:
    loaded = [bought("one", FIGHTER), bought("two", BOMBER), bought("three", None)]
    told = []
    for order in itertools.permutations(loaded):
        store.execute("MATCH (n) DETACH DELETE n")
        writer = Writer(store)
        for one in order:
            writer.write([one])
        told.append(dump(store))
        assert classes(store) == [("su-57m", "class/bomber-aircraft"), ("su-57m", "class/fighter-aircraft")]
    assert all(graph == told[0] for graph in told)


def test_only_live_claims_count(store: Store) -> None:
    Writer(store).write([bought("one", FIGHTER), bought("two", BOMBER)])
    Writer(store).forget("two")
    assert classes(store) == [("su-57m", "class/fighter-aircraft")]
    Writer(store, {"rules": "2.0"}).write([bought("one", BOMBER, "2.0")])
    assert classes(store) == [("su-57m", "class/bomber-aircraft")]
    Writer(store, {"rules": "3.0"}).write([(bought("one", None)[0], [])])
    assert classes(store) == []


@pytest.mark.parametrize("articles_first", [False, True])
def test_the_catalogue_wins_whatever_comes_first(store: Store, articles_first: bool) -> None:
    nodes = [NodeRow("Weapon", {"id": id, "name": id}) for id in ("su-57m", "class/fighter-aircraft")]
    links = [RelationshipRow("OF_CLASS", "su-57m", "class/fighter-aircraft")]
    loaded = [bought("one", BOMBER), bought("two", BOMBER, weapon="x-1")]
    if articles_first:
        Writer(store).write(loaded)
    load_reference(store, nodes, links, "1")
    if not articles_first:
        Writer(store).write(loaded)
    assert classes(store) == [("su-57m", "class/fighter-aircraft"), ("x-1", "class/bomber-aircraft")]
    load_reference(store, nodes[1:], [], "2")
    assert classes(store) == [("su-57m", "class/bomber-aircraft"), ("x-1", "class/bomber-aircraft")]


def test_an_export_tells_classes_and_brings_them_back(store: Store, tmp_path: Path) -> None:
    Writer(store).write([bought("one", FIGHTER), bought("two", BOMBER)])
    out = io.BytesIO()
    export(store, "jsonl", out, Settings())
    with connect(f"embedded:{tmp_path / 'other'}") as other:
        importer = Importer(other)
        for number, line in enumerate(out.getvalue().splitlines(), 1):
            assert importer.add(json.loads(line), "export.jsonl", number) == []
        assert importer.finish() == []
        assert dump(other) == dump(store)
    out = io.BytesIO()
    export(store, "nt", out, Settings())
    base = "https://embargo.example/"
    found = Graph().parse(data=out.getvalue(), format="nt")
    told = found.objects(URIRef(f"{base}entity/su-57m"), URIRef(f"{base}ontology/ofClass"))
    assert set(told) == {URIRef(f"{base}entity/{of_class.id}") for of_class in (FIGHTER, BOMBER)}


def test_only_a_weapon_has_a_class() -> None:
    with pytest.raises(ValidationError, match="the class of a weapon"):
        Mention(id="TUR", name="Turkey", label="Country", of_class=FIGHTER)
    with pytest.raises(ValidationError, match="the class of a weapon"):
        Mention(id="x", name="x", label="Weapon", of_class=Entity(id="TUR", name="Turkey", label="Country"))

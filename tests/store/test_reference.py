"""The catalogue in the graph."""

from __future__ import annotations

import pytest

from graph.dump import dump
from graph.reference import NodeRow, ReferenceDataError, RelationshipRow, load_reference
from graph.store import Store
from graph.writer import Writer
from tests.store.examples import article, claim, mention, story

NODES = [
    NodeRow("Country", {"id": "TUR", "name": "Türkiye", "aliases": ["Turkey", "Turkiye"], "iso2": "TR"}),
    NodeRow("Country", {"id": "RUS", "name": "Russia", "iso2": "RU"}),
    NodeRow("Person", {"id": "ismail-demir", "name": "İsmail Demir"}),
    NodeRow("Company", {"id": "almaz-antey", "name": "Almaz-Antey"}),
    NodeRow("Weapon", {"id": "s-400", "name": "S-400", "aliases": ["SA-21 Growler"], "kind": "model"}),
    NodeRow("Instrument", {"id": "caatsa", "name": "CAATSA", "kind": "statute"}),
    NodeRow("Outlet", {"id": "a.example", "name": "The A", "country": "TUR", "state_controlled": True}),
]
RELATIONSHIPS = [
    RelationshipRow("MADE_BY", "s-400", "almaz-antey"),
    RelationshipRow("BASED_IN", "almaz-antey", "RUS"),
    RelationshipRow("HELD_OFFICE", "ismail-demir", "TUR", {"title": "head", "since": "2014-05-01", "until": None}),
]


def test_reference_data_is_written_once(store: Store) -> None:
    assert load_reference(store, NODES, RELATIONSHIPS, "1")
    graph = dump(store)
    assert not load_reference(store, NODES, RELATIONSHIPS, "1")
    assert dump(store) == graph
    [row] = store.read(
        "MATCH (w:Weapon)-[:MADE_BY]->(m:Company)-[:BASED_IN]->(c:Country) RETURN w, m.name AS m, c.id AS c"
    )
    assert row == {"w": {**NODES[4].properties, "source": "catalogue"}, "m": "Almaz-Antey", "c": "RUS"}
    assert store.read("MATCH (:Person)-[r:HELD_OFFICE]->(:Actor) RETURN r.since AS since, r.until AS until") == [
        {"since": "2014-05-01", "until": None}
    ]


def test_articles_do_not_change_reference_data(store: Store) -> None:
    load_reference(store, NODES, RELATIONSHIPS, "1")
    Writer(store).write(story())
    rows = store.read("MATCH (n) WHERE n.source = 'catalogue' RETURN n.id AS id, n.name AS name, n.source AS source")
    assert {row["id"]: row["name"] for row in rows} == {node.id: node.properties["name"] for node in NODES}


@pytest.mark.parametrize("articles_first", [False, True])
def test_the_order_of_articles_and_reference_data_does_not_matter(store: Store, articles_first: bool) -> None:
    odd = article("odd")
    loaded = [*story(), (odd, [claim(odd, "USA", "sanctions", mention("almaz-antey", "Organization"), "completed")])]
    if articles_first:
        Writer(store).write(loaded)
    load_reference(store, NODES, RELATIONSHIPS, "1")
    if not articles_first:
        Writer(store).write(loaded)
    rows = store.read(
        "MATCH (e) WHERE e.id IN ['almaz-antey', 's-400', 'a.example'] RETURN labels(e) AS labels, e AS node"
    )
    assert {tuple(sorted(row["labels"])): row["node"]["name"] for row in rows} == {
        ("Actor", "Company"): "Almaz-Antey",
        ("Weapon",): "S-400",
        ("Outlet",): "The A",
    }
    assert store.read("MATCH (:Claim)-[r:OBJECT]->(:Company) RETURN count(r) AS count") == [{"count": 1}]


def test_a_new_version_takes_the_place_of_the_old_one(store: Store) -> None:
    load_reference(store, NODES, RELATIONSHIPS, "1")
    Writer(store).write(story())
    kept = [node for node in NODES if node.id not in ("almaz-antey", "s-400")]
    kept[0] = NodeRow("Country", {"id": "TUR", "name": "Turkey"})
    assert load_reference(store, kept, RELATIONSHIPS[2:], "2")
    assert store.read("MATCH (e {id: 'almaz-antey'}) RETURN e") == []
    assert store.read("MATCH (e:Weapon {id: 's-400'}) RETURN e") == [{"e": {"id": "s-400", "name": "S-400"}}]
    assert store.read("MATCH (e:Country {id: 'TUR'}) RETURN e") == [
        {"e": {"id": "TUR", "name": "Turkey", "source": "catalogue"}}
    ]
    assert store.read("MATCH ()-[r:MADE_BY|BASED_IN]->() RETURN count(r) AS count") == [{"count": 0}]
    assert store.read("MATCH (:Claim)-[r:WEAPON]->(:Weapon {id: 's-400'}) RETURN count(r) > 0 AS some") == [
        {"some": True}
    ]


@pytest.mark.parametrize(
    ("nodes", "relationships", "message"),
    [
        ([NodeRow("Country", {"id": "TUR"})], [], "needs id and name"),
        ([NodeRow("Country", {"id": "TUR", "name": "T", "capital": "Ankara"})], [], "capital"),
        ([NODES[0], NODES[0]], [], "two nodes have the id 'TUR'"),
        ([NodeRow("Claim", {"id": "x", "name": "x"})], [], "no label of reference data"),  # type: ignore[arg-type]
        (NODES, [RelationshipRow("SANCTIONS", "TUR", "RUS")], "the type must be one of"),
        (NODES, [RelationshipRow("MADE_BY", "s-400", "nobody")], "no node has the id 'nobody'"),
        ([NODES[0], NodeRow("Country", {"id": "RUS", "name": "Russia", "former_ids": ["TUR"]})], [], "cannot redirect"),
        (NODES, [RelationshipRow("MADE_BY", "TUR", "RUS")], "cannot lead from a Country to a Country"),
        (NODES, [RelationshipRow("MADE_BY", "s-400", "RUS", {"since": "1999"})], "since"),
    ],
)
def test_rows_that_the_model_does_not_allow_are_refused(
    store: Store, nodes: list[NodeRow], relationships: list[RelationshipRow], message: str
) -> None:
    with pytest.raises(ReferenceDataError, match=message):
        load_reference(store, nodes, relationships, "1")
    assert store.read("MATCH (n:Country) RETURN n") == []

"""What the graph says and what its RDF says is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rdflib import RDF, RDFS, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, SDO, SKOS, XSD

from graph.model import FACTS, REFERENCE
from graph.rdf_terms import UNWRITABLE, Iris, camel
from graph.reference import NodeRow, RelationshipRow, load_reference
from graph.store import Store, connect
from tests.rdf.conftest import BASE, HOSTILE, exported

EMB, E, OA = Namespace(f"{BASE}ontology/"), Namespace(f"{BASE}entity/"), Namespace("http://www.w3.org/ns/oa#")
READABLE = UNWRITABLE.sub("\ufffd", HOSTILE)


def ask(store: Store, cypher: str) -> set[tuple[Any, ...]]:
    return {tuple(row.values()) for row in store.read(cypher)}


@pytest.mark.parametrize("kind", [r.type for r in (*FACTS, *REFERENCE) if r.type != "ALLEGED"])
def test_direct_triple_exactly_where_there_is_a_plain_edge(world: Store, graph: Graph, kind: str) -> None:
    iris = Iris(BASE)
    edges = ask(world, f"MATCH (a)-[r:{kind}]->(b) RETURN a.id AS a, b.id AS b")
    told = {(s, o) for s, o in graph.subject_objects(EMB[camel(kind)]) if str(s).startswith(str(E))}
    assert told == {(iris.entity(a), iris.entity(b)) for a, b in edges}


def test_the_world_has_the_edges_that_matter(graph: Graph) -> None:
    assert (E.TUR, EMB.purchases, E["s-400"]) in graph
    assert (E.USA, EMB.sanctions, E.TUR) in graph
    assert (E.TUR, EMB.excludedFrom, E["f-35-programme"]) in graph
    assert (E.IRN, EMB.arms, E.houthis) not in graph, "only alleged"


def test_each_edge_has_a_node_with_its_time(world: Store, graph: Graph) -> None:
    edges = ask(world, "MATCH (a)-[r:SANCTIONS]->(b) RETURN a.id AS a, b.id AS b, r.episode AS e, r.since AS since")
    facts = set()
    for fact in graph.subjects(RDF.predicate, EMB.sanctions):
        if (fact, RDF.type, EMB.Fact) in graph:
            values = (graph.value(fact, name) for name in (RDF.subject, RDF.object, EMB.episode, EMB.since))
            facts.add(tuple(str(value) if value is not None else None for value in values))
    iris = Iris(BASE)
    assert facts == {
        (str(iris.entity(a)), str(iris.entity(b)), str(iris.node("Episode", e)), since) for a, b, e, since in edges
    }


def test_what_is_only_alleged_is_an_allegation(world: Store, graph: Graph) -> None:
    edges = ask(world, "MATCH (a)-[r:ALLEGED]->(b) RETURN a.id AS a, r.predicate AS p, b.id AS b, r.episode AS e")
    assert len(list(graph.subjects(RDF.type, EMB.Allegation))) == len(edges) > 0
    assert not list(graph.triples((None, EMB.alleged, None)))


def test_live_claims_are_statements_and_retired_ones_are_left_out(world: Store, graph: Graph) -> None:
    iris = Iris(BASE)
    rows = world.read(
        "MATCH (a:Article)-[:REPORTS]->(c:Claim)-[:OBJECT]->(o) OPTIONAL MATCH (c)-[:SUBJECT]->(s) RETURN c.id AS id, "
        "c.predicate AS p, s.id AS s, o.id AS o, a.id AS a, c.stage AS stage, c.retired_at AS retired"
    )
    live = {row["id"] for row in rows if row["retired"] is None}
    assert set(graph.subjects(RDF.type, EMB.Claim)) == {iris.node("Claim", id) for id in live}
    assert len(live) < len(rows)
    for row in rows:
        own = iris.node("Claim", row["id"])
        if row["id"] not in live:
            assert not list(graph.predicate_objects(own))
            continue
        assert (own, iris.statement_prop(row["p"]), iris.entity(row["o"])) in graph
        assert (own, EMB.stage, iris.concept("stage", row["stage"])) in graph
        assert (own, PROV.wasDerivedFrom, iris.node("Article", row["a"])) in graph
        assert graph.value(own, PROV.wasGeneratedBy) is not None
        if row["s"]:
            assert (iris.entity(row["s"]), iris.prop(row["p"]), own) in graph


def test_evidence_selects_its_words(world: Store, graph: Graph) -> None:
    texts = {Iris(BASE).node("Article", id): text for id, text in ask(world, "MATCH (a:Article) RETURN a.id, a.text")}
    quotes = list(graph.objects(None, EMB.evidence))
    assert quotes
    for own in quotes:
        words = {str(value) for part in graph.objects(own, OA.hasSelector) for value in graph.objects(part, OA.exact)}
        start, end = (
            next(int(str(v)) for part in graph.objects(own, OA.hasSelector) for v in graph.objects(part, name))
            for name in (OA.start, OA.end)
        )
        source = graph.value(own, OA.hasSource)
        assert isinstance(source, URIRef)
        assert words == {UNWRITABLE.sub("\ufffd", texts[source][start:end])}


def test_articles_are_news_articles_without_their_text(graph: Graph) -> None:
    articles = list(graph.subjects(RDF.type, SDO.NewsArticle))
    assert articles
    assert all(graph.value(article, SDO.publisher) is not None for article in articles)
    assert not list(graph.subject_objects(SDO.articleBody))


def test_classes_of_weapons_are_concepts(graph: Graph) -> None:
    assert (E["class/fighter-aircraft"], SKOS.broader, E["class/aircraft"]) in graph
    assert (E["su-35"], EMB.ofClass, E["class/fighter-aircraft"]) in graph


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("Claim", "Turkey purchases S-400 (agreed)"),
        ("Claim", "Iran supplies Shahed-136 (ongoing, alleged)"),
        ("Claim", "somebody sanctions North Korea (ongoing)"),
        ("Episode", "exclude: United States, Turkey, F-35 programme (actual, 2019-06-07)"),
        ("Fact", "United States sanctions Iran (ended)"),
        ("Allegation", "Iran arms Houthis (alleged, 2017-11-07)"),
        ("Relation", "İsmail Demir held office Turkey (head of arms procurement, 2014-04-01)"),
    ],
)
def test_what_has_no_name_has_words(graph: Graph, kind: str, label: str) -> None:
    labels = {str(name) for node in graph.subjects(RDF.type, EMB[kind]) for name in graph.objects(node, RDFS.label)}
    assert label in labels, sorted(labels)


def test_an_office_keeps_its_days(graph: Graph) -> None:
    [office] = graph.subjects(RDF.predicate, EMB.heldOffice)
    assert str(graph.value(office, EMB.since)) == "2014-04-01"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"since": "2014", "until": "2016-02"}, ("2014-01-01", "2014-12-31", "2016-02-01", "2016-02-29")),
        ({"since": "2014-05", "until": "2014"}, ("2014-05-01", "2014-05-31", "2014-01-01", "2014-12-31")),
        ({"since": "2014", "until": "2014-03"}, ("2014-01-01", "2014-03-31", "2014-03-01", "2014-03-31")),
        ({"since": "2014-05-06"}, ("2014-05-06", "2014-05-06", None, None)),
        ({"until": "1999"}, (None, None, "1999-01-01", "1999-12-31")),
    ],
)
def test_an_office_known_to_the_year_is_told_by_its_first_and_last_days(
    tmp_path: Path, known: dict[str, str], told: tuple[str | None, ...]
) -> None:
    with connect(f"embedded:{tmp_path}") as store:
        nodes = [
            NodeRow("Person", {"id": "a-man", "name": "A Man"}),
            NodeRow("Country", {"id": "TUR", "name": "Turkey"}),
        ]
        load_reference(store, nodes, [RelationshipRow("HELD_OFFICE", "a-man", "TUR", {"title": "head", **known})], "1")
        offices = Graph().parse(data=exported(store, "ttl"), format="turtle")
    [office] = offices.subjects(RDF.predicate, EMB.heldOffice)
    days = [offices.value(office, EMB[name]) for name in ("sinceFrom", "since", "untilFrom", "until")]
    assert days == [day and Literal(day, datatype=XSD.date) for day in told]


def test_every_format_tells_the_same_and_has_no_blank_nodes(world: Store, graph: Graph) -> None:
    assert set(Graph().parse(data=exported(world, "nt"), format="nt")) == set(graph)
    named = {}
    for format, parser in (("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")):
        dataset = Dataset()
        dataset.parse(data=exported(world, format), format=parser)
        named[format] = set(dataset.quads())
    assert named["nq"] == named["trig"] == named["jsonld"]
    assert {quad[:3] for quad in named["nq"]} == set(graph)
    assert not [term for quad in named["nq"] for term in quad if isinstance(term, BNode)]


def test_named_graphs_tell_sources_apart(world: Store) -> None:
    dataset = Dataset()
    dataset.parse(data=exported(world, "nq"), format="nquads")
    homes = {str(g) for _, _, _, g in dataset.quads((None, RDF.type, EMB.Claim, None))}
    assert f"{BASE}graph/outlet/wire.example" in homes
    assert all(home.startswith(f"{BASE}graph/outlet/") for home in homes)
    assert {str(g) for _, _, _, g in dataset.quads((None, EMB.sanctions, None, None))} == {f"{BASE}graph/facts"}


def test_hostile_words_stay_words(world: Store, graph: Graph) -> None:
    assert Literal(READABLE) in set(graph.objects(None, SDO.headline))
    answer = graph.query("SELECT ?title { ?a <https://schema.org/headline> ?title }").serialize(format="xml")
    assert answer is not None
    titles = {element.text for element in ElementTree.fromstring(answer).iter() if element.tag.endswith("literal")}
    assert READABLE in titles


@pytest.mark.parametrize("base", ["http://localhost:8000/", "https://data.example/kg#", "urn:embargo/"])
def test_every_own_iri_begins_with_the_base(world: Store, base: str) -> None:
    told = Graph().parse(data=exported(world, "nt", base), format="nt")
    assert (URIRef(f"{base}entity/TUR"), URIRef(f"{base}ontology/purchases"), URIRef(f"{base}entity/s-400")) in told
    assert {str(s)[: len(base)] for s in told.subjects()} == {base}
    assert "embargo.example/" not in "".join(str(p) for p in told.predicates())


def test_every_own_property_is_described_once(graph: Graph) -> None:
    used = {term for term in graph.predicates() if str(term).startswith(BASE)}
    described = set(graph.subjects(RDF.type, RDF.Property))
    assert used <= described
    assert {len(set(graph.objects(term, RDFS.range))) for term in described} <= {0, 1}
    kinds = {kind for kind in graph.objects(None, RDF.type) if str(kind).startswith(BASE)}
    assert kinds <= set(graph.subjects(RDF.type, RDFS.Class))


def test_values_have_the_type_that_is_declared(graph: Graph) -> None:
    whole = URIRef("http://www.w3.org/2001/XMLSchema#integer")
    decimal = URIRef("http://www.w3.org/2001/XMLSchema#decimal")
    string = URIRef("http://www.w3.org/2001/XMLSchema#string")
    checked = 0
    for term, declared in graph.subject_objects(RDFS.range):
        for value in graph.objects(None, term):
            assert isinstance(value, Literal), (term, value)
            kind = value.datatype or string
            assert kind == declared or (kind == whole and declared == decimal), (term, value)
            checked += 1
    assert checked > 100

"""The graph as RDF: one mapping, whatever the format.

Shape: a direct triple exactly where the graph has a plain edge or a fact of the catalogue; a statement node for every
claim as in Wikidata (`p:`, `ps:`, `pq:`); PROV-O for where it comes from, Web Annotation for the words quoted, SKOS
for stages and weapon classes, schema.org for articles. No blank nodes. `docs/rdf.md` describes it for its users.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, SDO, SKOS

from graph.claims import Qualifiers
from graph.days import first_day, last_day
from graph.edges import Edge
from graph.model import FACTS, NODE_BY_LABEL, REFERENCE, RELATIONSHIP_BY_TYPE
from graph.rdf_labels import claim_label, episode_label, relation_label
from graph.rdf_terms import Iris, address, camel, edtf, literals, number, text
from graph.rdf_vocabulary import ENTITY_VALUES, OA, UNTOLD, Triple, link_term, term_of, vocabulary, weapon_classes
from graph.scan import ENTITIES, Link, Node, nodes_by_episode, nodes_by_id, pages, walk
from graph.store import Store

FACT_TYPES = {relationship.type for relationship in FACTS}
REFERENCE_TYPES = {relationship.type for relationship in REFERENCE}
SCHEMES = ("stage", "phase", "assertion", "frame")
"""Properties whose values are terms of a SKOS scheme."""
NO_QUALIFIER = ("SUBJECT", "OBJECT", "SPEAKER", "SPEAKS_FOR", "ABOUT")
QUALIFIERS = set(Qualifiers.model_fields)
WEAPON_CLASS = "class/"
"""Begin of the ids of weapon classes."""
BOUNDS = ("since_from", "since", "until_from", "until")
NO_DAY = "9999-12-31"
"""After all others."""
ARTICLES_AT_ONCE = 200


class Quad(NamedTuple):
    """A triple and the named graph that it belongs to."""

    subject: URIRef
    predicate: URIRef
    object: URIRef | Literal
    graph: URIRef


def quads(store: Store, base_iri: str) -> Iterator[Quad]:
    """The whole graph; the same graph always in the same order, and memory stays flat.

    Retired claims and the texts of articles are left out: `export jsonl` has both.

    Args:
        store: the graph to tell.
        base_iri: begin of every IRI (EMBARGO_BASE_IRI); ends with `/` or `#`.

    Raises:
        graph.errors.StoreUnavailableError: the server went away.
    """
    iris = Iris(base_iri)
    yield from _in(iris.graph("ontology"), vocabulary(iris))
    for node in walk(store, (*ENTITIES, "Outlet")):
        yield from _in(iris.graph("catalogue"), _entity(iris, node))
        yield from _in(iris.graph("facts"), _relations(iris, node, FACT_TYPES))
    yield from _reports(iris, store)
    for node in walk(store, ("Episode",)):
        yield from _in(iris.graph("facts"), _episode(iris, node))


def entities(store: Store, base_iri: str, ids: Mapping[str, Iterable[str]]) -> Iterator[Triple]:
    """What the catalogue knows of some entities, by the label that keys them."""
    for label, some in ids.items():
        for node in nodes_by_id(store, label, some, REFERENCE_TYPES).values():
            yield from _entity(Iris(base_iri), node)


def claims(store: Store, base_iri: str, articles: Mapping[str, str]) -> Iterator[Triple]:
    """The statement nodes of some claims, given with the ids of their articles, and their evidence."""
    for node in nodes_by_id(store, "Claim", articles).values():
        yield from _claim(Iris(base_iri), node, articles[node.id])


def facts(base_iri: str, edges: Iterable[Edge], names: Mapping[str, str]) -> Iterator[Triple]:
    """The direct triples of plain edges, whose ends have these names, and the nodes with what is known of each."""
    for edge in edges:
        start, end = edge.start, edge.end
        link = Link(edge.type, end.id, end.family, dict(edge.properties), names[end.id])
        yield from _relations(
            Iris(base_iri), Node(start.id, start.family, {"name": names[start.id]}, [link]), FACT_TYPES
        )


def articles(store: Store, base_iri: str, ids: Iterable[str]) -> Iterator[Quad]:
    """Some articles with their live claims, and what read these."""
    yield from _reported(Iris(base_iri), store, list(nodes_by_id(store, "Article", ids).values()), set())


def episodes(store: Store, base_iri: str, ids: Iterable[str]) -> Iterator[Quad]:
    """Some episodes, with the facts and allegations that follow from them."""
    iris, wanted = Iris(base_iri), sorted(set(ids))
    home = iris.graph("facts")
    for node in nodes_by_id(store, "Episode", wanted).values():
        yield from _in(home, _episode(iris, node))
    for kind in sorted(FACT_TYPES):
        for node in nodes_by_episode(store, kind, wanted):
            yield from _in(home, _relations(iris, node, FACT_TYPES))


def _in(graph: URIRef, triples: Iterator[Triple]) -> Iterator[Quad]:
    return (Quad(*triple, graph) for triple in triples)


def _reports(iris: Iris, store: Store) -> Iterator[Quad]:
    """Every article with its claims, in the named graph of its outlet."""
    extractions: set[URIRef] = set()
    for batch in pages(store, "Article", ARTICLES_AT_ONCE):
        yield from _reported(iris, store, batch, extractions)


def _reported(iris: Iris, store: Store, batch: list[Node], extractions: set[URIRef]) -> Iterator[Quad]:
    told = nodes_by_id(store, "Claim", (link.target for article in batch for link in article.targets("REPORTS")))
    for article in batch:
        outlet = next((link.target for link in article.targets("PUBLISHED_BY")), None)
        home = iris.graph(f"outlet/{outlet}" if outlet else "outlet")
        claims = [told[link.target] for link in article.targets("REPORTS") if link.target in told]
        live = [claim for claim in claims if "retired_at" not in claim.properties]
        yield from _in(home, _article(iris, article, {claim.id for claim in live}))
        for claim in live:
            yield from _in(home, _claim(iris, claim, article.id))
            yield from _in(iris.graph("ontology"), _extraction(iris, claim, extractions))


def _entity(iris: Iris, node: Node) -> Iterator[Triple]:
    own = iris.node(node.label, node.id)
    labels = [node.label, NODE_BY_LABEL[node.label].also]
    yield from ((own, RDF.type, iris.term(label)) for label in labels if label)
    if node.label == "Weapon" and node.id.startswith(WEAPON_CLASS):
        yield own, RDF.type, SKOS.Concept
        yield own, SKOS.inScheme, weapon_classes(iris)
        yield own, SKOS.prefLabel, text(node.properties.get("name", node.id), "en")
        for link in node.targets("OF_CLASS"):
            yield own, SKOS.broader, iris.entity(link.target)
    yield from _properties(iris, own, node)
    yield from _relations(iris, node, REFERENCE_TYPES)


def _article(iris: Iris, node: Node, live: set[str]) -> Iterator[Triple]:
    own = iris.node("Article", node.id)
    yield own, RDF.type, SDO.NewsArticle
    yield own, RDF.type, iris.term("Article")
    yield from _properties(iris, own, node)
    for link in node.links:
        if link.type != "REPORTS" or link.target in live:
            yield own, link_term(iris, link.type), iris.node(link.target_label, link.target)


def _claim(iris: Iris, node: Node, article: str) -> Iterator[Triple]:
    own, source, predicate = iris.node("Claim", node.id), iris.node("Article", article), node.properties["predicate"]
    for link in node.targets("SUBJECT"):
        yield iris.entity(link.target), iris.prop(predicate), own
    yield own, RDF.type, iris.term("Claim")
    yield own, RDFS.label, claim_label(node)
    for link in node.targets("OBJECT"):
        yield own, iris.statement_prop(predicate), iris.entity(link.target)
    yield from _properties(iris, own, node)
    for link in node.links:
        target = iris.node(link.target_label, link.target)
        if link.type == "BECAUSE_OF":  # the property of that name says it too
            continue
        if link.type in NO_QUALIFIER:
            yield own, link_term(iris, link.type), target
        else:
            yield own, iris.qualifier("instrument" if link.type == "UNDER" else camel(link.type)), target
    yield own, PROV.wasDerivedFrom, source
    yield own, PROV.wasGeneratedBy, _activity(iris, node)
    told = zip(*(node.properties.get(name, []) for name in ("quotes", "starts", "ends")), strict=True)
    for position, (quote, start, end) in enumerate(told, 1):
        yield from _evidence(iris, node.id, position, source, quote, start, end)


def _evidence(
    iris: Iris, claim: str, position: int, source: URIRef, quote: str, start: int, end: int
) -> Iterator[Triple]:
    own = iris.evidence(claim, position)
    place, words = iris.evidence(claim, position, "position"), iris.evidence(claim, position, "quote")
    yield iris.node("Claim", claim), iris.term("evidence"), own
    yield own, RDF.type, OA.SpecificResource
    yield own, OA.hasSource, source
    yield own, OA.hasSelector, place
    yield own, OA.hasSelector, words
    yield place, RDF.type, OA.TextPositionSelector
    yield place, OA.start, number(start)
    yield place, OA.end, number(end)
    yield words, RDF.type, OA.TextQuoteSelector
    yield words, OA.exact, text(quote)


def _activity(iris: Iris, claim: Node) -> URIRef:
    return iris.extractor(claim.properties["extractor"], claim.properties["extractor_version"])


def _extraction(iris: Iris, claim: Node, told: set[URIRef]) -> Iterator[Triple]:
    """What read the claim, once for each extractor and version."""
    activity = _activity(iris, claim)
    if activity in told:
        return
    told.add(activity)
    name, version = claim.properties["extractor"], claim.properties["extractor_version"]
    yield activity, RDF.type, PROV.Activity
    yield activity, RDFS.label, text(f"extraction by {name} {version}", "en")
    yield activity, PROV.wasAssociatedWith, iris.extractor(name)
    if iris.extractor(name) not in told:
        told.add(iris.extractor(name))
        yield iris.extractor(name), RDF.type, PROV.SoftwareAgent
        yield iris.extractor(name), RDFS.label, text(name, "en")


def _episode(iris: Iris, node: Node) -> Iterator[Triple]:
    own = iris.node("Episode", node.id)
    yield own, RDF.type, iris.term("Episode")
    yield own, RDFS.label, episode_label(node)
    yield from _properties(iris, own, node)
    for link in node.links:
        yield own, link_term(iris, link.type), iris.node(link.target_label, link.target)


def _relations(iris: Iris, node: Node, kinds: set[str]) -> Iterator[Triple]:
    """Direct triples, each once, and a node for every relationship that has properties."""
    direct = {(link.type, link.target): link for link in node.links if link.type in kinds and link.type != "ALLEGED"}
    for kind, target in direct:
        label = direct[kind, target].target_label
        yield iris.node(node.label, node.id), link_term(iris, kind), iris.node(label, target)
    for link in node.links:
        if link.type in kinds and link.properties:
            yield from _relation(iris, node, link)


def _relation(iris: Iris, node: Node, link: Link) -> Iterator[Triple]:
    kind = link.properties["predicate"] if link.type == "ALLEGED" else link.type
    fact = link.type in FACT_TYPES
    told_apart = link.properties["episode"] if fact else json.dumps(link.properties, sort_keys=True)
    own = iris.relation(link.type, kind, node.id, link.target, told_apart)
    yield own, RDF.type, iris.term("Allegation" if link.type == "ALLEGED" else "Fact" if fact else "Relation")
    yield own, RDFS.label, relation_label(node, kind, link)
    yield own, RDF.subject, iris.node(node.label, node.id)
    yield own, RDF.predicate, link_term(iris, kind)
    yield own, RDF.object, iris.node(link.target_label, link.target)
    known = link.properties if link.type in FACT_TYPES else _bounded(link.properties)
    for name, value in known.items():
        term = iris.term(camel(name))
        if name == "episode":
            yield own, term, iris.node("Episode", value)
        elif name in ENTITY_VALUES:
            yield own, term, iris.entity(value)
        elif name != "predicate":
            kind = "date" if name in BOUNDS else RELATIONSHIP_BY_TYPE[link.type].property(name).type
            yield from ((own, term, literal) for literal in literals(value, kind))


def _bounded(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Begin and end as facts have them, each by the first and the last day on which it can have been."""
    told, ends = dict(properties), last_day(properties.get("until", NO_DAY))
    for name, latest in (("since", ends), ("until", NO_DAY)):
        if name in told:
            told |= {f"{name}_from": first_day(told[name]), name: min(last_day(told[name]), latest)}
    return told


def _properties(iris: Iris, own: URIRef, node: Node) -> Iterator[Triple]:
    untold = (*UNTOLD.get(node.label, ()), "id")
    for name, value in node.properties.items():
        if name not in untold:
            term = term_of(iris, node.label, name)
            if node.label == "Claim" and name in QUALIFIERS:
                term = iris.qualifier(camel(name))
            yield from ((own, term, value) for value in dict.fromkeys(_values(iris, node, name, value)))


def _values(iris: Iris, node: Node, name: str, value: Any) -> list[URIRef | Literal]:
    if name in SCHEMES:
        return [iris.concept(name, value)]
    match node.label, name:
        case ("Claim", "event_date"):
            return [edtf(value)]
        case ("Claim", "because_of"):
            return [iris.node("Claim", claim) for claim in value]
        case ("Article", "url"):
            return [address(value)]
        case ("Article", "title"):
            return [text(value, node.properties.get("language"))]
        case ("Article" | "Claim", "published" | "modified"):
            return list(literals(value, "datetime"))
        case (_, "name"):
            return [text(value, "en")]
    return list(literals(value, NODE_BY_LABEL[node.label].property(name).type))

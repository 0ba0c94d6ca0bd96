"""The ontology and the data set described in RDF, out of the declared model."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SDO, SKOS, VOID, XSD

from graph.claims import QUALIFIER_ROLES, Qualifiers
from graph.model import FACTS, NODES, REFERENCE, REPORTING, ROLES, Property, PropertyType
from graph.rdf_terms import EDTF, Iris, camel, text
from graph.vocabulary import ASSERTIONS, PHASE_OF, PHASES, PREDICATES, STAGES

OA = Namespace("http://www.w3.org/ns/oa#")
TITLE = "Embargo: actors, weapons and sanctions"
SUMMARY = "Who bought, sold, tested, used or sanctioned what or whom, as news articles tell it, and in which words."

Triple = tuple[URIRef, URIRef, URIRef | Literal]

NAMES: dict[str, URIRef] = {"name": RDFS.label, "aliases": SKOS.altLabel}
ARTICLE_TERMS: dict[str, URIRef] = {
    "source_id": SDO.identifier,
    "title": SDO.headline,
    "url": SDO.url,
    "published": SDO.datePublished,
    "modified": SDO.dateModified,
    "language": SDO.inLanguage,
}
CLAIM_TERMS: dict[str, URIRef] = {"published": SDO.datePublished, "recorded_at": PROV.generatedAtTime}
OWN_NAMES = {("Article", "origin"): "reported_by"}
"""Properties whose own name is taken by a relationship."""
LINKS: dict[str, URIRef] = {"PUBLISHED_BY": SDO.publisher, "MENTIONS": SDO.mentions}
"""Relationships that have a term in a vocabulary of others."""
UNTOLD: dict[str, tuple[str, ...]] = {
    "Article": ("text", "extractors", "extractor_versions"),
    "Claim": ("quotes", "starts", "ends", "extractor", "extractor_version", "article_version", "retired_at",
              "lapsed_at", "revived_at", "retired_why"),
}  # fmt: skip
"""Properties that are told otherwise or, as the text of an article, not at all."""
ENTITY_VALUES = ("instrument", "supplier", "recipient", "weapon", "by", "of_class")
"""Properties of edges whose values are ids of entities."""
BROADER_CLASS: dict[str, tuple[URIRef, ...]] = {
    "Country": (SDO.Country,),
    "Organization": (SDO.Organization,),
    "Company": (SDO.Organization,),
    "ArmedGroup": (SDO.Organization,),
    "Person": (SDO.Person,),
    "Outlet": (SDO.NewsMediaOrganization,),
    "Article": (SDO.NewsArticle, PROV.Entity),
    "Claim": (PROV.Entity,),
}
DATATYPES: dict[PropertyType, URIRef] = {
    "string": XSD.string,
    "string[]": XSD.string,
    "integer": XSD.integer,
    "integer[]": XSD.integer,
    "float": XSD.decimal,
    "boolean": XSD.boolean,
    "date": XSD.date,
    "datetime": XSD.dateTime,
}


def prefixes(iris: Iris) -> dict[str, str]:
    """The prefixes that the project's own files and queries use."""
    own = {
        "o": "ontology/",
        "e": "entity/",
        "article": "article/",
        "claim": "claim/",
        "p": "prop/",
        "ps": "prop/statement/",
        "pq": "prop/qualifier/",
        "stage": "stage/",
        "phase": "phase/",
        "assertion": "assertion/",
        "rel": "relation/",
        "graph": "graph/",
        "evidence": "evidence/",
        "outlet": "outlet/",
    }
    others = {
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "owl": OWL,
        "skos": SKOS,
        "prov": PROV,
        "oa": OA,
        "schema": SDO,
        "dcterms": DCTERMS,
        "dcat": DCAT,
        "void": VOID,
    }
    return {name: iris.base + path for name, path in own.items()} | {name: str(ns) for name, ns in others.items()}


def term_of(iris: Iris, label: str, name: str) -> URIRef:
    """The property under which a node's property is told."""
    special = {"Article": ARTICLE_TERMS, "Claim": CLAIM_TERMS}.get(label, {}) | NAMES
    return special.get(name) or iris.term(camel(OWN_NAMES.get((label, name), name)))


def link_term(iris: Iris, kind: str) -> URIRef:
    """The property under which a relationship is told."""
    return LINKS.get(kind) or iris.term(camel(kind))


def weapon_classes(iris: Iris) -> URIRef:
    """The SKOS scheme of weapon classes."""
    return iris.concept("scheme", "weapon-classes")


def vocabulary(iris: Iris) -> Iterator[Triple]:
    """Data set, classes, properties and controlled terms, always in the same order and each once."""
    yield from dict.fromkeys([*_dataset(iris), *_classes(iris), *_properties(iris), *_schemes(iris)])


def _dataset(iris: Iris) -> Iterator[Triple]:
    dataset = iris.dataset()
    yield from ((dataset, RDF.type, kind) for kind in (DCAT.Dataset, VOID.Dataset))
    yield dataset, DCTERMS.title, text(TITLE, "en")
    yield dataset, DCTERMS.description, text(SUMMARY, "en")
    yield dataset, VOID.uriSpace, text(iris.base)
    yield dataset, VOID.exampleResource, iris.entity("TUR")
    yield dataset, DCTERMS.conformsTo, URIRef(f"{iris.base}ontology")
    for namespace in (SKOS, PROV, OA, SDO, DCTERMS):
        yield dataset, VOID.vocabulary, URIRef(str(namespace))
    ontology = URIRef(f"{iris.base}ontology")
    yield ontology, RDF.type, OWL.Ontology
    yield ontology, RDFS.label, text(TITLE, "en")


def _classes(iris: Iris) -> Iterator[Triple]:
    for node in NODES:
        own = iris.term(node.label)
        yield from _described(iris, own, RDFS.Class, node.label, node.doc)
        broader = [iris.term(node.also)] if node.also else []
        yield from ((own, RDFS.subClassOf, other) for other in [*broader, *BROADER_CLASS.get(node.label, ())])
    for name, doc in (
        ("Fact", "A fact that an episode establishes: the direct triple, with its time and support."),
        ("Allegation", "A fact that is only alleged: it has no direct triple."),
        ("Relation", "A relationship of the reference data, with its details."),
    ):
        yield from _described(iris, iris.term(name), RDFS.Class, name, doc)
        yield iris.term(name), RDFS.subClassOf, RDF.Statement


def _properties(iris: Iris) -> Iterator[Triple]:
    for relationship in (*REPORTING, *ROLES, *REFERENCE, *FACTS):
        if relationship.type not in (*LINKS, "ALLEGED"):
            yield from _described(
                iris, iris.term(camel(relationship.type)), RDF.Property, relationship.type, relationship.doc
            )
        yield from (triple for item in relationship.properties for triple in _property(iris, relationship.type, item))
    for node in NODES:
        told = (item for item in node.properties if item.name not in (*UNTOLD.get(node.label, ()), "id"))
        yield from (triple for item in told for triple in _property(iris, node.label, item))
    yield from _described(iris, iris.term("evidence"), RDF.Property, "evidence", "The words that say so.")
    for predicate in PREDICATES:
        yield from _described(iris, iris.prop(predicate), RDF.Property, predicate, "From the subject to its claims.")
        yield from _described(
            iris, iris.statement_prop(predicate), RDF.Property, predicate, "From a claim to its object."
        )
    for name in Qualifiers.model_fields:
        doc = "A role of the claim." if name in QUALIFIER_ROLES else "A detail of the claim."
        yield from _described(iris, iris.qualifier(camel(name)), RDF.Property, name, doc)


def _property(iris: Iris, owner: str, item: Property) -> Iterator[Triple]:
    term = term_of(iris, owner, item.name)
    if not term.startswith(iris.base) or (owner == "Claim" and item.name in Qualifiers.model_fields):
        return
    yield from _described(iris, term, RDF.Property, item.name, item.doc)
    if item.name == "event_date":
        yield term, RDFS.range, EDTF
    elif item.name not in (*ENTITY_VALUES, "episode", "stage", "phase", "assertion", "frame"):
        yield term, RDFS.range, DATATYPES[item.type]


def _schemes(iris: Iris) -> Iterator[Triple]:
    for scheme, names in (("phase", PHASES), ("stage", STAGES), ("assertion", ASSERTIONS), ("frame", _frames())):
        own = iris.concept("scheme", scheme)
        yield from _described(iris, own, SKOS.ConceptScheme, scheme, f"The values of {scheme}.")
        for name in names:
            concept = iris.concept(scheme, name)
            yield concept, RDF.type, SKOS.Concept
            yield concept, SKOS.prefLabel, text(name, "en")
            yield concept, SKOS.inScheme, own
    for stage, phase in PHASE_OF.items():
        yield iris.concept("stage", stage), SKOS.broadMatch, iris.concept("phase", phase)
    yield from _described(
        iris, weapon_classes(iris), SKOS.ConceptScheme, "weapon classes", "Classes of weapons, from wide to narrow."
    )


def _frames() -> tuple[str, ...]:
    return tuple(dict.fromkeys(predicate.frame for predicate in PREDICATES.values()))


def _described(iris: Iris, own: URIRef, kind: URIRef, label: str, doc: str) -> Iterator[Triple]:
    yield own, RDF.type, kind
    yield own, RDFS.label, text(label.replace("_", " "), "en")
    yield own, RDFS.comment, text(doc, "en")
    yield own, RDFS.isDefinedBy, URIRef(f"{iris.base}ontology")

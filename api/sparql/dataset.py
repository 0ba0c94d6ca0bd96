"""The graph as a data set and where to get it, in VoID (W3C Interest Group Note, 2011) and DCAT 3 (W3C
Recommendation, 2024)."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID, XSD

from graph.exports import FORMATS
from graph.rdf_terms import Iris

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
LICENCES = "https://spdx.org/licenses/"
RDF_FORMS = ("ttl", "nt", "nq", "trig", "jsonld")
CLASSES = {"claims": "Claim", "articles": "Article", "episodes": "Episode", "actors": "Actor", "weapons": "Weapon",
           "instruments": "Instrument"}  # fmt: skip
"""Of the counts of `graph.exports.dataset.describe`."""


def dataset(root: str, base_iri: str, told: dict[str, Any]) -> list[ox.Triple]:
    """What the graph itself does not tell of it: version, size, licence and addresses.

    Args:
        root: address of the service, without a slash at the end.
        base_iri: begin of the graph's IRIs.
        told: what `graph.exports.dataset.describe` tells.
    """
    own, endpoint = ox.NamedNode(Iris(base_iri).dataset()), ox.NamedNode(f"{root}/sparql")
    access = ox.NamedNode(f"{own.value}#sparql")
    triples = [
        _triple(own, DCAT.version, ox.Literal(told["version"])),
        _triple(own, VOID.sparqlEndpoint, endpoint),
        _triple(access, RDF.type, _node(DCAT.DataService)),
        _triple(access, DCTERMS.title, ox.Literal("SPARQL 1.1, queries only", language="en")),
        _triple(access, DCAT.endpointURL, endpoint),
        _triple(access, DCAT.servesDataset, own),
    ]
    if told["modified"]:
        triples.append(_triple(own, DCTERMS.modified, ox.Literal(told["modified"], datatype=_node(str(XSD.dateTime)))))
    if licence := told["licence"]:
        address = licence if licence.startswith(("http://", "https://")) else f"{LICENCES}{licence}"
        triples.append(_triple(own, DCTERMS.license, ox.NamedNode(address)))
    for count, name in CLASSES.items():
        part = ox.NamedNode(f"{own.value}#{name}")
        triples += [
            _triple(own, VOID.classPartition, part),
            _triple(part, VOID["class"], ox.NamedNode(Iris(base_iri).term(name))),
            _triple(part, VOID.entities, ox.Literal(told["counts"][count])),
        ]
    for form in FORMATS.values():
        copy, file = ox.NamedNode(f"{own.value}#{form.name}"), ox.NamedNode(f"{root}/v1/export/{form.name}")
        triples += [
            _triple(own, DCAT.distribution, copy),
            _triple(copy, RDF.type, _node(DCAT.Distribution)),
            _triple(copy, DCTERMS.title, ox.Literal(form.doc, language="en")),
            _triple(copy, DCAT.downloadURL, file),
            _triple(copy, DCAT.mediaType, ox.NamedNode(f"{MEDIA_TYPES}{form.media_type}")),
        ]
        if form.name in RDF_FORMS:
            triples.append(_triple(own, VOID.dataDump, file))
    return triples


def _triple(subject: ox.NamedNode, predicate: str, object: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, _node(predicate), object)


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(str(iri))

"""Linked data: what is known of each thing, under an address made from its IRI; and the data set as a whole."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.graph import Graph
from api.parameters import Strict
from api.problems import ProblemError, responses
from api.settings import ApiSettings
from api.sparql.answering import answered
from api.sparql.dataset import dataset
from api.sparql.named import named_graph, size_query
from api.sparql.negotiation import accepted
from api.sparql.page import page
from api.sparql.protocol import root_of
from api.sparql.worker import GRAPHS
from graph.exports.dataset import describe
from graph.rdf_terms import Iris
from graph.rdf_vocabulary import prefixes

router = APIRouter(tags=["sparql"], route_class=Strict)
PLACE, GRAPH = "/id/", "graph/"
ROWS = "application/sparql-results+json"
LINES, HTML = "application/n-triples", "text/html"
FORMS = (*GRAPHS, HTML)
ANSWERS: dict[int | str, dict[str, Any]] = responses(400, 404, 406, 422, 503) | {
    200: {
        "description": "Its triples, or a page, as Accept asks for.",
        "content": {kind: {"schema": {"type": "string"}} for kind in FORMS},
    },
    304: {"description": "It is still the one with this ETag."},
}


@router.head("/id/{name:path}", include_in_schema=False)
@router.get("/id/{name:path}", summary="A thing by its IRI", response_class=Response, responses=ANSWERS)
async def get_thing(
    request: Request,
    name: Annotated[
        str, Path(description="The IRI without what all begin with (EMBARGO_BASE_IRI).", examples=["entity/TUR"])
    ],
) -> Response:
    """What the graph says of it: the triples of which it is the subject. Of a named graph: what it holds."""
    return await _described(request, name)


@router.head("/.well-known/void", include_in_schema=False)
@router.get("/.well-known/void", summary="The data set", response_class=Response, responses=ANSWERS)
async def get_void(request: Request) -> Response:
    """Title, version, size, licence, and where to get the whole: VoID and DCAT."""
    return await _described(request, "dataset")


async def _described(request: Request, name: str) -> Response:
    settings: ApiSettings = request.app.state.settings
    kind = accepted(", ".join(request.headers.getlist("accept")), FORMS)
    if kind is None:
        raise ProblemError(406, f"this comes as {', '.join(FORMS)}; name one of them in Accept")
    iri = settings.base_iri + quote(name, safe="/", errors="surrogatepass")
    reply, _ = await answered(request, f"DESCRIBE <{iri}>", graph=LINES)
    triples = [quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)]
    if not triples and name.startswith(GRAPH):
        triples = await _named_graph(request, name.removeprefix(GRAPH), iri)
    if not triples:
        raise ProblemError(
            404, f"nothing is known of '{name[:200]}'; names are such as entity/TUR, claim/ID and dataset"
        )
    if iri == str(Iris(settings.base_iri).dataset()):
        known: Graph = request.app.state.graph
        told = await run_in_threadpool(lambda: describe(known.store(), settings))
        triples += dataset(root_of(request), settings.base_iri, told)
    if kind == HTML:
        about = [triple for triple in triples if triple.subject == ox.NamedNode(iri)]
        text = page(iri, about, settings.base_iri, PLACE).encode()
    else:
        text = ox.serialize(triples, format=GRAPHS[kind], prefixes=prefixes(Iris(settings.base_iri))) or b""
    return Response(text, media_type=kind, headers={"Vary": "Accept"})


async def _named_graph(request: Request, name: str, iri: str) -> list[ox.Triple]:
    """What is told of a named graph; nothing where it is empty."""
    settings: ApiSettings = request.app.state.settings
    reply, _ = await answered(request, size_query(iri), results=ROWS)
    size = int(json.loads(reply.body)["results"]["bindings"][0]["triples"]["value"])
    return named_graph(root_of(request), settings.base_iri, name, iri, size) if size else []

"""SPARQL 1.1 Protocol, queries only."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from api.problems import ProblemError, responses
from api.settings import ApiSettings
from api.sparql.answering import answered
from api.sparql.description import describe
from api.sparql.guard import QueryError, check
from api.sparql.negotiation import accepted
from api.sparql.protocol import DIRECT, FORM, read_question, root_of
from api.sparql.worker import GRAPHS, RESULTS

router = APIRouter(tags=["sparql"])
AGE = "X-Copy-Age"
EXAMPLE = "PREFIX e: <https://embargo.example/entity/> SELECT ?p ?o { e:TUR ?p ?o } LIMIT 5"
QUERY: dict[str, Any] = {"type": "string", "description": "SPARQL 1.1 query.", "examples": [EXAMPLE]}
GRAPH: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "format": "iri"},
    "examples": [["https://embargo.example/graph/facts"]],
}
PARAMETERS: dict[str, dict[str, Any]] = {
    "query": QUERY,
    "default-graph-uri": GRAPH | {"description": "Graphs that make the default graph; else all of them do."},
    "named-graph-uri": GRAPH | {"description": "Graphs that `GRAPH` may name; else all of them."},
}
ANSWERS = responses(400, 403, 406, 413, 415, 503) | {
    200: {
        "description": "Rows, a boolean or triples, in the form that Accept asks for.",
        "content": {
            kind: {"schema": {} if kind.endswith("json") else {"type": "string"}} for kind in (*RESULTS, *GRAPHS)
        },
    }
}
GET = {
    "parameters": [
        {"name": name, "in": "query", "schema": schema, "description": schema["description"], "required": False}
        for name, schema in PARAMETERS.items()
    ]
}
POST = {
    "requestBody": {
        "required": True,
        "content": {
            DIRECT: {"schema": QUERY},
            FORM: {"schema": {"type": "object", "properties": PARAMETERS, "required": ["query"]}},
        },
    }
}


@router.get("/sparql", summary="Ask in SPARQL", response_class=Response, responses=ANSWERS, openapi_extra=GET)
@router.get("/sparql/", include_in_schema=False)
@router.head("/sparql", include_in_schema=False)
@router.head("/sparql/", include_in_schema=False)
async def get_sparql(request: Request) -> Response:
    """Answers `query`; without it describes the service."""
    return await _answer(request, b"")


@router.post("/sparql", summary="Ask in SPARQL", response_class=Response, responses=ANSWERS, openapi_extra=POST)
@router.post("/sparql/", include_in_schema=False)
async def post_sparql(request: Request) -> Response:
    """Answers the query in the body, direct or as a form."""
    return await _answer(request, await request.body())


async def _answer(request: Request, body: bytes) -> Response:
    settings: ApiSettings = request.app.state.settings
    accept = ", ".join(request.headers.getlist("accept"))
    results, graph = accepted(accept, RESULTS), accepted(accept, GRAPHS)
    question = read_question(
        request.method, request.scope["query_string"], request.headers.get("content-type", ""), body
    )
    if question is None:
        kind = graph or next(iter(GRAPHS))
        described = describe(f"{root_of(request)}/sparql", settings.base_iri, kind)
        return Response(described, media_type=kind, headers={"Vary": "Accept"})
    if results is None and graph is None:
        raise ProblemError(406, f"answers come as {', '.join((*RESULTS, *GRAPHS))}; name one of them in Accept")
    try:
        checked = check(question.query)
    except QueryError as error:
        raise ProblemError(400, str(error)) from error
    given = bool(question.default_graphs or question.named_graphs)
    reply, age = await answered(
        request,
        checked.text,
        results=results,
        graph=graph,
        default_graphs=question.default_graphs if given else None,
        named_graphs=question.named_graphs if given else None,
        own_dataset=checked.has_dataset,
    )
    return Response(reply.body, media_type=reply.media_type, headers={AGE: f"{age:.1f}", "Vary": "Accept"})

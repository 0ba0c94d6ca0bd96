"""How a query that may be asked becomes an answer, whichever route it came by."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.graph import Graph
from api.problems import ProblemError
from api.settings import ApiSettings
from api.sparql.copy import Copies, CopyPendingError
from api.sparql.runner import Runner
from api.sparql.worker import Job, Reply
from graph.rdf_terms import Iris
from graph.rdf_vocabulary import prefixes

PENDING = "the copy of the graph that SPARQL is asked of is being made; try again in a moment"


async def answered(
    request: Request,
    query: str,
    *,
    results: str | None = None,
    graph: str | None = None,
    default_graphs: list[str] | None = None,
    named_graphs: list[str] | None = None,
    own_dataset: bool = False,
) -> tuple[Reply, float]:
    """The reply to a query, and for how many seconds the copy has not been known to be the graph.

    The arguments are those of `worker.Job`.

    Raises:
        ProblemError: the query cannot be answered, or not now.
        graph.errors.StoreError: the store cannot be used.
    """
    settings: ApiSettings = request.app.state.settings
    known: Graph = request.app.state.graph
    copies: Copies = request.app.state.copies
    runner: Runner = request.app.state.sparql_runner

    def reply_to_it() -> tuple[Reply, float]:
        folder, age = copies.newest(known.store())
        job = Job(
            copy=str(folder),
            query=query,
            base_iri=settings.base_iri,
            prefixes=prefixes(Iris(settings.base_iri)),
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            own_dataset=own_dataset,
            results=results,
            graph=graph,
        )
        return runner.run(job), age

    try:
        reply, age = await run_in_threadpool(reply_to_it)
    except CopyPendingError as error:
        raise ProblemError(503, PENDING, {"Retry-After": "5"}) from error
    if reply.status != 200:
        raise ProblemError(reply.status, reply.body.decode(), {"Retry-After": "5"} if reply.status == 503 else None)
    return reply, age

"""The query operation of the SPARQL 1.1 Protocol (W3C Recommendation, 2013, section 2.1): what a request asks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
from fastapi import Request

from api.problems import ProblemError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
READS = "this service only reads: updates are not possible here; articles go to POST /v1/articles"
KNOWN = {"query", "default-graph-uri", "named-graph-uri"}
UNHEARD = {"format", "output", "results"}
"""Clients such as SPARQLWrapper send them beside the header Accept, which says the same and decides."""
MOST_GRAPHS = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the data set that the request names for it."""

    query: str
    default_graphs: list[str]
    named_graphs: list[str]


def read_question(method: str, address_query: bytes, content_type: str, body: bytes) -> Question | None:
    """What a request asks; None where it is a GET or HEAD without a query, which asks for the service's description.

    Raises:
        ProblemError: 400 for a request that is not of the protocol, 403 for an update, 415 for another media type.
    """
    pairs = _pairs(address_query)
    query: str | None = None
    if method == "POST":
        kind, _, parameters = content_type.lower().partition(";")
        kind = kind.strip()
        if kind == UPDATE:
            raise ProblemError(403, READS)
        if kind not in (FORM, DIRECT):
            raise ProblemError(415, f"send the query as {DIRECT}, or as {FORM} in the field 'query'")
        charset = parameters.partition("charset=")[2].strip(' "').partition(";")[0]
        if charset not in ("", "utf-8", "utf8"):
            raise ProblemError(415, f"the charset {charset} is not possible; send UTF-8")
        if kind == DIRECT:
            if any(name == "query" for name, _ in pairs):
                raise ProblemError(400, "the query stands in the address and in the body; send it once")
            query = _decoded(body)
        else:
            if any(name in ("query", "update") for name, _ in pairs):
                raise ProblemError(400, "of a form the query stands in the body, not in the address")
            pairs += _pairs(body)
    if any(name == "update" for name, _ in pairs):
        raise ProblemError(403, READS)
    unknown = sorted({name for name, _ in pairs} - KNOWN - UNHEARD)
    queries = [value for name, value in pairs if name == "query"]
    if query is None and not queries:
        if method != "POST" and not pairs:
            return None
        raise ProblemError(400, "the parameter 'query' is missing")
    if unknown:
        raise ProblemError(400, f"the parameter '{unknown[0]}' is not known; there are {', '.join(sorted(KNOWN))}")
    if len(queries) > 1:
        raise ProblemError(400, "there are several queries; send one at a time")
    graphs = {kind: [_graph(value) for name, value in pairs if name == kind] for kind in KNOWN - {"query"}}
    if sum(map(len, graphs.values())) > MOST_GRAPHS:
        raise ProblemError(400, f"more than {MOST_GRAPHS} graphs are named; name fewer")
    text = queries[0] if query is None else query
    return Question(text, graphs["default-graph-uri"], graphs["named-graph-uri"])


def root_of(request: Request) -> str:
    """The address of the service as the client knows it, without a slash at the end.

    Raises:
        ProblemError: 400 where the header Host is none.
    """
    root = str(request.base_url).rstrip("/")
    try:
        return ox.NamedNode(root).value
    except ValueError as error:
        raise ProblemError(400, "the header Host is no host with a port") from error


def _pairs(data: bytes) -> list[tuple[str, str]]:
    if data.count(b"&") > MOST_GRAPHS + len(KNOWN | UNHEARD):
        raise ProblemError(400, f"more than {MOST_GRAPHS} graphs are named; name fewer")
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise ProblemError(400, f"the parameters are not in percent-encoded UTF-8 ({error})") from error


def _decoded(body: bytes) -> str:
    """The text of a body; a byte order mark, which some editors write, is no part of it."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(400, f"the query is not UTF-8 ({error})") from error


def _graph(iri: str) -> str:
    try:
        absolute = bool(urlsplit(iri).scheme)
    except ValueError:
        absolute = False
    if not absolute or any(character <= " " or character in '<>"{}|^`\\' for character in iri):
        raise ProblemError(400, f"'{iri[:200]}' is no absolute IRI, so that it names no graph")
    return iri

"""How fast SPARQL is answered: `python -m bench.sparql_queries --store URI [--clients 1 8] [--seconds N] [--pid PID]`.

Starts the service over a store, waits until the copy for SPARQL is made, and asks the queries of `queries/sparql`, once
over the whole graph, as they stand, and once about the example of their first parameter, and then what people ask of
their own. Each is asked for some seconds by so many clients at once, as fast as answers come.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Mapping
from statistics import quantiles

import httpx
from rich.console import Console
from rich.table import Table

from bench.serving import Measured, ask, get, served
from queries.reader import Query, stored_queries

PREFIXES = """\
PREFIX e: <https://embargo.example/entity/>
PREFIX o: <https://embargo.example/ontology/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
"""
OWN = {
    "whether there is anything": "ASK {}",
    "all of one actor": "SELECT ?p ?o { e:TUR ?p ?o }",
    "one actor described": "DESCRIBE e:TUR",
    "by a part of its name": 'SELECT ?s ?name { ?s rdfs:label ?name FILTER (CONTAINS(LCASE(?name), "s-400")) }',
    "claims by predicate": "SELECT ?p (COUNT(*) AS ?n) { ?c a o:Claim ; o:predicate ?p } GROUP BY ?p ORDER BY DESC(?n)",
    "articles by year": "SELECT ?year (COUNT(*) AS ?n) { ?a a o:Article ; schema:datePublished ?day "
    "BIND (SUBSTR(STR(?day), 1, 4) AS ?year) } GROUP BY ?year ORDER BY ?year",
    "who arms those under sanctions": "SELECT DISTINCT ?by ?to { ?one o:arms ?to . ?sender o:sanctions ?to . "
    "?one rdfs:label ?by }",
    "who uses what kind": "SELECT ?who ?kind (COUNT(*) AS ?n) { ?who o:uses ?w . ?w (o:variantOf|o:ofClass)* ?kind } "
    "GROUP BY ?who ?kind ORDER BY DESC(?n) LIMIT 50",
    "two steps from one actor": "SELECT DISTINCT ?far { e:TUR ?p ?near . ?near ?q ?far FILTER (isIRI(?far)) }",
}
EXAMPLES_FOR = {"claim": "claim", "actor": "entity", "weapon": "entity", "instrument": "entity"}
COPY_SECONDS = 600


def bound(client: httpx.Client, query: Query) -> str:
    """A stored query about the example of its first parameter, or about some claim."""
    first = query.header.parameters[0]
    if first.type == "claim":
        [item] = client.get("/v1/claims", params={"limit": 1}).json()["items"]
    else:
        item = client.get("/v1/entities", params={"q": str(first.example)}).json()["items"][0]
    return query.text.replace(f"${first.name}", f"<https://embargo.example/{EXAMPLES_FOR[first.type]}/{item['id']}>")


def texts(client: httpx.Client) -> dict[str, str]:
    """All that is asked, by name."""
    stored = stored_queries("sparql")
    whole = {name: query.text for name, query in stored.items()}
    some = {f"{name}, of one": bound(client, query) for name, query in stored.items()}
    return whole | some | {name: PREFIXES + text for name, text in OWN.items()}


def ready(client: httpx.Client) -> None:
    """Waits until the copy is made."""
    deadline = time.monotonic() + COPY_SECONDS
    while client.get("/sparql", params={"query": "ASK {}"}).status_code != 200 and time.monotonic() < deadline:
        time.sleep(1)


def row(name: str, size: int, by_clients: Mapping[int, Measured]) -> list[str]:
    """A line of the table."""
    cells = [name, f"{size / 1000:.1f}"]
    for found in by_clients.values():
        if len(found.milliseconds) < 2:
            cells += ["–", "–", "–", str(found.errors)]
            continue
        cuts = quantiles(found.milliseconds, n=100)
        spent = 1000 * found.processor / len(found.milliseconds)
        cells += [f"{cuts[49]:.0f}", f"{cuts[94]:.0f}", f"{spent:.0f}", str(found.errors)]
    return cells


def main() -> None:
    """Reads the arguments, starts the service, asks, and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", metavar="URI", required=True, help="a store with articles")
    parser.add_argument("--pid", type=int, help="process id of the server of --store")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8], metavar="N")
    parser.add_argument("--seconds", type=float, default=2, help="how long each is asked (default %(default)s)")
    given = parser.parse_args()
    heads = [f"{what}, {n}" for n in given.clients for what in ("p50 ms", "p95 ms", "processor ms", "errors")]
    table = Table("query", "kB", *heads)
    with served(given.store, given.pid, 1) as service:
        with httpx.Client(base_url=f"http://127.0.0.1:{service.port}", timeout=120) as client:
            ready(client)
            asked = texts(client)
            sizes = {n: len(client.get("/sparql", params={"query": text}).content) for n, text in asked.items()}
        for name, text in asked.items():
            question = [get("/sparql", query=text)]
            found = {n: asyncio.run(ask(service, question, n, given.seconds, 10**9)) for n in given.clients}
            table.add_row(*row(name, sizes[name], found))
    Console(highlight=False, width=160).print(table)


if __name__ == "__main__":
    main()

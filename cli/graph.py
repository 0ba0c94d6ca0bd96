"""Commands that ask the graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.common import OutputOption, StoreOption, app, fail, messages, open_graph, open_output, open_store, writing
from cli.table import check_format, print_rows


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A named query; without one they are listed.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="KEY=VALUE",
            help="A parameter; may be given several times. With --cypher, a value that is JSON (a number, true, false, "
            'null, a list, an object, a string in quotes) is taken as that: k=0.9, ids=["TUR","IRN"]. Any other is '
            "text.",
        ),
    ] = None,
    cypher: Annotated[str | None, typer.Option("--cypher", metavar="TEXT", help="Your own Cypher; read-only.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table, json or csv.")] = "table",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the Cypher and the store's plan for it instead of asking.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Ask the graph.

    Examples:
      embargo query
      embargo query transfers --param recipient=Turkey
      embargo query --cypher "MATCH (a)-[:SANCTIONS]->(b) RETURN a.name, b.name"
      embargo query --cypher 'MATCH (c:Claim) WHERE c.confidence > $least RETURN c.id' --param least=0.9
    """
    from queries.reader import stored_queries
    from queries.unknown_words import hint

    check_format(format)
    if name is None and cypher is None:
        print_rows(
            ["name", "answers"],
            [{"name": n, "answers": q.header.answers} for n, q in sorted(stored_queries().items())],
            format,
        )
        return
    if name is not None and cypher is not None:
        fail("give a named query or --cypher, not both")
    params = _parameters(param or [])
    with open_graph(store) as opened, _refusals():
        if explain:
            _explain(opened, name or "", cypher, params)
            return
        columns, rows = _ask(opened, name or "", cypher, params)
    if cypher is not None:
        print_rows(columns, rows, format, why=hint(cypher, rows), whole=True)
        return
    named = stored_queries()[name or ""].header.columns
    print_rows(columns, rows, format, {column.name: column.doc for column in named})


def _ask(store: Any, name: str, cypher: str | None, params: dict[str, str]) -> tuple[list[str], list[Any]]:
    from queries.runner import run

    if cypher is not None:
        rows = store.read(cypher, **_values(params))
        return (list(rows[0]) if rows else []), rows
    result = run(store, name, params)
    if result.undated:
        messages.print(f"{result.undated:,} claims left out: nobody knows when they were published")
    return result.columns, result.rows


def _explain(store: Any, name: str, cypher: str | None, params: dict[str, str]) -> None:
    from queries.runner import explain, plan_of

    if cypher is not None:
        print(plan_of(store, cypher, _values(params)))
        return
    told = explain(store, name, params)
    print(told.cypher)
    print("\n".join(f"// ${key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.parameters.items()))
    print(f"\n{told.plan}")


@contextmanager
def _refusals() -> Iterator[None]:
    """What is wrong with a query ends the command with its message and exit 2."""
    from neo4j.exceptions import ClientError

    from graph.errors import would_write

    try:
        yield
    except (LookupError, ValueError) as error:
        fail(str(error.args[0] if error.args else error))
    except OverflowError as error:
        fail(f"a parameter cannot be sent to the store: {error}")
    except ClientError as error:
        if would_write(error.code):
            fail("the query would write; this command only reads")
        fail(f"the query was refused: {error.message}")


def _parameters(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        fail(f"'{wrong[0]}' is not KEY=VALUE, such as --param recipient=Turkey")
    given: dict[str, str] = {}
    for pair in pairs:
        name, value = pair.split("=", 1)
        if name in given:
            fail(f"parameter '{name}' is given twice; give it once")
        given[name] = value
    return given


def _values(given: dict[str, str]) -> dict[str, Any]:
    """Parameters of a caller's own Cypher: JSON where it is that, else text."""
    return {name: _value(text) for name, text in given.items()}


def _value(text: str) -> Any:
    from graph.json_lines import read_json

    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return text


def _export_all(folder: Path | None, store: str | None) -> None:
    from graph.exports.dataset import write_all
    from graph.log import CursorError
    from graph.settings import Settings

    if folder is None:
        fail("'all' writes many files; give a folder with -o")
    with open_graph(store) as opened, writing(folder):
        try:
            index = write_all(opened, folder, Settings())
        except CursorError:
            fail(f"{folder} holds an export of another graph; give another folder")
    messages.print(f"{len(index['resources'])} formats of version {index['version']} in {folder}", markup=False)


@app.command()
def changes(
    since: Annotated[str | None, typer.Option("--since", metavar="CURSOR", help="Default: the beginning.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="CURSOR", help="Default: now.")] = None,
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Tell which articles and claims are new, changed or retired since a version, as JSON Lines. Messages end with the
    version now, to be given as --since the next time.

    Example: embargo changes --since 3f0c9a51d2e7.41.0 -o delta.jsonl
    """
    from graph import feed, log
    from graph.json_lines import json_line

    with open_graph(store) as opened, open_output(output) as out:
        try:
            start, end = log.parse(since) if since else log.START, log.parse(until) if until else log.end(opened)
            for item in feed.stream(opened, start, end):
                out.write(json_line(item.told()))
        except log.CursorError as error:
            fail(str(error))
    messages.print(str(end), markup=False)


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A claim, an episode, an article, an actor, a weapon …")],
    store: StoreOption = None,
) -> None:
    """Print everything about one node: its properties and what it is linked to."""
    from queries.names import resolve

    with open_graph(store) as opened:
        found = opened.read(
            "MATCH (n {id: $id}) RETURN labels(n) AS labels, properties(n) AS properties LIMIT 1",
            id=id,
        )
        if not found:
            try:
                fail(f"nothing in the graph has the id '{id}'; it is a name of '{resolve(opened, id)}'")
            except LookupError as error:
                fail(f"nothing in the graph has the id '{id}'; {error}")
        links = opened.read(
            "MATCH (n {id: $id})-[r]-(m)"
            " RETURN startNode(r) = n AS outgoing, type(r) AS type, properties(r) AS properties,"
            " m.id AS id, coalesce(m.name, m.title, m.thread, '') AS name ORDER BY outgoing DESC, type, id LIMIT 200",
            id=id,
        )
    print(json.dumps({**found[0], "links": links}, ensure_ascii=False, indent=1, default=str))


@app.command()
def status(store: StoreOption = None) -> None:
    """Say what the store holds."""
    from graph.counts import counts

    with open_graph(store) as opened:
        rows = [{"what": name.replace("_", " "), "count": number} for name, number in counts(opened).items()]
    print_rows(["what", "count"], rows, "table")


@app.command()
def migrate(store: StoreOption = None) -> None:
    """Bring the graph to the form of this version, with its keys and indexes; 'load' and 'serve' do so themselves."""
    from graph.migrations import migrate as run

    with open_store(store) as opened:
        done = run(opened)
    print(f"{len(done)} migrations run" + (f": {', '.join(done)}" if done else ""))


@app.command()
def export(
    format: Annotated[str, typer.Argument(help="ttl nt nq trig jsonld jsonl csv parquet graphml gexf ftm; all.")],
    output: OutputOption = None,
    known_on: Annotated[
        datetime | None,
        typer.Option("--known-on", formats=["%Y-%m-%d"], help="With jsonl: only what was published by this day."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the whole graph in another format.

    Examples:
      embargo export ttl -o graph.ttl
      embargo export jsonl -o backup.jsonl     (embargo load backup.jsonl restores it)
      embargo export all -o dataset/           (every format, with an index)
    """
    from graph.exports import FORMATS
    from graph.exports import export as write
    from graph.settings import Settings

    if known_on and format != "jsonl":
        fail("--known-on goes with jsonl; load that into a store of its own, and export from there")
    if format == "all":
        _export_all(output, store)
        return
    if format not in FORMATS:
        fail(f"there is no format '{format}'; choose all, or one of {', '.join(FORMATS)}")
    if FORMATS[format].binary and output is None and sys.stdout.isatty():
        fail(f"{format} is a zip archive; give a file with -o")
    with open_graph(store) as opened, open_output(output) as out:
        write(opened, format, out, Settings(), known_on.date().isoformat() if known_on else None)

"""`embargo`: one thin command a capability."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from api import keys_cli

app = typer.Typer(
    help="A knowledge graph of actors, weapons and sanctions, read out of the news.\n\n"
    "Start with 'embargo load FOLDER', then 'embargo query' lists the questions that it answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(keys_cli.app, name="keys")
messages = Console(stderr=True, highlight=False)

DONE, REJECTED, WRONG, INTERRUPTED = 0, 1, 2, 130

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URI", help="embedded:PATH, bolt://HOST:PORT or neo4j://…; default EMBARGO_STORE."),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="Files, folders, patterns, or '-' for standard input."),
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: standard output.")]
RejectsOption = Annotated[
    Path | None, typer.Option("--rejects", metavar="FILE", help="Write what could not be read, as JSON Lines.")
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes that extract; 0: one a core.")]
ExtractorOption = Annotated[
    str, typer.Option("--extractor", metavar="NAME", help="rules, or llm: the server that EMBARGO_LLM_URL names.")
]

ConfidenceOption = Annotated[
    float, typer.Option("--min-confidence", min=0, max=1, help="Leave out claims that are less sure, 0 to 1.")
]


def _fail(message: str) -> NoReturn:
    messages.print(message, style="red", markup=False)
    raise typer.Exit(WRONG)


@contextmanager
def _opened(uri: str | None) -> Iterator[Any]:
    """The store; what can go wrong with it ends the command with its message and exit 2."""
    from graph.errors import StoreError
    from graph.store import connect

    try:
        with connect(uri) as store:
            yield store
    except StoreError as error:
        _fail(str(error))


@contextmanager
def _breakable(remedy: str) -> Iterator[None]:
    """Work in several processes that Ctrl-C may break off; the remedy says how to go on."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except KeyboardInterrupt:
        messages.print(f"stopped; {remedy}", style="yellow", markup=False)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenProcessPool:
        _fail(f"a process that read articles was killed, perhaps for want of memory; {remedy}, or try --jobs 1")


def _extraction(name: str, jobs: int, paths: list[str]) -> Any:
    """What reads the articles; settings that do not do end the command with their message and exit 2."""
    import ingest

    try:
        return ingest.extraction(name, jobs, paths)
    except ValueError as error:
        _fail(str(error))


def _report(lines: list[str]) -> None:
    for line in lines:
        messages.print(line, markup=False)


@contextmanager
def _output(path: Path | None) -> Iterator[BinaryIO]:
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        with path.open("wb") as file:
            yield file


def _progress(total: int) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%") if total else MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
    )


def _notice(text: str) -> None:
    messages.print(text, style="yellow", markup=False)


@app.command()
def extract(
    paths: PathsArgument,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Default: standard output; a folder for daft.")
    ] = None,
    rejects: RejectsOption = None,
    jobs: JobsOption = 0,
    extractor: ExtractorOption = "rules",
    min_confidence: ConfidenceOption = 0.0,
    engine: Annotated[str, typer.Option("--engine", help="plain, or daft: into Parquet, resumable.")] = "plain",
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ADDRESS", help="With --engine daft: of a Ray cluster, or auto.")
    ] = None,
) -> None:
    """Read claims out of articles, as JSON Lines; needs no store.

    Examples:
      embargo extract articles/ > claims.jsonl
      embargo extract --engine daft "s3://bucket/news/*.warc.gz" -o out/
    """
    import ingest

    if engine not in ("plain", "daft"):
        _fail(f"there is no engine '{engine}'; choose plain or daft")
    if engine == "daft":
        if min_confidence:
            _fail("--min-confidence goes with --engine plain; the tables keep every claim with its confidence")
        _extract_at_scale(paths, output, rejects, ray)
    if ray is not None:
        _fail("--ray goes with --engine daft")
    by = _extraction(extractor, jobs, paths)
    with (
        _breakable("start it again from the beginning"),
        ingest.RejectLog(rejects, messages) as log,
        _output(Path(output) if output else None) as out,
        _progress(ingest.size(paths)) as bar,
    ):
        task = bar.add_task("extracting", total=ingest.size(paths) or None)
        articles = claims = 0
        for _, found in ingest.extracted(
            paths, by=by, log=log, notice=_notice, progress=lambda n: bar.update(task, completed=n)
        ):
            articles += 1
            sure = [claim for claim in found if claim.confidence >= min_confidence]
            claims += len(sure)
            for claim in sure:
                out.write(claim.model_dump_json().encode() + b"\n")
    _report([f"{articles:,} articles, {claims:,} claims, {log.count:,} rejected", *by.report()])
    raise typer.Exit(REJECTED if log.count else DONE)


def _extract_at_scale(paths: list[str], output: str | None, rejects: Path | None, ray: str | None) -> NoReturn:
    import ingest
    from loaders import scale

    if output is None:
        _fail("--engine daft needs a folder for its tables: -o FOLDER or -o s3://BUCKET/FOLDER")
    with (
        _breakable("what is done stays, and the same command goes on from there"),
        ingest.RejectLog(rejects, messages) as log,
        _progress(0) as bar,
    ):
        task = bar.add_task("parts", total=None)
        try:
            counts = scale.extract(
                paths,
                output,
                ray=ray,
                refuse=log.add,
                notice=_notice,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )
        except scale.ScaleError as error:
            _fail(str(error))
    rejected = counts.rejected + log.count
    _report(
        [
            f"{counts.parts:,} parts ({counts.skipped:,} done before), {counts.articles:,} articles, "
            f"{counts.claims:,} claims, {rejected:,} rejected (see {output}/rejects)"
        ]
    )
    raise typer.Exit(REJECTED if rejected else DONE)


@app.command()
def explain(
    path: Annotated[str, typer.Argument(metavar="FILE", help="Articles in any format, or '-' for standard input.")],
    sentence: Annotated[int | None, typer.Option("--sentence", "-s", min=1, help="Only this one, from 1.")] = None,
    article: Annotated[str | None, typer.Option("--article", "-a", help="Only this one, by the input's id.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
) -> None:
    """Show how the rules came to their claims: trees, names, rules, stages, and why there are no other claims.

    Examples:
      embargo explain article.txt --sentence 3
      echo "Turkey bought S-400s from Russia." | embargo explain -
    """
    import ingest
    from loaders.explain.render import lines

    if format not in ("text", "json"):
        _fail(f"there is no format '{format}'; choose text or json")
    console = Console(highlight=False, markup=False, soft_wrap=True)
    shown: list[str] = []
    with ingest.RejectLog(None, messages) as log:
        for told in ingest.explained(path, log=log, notice=_notice):
            told.sentences = [s for s in told.sentences if sentence in (None, s.number)]
            if article not in (None, told.article) or not (told.sentences or sentence is None):
                continue
            shown.append(told.article)
            if format == "json":
                print("[" if len(shown) == 1 else ",", told.model_dump_json(indent=1))
                continue
            for line in lines(told):
                console.print(line)
    if not shown and not log.count:
        _fail("the input has no such article or sentence" if sentence or article else "the input has no article")
    if format == "json":
        print("]" if shown else "[]")
    raise typer.Exit(REJECTED if log.count else DONE)


@app.command()
def load(
    paths: PathsArgument,
    store: StoreOption = None,
    rejects: RejectsOption = None,
    jobs: JobsOption = 0,
    extractor: ExtractorOption = "rules",
) -> None:
    """Extract claims and store them. Loading the same articles again changes nothing; a load that was broken off goes
    on where it was when it is started again.

    Example: embargo load articles/ --rejects rejects.jsonl
    """
    import ingest

    by = _extraction(extractor, jobs, paths)
    with (
        _breakable("what was stored stays, and the same command goes on from there"),
        _opened(store) as opened,
        ingest.RejectLog(rejects, messages) as log,
        _progress(ingest.size(paths)) as bar,
    ):
        task = bar.add_task("loading", total=ingest.size(paths) or None)
        counts = ingest.load(
            opened, paths, by=by, log=log, notice=_notice, progress=lambda n: bar.update(task, completed=n)
        )
    print(counts.summary(log.count))
    _report(by.report())
    raise typer.Exit(REJECTED if log.count else DONE)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A named query; without one they are listed.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="KEY=VALUE")] = None,
    cypher: Annotated[str | None, typer.Option("--cypher", metavar="TEXT", help="Your own Cypher; read-only.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table, json or csv.")] = "table",
    store: StoreOption = None,
) -> None:
    """Ask the graph.

    Examples:
      embargo query
      embargo query transfers --param recipient=Turkey
      embargo query --cypher "MATCH (a)-[:SANCTIONS]->(b) RETURN a.name, b.name"
    """
    from queries.reader import stored_queries

    _check_format(format)
    if name is None and cypher is None:
        _print_rows(
            ["name", "answers"],
            [{"name": n, "answers": q.header.answers} for n, q in sorted(stored_queries().items())],
            format,
        )
        return
    with _opened(store) as opened:
        columns, rows = _ask(opened, name, cypher, _parameters(param or []))
    _print_rows(columns, rows, format)


def _check_format(format: str) -> None:
    if format not in ("table", "json", "csv"):
        _fail(f"there is no format '{format}'; choose table, json or csv")


def _ask(store: Any, name: str | None, cypher: str | None, params: dict[str, str]) -> tuple[list[str], list[Any]]:
    from neo4j.exceptions import ClientError

    from queries.runner import run

    try:
        if cypher is not None:
            rows = store.read(cypher, **params)
            return (list(rows[0]) if rows else []), rows
        result = run(store, name or "", params)
        if result.undated:
            messages.print(f"{result.undated:,} claims left out: nobody knows when they were published")
        return result.columns, result.rows
    except (LookupError, ValueError) as error:
        _fail(str(error.args[0] if error.args else error))
    except ClientError as error:
        _fail(f"the query was refused: {error.message}")


def _parameters(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        _fail(f"'{wrong[0]}' is not KEY=VALUE, such as --param recipient=Turkey")
    return dict(pair.split("=", 1) for pair in pairs)


def _print_rows(columns: list[str], rows: list[dict[str, Any]], format: str) -> None:
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: _cell(row[c]) for c in columns} for row in rows)
    else:
        shown = [c for c in columns if any(row[c] not in (None, [], "") for row in rows)] if rows else columns
        wide = [c for c in shown if c not in ("claims", "episode") and f"{c}_name" not in shown]
        shown = wide if len(shown) > 10 else shown
        table = Table(*shown, header_style="bold")
        for row in rows:
            table.add_row(*(_cell(row[c]) for c in shown))
        console = Console(highlight=False, markup=False)
        if not console.is_terminal:
            console.width = 200
        console.print(table)
        left = [c for c in columns if c not in shown]
        more = f"; not shown: {', '.join(left)} (--format json has them)" if left and rows else ""
        messages.print(f"{len(rows)} rows{more}" if rows else "0 rows; nothing in the graph answers this")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


@app.command()
def evaluate(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="Claims as 'embargo extract' writes them.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated texts, JSON Lines: id and frames.")],
    gold_b: Annotated[
        Path | None,
        typer.Argument(metavar="GOLD_B", help="Another reading of these texts; what only one has counts neither way."),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List instead what is missing (-), extra (+), or of wrong stage (?).")
    ] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="table, json or csv.")] = "table",
) -> None:
    """Measure claims against annotated texts: precision, recall and F1 a predicate, stage and assertion.

    Example: embargo evaluate claims.jsonl gold.jsonl --errors
    """
    from loaders.evaluation import RecordError, report

    _check_format(format)
    try:
        scores, unknown = report.evaluate(claims, gold, gold_b)
    except RecordError as error:
        _fail(str(error))
    if unknown:
        _notice(f"{len(unknown)} articles are not in {gold} and are left out, such as {', '.join(unknown[:3])}")
    if errors:
        for found in scores.errors:
            print(found.text, found.kind, " | ".join(found.triple), found.note, sep="\t")
    else:
        _print_rows(report.COLUMNS, report.rows(scores), format)
    messages.print(report.summary(scores), markup=False, soft_wrap=True)


@app.command()
def export(
    format: Annotated[str, typer.Argument(help="ttl, nt, nq, trig, jsonld, jsonl or csv (a zip).")],
    output: OutputOption = None,
    store: StoreOption = None,
) -> None:
    """Write the whole graph in another format.

    Examples:
      embargo export ttl -o graph.ttl
      embargo export jsonl -o backup.jsonl     (embargo load backup.jsonl restores it)
    """
    from graph.exports import FORMATS
    from graph.exports import export as write
    from graph.settings import Settings

    if format not in FORMATS:
        _fail(f"there is no format '{format}'; choose one of {', '.join(FORMATS)}")
    if format == "csv" and output is None and sys.stdout.isatty():
        _fail("csv is a zip archive; give a file with -o")
    with _opened(store) as opened, _output(output) as out:
        write(opened, format, out, Settings())


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; EMBARGO_HOST, else the loopback interface.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    store: StoreOption = None,
) -> None:
    """Serve the graph over HTTP until Ctrl-C: REST under /v1, its description at /docs."""
    import uvicorn

    from api.app import create_app
    from api.settings import api_settings

    try:
        settings = api_settings()
    except ValueError as error:
        _fail(str(error))
    settings = settings.model_copy(update={"store": store or settings.store, "host": host or settings.host})
    messages.print(
        f"serving {settings.store} on http://{settings.host}:{port} (description: /docs); Ctrl-C ends it", markup=False
    )
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
    )


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="A claim, an episode, an article, an actor, a weapon …")],
    store: StoreOption = None,
) -> None:
    """Print everything about one node: its properties and what it is linked to."""
    with _opened(store) as opened:
        found = opened.read(
            "MATCH (n {id: $id}) RETURN labels(n) AS labels, properties(n) AS properties LIMIT 1",
            id=id,
        )
        if not found:
            _fail(
                f"nothing in the graph has the id '{id}'; 'embargo query articles_about -p entity=NAME' finds by name"
            )
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
    with _opened(store) as opened:
        rows = [
            {"what": what, "count": opened.read(f"MATCH (n:{label}) {where} RETURN count(n) AS n")[0]["n"]}
            for what, label, where in (
                ("articles", "Article", ""),
                ("claims", "Claim", "WHERE n.retired_at IS NULL"),
                ("retired claims", "Claim", "WHERE n.retired_at IS NOT NULL"),
                ("episodes", "Episode", ""),
                ("actors", "Actor", ""),
                ("weapons", "Weapon", ""),
                ("instruments", "Instrument", ""),
            )
        ]
    _print_rows(["what", "count"], rows, "table")


@app.command()
def forget(
    article: Annotated[str, typer.Argument(help="The article's id, URL or the input's own id.")],
    erase: Annotated[bool, typer.Option("--erase", help="Remove its text as well, for good.")] = False,
    store: StoreOption = None,
) -> None:
    """Retire the claims of an article; nothing that it alone supports is held for true any longer."""
    import ingest

    with _opened(store) as opened:
        retired = ingest.forget(opened, article, erase=erase)
        if retired is None:
            _fail(f"no article in the graph has the id or URL '{article}'")
    print(f"{retired} claims retired" + (", text removed" if erase else ""))


if __name__ == "__main__":
    app()

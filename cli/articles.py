"""Commands that read articles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from cli.common import (
    DONE,
    INTERRUPTED,
    REJECTED,
    StoreOption,
    Terminated,
    app,
    fail,
    leave,
    messages,
    named_output,
    notice,
    open_output,
    open_store,
    orderly,
    writing,
)
from cli.progress import progress_bar
from cli.table import check_format, print_rows

PathsArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH…", help="Files, folders, patterns, or '-' for standard input."),
]
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


@contextmanager
def _breakable(remedy: str) -> Iterator[None]:
    """Work in several processes that Ctrl-C or SIGTERM may break off; the remedy says how to go on."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        with orderly():
            yield
    except (KeyboardInterrupt, Terminated) as end:
        notice(f"stopped; {remedy}")
        raise typer.Exit(end.status if isinstance(end, Terminated) else INTERRUPTED) from None
    except BrokenProcessPool:
        fail(f"a process that read articles was killed, perhaps for want of memory; {remedy}, or try --jobs 1")


def _extraction(name: str, jobs: int, paths: list[str]) -> Any:
    """What reads the articles; settings that do not do end the command with their message and exit 2."""
    import ingest

    try:
        return ingest.extraction(name, jobs, paths)
    except ValueError as error:
        fail(str(error))


@contextmanager
def _reject_log(file: Path | None, paths: list[str]) -> Iterator[Any]:
    """Where rejects go."""
    from loaders.rejects import RejectFileError, RejectLog

    _spare(file, paths)
    with ExitStack() as stack:
        with writing(file) if file else nullcontext():
            log = stack.enter_context(RejectLog(file, messages))
        try:
            yield log
        except RejectFileError as error:
            fail(f"{file} cannot be written: {error}; free space, or give another file, and start again")


def _spare(file: Path | None, paths: list[str]) -> None:
    """Ends the command where it was told to read and to write one file."""
    for path in paths:
        try:
            both = file is not None and file.is_file() and file.samefile(path)
        except OSError:
            continue
        if both:
            fail(f"{file} is to be read and to be written; write another file")


def _report(lines: list[str]) -> None:
    for line in lines:
        messages.print(line, markup=False)


@app.command()
def extract(
    paths: PathsArgument,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            callback=named_output,
            help="Default, or -: standard output; a folder for daft.",
        ),
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
    from graph.json_lines import one_line

    if engine not in ("plain", "daft"):
        fail(f"there is no engine '{engine}'; choose plain or daft")
    if engine == "daft":
        if min_confidence:
            fail("--min-confidence goes with --engine plain; the tables keep every claim with its confidence")
        _extract_at_scale(paths, output, rejects, ray)
    if ray is not None:
        fail("--ray goes with --engine daft")
    by = _extraction(extractor, jobs, paths)
    file = Path(output) if output else None
    _spare(file, paths)
    with (
        _breakable("start it again from the beginning"),
        _reject_log(rejects, paths) as log,
        open_output(file) as out,
        progress_bar(ingest.size(paths)) as bar,
    ):
        task = bar.add_task("extracting", total=ingest.size(paths) or None)
        articles = claims = 0
        for _, found in ingest.extracted(
            paths, by=by, log=log, notice=notice, progress=lambda n: bar.update(task, completed=n), output=file
        ):
            articles += 1
            sure = [claim for claim in found if claim.confidence >= min_confidence]
            claims += len(sure)
            for claim in sure:
                out.write(one_line(claim.model_dump_json()).encode() + b"\n")
    _report([f"{articles:,} articles, {claims:,} claims, {log.count:,} rejected", *by.report()])
    raise typer.Exit(REJECTED if log.count else DONE)


def _extract_at_scale(paths: list[str], output: str | None, rejects: Path | None, ray: str | None) -> NoReturn:
    from loaders import scale

    if output is None:
        fail("--engine daft needs a folder for its tables: -o FOLDER or -o s3://BUCKET/FOLDER")
    with (
        _breakable("what is done stays, and the same command goes on from there"),
        _reject_log(rejects, paths) as log,
        progress_bar(0) as bar,
    ):
        task = bar.add_task("parts", total=None)
        try:
            counts = scale.extract(
                paths,
                output,
                ray=ray,
                refuse=log.add,
                notice=notice,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )
        except scale.ScaleError as error:
            fail(str(error))
    rejected = counts.rejected + log.count
    _report(
        [
            f"{counts.parts:,} parts ({counts.skipped:,} done before), {counts.articles:,} articles, "
            f"{counts.claims:,} claims, {rejected:,} rejected (see {output}/rejects)"
        ]
    )
    leave(REJECTED if rejected else DONE)


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
    from loaders.rejects import RejectLog

    if format not in ("text", "json"):
        fail(f"there is no format '{format}'; choose text or json")
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    shown: list[str] = []
    with RejectLog(None, messages) as log:
        for told in ingest.explained(path, log=log, notice=notice):
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
        fail("the input has no such article or sentence" if sentence or article else "the input has no article")
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
        open_store(store) as opened,
        _reject_log(rejects, paths) as log,
        progress_bar(ingest.size(paths)) as bar,
    ):
        task = bar.add_task("loading", total=ingest.size(paths) or None)
        counts = ingest.load(
            opened, paths, by=by, log=log, notice=notice, progress=lambda n: bar.update(task, completed=n)
        )
    print(counts.summary(log.count))
    _report(by.report())
    raise typer.Exit(REJECTED if log.count else DONE)


@app.command(name="import")
def import_(
    paths: PathsArgument,
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="Where the files go; new or empty.")],
    neo4j_admin: Annotated[
        str | None, typer.Option("--neo4j-admin", metavar="PATH", help="Also run it, to make the database.")
    ] = None,
    database: Annotated[str, typer.Option("--database", metavar="NAME", help="Its name.")] = "neo4j",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Put it in the place of one that is there.")] = False,
    rejects: RejectsOption = None,
    jobs: JobsOption = 0,
    extractor: ExtractorOption = "rules",
) -> None:
    """Extract claims and make a new Neo4j database of them, without a server: what 'load' into an empty one leaves, in
    a small part of the time.

    Writes CSV files for 'neo4j-admin database import full' into FOLDER and shows the command, or runs it. The server
    must not be running. Once it is started, 'embargo migrate' makes the keys and indexes.

    Examples:
      embargo import articles/ --into build
      embargo import claims.jsonl --into build --neo4j-admin /opt/neo4j/bin/neo4j-admin
    """
    import ingest
    from graph.offline import admin

    if inside := [
        path for path in paths if Path(path).is_dir() and into.resolve().is_relative_to(Path(path).resolve())
    ]:
        fail(f"{into} lies in {inside[0]}, which is read; give a folder beside it")
    by = _extraction(extractor, jobs, paths)
    with (
        _breakable("empty the folder and start again"),
        _reject_log(rejects, paths) as log,
        progress_bar(ingest.size(paths)) as bar,
    ):
        task = bar.add_task("reading", total=None)

        def progress(what: str, done: int, of: int | None) -> None:
            bar.update(task, description=what, completed=done, total=of)

        try:
            counts = ingest.build(into, paths, by=by, log=log, notice=notice, progress=progress)
        except FileExistsError as error:
            fail(str(error))
        except (OSError, sqlite3.OperationalError) as error:
            reason = getattr(error, "strerror", None) or error
            fail(f"{into} cannot be written: {reason}; check its permissions and the disk, empty it, and start again")
    print(counts.summary(log.count))
    _report(by.report())
    command = admin.command(neo4j_admin or "neo4j-admin", database, overwrite=overwrite)
    if neo4j_admin is None:
        _report(["now make the database, with the server stopped:", f"  {admin.shown(into, command)}"])
    else:
        try:
            admin.run(into, command)
        except admin.AdminError as error:
            fail(str(error))
    _report(["then start the server and make the keys and indexes:", "  embargo migrate --store bolt://HOST:PORT"])
    raise typer.Exit(REJECTED if log.count else DONE)


@app.command()
def reextract(
    store: StoreOption = None,
    rejects: RejectsOption = None,
    jobs: JobsOption = 1,
    extractor: ExtractorOption = "rules",
) -> None:
    """Read the stored texts again, after a change of the catalogue, the rules or the extractor.

    Only what has changed is written. Then 'embargo query reload --param run=last' tells which claims, episodes and
    edges came and went.
    """
    import ingest

    by = _extraction(extractor, jobs, [])
    with (
        _breakable("what was stored stays, and the same command goes on from there"),
        open_store(store, present=True) as opened,
        _reject_log(rejects, []) as log,
        progress_bar(0) as bar,
    ):
        task = bar.add_task("reading", total=None)
        counts = ingest.reextract(opened, by=by, log=log, progress=lambda n: bar.update(task, completed=n))
    print(counts.summary(log.count))
    _report(by.report())
    raise typer.Exit(REJECTED if log.count else DONE)


@app.command()
def forget(
    article: Annotated[str, typer.Argument(help="The article's id, URL or the input's own id.")],
    erase: Annotated[bool, typer.Option("--erase", help="Remove its text as well, for good.")] = False,
    store: StoreOption = None,
) -> None:
    """Retire the claims of an article; nothing that it alone supports is held for true any longer."""
    import ingest

    with open_store(store, present=True) as opened:
        retired = ingest.forget(opened, article, erase=erase)
        if retired is None:
            fail(f"no article in the graph has the id or URL '{article}'")
    print(f"{retired} claims retired" + (", text removed" if erase else ""))


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

    check_format(format)
    try:
        scores, unknown = report.evaluate(claims, gold, gold_b)
    except RecordError as error:
        fail(str(error))
    if unknown:
        notice(f"{len(unknown)} articles are not in {gold} and are left out, such as {', '.join(unknown[:3])}")
    if errors:
        for found in scores.errors:
            print(found.text, found.kind, " | ".join(found.triple), found.note, sep="\t")
    else:
        print_rows(report.COLUMNS, report.rows(scores), format)
    messages.print(report.summary(scores), markup=False, soft_wrap=True)

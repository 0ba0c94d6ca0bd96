"""Where loaders and graph meet: input files in, claims in the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from graph.articles import article_id
from graph.claims import Claim
from graph.imports import BadLine, Importer, Writes
from graph.offline.build import Reference
from graph.offline.build import build as write_graph
from graph.offline.files import Files
from graph.offline.spool import Spool
from graph.reader import article_from
from graph.reference import load_reference
from graph.runs import Run
from graph.scan import Node, pages
from graph.settings import Settings
from graph.store import Store
from graph.writer import UnknownArticleError, WriteCounts, Writer
from loaders.catalogue import load_catalogue
from loaders.credits import credited
from loaders.document import Document, Reject
from loaders.explain import Explanation, explain
from loaders.extractors import Extraction, ExtractorName, choose
from loaders.reference import reference_rows
from loaders.rejects import RejectLog, Rejects
from loaders.sources import ExportLine, count_hint, read

BATCH = 400
"""Articles a transaction."""
KNOWN = """
UNWIND $rows AS row MATCH (a:Article {id: row.id}) WHERE a.sha256 = row.sha256 AND a.source_id = row.source_id
RETURN a.id AS id, a.extractors AS extractors, a.extractor_versions AS versions
"""

Notice = Callable[[str], None]
Advance = Callable[[int], None]
Step = Callable[[str, int, int | None], None]
"""Is told what is being done, how much of it is, and of how much; None where that is not known."""


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a load did."""

    written: WriteCounts
    skipped: int = 0
    """Articles that the store had already, read by this version of the extractor."""

    def summary(self, rejected: int) -> str:
        """One line for people: articles, claims, new, known, rejected."""
        w = self.written
        articles = w.articles_new + w.articles_updated + w.articles_known + self.skipped
        return (
            f"{articles:,} articles ({w.articles_new:,} new, {w.articles_updated:,} updated, "
            f"{w.articles_known + self.skipped:,} known), {w.claims_new:,} claims new, {w.claims_known:,} known, "
            f"{w.claims_retired:,} retired, {rejected:,} rejected"
        )


def size(paths: Sequence[str]) -> int:
    """Bytes of the input, for a progress bar."""
    return count_hint(paths)


def extraction(name: str, jobs: int, paths: Sequence[str]) -> Extraction:
    """What reads the articles.

    Args:
        name: `rules` or `llm`.
        jobs: processes; 0 for one a core, or only one where the input is small.
        paths: files, folders, patterns or `-`.

    Raises:
        ValueError: there is no such extractor, or its settings cannot be used; the message says why.
    """
    if name not in set(ExtractorName):
        raise ValueError(f"there is no extractor '{name}'; choose one of {', '.join(ExtractorName)}")
    return choose(ExtractorName(name), _jobs(jobs, paths))


def extracted(
    paths: Sequence[str],
    *,
    by: Extraction,
    log: RejectLog,
    notice: Notice,
    progress: Advance,
    output: Path | None = None,
) -> Iterator[tuple[Document, list[Claim]]]:
    """The documents of the input with their claims; what cannot be read goes to the log.

    Args:
        paths: files, folders, patterns or `-`.
        by: what reads them.
        log: gets the rejects.
        notice: is told what was guessed or skipped.
        progress: is told the bytes read so far.
        output: the file that the claims go to, which is not read.
    """
    documents = _documents(paths, log, notice, progress, partial(_refuse, log), output)
    yield from _claims(documents, by, log)


def explained(path: str, *, log: RejectLog, notice: Notice) -> Iterator[Explanation]:
    """How the rules came to the claims of each article of a file, and why there are no others.

    Args:
        path: a file, a folder, a pattern or `-`.
        log: gets the rejects.
        notice: is told what was guessed or skipped.
    """
    for document in _documents([path], log, notice, lambda _: None, partial(_refuse, log)):
        yield explain(document)


def load(
    store: Store, paths: Sequence[str], *, by: Extraction, log: RejectLog, notice: Notice, progress: Advance
) -> LoadCounts:
    """Extracts and stores; articles that the store has already in this version are not read again.

    The arguments are those of `extracted`, after an open store.
    """
    run = Run("load", f"{by.name} {by.version}")
    writer = prepare(store, by)
    skipped = 0

    importer = Importer(store)

    def restore(line: ExportLine) -> None:
        for bad in importer.add(line.record, line.file, line.line):
            log.add(_reject(bad))

    def unknown() -> Iterator[Document]:
        nonlocal skipped
        documents = _documents(paths, log, notice, progress, restore)
        while batch := list(islice(documents, BATCH)):
            fresh, known = _unknown(store, batch, by)
            skipped += known
            yield from fresh

    counts = _stored(writer, _claims(unknown(), by, log))
    for bad in importer.finish():
        log.add(_reject(bad))
    done = LoadCounts(counts + importer.counts, skipped)
    run.end(store, done.summary(log.count), log.count, log.first)
    return done


def build(
    folder: Path, paths: Sequence[str], *, by: Extraction, log: RejectLog, notice: Notice, progress: Step
) -> LoadCounts:
    """Extracts, and writes the files of a whole Neo4j database: what `load` into an empty one would leave.

    Args:
        folder: gets the files; it is made where it is missing, and must be empty.
        paths: files, folders, patterns or `-`.
        by: what reads the articles.
        log: gets the rejects.
        notice: is told what was guessed or skipped.
        progress: is told how it goes on, in bytes of the input, then in articles, then in threads.

    Raises:
        FileExistsError: the folder holds something.
        OSError, sqlite3.OperationalError: it cannot be written, as where its disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; give a new folder")
    run = Run("load", f"{by.name} {by.version}")
    catalogue = load_catalogue()
    reference = Reference(*reference_rows(catalogue), catalogue.version)
    spooled, total = folder / "spool", count_hint(paths) or None
    with Spool(spooled) as spool, Files(folder) as files:
        importer = Importer(spool)

        def restore(line: ExportLine) -> None:
            for bad in importer.add(line.record, line.file, line.line):
                log.add(_reject(bad))

        def advance(done: int) -> None:
            progress("reading", done, total)

        documents = _documents(paths, log, notice, advance, restore)
        counts = _stored(spool.writer({by.name: by.version}), _claims(documents, by, log))
        for bad in importer.finish():
            log.add(_reject(bad))
        for source, id in spool.unwritable:
            log.add(Reject(source, None, "it holds U+FFFE or U+FFFF", "load it into the database afterwards", id))
        counts += importer.counts
        counts += write_graph(spool, files, reference, Settings().keep_text, run.began, progress)
        done = LoadCounts(counts)
        row, rejects = run.rows(done.summary(log.count), log.count, log.first)
        files.node("Run", row)
        for reject in rejects:
            files.node("Reject", reject)
    spooled.unlink()
    return done


def reextract(store: Store, *, by: Extraction, log: RejectLog, progress: Advance) -> LoadCounts:
    """Reads the stored texts again that this version of the extractor and of the catalogue has not read yet.

    Claims that are found no longer are retired, and revived if they come back; the run tells the query `reload` what
    changed. It may be broken off and started again.

    Args:
        store: an open store.
        by: what reads them.
        log: gets what could not be read.
        progress: is told how many articles were looked at so far.
    """
    run = Run("reextract", f"{by.name} {by.version}")
    writer = prepare(store, by)
    looked_at = skipped = 0

    def old() -> Iterator[Document]:
        nonlocal looked_at, skipped
        for page in pages(store, "Article", BATCH):
            for node in page:
                document = _unread(node, by, log)
                skipped += document is None
                if document is not None:
                    yield document
            looked_at += len(page)
            progress(looked_at)

    counts = _stored(writer, _claims(old(), by, log))
    done = LoadCounts(counts, skipped)
    run.end(store, done.summary(log.count), log.count, log.first)
    return done


def _unread(node: Node, by: Extraction, log: RejectLog) -> Document | None:
    """The article as a source would yield it; None where it was read already, was erased or cannot be read."""
    known = node.properties
    readers = zip(known.get("extractors", ()), known.get("extractor_versions", ()), strict=True)
    if known.get("erased") or (by.name, by.version) in readers:
        return None
    article = article_from(known)
    fields = ("source_id", "source", "text", "title", "url", "outlet", "published", "modified", "language")
    document = Document(**{name: getattr(article, name) for name in fields})
    if not article.text:
        reason, remedy = "its text is not kept", "load the article again with EMBARGO_KEEP_TEXT=all"
    elif document.article().version != article.version or document.article().id != article.id:
        reason, remedy = "its id is not the one of its content", "load it again from where it came"
    else:
        return document
    log.add(Reject(article.source, None, reason, remedy, article.source_id))
    return None


def prepare(store: Store, by: Extraction) -> Writer:
    """A writer to the store of what an extractor reads, the catalogue's reference data in place."""
    catalogue = load_catalogue()
    writer = Writer(store, {by.name: by.version})
    load_reference(store, *reference_rows(catalogue), catalogue.version)
    return writer


def add(store: Store, writer: Writer, documents: Iterable[Document], *, by: Extraction, log: Rejects) -> LoadCounts:
    """Extracts and stores a few articles; those that the store has already are not read again.

    Args:
        store: an open store.
        writer: what `prepare` gave for the extractor.
        documents: the articles.
        by: what reads them.
        log: gets those that could not be read.
    """
    fresh, skipped = _unknown(store, list(documents), by)
    return LoadCounts(_stored(writer, _claims(fresh, by, log)), skipped)


def forget(store: Store, article: str, *, erase: bool) -> int | None:
    """Retires an article's claims.

    Args:
        store: an open store.
        article: its id, URL or the input's own id.
        erase: whether its text is removed as well.

    Returns:
        How many claims were retired; None where no article is meant.
    """
    if "://" in article:
        article = article_id(article, None, None, None, "")
    try:
        return Writer(store).forget(article, erase=erase).claims_retired
    except UnknownArticleError:
        return None


def _jobs(jobs: int, paths: Sequence[str]) -> int:
    """One process for small inputs: starting others takes longer than they save."""
    if jobs:
        return jobs
    return 1 if 0 < count_hint(paths) < 2_000_000 else (os.cpu_count() or 1)


def _reject(bad: BadLine) -> Reject:
    return Reject(bad.file, bad.line, bad.reason, bad.remedy, bad.source_id)


def _refuse(log: RejectLog, line: ExportLine) -> None:
    reason = f"a line of type '{line.record.get('type')}' of an export, not an article"
    log.add(Reject(line.file, line.line, reason, "use 'embargo load' for exports"))


def _documents(
    paths: Sequence[str],
    log: RejectLog,
    notice: Notice,
    progress: Advance,
    exported: Callable[[ExportLine], None],
    output: Path | None = None,
) -> Iterator[Document]:
    written = [file for file in (log.path, output) if file]
    for item in read(paths, notice=notice, progress=progress, written=written):
        if isinstance(item, Document):
            yield item
        elif isinstance(item, Reject):
            log.add(item)
        else:
            exported(item)


def _claims(documents: Iterable[Document], by: Extraction, log: Rejects) -> Iterator[tuple[Document, list[Claim]]]:
    for document, found in by.extract_many(documents):
        if isinstance(found, Reject):
            log.add(found)
        else:
            yield document, found


def _stored(writer: Writes, outcomes: Iterator[tuple[Document, list[Claim]]]) -> WriteCounts:
    """Writes articles with their claims, a batch at a time."""
    counts = WriteCounts()
    while batch := list(islice(outcomes, BATCH)):
        counts += writer.write([(credited(document.article()), claims) for document, claims in batch])
    return counts


def _unknown(store: Store, documents: list[Document], by: Extraction) -> tuple[list[Document], int]:
    """The documents that the store does not have in this version of article and extractor, and how many it has."""
    known = _known(store, documents, by)
    fresh = [document for document in documents if document.article().id not in known]
    return fresh, len(documents) - len(fresh)


def _known(store: Store, documents: list[Document], by: Extraction) -> set[str]:
    articles = [document.article() for document in documents]
    rows = [{"id": a.id, "sha256": a.sha256, "source_id": a.source_id} for a in articles]
    return {
        row["id"]
        for row in store.read(KNOWN, rows=rows)
        if (by.name, by.version) in zip(row["extractors"] or (), row["versions"] or (), strict=False)
    }

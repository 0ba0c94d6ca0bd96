"""What was read, on disk: written as it comes, read again by article, by copies and by thread."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from pydantic import TypeAdapter

from graph.articles import Article
from graph.changes import sketched
from graph.claims import Claim
from graph.copies import Text
from graph.history import Version
from graph.offline.files import UNWRITABLE
from graph.outlets import Outlets
from graph.sketch import Sketch
from graph.threads import Ref, Statement
from graph.writer import WriteCounts

SCHEMA = """
CREATE TABLE versions (
    article TEXT, version TEXT, source_id TEXT, kept INTEGER, published TEXT, outlet TEXT, credited TEXT, body TEXT,
    PRIMARY KEY (article, version)
);
CREATE INDEX names ON versions (source_id);
CREATE TABLE events (article TEXT, kind TEXT, version TEXT, readers TEXT, claims BLOB);
CREATE TABLE statements (thread TEXT, body TEXT);
"""
AMONG = "IN (SELECT value FROM json_each(?))"
PUT_VERSION = "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
KEPT = f"SELECT article, version, kept FROM versions WHERE article {AMONG}"
BODIES = f"SELECT article, version, body FROM versions WHERE article {AMONG}"
NAMED = f"SELECT DISTINCT source_id, article FROM versions WHERE source_id {AMONG} ORDER BY article"
TEXTS = """
SELECT article, version, published, outlet, credited, json_extract(body, '$.sketch')
FROM versions {only} ORDER BY article
"""
PUT_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?, ?)"
EVENTS = "SELECT article, kind, version, readers, claims FROM events ORDER BY article, rowid"
PUT_STATEMENT = "INSERT INTO statements VALUES (?, ?)"
STATEMENTS = f"SELECT body FROM statements WHERE thread {AMONG}"
CLAIMS = TypeAdapter(list[Claim])
FIELDS = tuple(field.name for field in fields(Statement))

Kind = Literal["read", "forget", "erase"]


class Event(NamedTuple):
    """Something that was read or asked of an article."""

    kind: Kind
    article: Article | None
    """The version that was read; its sketch is the one of its text."""
    claims: list[Claim]
    readers: dict[str, str]


class Spool:
    """One file. Takes lines as a store does (`graph.imports.Destination`); to be used in a `with` block."""

    def __init__(self, path: Path) -> None:
        """Makes the file, which must not be there."""
        self._base = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            self._base.execute(f"PRAGMA {setting}")
        self._base.executescript(SCHEMA)
        self._base.execute("BEGIN")
        self.unwritable: list[tuple[str, str]] = []
        """Source and the input's own id of articles that no CSV file can hold, and that were left out."""
        self._erased: set[str] = set()

    def __enter__(self) -> Self:
        """The spool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the file."""
        self._base.close()

    def writer(self, readers: Mapping[str, str]) -> SpoolWriter:
        """Takes what these extractors have read in these versions."""
        return SpoolWriter(self, readers)

    def article_ids(self, names: Iterable[str]) -> dict[str, list[str]]:
        """The ids of the articles that the input calls by these names, sorted."""
        found: dict[str, list[str]] = {}
        for name, id in self._base.execute(NAMED, [json.dumps(list(names))]):
            found.setdefault(name, []).append(id)
        return found

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles with these ids, each in the version that counts."""
        found: dict[str, tuple[Version, str]] = {}
        for id, version, body in self._base.execute(BODIES, [json.dumps(list(ids))]):
            found[id] = max(found.get(id, ((), "")), (_version(version), body))
        return {id: _as_read(Article.model_validate_json(body)) for id, (_, body) in found.items()}

    def add(self, batch: Sequence[tuple[Article, Sequence[Claim]]], readers: Mapping[str, str]) -> WriteCounts:
        """Keeps articles with their claims. What of them is new shows later; until then they count as known."""
        counts = WriteCounts()
        ids = json.dumps([article.id for article, _ in batch])
        known = {(id, version): kept for id, version, kept in self._base.execute(KEPT, [ids])}
        read = json.dumps(readers)
        for article, claims in batch:
            version = json.dumps(article.version)
            told = CLAIMS.dump_json(list(claims))
            better = bool(article.text) > known.get((article.id, version), -1)
            body = sketched(article)[0].model_dump_json() if better else ""
            if any(mark in body or mark.encode() in told for mark in UNWRITABLE):
                self.unwritable.append((article.source, article.source_id))
                continue
            if better:
                row = (article.source_id, bool(article.text), article.published, article.outlet, article.credited)
                self._base.execute(PUT_VERSION, (article.id, version, *row, body))
                known[article.id, version] = bool(article.text)
            self._base.execute(PUT_EVENT, (article.id, "read", version, read, told))
            counts += WriteCounts(articles_known=1, claims_known=len(claims))
        return counts

    def forget(self, article: str, *, erase: bool) -> None:
        """Keeps that an article's claims are to be retired."""
        if erase:
            self._erased.add(article)
        self._base.execute(PUT_EVENT, (article, "erase" if erase else "forget", None, None, None))

    def texts(self, outlets: Outlets, ids: Iterable[str] | None = None) -> Iterator[Text]:
        """Articles in the version that counts, as `graph.copies` looks at them, in the order of ids.

        Args:
            outlets: those of the catalogue.
            ids: only these articles.
        """
        only, wanted = ("", []) if ids is None else (f"WHERE article {AMONG}", [json.dumps(list(ids))])
        for id, rows in groupby(self._base.execute(TEXTS.format(only=only), wanted), key=itemgetter(0)):
            _, _, published, outlet, credited, packed = max(rows, key=lambda row: _version(row[1]))
            sketch = Sketch.unpack(packed) if packed and id not in self._erased else None
            yield outlets.text(id, published, sketch, outlet, credited)

    def count(self) -> int:
        """How many articles there are."""
        [(number,)] = self._base.execute("SELECT count(DISTINCT article) FROM events")
        return int(number)

    def articles(self) -> Iterator[tuple[str, list[Event]]]:
        """Every article with all that came of it, in the order of ids."""
        self._base.execute("CREATE INDEX by_article ON events (article)")
        for id, rows in groupby(self._base.execute(EVENTS), key=itemgetter(0)):
            found = self._base.execute(BODIES, [json.dumps([id])]).fetchall()
            bodies = {version: Article.model_validate_json(body) for _, version, body in found}
            events = [
                Event(kind, bodies.get(version), CLAIMS.validate_json(claims or b"[]"), json.loads(readers or "{}"))
                for _, kind, version, readers, claims in rows
            ]
            yield id, events

    def tell(self, statements: Iterable[Statement]) -> None:
        """Keeps live claims as folding sees them."""
        rows = [(one.thread, json.dumps([getattr(one, name) for name in FIELDS])) for one in statements]
        self._base.executemany(PUT_STATEMENT, rows)

    def index_statements(self) -> None:
        """Once all of them are there."""
        self._base.execute("CREATE INDEX by_thread ON statements (thread)")

    def statements(self, threads: Collection[str]) -> list[Statement]:
        """Those of these threads."""
        return [_statement(body) for (body,) in self._base.execute(STATEMENTS, [json.dumps(list(threads))])]


class SpoolWriter:
    """Takes what some extractors have read, as `graph.writer.Writer` does."""

    def __init__(self, spool: Spool, readers: Mapping[str, str]) -> None:
        """The spool, and name and version of each extractor."""
        self._spool, self._readers = spool, readers

    def write(self, batch: Sequence[tuple[Article, Sequence[Claim]]]) -> WriteCounts:
        """Keeps articles with their claims; `Spool.add` tells how they are counted."""
        return self._spool.add(batch, self._readers)

    def forget(self, article: str, erase: bool = False) -> WriteCounts:
        """Keeps that an article's claims are to be retired."""
        self._spool.forget(article, erase=erase)
        return WriteCounts()


def _version(text: str) -> Version:
    return tuple(json.loads(text))


def _as_read(article: Article) -> Article:
    return article.model_copy(update={"sketch": None}) if article.text else article


def _statement(body: str) -> Statement:
    told = dict(zip(FIELDS, json.loads(body), strict=True))
    roles = told["roles"] or {}
    return Statement(**told | {"roles": {kind: Ref(*ref) for kind, ref in roles.items()}})

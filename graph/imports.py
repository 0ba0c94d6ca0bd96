"""Reads `export jsonl` back, and claims that other tools made: every line is checked before anything is written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from graph.articles import Article
from graph.claims import QUALIFIER_ROLES, Claim
from graph.json_lines import read_json
from graph.lines import DERIVED, LINE, SCHEMA, ArticleLine, ClaimLine, Line
from graph.reader import article_ids, articles_by_id
from graph.store import Store
from graph.writer import WriteCounts, Writer

ARTICLES, CLAIMS = 1000, 4000
"""So many are written at once."""
TYPES = ("meta", "article", "claim")
DESCRIBED = "docs/jsonl.md describes the lines"
ARTICLE_FIRST = "put the article's line before those of its claims"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not taken, and what to do about it."""

    file: str
    line: int
    reason: str
    remedy: str
    source_id: str | None = None
    """The input's own id of the article that it is about."""


def read_lines(lines: Iterable[str | bytes], file: str) -> Iterator[Line | BadLine]:
    """Checks the lines of an export or of another tool, one at a time; empty ones are passed over.

    Args:
        lines: in UTF-8 where they are bytes.
        file: its name, for messages.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = read_json(line)
            except (ValueError, RecursionError) as error:
                yield BadLine(file, number, f"broken JSON: {error}", "write one JSON object a line, in UTF-8")
            else:
                yield check(record, file, number)


def check(record: object, file: str, line: int) -> Line | BadLine:
    """One decoded line as a model, or why it is none."""
    if not isinstance(record, dict):
        return BadLine(file, line, "not a JSON object", DESCRIBED)
    kind, schema = record.get("type"), record.get("schema", SCHEMA)
    own = _source_id(record)
    if kind not in TYPES:
        return BadLine(file, line, f"unknown type {_short(kind)}", f"give 'type': {', '.join(TYPES)}", own)
    if schema != SCHEMA:
        remedy = f"this version reads schema {SCHEMA}; install the version that wrote it, or a later one"
        return BadLine(file, line, f"schema {_short(schema)} is not known", remedy, own)
    try:
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return BadLine(file, line, "half a surrogate pair, which is no character", "write valid Unicode", own)
    try:
        return LINE.validate_python(record)
    except ValidationError as error:
        return BadLine(file, line, _reason(error), DESCRIBED, own)


class Writes(Protocol):
    """Takes articles with their claims, as `graph.writer.Writer` does."""

    def write(self, batch: Sequence[tuple[Article, Sequence[Claim]]]) -> WriteCounts:
        """See `Writer.write`."""

    def forget(self, article: str, erase: bool = False) -> WriteCounts:
        """See `Writer.forget`."""


class Destination(Protocol):
    """Where lines can go."""

    def writer(self, readers: Mapping[str, str]) -> Writes:
        """Takes what these extractors, by name, have read in these versions."""

    def article_ids(self, names: Iterable[str]) -> dict[str, list[str]]:
        """See `graph.reader.article_ids`."""

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """See `graph.reader.articles_by_id`."""


class _InStore:
    def __init__(self, store: Store) -> None:
        self._store = store

    def writer(self, readers: Mapping[str, str]) -> Writes:
        return Writer(self._store, readers)

    def article_ids(self, names: Iterable[str]) -> dict[str, list[str]]:
        return article_ids(self._store, names)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        return articles_by_id(self._store, ids)


class Importer:
    """Writes checked lines into a store: articles first, then the claims on them. Memory stays flat.

    Example:
        importer = Importer(store)
        for number, record in enumerate(records, 1):
            rejects += importer.add(record, "claims.jsonl", number)
        rejects += importer.finish()
    """

    def __init__(self, into: Store | Destination) -> None:
        """Nothing is read or written yet."""
        self._into = _InStore(into) if isinstance(into, Store) else into
        self._writers: dict[tuple[tuple[str, str], ...], Writes] = {}
        self._articles: list[ArticleLine] = []
        self._claims: list[tuple[dict[str, Any], str, int]] = []
        self.counts = WriteCounts()

    def add(self, record: object, file: str, line: int) -> list[BadLine]:
        """Takes one decoded line; it may be written only later.

        Returns:
            Lines that turned out to be bad: this one, or claims taken earlier.

        Raises:
            graph.errors.StoreUnavailableError: the server went away.
        """
        if isinstance(record, dict) and record.get("type") == "claim":
            self._claims.append((record, file, line))
        else:
            checked = check(record, file, line)
            if isinstance(checked, BadLine):
                return [checked]
            if isinstance(checked, ArticleLine):
                self._articles.append(checked)
        full = len(self._claims) >= CLAIMS or len(self._articles) >= ARTICLES
        return self.finish() if full else []

    def finish(self) -> list[BadLine]:
        """Writes what is left.

        Raises:
            graph.errors.StoreUnavailableError: the server went away.
        """
        self._write_articles()
        return self._write_claims()

    def _write_articles(self) -> None:
        articles, self._articles = self._articles, []
        readers: dict[tuple[tuple[str, str], ...], list[ArticleLine]] = defaultdict(list)
        for line in articles:
            readers[tuple(sorted(line.extractors.items()))].append(line)
        for key, lines in readers.items():
            self.counts += self._writer(key).write([(line.article(), []) for line in lines])
        for line in articles:
            if line.forgotten:
                self.counts += _without_articles(self._writer().forget(line.id, erase=line.erased))

    def _write_claims(self) -> list[BadLine]:
        raw, self._claims = self._claims, []
        bad: list[BadLine] = []
        lines: list[tuple[ClaimLine, str, int]] = []
        names = [record["article"] for record, _, _ in raw if _names_article(record)]
        known = self._into.article_ids(names)
        for record, file, line in raw:
            checked = self._checked(record, known, file, line)
            if isinstance(checked, ClaimLine):
                lines.append((checked, file, line))
            elif isinstance(checked, BadLine):
                bad.append(checked)
        articles = self._into.articles_by_id({claim.article_id for claim, _, _ in lines})
        found: dict[tuple[str, ...], tuple[Article, list[ClaimLine]]] = {}
        for claim, file, line in lines:
            article = articles.get(claim.article_id)
            fault = _fault(claim, article)
            if fault is not None or article is None:
                reason, remedy = fault or ("", "")
                bad.append(BadLine(file, line, reason, remedy, claim.article))
                continue
            version = _version_read(article, claim)
            found.setdefault((article.id, *version.version), (version, []))[1].append(claim)
        if found:
            batch = [(article, [claim.claim() for claim in claims]) for article, claims in found.values()]
            self.counts += _without_articles(self._writer().write(batch))
        return sorted(bad, key=lambda item: (item.file, item.line))

    def _checked(self, record: dict[str, Any], known: dict[str, list[str]], file: str, line: int) -> Line | BadLine:
        """Other tools need not know our ids: the input's own id names the article where it is the only one."""
        if not _names_article(record):
            return check(record, file, line)
        name = record["article"]
        match known.get(name, []):
            case [only]:
                return check(record | {"article_id": only}, file, line)
            case []:
                return BadLine(file, line, f"no article {_short(name)} in the graph", ARTICLE_FIRST, name)
            case several:
                reason = f"{len(several)} articles are called {_short(name)}"
                return BadLine(file, line, reason, f"give 'article_id': {' or '.join(several[:5])}", name)

    def _writer(self, readers: tuple[tuple[str, str], ...] = ()) -> Writes:
        if readers not in self._writers:
            self._writers[readers] = self._into.writer(dict(readers))
        return self._writers[readers]


def _names_article(record: Mapping[str, Any]) -> bool:
    """Whether the input's own id is all that tells which article is meant."""
    return "article_id" not in record and isinstance(record.get("article"), str)


def _version_read(article: Article, claim: ClaimLine) -> Article:
    """The version of the article that the claim was read from; of an older one only what tells it from others."""
    if claim.article_version is None:
        return article
    when, sha256, source_id, source = claim.article_version
    return article.model_copy(
        update={
            "published": None,
            "modified": when or None,
            "sha256": sha256,
            "source_id": source_id,
            "source": source,
        }
    )


def _fault(claim: ClaimLine, article: Article | None) -> tuple[str, str] | None:
    """Why the claim does not fit its article, and the remedy."""
    if article is None:
        return f"no article {claim.article_id} in the graph", ARTICLE_FIRST
    if claim.article_version is not None and claim.article_version != article.version:
        if claim.article_version > article.version:
            return "the claim is from a later version of its article", "put that version's line before its claims"
        return None
    if not article.text:  # it is not kept
        return None
    for quote in claim.evidence:
        if article.text[quote.start : quote.end] != quote.quote:
            reason = f"the article does not say {_short(quote.quote)} at {quote.start} to {quote.end}"
            return reason, "count code points of the article's text, the end excluded"
    roles = [claim.subject, claim.object, claim.speaker, *(getattr(claim.qualifiers, r) for r in QUALIFIER_ROLES)]
    for role in roles:
        if role and role.start is not None and not 0 <= role.start <= (role.end or 0) <= len(article.text):
            return f"the words of {_short(role.id)} lie outside the article", "correct 'start' and 'end'"
    return None


def _without_articles(counts: WriteCounts) -> WriteCounts:
    return WriteCounts(
        claims_new=counts.claims_new,
        claims_known=counts.claims_known,
        claims_retired=counts.claims_retired,
        claims_revived=counts.claims_revived,
    )


def _reason(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    derived = {name for names in DERIVED.values() for name in names}  # missing only because something else is wrong
    problems = [p for p in found if p["type"] != "missing" or p["loc"][-1] not in derived] or found
    first = problems[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    told = first["msg"].removeprefix("Value error, ")
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return (f"{place}: {told}" if place else told) + more


def _source_id(record: Mapping[str, Any]) -> str | None:
    own = record.get("source_id" if record.get("type") == "article" else "article")
    return own if isinstance(own, str) else None


def _short(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= 80 else f"{told[:77]}…"

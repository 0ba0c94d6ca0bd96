"""What a worker does with a part: read the file, extract the part's articles, write what they say."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import TYPE_CHECKING

from graph.articles import Article
from graph.claims import Claim
from graph.json_lines import one_line
from graph.lines import SCHEMA
from loaders.document import Document, Reject
from loaders.parallel import extract_one
from loaders.pipeline import EXTRACTOR, default_extractor
from loaders.scale.output import Output
from loaders.scale.parts import Part
from loaders.sources import ExportLine, read
from loaders.sources.parquet import LINE

if TYPE_CHECKING:
    from daft import File


class Worker:
    """One process of the run; the parser and the catalogue are loaded once.

    Args:
        output: where the tables go.
    """

    def __init__(self, output: str) -> None:
        self.output = Output(output)
        self.version = default_extractor().version

    def work(self, part: Part, file: File | None) -> dict[str, int]:
        """Does a part and returns its report: articles, claims, rejected.

        Args:
            part: which one.
            file: the input, where it is not on this machine.
        """
        with (
            _at_hand(part.path, file) as path,
            self.output.table("articles", part.name) as articles,
            self.output.table("claims", part.name) as claims,
            self.output.table("rejects", part.name) as rejects,
        ):
            for item in _items(part, path):
                if isinstance(item, Reject):
                    rejects.add(_reject_row(item, part.path))
                    continue
                _, found = extract_one(item)
                if isinstance(found, Reject):
                    rejects.add(_reject_row(found, part.path))
                    continue
                articles.add(self._article_row(item.article()))
                for claim in found:
                    claims.add(_claim_row(claim))
        report = {"articles": articles.count, "claims": claims.count, "rejected": rejects.count}
        self.output.finish(part.name, report)
        return report

    def _article_row(self, article: Article) -> dict[str, str | None]:
        fields = article.model_dump()
        line = _line("article", fields | {"extractors": {EXTRACTOR: self.version}})
        return {name: fields[name] for name in fields if name not in ("text", "modified", "sha256")} | {LINE: line}


def _items(part: Part, path: str) -> Iterator[Document | Reject]:
    """The part's articles; what cannot be read falls to the file's first part."""
    position = 0
    for item in read([path], notice=lambda what: None):
        if isinstance(item, Document):
            if part.has(position):
                yield item
            position += 1
        elif part.number == 0:
            yield item if isinstance(item, Reject) else _refused(item)


def _refused(line: ExportLine) -> Reject:
    return Reject(line.file, line.line, "a line of an export, not an article", "use 'embargo load' for exports")


@contextmanager
def _at_hand(path: str, file: File | None) -> Iterator[str]:
    """A path on this machine under the file's own name."""
    if file is None:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / PurePosixPath(path).name
        with file.open() as content, copy.open("wb") as out:
            copyfileobj(content, out, 1 << 20)
        yield str(copy)


def _claim_row(claim: Claim) -> dict[str, str | None]:
    fields = claim.model_dump()
    ends = {"subject": claim.subject.id if claim.subject else None, "object": claim.object.id}
    return {name: fields.get(name) for name in fields} | ends | {LINE: _line("claim", fields)}


def _reject_row(reject: Reject, path: str) -> dict[str, str | None]:
    number = str(reject.line) if reject.line else None
    return asdict(reject) | {"file": path, "line_number": number}


def _line(kind: str, fields: dict[str, object]) -> str:
    return one_line(json.dumps({"type": kind, "schema": SCHEMA} | fields, ensure_ascii=False, separators=(",", ":")))

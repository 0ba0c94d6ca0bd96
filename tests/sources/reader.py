"""Reads through the public door and sorts what comes out."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import zstandard

from loaders.document import Document, Reject
from loaders.sources import ExportLine, read


@dataclass
class Outcome:
    """What one run yielded."""

    documents: list[Document] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    exported: list[ExportLine] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_all(*paths: Path | str) -> Outcome:
    """Everything that the paths yield."""
    outcome = Outcome()
    for item in read([str(path) for path in paths], notice=outcome.notices.append):
        if isinstance(item, Document):
            outcome.documents.append(item)
        elif isinstance(item, Reject):
            outcome.rejects.append(item)
        else:
            outcome.exported.append(item)
    return outcome


def only_document(path: Path) -> Document:
    """The article of a file that holds one and nothing else."""
    outcome = read_all(path)
    assert outcome.rejects == []
    assert len(outcome.documents) == 1
    return outcome.documents[0]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def compressed(content: bytes, ending: str) -> bytes:
    """The content as a file of this ending would hold it."""
    if ending == ".gz":
        return gzip.compress(content)
    return zstandard.ZstdCompressor().compress(content) if ending == ".zst" else content


def texts(documents: Iterable[Document]) -> list[str]:
    """Their texts."""
    return [document.text for document in documents]

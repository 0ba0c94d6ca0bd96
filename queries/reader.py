"""The stored queries: one file each, with a header that says what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from queries.header import Header, read_header

Language = Literal["cypher", "sparql"]
ENDING: dict[Language, str] = {"cypher": "*.cypher", "sparql": "*.rq"}


@dataclass(frozen=True, slots=True)
class Query:
    """A named query: its header, and the text that goes to the engine."""

    header: Header
    text: str
    path: Path


def read_query(path: Path) -> Query:
    """The query of one file.

    Raises:
        queries.header.HeaderError: names the file, the line and the remedy.
    """
    header, text = read_header(path, path.read_text(encoding="utf-8"))
    return Query(header, text, path)


@cache
def stored_queries(language: Language = "cypher") -> dict[str, Query]:
    """Every query of the language that this package holds, by name, in alphabetical order.

    Raises:
        queries.header.HeaderError: a file's header is wrong.
    """
    folder = Path(__file__).parent / language
    return {path.stem: read_query(path) for path in sorted(folder.glob(ENDING[language]))}

"""The ids that a run has seen, kept on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

from graph.articles import normalise_url
from loaders.document import Document


class Seen:
    """Which text stands under which id, over one run.

    Holds hashes in SQLite's own temporary database, which moves to a temporary file as it grows.
    """

    def __init__(self) -> None:
        """No id seen yet."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, text BLOB, url BLOB, place TEXT) WITHOUT ROWID")
        self._database.execute("CREATE TABLE addresses (url BLOB PRIMARY KEY, text BLOB) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def clash(self, document: Document, place: str) -> str | None:
        """Where a different article with the same id was first seen, or None.

        The same text again is no clash, nor are two texts of one URL: these are versions of one article.
        """
        key, text = _hash(document.source_id), _hash(document.text)
        url = _hash(normalise_url(document.url)) if document.url else None
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", (key, text, url, place))
        if added.rowcount:
            return None
        first = self._database.execute("SELECT text, url, place FROM seen WHERE id = ?", (key,)).fetchone()
        same_text, same_url = first[0] == text, url is not None and first[1] == url
        return None if same_text or same_url else str(first[2])

    def is_version(self, document: Document) -> bool:
        """Whether another text was seen under the same address."""
        if document.url is None:
            return False
        key, text = _hash(normalise_url(document.url)), _hash(document.text)
        if self._database.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", (key, text)).rowcount:
            return False
        first = self._database.execute("SELECT text FROM addresses WHERE url = ?", (key,)).fetchone()
        return bool(first[0] != text)


def _hash(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()

"""Real corpora, where they lie beside the project."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.sources.reader import only_document, read_all

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")


def test_the_seed_article() -> None:
    document = only_document(SHARED / "seed" / "000_42e2df97611246d8.txt")
    assert (document.source_id, document.published) == ("000_42e2df97611246d8", "2021-09-26")
    assert document.url is not None and document.url.startswith("https://sputniknews.com/20210926/turkish-president")
    assert document.title is not None and document.title.startswith("Turkish President Reveals")
    assert document.lead is not None and document.lead.endswith("26.09.2021, Sputnik International")
    assert "threat of sanctions from Washington.Erdogan insisted" in document.text
    assert document.article().outlet == "sputniknews.com"


def test_the_whole_articles_equal_their_items() -> None:
    folder = SHARED / "data" / "dev-articles"
    items = [json.loads(line) for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    outcome = read_all(folder / "texts")
    assert outcome.rejects == []
    assert len(items) == 60
    assert [(d.source_id, d.published, d.title, d.text) for d in outcome.documents] == [
        (item["id"], item["date"], item["title"], item["text"]) for item in items
    ]


def test_no_item_of_the_large_corpus_is_lost() -> None:
    folder = SHARED / "data" / "wikipedia-current-events"
    with gzip.open(folder / "2002-2015.jsonl.gz", "rt", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    outcome = read_all(folder)
    assert outcome.rejects == []
    assert [(d.source_id, d.published, d.text) for d in outcome.documents] == [
        (item["id"], item["date"], item["text"]) for item in items
    ]

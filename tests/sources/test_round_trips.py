from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from datetime import date, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from loaders.document import Document, compose_text
from tests.sources.reader import compressed, read_all, written

STORABLE = st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])
PRINTED = st.characters(exclude_categories=["C", "Z"])
texts = st.text(STORABLE, min_size=1).filter(lambda text: any(map(str.isalnum, text)) and not set("<&") & set(text))
words = st.text(PRINTED, min_size=1, max_size=12)
sentences = st.lists(words, min_size=1, max_size=12).map(lambda parts: "Turkey " + " ".join(parts))
names = st.text(PRINTED, min_size=1, max_size=20)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2024, 1, 1))
urls = st.integers(0, 10**9).map(lambda number: f"https://sample-wire.example/{number}")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    return Document(
        source_id=draw(names),
        source="",
        text=draw(texts),
        title=draw(st.none() | sentences),
        lead=draw(st.none() | sentences),
        url=draw(st.none() | urls),
        outlet=draw(st.none() | sentences),
        published=draw(st.none() | days.map(str)),
        modified=draw(st.none() | days.map(lambda day: f"{day}T10:00:00Z")),
        language=draw(st.sampled_from([None, "en", "tr"])),
    )


many = st.lists(documents(), min_size=1, max_size=5, unique_by=lambda document: document.source_id)


def records(articles: list[Document]) -> list[dict[str, str | None]]:
    return [
        {
            "id": article.source_id,
            "date": article.published,
            "modified": article.modified,
            "url": article.url,
            "outlet": article.outlet,
            "language": article.language,
            "title": article.title,
            "lead": article.lead,
            "text": article.text,
        }
        for article in articles
    ]


def back(name: str, content: bytes) -> list[Document]:
    with TemporaryDirectory() as folder:
        outcome = read_all(written(Path(folder), name, content))
    assert outcome.rejects == []
    return [replace(document, source="") for document in outcome.documents]


@given(many, st.sampled_from(["", ".gz", ".zst"]), st.booleans())
def test_json_lines(articles: list[Document], ending: str, ascii_only: bool) -> None:
    lines = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records(articles))
    assert back(f"a.jsonl{ending}", compressed(lines.encode(), ending)) == articles


@given(many, st.sampled_from([None, 1]))
def test_json_arrays(articles: list[Document], indent: int | None) -> None:
    assert back("a.json", json.dumps(records(articles), indent=indent).encode()) == articles


@given(many, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_csv(articles: list[Document], delimiter: str, end: str) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(records(articles)[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(records(articles))
    assert back("a.csv", table.getvalue().encode()) == articles


@given(many)
def test_parquet(articles: list[Document]) -> None:
    file = io.BytesIO()
    schema = pa.schema([(name, pa.string()) for name in records(articles)[0]])
    pq.write_table(pa.Table.from_pylist(records(articles), schema), file)
    assert back("a.parquet", file.getvalue()) == articles


@given(
    days,
    urls,
    sentences,
    st.none() | sentences,
    st.lists(sentences, min_size=1, max_size=4).map("\n".join),
    st.booleans(),
)
def test_layout(day: object, url: str, title: str, lead: str | None, body: str, windows: bool) -> None:
    content = f" date {day} {url}\n\n" + "\n\n".join(part for part in (title, lead, body) if part) + "\n"
    [document] = back("a.txt", content.replace("\n", "\r\n" if windows else "\n").encode())
    expected = Document("a", "", compose_text(title, lead, body), title, lead, url, None, str(day))
    assert document == expected


moments = st.datetimes(datetime(1990, 1, 1), datetime(2024, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
entry_lists = st.lists(
    st.tuples(urls, moments, sentences, sentences), min_size=1, max_size=4, unique_by=lambda entry: entry[0]
)


def _kept_by_feedparser(text: str) -> bool:
    """feedparser reads what looks like UTF-8 taken for Latin-1 (`Â¡`) as the UTF-8 that it takes it to be."""
    try:
        return text.encode("latin-1").decode("utf-8") == text
    except UnicodeError:
        return True


@given(entry_lists)
@settings(max_examples=50)
def test_rss(entries: list[tuple[str, datetime, str, str]]) -> None:
    assume(all(_kept_by_feedparser(part) for _, _, title, text in entries for part in (title, text)))
    items = "".join(
        f"<item><guid>{url}</guid><link>{url}</link><pubDate>{format_datetime(moment)}</pubDate>"
        f"<title>{escape(escape(title))}</title><description>{escape(escape(text))}</description></item>"
        for url, moment, title, text in entries
    )
    read = back(
        "a.rss", f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{items}</channel></rss>".encode()
    )
    assert [(document.url, document.published, document.text) for document in read] == [
        (url, f"{moment.isoformat()}Z", f"{title}\n\n{text}") for url, moment, title, text in entries
    ]


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.jsonl", "a.json", "a.csv", "a.parquet", "a.html", "a.xml", "a"]),
)
def test_any_bytes_are_read_or_rejected(content: bytes, name: str) -> None:
    with TemporaryDirectory() as folder:
        outcome = read_all(written(Path(folder), name, content))
    assert outcome.documents or outcome.rejects
    for document in outcome.documents:
        assert document.article().text == document.text


@given(st.binary(max_size=200), st.integers(0, 300), st.sampled_from([".gz", ".zst"]))
def test_damaged_compression_never_raises(noise: bytes, at: int, ending: str) -> None:
    lines = b"".join(b'{"text": "Turkey %d"}\n' % number for number in range(300))
    whole = gzip.compress(lines) if ending == ".gz" else zstandard.compress(lines)
    with TemporaryDirectory() as folder:
        outcome = read_all(written(Path(folder), f"a.jsonl{ending}", whole[:at] + noise))
    assert outcome.rejects or len(outcome.documents) >= 300

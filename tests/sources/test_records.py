from __future__ import annotations

import csv
import io
import json
import math
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loaders.document import Document
from tests.sources.reader import only_document, read_all, texts, written

FULL = {
    "id": "a1",
    "date": "2021-09-26",
    "modified": "2021-09-27T10:00:00Z",
    "url": "https://a.example/1",
    "outlet": "Sample Wire",
    "language": "en",
    "title": "Title",
    "lead": "Lead.",
    "body": "Body.",
}
FULL_DOCUMENT = {
    "source_id": "a1",
    "published": "2021-09-26",
    "modified": "2021-09-27T10:00:00Z",
    "url": "https://a.example/1",
    "outlet": "Sample Wire",
    "language": "en",
    "title": "Title",
    "lead": "Lead.",
    "text": "Title\n\nLead.\n\nBody.",
}


def as_jsonl(records: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def as_csv(records: list[dict[str, object]], delimiter: str = ",", end: str = "\r\n") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def as_parquet(records: list[dict[str, object]]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), file)
    return file.getvalue()


WRITERS = {
    "lines": ("a.jsonl", as_jsonl),
    "ndjson": ("a.ndjson", as_jsonl),
    "array": ("a.json", lambda records: json.dumps(records).encode()),
    "indented array": ("a.json", lambda records: json.dumps(records, indent=2).encode()),
    "array in lines": ("a.jsonl", lambda records: b"[\n" + as_jsonl(records).replace(b"}\n{", b"},\n{") + b"]"),
    "values one after the other": (
        "a.json",
        lambda records: b"".join(json.dumps(r, indent=1).encode() for r in records),
    ),
    "CSV": ("a.csv", as_csv),
    "semicolons": ("a.csv", lambda records: as_csv(records, ";", "\n")),
    "CR": ("a.csv", lambda records: as_csv(records, ",", "\r")),
    "TSV": ("a.tsv", lambda records: as_csv(records, "\t")),
    "bars": ("a.tab", lambda records: as_csv(records, "|")),
    "Parquet": ("a.parquet", as_parquet),
}


def fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in FULL_DOCUMENT}


@pytest.mark.parametrize(("name", "write"), WRITERS.values(), ids=WRITERS)
def test_every_field_is_read(name: str, write: object, tmp_path: Path) -> None:
    assert callable(write)
    outcome = read_all(written(tmp_path, name, write([FULL, FULL | {"id": "a2", "body": "Other."}])))
    assert outcome.rejects == []
    assert [fields(document) for document in outcome.documents] == [
        FULL_DOCUMENT,
        FULL_DOCUMENT | {"source_id": "a2", "text": "Title\n\nLead.\n\nOther."},
    ]
    assert {document.source for document in outcome.documents} == {name}


VALUES = {
    "text before body": ({"text": "Text.", "title": "T", "body": "B."}, {"text": "Text.", "title": "T"}),
    "title alone": ({"headline": "Turkey buys"}, {"text": "Turkey buys", "title": "Turkey buys"}),
    "line ends": ({"text": "a\r\nb\rc\n"}, {"text": "a\nb\nc\n"}),
    "blanks stay in text": ({"text": "  a\tb \u2028c\x0b "}, {"text": "  a\tb \u2028c\x0b "}),
    "number as id": ({"id": 7, "text": "a"}, {"source_id": "7"}),
    "empty values": ({"id": "", "url": " ", "date": "", "text": "a"}, {"source_id": "a.jsonl#1", "url": None}),
    "null values": ({"id": None, "date": None, "text": "a", "title": None}, {"published": None, "title": None}),
    "not a number": ({"id": "a", "date": math.nan, "title": math.nan, "text": "a"}, {"published": None, "title": None}),
    "URL as id": ({"url": "https://a.example/1", "text": "a"}, {"source_id": "https://a.example/1"}),
    "URL without scheme": ({"url": "www.a.example/1", "text": "a"}, {"url": "https://www.a.example/1"}),
    "newsapi": (
        {
            "source": {"id": None, "name": "Sample Wire"},
            "title": "T",
            "description": "D.",
            "url": "https://a.example/1",
            "publishedAt": "2021-09-26T10:00:00Z",
            "content": "C.",
        },
        {"outlet": "Sample Wire", "published": "2021-09-26T10:00:00Z", "text": "T\n\nD.\n\nC."},
    ),
    "news-please": (
        {"maintext": "M.", "date_publish": "2021-09-26 10:00:00", "source_domain": "a.example", "language": "en-GB"},
        {"text": "M.", "published": "2021-09-26T10:00:00Z", "outlet": "a.example", "language": "en"},
    ),
    "schema.org": (
        {"headline": "H", "articleBody": "B.", "datePublished": "2021-09-26", "dateModified": "2021-09-27"},
        {"text": "H\n\nB.", "published": "2021-09-26", "modified": "2021-09-27"},
    ),
    "list of sources": ({"sources": ["Reuters", "BBC"], "text": "a"}, {"outlet": "Reuters"}),
    "no sources": ({"sources": None, "text": "a"}, {"outlet": None}),
    "address as outlet": ({"source": "https://www.a.example/", "text": "a"}, {"outlet": "www.a.example"}),
    "spelling of names": (
        {"Published At": "2021-09-26", "FULL-TEXT": "a", "Lang": "English"},
        {"text": "a", "language": "en"},
    ),
    "most telling name": ({"timestamp": 1, "pubDate": "2021-09-26", "text": "a"}, {"published": "2021-09-26"}),
    "other type": ({"type": "article", "text": "a"}, {"text": "a"}),
    "markup inside": ({"text": "<b>Turkey</b> buys"}, {"text": "<b>Turkey</b> buys"}),
    "emoji": ({"text": "a \\ud83d\\ude80 b"}, {"text": "a \\ud83d\\ude80 b"}),
}


@pytest.mark.parametrize(("record", "expected"), VALUES.values(), ids=VALUES)
def test_values(record: dict[str, object], expected: dict[str, object], tmp_path: Path) -> None:
    document = only_document(written(tmp_path, "a.jsonl", json.dumps(record)))
    assert {name: getattr(document, name) for name in expected} == expected


ADDRESS = "https://a.example/1"
ODD = {
    "tags": (["<p>Turkey buys.</p>", "India&#8217;s jets"], "", "texts hold HTML, which is read as it stands"),
    "no tags": (["a < b > c & d; R&D", "AT&T; <unnamed>"], "", None),
    "versions": (
        ["Turkey buys.", "India buys.", "Iran buys."],
        ADDRESS,
        f"several texts have one address, such as {ADDRESS}",
    ),
    "one text twice": (["Turkey buys.", "Turkey buys."], ADDRESS, None),
}


@pytest.mark.parametrize(("articles", "url", "told"), ODD.values(), ids=ODD)
def test_what_may_not_be_meant_is_told_once_a_file(
    articles: list[str], url: str, told: str | None, tmp_path: Path
) -> None:
    records: list[dict[str, object]] = [{"id": f"{n}", "url": url, "text": text} for n, text in enumerate(articles)]
    path = written(tmp_path, "a.jsonl", as_jsonl(records))
    outcome = read_all(path)
    assert texts(outcome.documents) == articles
    assert [notice.startswith(f"{path}: {told}") for notice in outcome.notices] == ([True] if told else [])


def test_another_language_is_told_once_a_file(tmp_path: Path) -> None:
    languages = ["en-GB", "English", None, "de-AT", "fr"]
    path = written(tmp_path, "a.jsonl", as_jsonl([{"text": "Paris", "language": name} for name in languages]))
    outcome = read_all(path)
    assert len(outcome.documents) == len(languages)
    assert outcome.notices == [
        f"{path}: texts are marked as of another language than English, such as de; the rules know English only"
    ]


def test_ids_of_records_without_id_and_url(tmp_path: Path) -> None:
    outcome = read_all(
        written(tmp_path, "a.jsonl", '{"text": "a"}\n\n{"text": "b"}\n'),
        written(tmp_path, "b.json", '[{"text": "c"}, {"text": "d"}]'),
        written(tmp_path, "c.csv", 'text\n"e\ne"\nf\n'),
        written(tmp_path, "d.parquet", as_parquet([{"text": "g"}, {"text": "h"}])),
    )
    assert {document.source_id: document.text for document in outcome.documents} == {
        "a.jsonl#1": "a",
        "a.jsonl#3": "b",
        "b.json#1": "c",
        "b.json#2": "d",
        "c.csv#2": "e\ne",
        "c.csv#4": "f",
        "d.parquet#1": "g",
        "d.parquet#2": "h",
    }


def test_lines_of_an_export_are_handed_on(tmp_path: Path) -> None:
    meta: dict[str, object] = {"type": "meta", "schema": 1}
    article: dict[str, object] = {
        "type": "article",
        "id": "0123456789abcdef",
        "source_id": "a",
        "sha256": "0" * 64,
        "text": "Turkey.",
    }
    claim: dict[str, object] = {"type": "claim", "id": "0" * 20, "text": "Turkey."}
    plain: dict[str, object] = {"id": "a", "text": "Turkey."}
    path = written(tmp_path, "export.jsonl", as_jsonl([meta, article, claim, plain]))
    outcome = read_all(path)
    assert [(line.record, line.file, line.line) for line in outcome.exported] == [
        (meta, str(path), 1),
        (article, str(path), 2),
        (claim, str(path), 3),
    ]
    assert [document.source_id for document in outcome.documents] == ["a"]
    assert outcome.rejects == []


PROSE = "Turkey is to buy a second batch of S-400 systems from Russia in the coming year."
GUESSES = {
    "unknown names": (
        f"nr,when,where,words\n1,2021-09-26,https://a.example/1,{PROSE}\n",
        ("2021-09-26", "https://a.example/1", None, PROSE),
        "reads date from 'when' (a guess), url from 'where' (a guess), body from 'words' (a guess); leaves out 'nr'",
    ),
    "no names": (
        f"2021-09-26,Turkey to buy more S-400s soon,{PROSE}\n2021-09-27,Russia to deliver in the next year,{PROSE}\n",
        ("2021-09-26", None, "Turkey to buy more S-400s soon", f"Turkey to buy more S-400s soon\n\n{PROSE}"),
        "reads date from 'column 1' (a guess), title from 'column 2' (a guess), body from 'column 3' (a guess)",
    ),
    "synonyms": (
        "headline,content,published_at\nTurkey buys,Russia sells,26.09.2021\n",
        ("2021-09-26", None, "Turkey buys", "Turkey buys\n\nRussia sells"),
        "reads title from 'headline', body from 'content', date from 'published_at'",
    ),
    "numbers are no dates": (
        f"number,text\n1632650400,{PROSE}\n",
        (None, None, None, PROSE),
        "reads text from 'text'; leaves out 'number'",
    ),
    "days with dots": (
        f"Datum;Inhalt\n26.09.2021;{PROSE}\n",
        ("2021-09-26", None, None, PROSE),
        "reads date from 'Datum' (a guess), body from 'Inhalt' (a guess)",
    ),
    "versions are no dates": (
        f"version,text\n1.5,{PROSE}\n",
        (None, None, None, PROSE),
        "reads text from 'text'; leaves out 'version'",
    ),
    "a delimiter told to spreadsheets": (
        "sep=;\r\ndate;text\r\n2021-09-26;Turkey buys, and Russia sells\r\n",
        ("2021-09-26", None, None, "Turkey buys, and Russia sells"),
        None,
    ),
    "two columns of one name": (
        "text,date,text\nTurkey buys,2021-09-26,\n",
        ("2021-09-26", None, None, "Turkey buys"),
        None,
    ),
    "own names": ("date,text\n2021-09-26,Turkey buys\n", ("2021-09-26", None, None, "Turkey buys"), None),
}


@pytest.mark.parametrize(("content", "expected", "told"), GUESSES.values(), ids=GUESSES)
def test_columns_are_guessed_and_told(
    content: str, expected: tuple[str | None, ...], told: str | None, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.csv", content)
    outcome = read_all(path)
    first = outcome.documents[0]
    assert (first.published, first.url, first.title, first.text) == expected
    assert outcome.notices == ([f"{path}: {told}"] if told else [])


def test_columns_of_parquet_are_guessed_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.parquet", as_parquet([{"nr": 1, "when": "2021-09-26", "words": PROSE}] * 3))
    outcome = read_all(path)
    assert {(document.published, document.text) for document in outcome.documents} == {("2021-09-26", PROSE)}
    assert outcome.notices == [
        f"{path}: reads date from 'when' (a guess), body from 'words' (a guess); leaves out 'nr'"
    ]


@pytest.mark.parametrize(
    ("column", "published"),
    [
        (pa.array([date(2021, 9, 26)]), "2021-09-26"),
        (pa.array([datetime(2021, 9, 26, 10)], pa.timestamp("ns")), "2021-09-26T10:00:00Z"),
        (pa.array([1632650400123456789], pa.timestamp("ns", "Europe/Istanbul")), "2021-09-26T10:00:00Z"),
        (pa.array([datetime(2021, 9, 26, 10, tzinfo=UTC)], pa.timestamp("ms", "UTC")), "2021-09-26T10:00:00Z"),
        (pa.array([1632650400]), "2021-09-26T10:00:00Z"),
        (pa.array([None], pa.date32()), None),
        (pa.array(["26 September 2021"]), "2021-09-26"),
    ],
)
def test_dates_of_parquet(column: pa.Array, published: str | None, tmp_path: Path) -> None:
    text = pa.array([b"T\xc3\xbcrkiye buys"], pa.binary())
    pq.write_table(pa.table({"date": column, "text": text}), tmp_path / "a.parquet")
    document = only_document(tmp_path / "a.parquet")
    assert (document.published, document.text) == (published, "Türkiye buys")


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd"])
def test_parquet_of_several_row_groups(compression: str, tmp_path: Path) -> None:
    table = pa.table(
        {"id": [str(number) for number in range(500)], "text": [f"Text {number}" for number in range(500)]}
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=70, compression=compression)
    assert texts(read_all(tmp_path / "a.parquet").documents) == [f"Text {number}" for number in range(500)]

"""Bad input: what each file holds, and where and why it is rejected."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.sources.warc import crawl, page

GOOD = b'{"id": "good", "text": "Turkey buys missiles."}\n'
LINES = b"".join(b'{"id": "%d", "text": "Turkey buys missile %d."}\n' % (number, number) for number in range(20_000))
LONG = 51_000_000
PAGE = page("https://sample-wire.example/1", "Turkey has bought a second batch of S-400 systems from Russia.")


class Broken(NamedTuple):
    """A bad file, and its first reject."""

    name: str
    content: bytes
    line: int | None
    reason: str
    """How the reason begins."""
    good: int
    """Articles that are read all the same; -1 for some."""


def _json(**fields: object) -> bytes:
    return json.dumps({"id": "bad", "text": "Turkey buys missiles.", **fields}).encode() + b"\n"


def _parquet(**columns: list[object]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def _feed(*items: str) -> bytes:
    return ("<rss version='2.0'><channel>" + "\n".join(items) + "</channel></rss>").encode()


BROKEN = {
    "empty text": Broken("a.txt", b"", None, "empty", 0),
    "empty JSON Lines": Broken("a.jsonl", b"", None, "empty", 0),
    "empty gzip": Broken("a.jsonl.gz", gzip.compress(b""), None, "empty", 0),
    "blank text": Broken("a.txt", b" \n\n \n", None, "no text", 0),
    "blank JSON Lines": Broken("a.jsonl", b"\n\n", None, "no article in it", 0),
    "empty array": Broken("a.json", b"[]", None, "no article in it", 0),
    "header alone": Broken("a.csv", b"id,text\n", None, "no article in it", 0),
    "header without article": Broken("a.txt", b" date 2021-09-26 https://a.example/1\n\n", 1, "no text", 0),
    "binary text": Broken("a.txt", bytes(range(32)) * 9, None, "binary, not text", 0),
    "binary JSON Lines": Broken("a.jsonl", bytes(range(32)) * 9, None, "binary, not text", 0),
    "PDF called text": Broken("a.txt", b"%PDF-1.7\nabc", None, "binary: a PDF", 0),
    "picture without ending": Broken("photo", b"\x89PNG\r\n\x1a\n" + bytes(99), None, "binary: a picture", 0),
    "bzip2": Broken("a.txt.bz2", bz2.compress(GOOD), None, "binary: compressed with bzip2", 0),
    "xz": Broken("a.txt.xz", lzma.compress(GOOD), None, "binary: compressed with xz", 0),
    "Office document": Broken("a.docx", b"PK\x03\x04abcdef", None, "binary: a ZIP archive", 0),
    "truncated gzip": Broken("a.jsonl.gz", gzip.compress(LINES)[:-2000], -1, "truncated", -1),
    "truncated zstd": Broken("a.jsonl.zst", zstandard.compress(LINES)[:-2000], -1, "truncated", -1),
    "truncated gzip of a text": Broken("a.txt.gz", gzip.compress(b"Turkey buys. " * 99)[:-5], None, "truncated", 0),
    "truncated gzip of a table": Broken(
        "a.csv.gz", gzip.compress(b"text\n" + LINES.replace(b",", b""))[:-2000], -1, "truncated", -1
    ),
    "truncated gzip of an array": Broken(
        "a.json.gz", gzip.compress(b"[" + LINES.replace(b"\n", b",\n"))[:-2000], None, "truncated", -1
    ),
    "truncated gzip of Parquet": Broken(
        "a.parquet.gz", gzip.compress(_parquet(text=["Turkey buys."]))[:-9], None, "truncated", 0
    ),
    "no gzip": Broken("a.txt.gz", b"Turkey buys missiles.", None, "not compressed", 0),
    "no zstd": Broken("a.txt.zst", b"Turkey buys missiles.", None, "not compressed", 0),
    "damaged gzip": Broken("a.jsonl.gz", gzip.compress(LINES)[:-8] + bytes(8), -1, "damaged compression", -1),
    "damaged zstd": Broken("a.jsonl.zst", zstandard.compress(LINES) + b"more", -1, "damaged compression", -1),
    "an answer of an interface": Broken(
        "a.json",
        b'{"response": {"status": "ok", "results": [{"title": "Turkey buys."}]}}',
        1,
        "no article, but an object around the list 'response.results'",
        0,
    ),
    "broken JSON on line 2": Broken("a.jsonl", GOOD + b'{"id": "2", "text": "Turk\n' + GOOD, 2, "broken JSON: ", 2),
    "broken JSON at the end": Broken("a.jsonl", GOOD + b'{"id": "2", "te', 2, "broken JSON: ", 1),
    "broken JSON on line 1": Broken("a.jsonl", b'{"id"; "2"}\n' + GOOD, 1, "broken JSON: ", 1),
    "list in JSON Lines": Broken("a.jsonl", b"[1, 2]\n" + GOOD, 1, "not a JSON object", 1),
    "string in JSON Lines": Broken("a.jsonl", GOOD + b'"Turkey"\n' + GOOD, 2, "not a JSON object", 2),
    "null in an array": Broken("a.json", b"[" + GOOD + b", null,\n" + GOOD + b"]", 2, "not a JSON object", 2),
    "broken array": Broken("a.json", b"[" + GOOD + b",\n{'id'}]", 3, "broken JSON: ", 1),
    "array without commas": Broken("a.json", b"[" + GOOD + GOOD + b"]", 2, "broken JSON: ',' or ']' expected", 1),
    "array without end": Broken("a.json", b"[\n" + GOOD + b",\n" + GOOD, 5, "truncated: ']' is missing", 2),
    "deep JSON": Broken("a.jsonl", b"[" * 200_000 + b"\n" + GOOD, 1, "JSON nested too deeply", 1),
    "huge number": Broken("a.jsonl", GOOD + b'{"id": ' + b"9" * 5000 + b"}\n", 2, "JSON number with too", 1),
    "rich text": Broken("a.txt", rb"{\rtf1\ansi Turkey buys missiles.}", None, "binary: a rich text document", 0),
    "no encoding": Broken("a.txt", bytes(range(128, 256)) * 9, None, "unknown encoding", 0),
    "WARC without its end": Broken("a.warc", crawl(PAGE, PAGE, gzip=False)[:-30], None, "truncated: the end", 1),
    "no WARC": Broken("a.warc", b"Turkey buys missiles.\r\n" * 20, None, "broken WARC after record 0", 0),
    "large page in a WARC": Broken(
        "a.warc", crawl((PAGE[0], bytes(LONG), *PAGE[2:])), None, "record 2: page of more than 10 MB", 0
    ),
    "Latin-1 in JSON Lines": Broken("a.jsonl", GOOD + b'{"text": "caf\xe9"}\n' + GOOD, 2, "wrong encoding", 2),
    "Latin-1 in an array": Broken("a.json", b"[" + GOOD + b',{"text": "caf\xe9"}]', 2, "wrong encoding", 1),
    "damaged UTF-8": Broken("a.txt", "Türkiye’de\n\nİstanbul ".encode() + b"\xff", 3, "wrong", 0),
    "damaged UTF-8 in a table": Broken("a.csv", "text\nTürkiye\nİş\n".encode() + b"\xff\nAnkara\n", 4, "wrong", 3),
    "long line": Broken("a.jsonl.zst", zstandard.compress(GOOD + b"[" * LONG + b"\n" + GOOD), 2, "line of", 2),
    "long line of a table": Broken(
        "a.csv.zst", zstandard.compress(b"text\n" + b"a" * LONG + b"\nTurkey buys\n"), 2, "line of more than 50 MB", 1
    ),
    "long text": Broken("a.txt.zst", zstandard.compress(b"a " * LONG), None, "more than 50 MB", 0),
    "long item": Broken(
        "a.json.zst", zstandard.compress(b'[{"text": "' + b"a" * LONG * 2 + b'"}]'), 1, "item of more than 50 MB", 0
    ),
    "long page": Broken("a.html.zst", zstandard.compress(b"<html>" + b"a " * LONG), None, "more than 10 MB", 0),
    "long feed": Broken("a.rss.zst", zstandard.compress(b"<rss>" + b"a " * LONG), None, "more than 20 MB", 0),
    "no text": Broken("a.jsonl", GOOD + b'{"id": "2", "date": "2021-09-26"}\n', 2, "no text", 1),
    "empty text field": Broken("a.jsonl", GOOD + b'{"id": "2", "text": " "}\n', 2, "no text", 1),
    "text that is a list": Broken("a.jsonl", _json(text=["a"]) + GOOD, 1, "text should be a text, not list", 1),
    "id that is an object": Broken("a.jsonl", _json(id={"a": 1}) + GOOD, 1, "id should be a text, not dict", 1),
    "markup alone": Broken("a.jsonl", _json(text="<p><img src='a'>&nbsp;</p>") + GOOD, 1, "no words in the text", 1),
    "signs alone": Broken("a.txt", b"--- *** ---", None, "no words in the text", 0),
    "NUL in a text": Broken("a.jsonl", _json(text="Turkey \0 buys") + GOOD, 1, "NUL character at character 8", 1),
    "NUL in a title": Broken("a.jsonl", _json(title="a\0") + GOOD, 1, "NUL character", 1),
    "NUL in a text file": Broken("a.txt", b"Turkey buys missiles\0 from Russia", None, "NUL character", 0),
    "half a surrogate pair": Broken("a.jsonl", b'{"text": "a \\ud83d b"}\n' + GOOD, 1, "half a surrogate pair", 1),
    "missing columns": Broken("a.csv", b"id,date\n1,2021-09-26\n", None, "no column of text among: id, date", 0),
    "missing columns in Parquet": Broken("a.parquet", _parquet(id=[1], size=[2]), None, "no column of text among", 0),
    "too many columns": Broken("a.csv", b"text" + b"," * 3000 + b"\n", 1, "table of more than 2000 columns", 0),
    "short row": Broken("a.csv", b"id,text\n1\n2,Turkey buys\n", 2, "row of 1 in a table of 2 columns", 1),
    "long row": Broken("a.csv", b"id,text\n1,Turkey, buys\n2,Turkey buys\n", 2, "row of 3 in a table of 2 columns", 1),
    "open quotation mark": Broken(
        "a.csv",
        b'id,text\n1,Turkey\n2,"Russia\n3,Iran\n',
        3,
        "broken row: unexpected end of data; 1 more lines were taken",
        1,
    ),
    "broken Parquet": Broken("a.parquet", b"PAR1 is not all", None, "broken Parquet", 0),
    "duplicate id": Broken("a.jsonl", GOOD + b"\n" + _json(id="good", text="Iran."), 3, "duplicate id", 1),
    "duplicate id in a table": Broken("a.csv", b"id,text\n1,Turkey\n1,Iran\n", 3, "duplicate id", 1),
    "future date": Broken("a.jsonl", _json(date="2199-01-01") + GOOD, 1, "future date '2199-01-01'", 1),
    "impossible date": Broken("a.jsonl", _json(date="2021-02-30") + GOOD, 1, "impossible or unreadable date", 1),
    "date before newspapers": Broken("a.jsonl", _json(date="1066-10-14") + GOOD, 1, "impossible date '1066-10-14'", 1),
    "ambiguous date": Broken("a.csv", b"date,text\n03/04/2021,Turkey buys\n", 2, "ambiguous date '03/04/2021'", 0),
    "date that is a list": Broken("a.jsonl", _json(date=[2021]) + GOOD, 1, "a date should be a text or a number", 1),
    "impossible date in a header": Broken("a.txt", b"\n date 2021-02-30\n\nA\n\nTurkey", 2, "impossible or unreada", 0),
    "impossible date in Parquet": Broken(
        "a.parquet", _parquet(text=["Turkey", "Iran"], date=["2021-02-30", None]), None, "item 1: impossible", 1
    ),
    "impossible date in a feed": Broken(
        "a.rss",
        _feed("<item><title>A</title></item>", "<item><title>B</title><pubDate>2021-02-30</pubDate></item>"),
        2,
        "impossible or unreadable date",
        1,
    ),
    "no web address": Broken("a.jsonl", _json(url="/news/1") + GOOD, 1, "url is not a web address", 1),
    "impossible web address": Broken("a.jsonl", _json(url="https://[::1/a") + GOOD, 1, "url is not a web address", 1),
    "script as web address": Broken("a.jsonl", _json(url="javascript:alert(1)") + GOOD, 1, "url is not a web", 1),
    "page without article": Broken("a.html", b"<html><script>alert(1)</script></html>", None, "no article found", 0),
    "nested page": Broken("a.html", b"<div>" * 200_000 + b"Turkey buys missiles", None, "no article found", 0),
    "other XML": Broken("a.xml", b"<urlset><url>a</url></urlset>", None, "XML that is no RSS or Atom feed", 0),
    "feed without entries": Broken("a.rss", _feed(), None, "no article in it", 0),
    "truncated feed": Broken(
        "a.rss",
        _feed(*(f"<item><title>Turkey {n}</title></item>" for n in range(9)))[:-60],
        8,
        "truncated: the end of",
        7,
    ),
}

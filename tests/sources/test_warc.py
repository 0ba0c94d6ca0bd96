from __future__ import annotations

from pathlib import Path

import pytest

from loaders.sources.html import MAX_PAGE
from tests.sources.reader import read_all, written
from tests.sources.warc import crawl, page

TEXT = "Turkey has bought a second batch of S-400 systems from Russia, the defence ministry said in Ankara on Sunday."
FIRST = page("https://sample-wire.example/1", TEXT, "Turkey buys S-400")
SECOND = page("https://sample-wire.example/2", TEXT.replace("second", "third"), "More S-400")


@pytest.mark.parametrize(("name", "gzip"), [("news.warc.gz", True), ("news.warc", False), ("news", False)])
def test_every_page_of_a_crawl_is_an_article(name: str, gzip: bool, tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, name, crawl(FIRST, SECOND, gzip=gzip)))
    assert outcome.rejects == []
    assert [(d.source_id, d.url, d.title, d.published) for d in outcome.documents] == [
        ("https://sample-wire.example/1", "https://sample-wire.example/1", "Turkey buys S-400", "2021-09-26"),
        ("https://sample-wire.example/2", "https://sample-wire.example/2", "More S-400", "2021-09-26"),
    ]
    assert outcome.documents[0].text == f"Turkey buys S-400\n\n{TEXT}"


def test_what_is_no_page_is_skipped_and_counted(tmp_path: Path) -> None:
    others = [
        ("https://sample-wire.example/a.png", b"\x89PNG", "image/png", "200 OK"),
        ("https://sample-wire.example/gone", b"<html>gone</html>", "text/html", "404 Not Found"),
    ]
    outcome = read_all(written(tmp_path, "news.warc.gz", crawl(FIRST, *others)))
    assert [d.source_id for d in outcome.documents] == ["https://sample-wire.example/1"]
    assert ["responses that are no pages, skipped: 2" in notice for notice in outcome.notices] == [True]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (("https://sample-wire.example/b", b"<html></html>", "text/html", "200 OK"), "no article found"),
        (("https://sample-wire.example/b", b"x" * (MAX_PAGE + 1), "text/html", "200 OK"), "page of more than 10 MB"),
        (("https://sample-wire.example/b", b"<p>\x00\x01</p>", "text/html", "200 OK"), "no article found"),
    ],
)
def test_a_bad_page_is_rejected_and_the_others_are_read(
    bad: tuple[str, bytes, str, str], reason: str, tmp_path: Path
) -> None:
    outcome = read_all(written(tmp_path, "news.warc.gz", crawl(FIRST, bad, SECOND)))
    assert [d.source_id[-2:] for d in outcome.documents] == ["/1", "/2"]
    assert len(outcome.rejects) == 1
    assert reason in outcome.rejects[0].reason


def test_a_truncated_crawl_keeps_what_came_before(tmp_path: Path) -> None:
    content = crawl(FIRST, SECOND)
    outcome = read_all(written(tmp_path, "news.warc.gz", content[:-200]))
    assert [d.source_id[-2:] for d in outcome.documents] == ["/1"]
    assert outcome.rejects[-1].reason.startswith("truncated")


@pytest.mark.parametrize("kind", ["text/html", "image/png"])
def test_a_crawl_that_is_cut_anywhere_in_a_record_says_so(kind: str, tmp_path: Path) -> None:
    whole = crawl(FIRST, gzip=False)
    crawled = crawl(FIRST, (SECOND[0], SECOND[1], kind, SECOND[3]), gzip=False)
    for end in range(len(whole) + len("WARC/1.0\r\nWARC-"), len(crawled) - len("\r\n" * 3), 29):
        outcome = read_all(written(tmp_path, "news.warc", crawled[:end]))
        assert [d.source_id[-2:] for d in outcome.documents] == ["/1"], crawled[:end][-40:]
        assert outcome.rejects, crawled[:end][-40:]


def test_what_only_claims_to_be_a_crawl(tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, "news.warc", b"WARC/1.0\r\nnonsense" * 20))
    assert outcome.documents == []
    assert len(outcome.rejects) == 1

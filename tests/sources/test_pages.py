from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reader import compressed, only_document, read_all, written

PAGE = """<!doctype html><html lang="en-GB"><head><title>Turkey buys S-400 | Sample Wire</title>
<link rel="canonical" href="https://sample-wire.example/a/1"><meta property="og:site_name" content="Sample Wire">
<meta property="article:published_time" content="2021-09-26T10:00:00+03:00">
<meta property="article:modified_time" content="2021-09-27T10:00:00+03:00"></head>
<body><nav><a href="/">Home</a> <a href="/a">All news</a></nav><article><h1>Turkey buys S-400</h1>
<p>Turkey has bought a second batch of S-400 systems from Russia, the defence ministry said in Ankara on Sunday.</p>
<p>The United States threatened sanctions over the purchase &amp; asked for talks.</p></article>
<script>document.write("Iran buys nothing")</script><footer>Imprint</footer></body></html>"""
BODY = (
    "Turkey has bought a second batch of S-400 systems from Russia, the defence ministry said in Ankara on Sunday.\n"
    "The United States threatened sanctions over the purchase & asked for talks."
)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.html.gz"])
def test_a_page(name: str, tmp_path: Path) -> None:
    document = only_document(written(tmp_path, name, compressed(PAGE.encode(), Path(name).suffix)))
    assert (document.source_id, document.source) == ("a", name)
    assert (document.title, document.text) == ("Turkey buys S-400", f"Turkey buys S-400\n\n{BODY}")
    assert document.url == "https://sample-wire.example/a/1"
    assert (document.published, document.modified) == ("2021-09-26", "2021-09-27T07:00:00Z")
    assert (document.outlet, document.language) == ("Sample Wire", "en")


@pytest.mark.parametrize("declared", ["windows-1254", "iso-8859-9"])
def test_a_page_in_the_encoding_that_it_declares(declared: str, tmp_path: Path) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Ankara", "İzmir, Türkiye,")
    document = only_document(written(tmp_path, "a.html", page.encode(declared)))
    assert "İzmir, Türkiye," in document.text


@pytest.mark.parametrize("declared", ["utf-8", "no-such-encoding", "hex"])
def test_a_page_in_another_encoding_than_it_declares(declared: str, tmp_path: Path) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("Ankara", "“Ankara”")
    outcome = read_all(written(tmp_path, "a.html", page.encode("cp1252")))
    assert "“Ankara”" in outcome.documents[0].text
    assert len(outcome.notices) == 1


HOSTILE = {
    "scripts": "<script>" + "x<" * 300_000,
    "open tags": "<p><b><i>" * 30_000,
    "nested tables": "<table><tr><td>" * 20_000 + "Turkey buys",
    "attributes": "<p " + "a=b " * 100_000 + ">Turkey",
    "entities": "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;</p>",
    "NUL": PAGE.replace("Ankara", "\0"),
    "bad canonical": PAGE.replace("https://sample-wire.example/a/1", "https://[::1/"),
    "relative canonical": PAGE.replace("https://sample-wire.example/a/1", "/a/1"),
    "comment without end": PAGE.replace("<article>", "<!-- <article>"),
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_or_rejected(page: str, tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, "a.html", page))
    assert len(outcome.documents) + len(outcome.rejects) == 1
    for document in outcome.documents:
        assert "document.write" not in document.text
        assert document.url is None or document.url.startswith("https://")


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Sample Wire</title>
<link>https://sample-wire.example/</link><description>News</description><language>en-gb</language>
<item><title>Turkey &amp; Russia sign</title><link>https://sample-wire.example/1</link>
<guid isPermaLink="false">n1</guid>
<pubDate>Sun, 26 Sep 2021 10:00:00 GMT</pubDate><description>A deal at last.</description>
<content:encoded><![CDATA[<p>Turkey and Russia signed.</p><p>Delivery is in <b>2022</b>.</p><script>x()</script>]]>
</content:encoded></item>
<item><title>Iran tests</title><link>https://sample-wire.example/2</link>
<description>&lt;p&gt;Iran tested a missile.&lt;/p&gt;</description></item>
<item><description>Alone.</description></item></channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Sample Wire</title>
<entry><id>urn:n1</id><title>Turkey signs</title><link href="https://sample-wire.example/1"/>
<published>2021-09-26T13:00:00+03:00</published><updated>2021-09-27T10:00:00Z</updated>
<summary>Turkey and Russia …</summary>
<content type="html">&lt;p&gt;Turkey and Russia signed.&lt;/p&gt;</content></entry>
<entry><id>urn:n2</id><title>Iran tests</title><updated>2021-09-27T10:00:00Z</updated>
<content>Iran tested.</content></entry>
</feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_rss(name: str, tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, name, RSS))
    assert outcome.rejects == []
    first, second, third = outcome.documents
    assert (first.source_id, first.url) == ("n1", "https://sample-wire.example/1")
    assert (first.published, first.outlet, first.language) == ("2021-09-26T10:00:00Z", "Sample Wire", "en")
    assert first.text == "Turkey & Russia sign\n\nA deal at last.\n\nTurkey and Russia signed.\nDelivery is in 2022."
    assert (second.source_id, second.published) == ("https://sample-wire.example/2", None)
    assert second.text == "Iran tests\n\nIran tested a missile."
    assert (third.source_id, third.text) == (f"{name}#3", "Alone.")


def test_atom(tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, "a.atom", ATOM))
    assert outcome.rejects == []
    first, second = outcome.documents
    assert (first.source_id, first.published, first.modified) == (
        "urn:n1",
        "2021-09-26T10:00:00Z",
        "2021-09-27T10:00:00Z",
    )
    assert first.text == "Turkey signs\n\nTurkey and Russia …\n\nTurkey and Russia signed."
    assert (second.source_id, second.published, second.modified) == ("urn:n2", "2021-09-27T10:00:00Z", None)


def test_a_feed_that_is_not_well_formed_is_read_and_told(tmp_path: Path) -> None:
    outcome = read_all(written(tmp_path, "a.rss", RSS.replace("A deal at last.", "A deal &nbsp; at <b> last.")))
    assert len(outcome.documents) == 3
    assert ["not well-formed" in notice for notice in outcome.notices] == [True]


def test_entities_of_a_feed_do_not_explode(tmp_path: Path) -> None:
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    feed = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 'aaaaaaaaaa'>{levels}]>" + RSS.partition("?>")[2]
    outcome = read_all(written(tmp_path, "a.rss", feed.replace("A deal at last.", "&e11;")))
    assert sum(len(document.text) for document in outcome.documents) < 10_000
    assert len(outcome.documents) + len(outcome.rejects) >= 1


def test_a_hostile_entry_is_read(tmp_path: Path) -> None:
    feed = RSS.replace("A deal at last.", "&lt;a b='" * 100_000)
    assert len(read_all(written(tmp_path, "a.rss", feed)).documents) == 3


def test_a_feed_does_not_read_other_files(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret", "PASSWORD")
    feed = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>" + RSS.partition("?>")[2]
    outcome = read_all(written(tmp_path, "a.rss", feed.replace("A deal at last.", "&x;")))
    assert not any("PASSWORD" in document.text for document in outcome.documents)

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.reader import only_document, read_all, written

URL = "https://a.example/1"
LAYOUTS = {
    "whole": (f" date 2021-09-26 {URL}\n\nTitle\n\nLead.\n\nBody.\n\n", "2021-09-26", URL, "Title", "Lead.", "Body."),
    "no leading blank": (f"date 2021-09-26 {URL}\n\nT\n\nL.\n\nB.", "2021-09-26", URL, "T", "L.", "B."),
    "CRLF": (
        f" date 2021-09-26 {URL}\r\n\r\nTitle\r\n\r\nLead.\r\n\r\nBody.\r\nMore.\r\n",
        "2021-09-26", URL, "Title", "Lead.", "Body.\nMore.",
    ),
    "CR": (f" date 2021-09-26 {URL}\r\rTitle\r\rLead.\r\rBody.", "2021-09-26", URL, "Title", "Lead.", "Body."),
    "BOM": (f"\ufeff date 2021-09-26 {URL}\n\nTitle\n\nLead.\n\nBody.", "2021-09-26", URL, "Title", "Lead.", "Body."),
    "no lead": (f" date 2021-09-26 {URL}\n\nTitle\n\nBody.\nMore.", "2021-09-26", URL, "Title", None, "Body.\nMore."),
    "no date": (f" date {URL}\n\nTitle\n\nLead.\n\nBody.", None, URL, "Title", "Lead.", "Body."),
    "no URL": (" date 2021-09-26\n\nTitle\n\nLead.\n\nBody.", "2021-09-26", None, "Title", "Lead.", "Body."),
    "neither": (" date \n\nTitle\n\nLead.\n\nBody.", None, None, "Title", "Lead.", "Body."),
    "other form of date": (f" date 26 September 2021 {URL}\n\nT\n\nL.\n\nB.", "2021-09-26", URL, "T", "L.", "B."),
    "paragraphs": (
        f" date 2021-09-26 {URL}\n\nTitle\n\nLead.\n\nOne.\n\n\nTwo.\n \nThree.",
        "2021-09-26", URL, "Title", "Lead.", "One.\n\n\nTwo.\n \nThree.",
    ),
    "blank lines before": (f"\n \n date 2021-09-26 {URL}\n\n\n\nT\n \nL.\n\t\nB.", "2021-09-26", URL, "T", "L.", "B."),
    "body alone": (f" date 2021-09-26 {URL}\n\nBody.\nMore.", "2021-09-26", URL, None, None, "Body.\nMore."),
    "no title": (f" date 2021-09-26 {URL}\n\n1.\n2.\n\n3.", "2021-09-26", URL, None, None, "1.\n2.\n\n3."),
    "plain": ("Title\n\nBody.\n\nMore.", None, None, "Title", None, "Body.\n\nMore."),
    "plain, one paragraph": ("Turkey buys.\nRussia sells.", None, None, None, None, "Turkey buys.\nRussia sells."),
    "no header in prose": ("date palms grow\n\nBody.", None, None, "date palms grow", None, "Body."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "date", "url", "title", "lead", "body"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(
    content: str, date: str | None, url: str | None, title: str | None, lead: str | None, body: str, tmp_path: Path
) -> None:
    document = only_document(written(tmp_path, "000_42e2.txt", content))
    assert (document.published, document.url, document.title, document.lead) == (date, url, title, lead)
    assert document.text == "\n\n".join(part for part in (title, lead, body) if part)
    assert (document.source_id, document.source) == ("000_42e2", "000_42e2.txt")


SENTENCE = "Türkiye’s “defence officials” were sanctioned – the café in İstanbul was not."
RUSSIAN = "Россия поставила Турции ракетные системы, сообщило министерство обороны. Ожидается вторая партия."
ENCODINGS = {
    "UTF-8": ("utf-8", SENTENCE, None),
    "UTF-8 with a mark": ("utf-8-sig", SENTENCE, None),
    "UTF-16": ("utf-16", SENTENCE, None),
    "UTF-32": ("utf-32", SENTENCE, None),
    "quotation marks alone": ("cp1252", "It’s done, he said – “at last”.", "cp1252"),
    "French": (
        "cp1252",
        "La première livraison a été retardée. Le ministère a précisé que l'embargo était levé.",
        "cp1252",
    ),
    "Turkish": (
        "cp1254",
        "İstanbul’da S-400 alımı için görüşmeler sürüyor, Türkiye Savunma Bakanlığı açıkladı.",
        "cp1254",
    ),
    "Polish": (
        "cp1250",
        "Polska kupiła czołgi i haubice. Minister obrony zapowiedział, że będą jeszcze w tym roku.",
        "cp1250",
    ),
    "Russian": ("cp1251", RUSSIAN, "cp1251"),
    "Russian, KOI8": ("koi8-r", RUSSIAN, "koi8_r"),
    "Chinese": ("gb18030", "俄罗斯向土耳其交付了第二批导弹系统,美国威胁制裁。国防部说谈判仍在继续。", "gb18030"),
}


@pytest.mark.parametrize("ending", [".txt", ".html", ".csv"])
@pytest.mark.parametrize(("encoding", "sentence", "told"), ENCODINGS.values(), ids=ENCODINGS)
def test_encodings_are_detected_and_told(
    encoding: str, sentence: str, told: str | None, ending: str, tmp_path: Path
) -> None:
    around = {".txt": "{}", ".html": "<html><body><article><p>{}</p></article></body></html>", ".csv": 'text\n"{}"\n'}
    path = written(tmp_path, f"a{ending}", around[ending].format(sentence).encode(encoding))
    outcome = read_all(path)
    assert outcome.rejects == []
    assert [document.text for document in outcome.documents] == [sentence]
    assert outcome.notices == ([f"{path}: not UTF-8; read as {told}"] if told else [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_json_may_have_a_byte_order_mark(encoding: str, tmp_path: Path) -> None:
    lines = f'{{"text": "{SENTENCE}"}}\n{{"text": "Second."}}\n'
    outcome = read_all(written(tmp_path, "a.jsonl", lines.encode(encoding)))
    assert [document.text for document in outcome.documents] == [SENTENCE, "Second."]

"""Plain text, and the layout ` date YYYY-MM-DD URL`, title, lead, body with blank lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.sources.encodings import decode
from loaders.sources.fields import Field, page_document
from loaders.sources.format import Format
from loaders.sources.inputs import Input
from loaders.sources.items import Item

HEADER = re.compile(r"[ \t]*date(?:[ \t]+(?!https?://)(?P<date>\S.{0,58}?))?(?:[ \t]+(?P<url>https?://\S+))?[ \t]*")
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
LONGEST_TITLE = 300


def read(source: Input) -> Iterator[Item]:
    """The article of a text file."""
    content, guessed = decode(source.whole())
    if guessed:
        source.notice(f"{source.file}: not UTF-8; read as {guessed}")
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    text = content.lstrip()
    header = HEADER.fullmatch(text.partition("\n")[0])
    if header and (header["url"] or not header["date"] or re.search(r"\d", header["date"])):
        line = content[: len(content) - len(text)].count("\n") + 1
        values: dict[Field, object] = {"date": header["date"], "url": header["url"]}
        yield page_document(values | _parts(text[header.end() :], with_lead=True), source, line)
    else:
        yield page_document(_parts(text, with_lead=False), source)


def _parts(text: str, *, with_lead: bool) -> dict[Field, object]:
    title, _, rest = _split(text.strip())
    if not rest or "\n" in title or len(title) > LONGEST_TITLE:
        return {"body": text}
    lead, _, body = _split(rest) if with_lead else ("", "", rest)
    return {"title": title, "lead": lead, "body": body} if body else {"title": title, "body": lead}


def _split(text: str) -> tuple[str, str, str]:
    gap = BLANK_LINE.search(text)
    return (text[: gap.start()], gap[0], text[gap.end() :]) if gap else (text, "", "")


FORMAT = Format(name="text", suffixes=(".txt", ".text"), sniff=lambda head: True, read=read)

"""HTML down to its words."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
))  # fmt: skip
SILENT = frozenset(("script", "style", "template", "noscript"))


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, one paragraph a line; scripts and styles are left out."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = etree.fromstring(f"<div>{markup}</div>".encode(errors="replace"), parser)
    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if element.tag in BLOCKS:
            pieces.append("\n")
        if event == "end":
            pieces.append(_squeezed(element.tail))
        elif element.tag in SILENT:
            walk.skip_subtree()
        else:
            pieces.append(_squeezed(element.text))
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)


def _squeezed(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")

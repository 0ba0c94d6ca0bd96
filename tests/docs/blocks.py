"""The blocks of code in a Markdown file, with what the file says about testing them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from pathlib import Path

from markdown_it import MarkdownIt

MARKER = re.compile(r"<!-- (?P<kind>not run|run by): (?P<reason>.+?) -->", re.DOTALL)
INDENTED = "indented"


@dataclass(frozen=True)
class Block:
    """One block: fenced, or indented by four blanks (then `language` is `indented`).

    `words` stand behind the language. A comment right before the block, `<!-- not run: REASON -->` or
    `<!-- run by: TEST FILE -->`, gives the other two. `table` is the Markdown table below, its head first.
    """

    line: int
    language: str
    words: str
    text: str
    not_run: str
    run_by: str
    table: tuple[tuple[str, ...], ...]


def code_blocks(path: Path) -> list[Block]:
    """The blocks of a file, in its order."""
    markdown = path.read_text(encoding="utf-8")
    lines = markdown.splitlines()
    tokens = MarkdownIt("commonmark").parse(markdown)
    found = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type not in ("fence", "code_block") or token.map is None:
            continue
        said = MARKER.search(before.content) if before and before.type == "html_block" else None
        language, _, words = token.info.strip().partition(" ") if token.type == "fence" else (INDENTED, "", "")
        reasons = {said["kind"]: " ".join(said["reason"].split())} if said else {}
        start, end = token.map
        found.append(
            Block(
                line=start + 1,
                language=language,
                words=words,
                text=token.content,
                not_run=reasons.get("not run", ""),
                run_by=reasons.get("run by", ""),
                table=_table(lines[end:]),
            )
        )
    return found


def _table(below: list[str]) -> tuple[tuple[str, ...], ...]:
    """The first table before the next heading or block, without the line under its head."""
    here = list(takewhile(lambda line: not line.startswith(("#", "```")), below))
    table = takewhile(lambda line: line.startswith("|"), dropwhile(lambda line: not line.startswith("|"), here))
    rows = [
        tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")) for line in table
    ]
    return tuple(rows[:1] + rows[2:])

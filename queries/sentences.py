"""The sentences around a quote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graph.store import Store

END = re.compile(
    r"""(?<![\s.][A-Z])                                      # no initial, such as J. or U.S.
        (?<!\b(?:Mr|Ms|Dr|St|Lt|No|vs))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov|Sgt))
        [.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9])             # a mark, then what can begin a sentence
        |\n\s*\n""",
    re.VERBOSE,
)
"""Where one sentence ends and the next can begin."""


def sentences(rows: list[dict[str, Any]], values: Mapping[str, Any], store: Store) -> list[dict[str, Any]]:
    """Adds `sentence` to rows with `text`, `quote`, `start` and `end` (code points)."""
    return [row | {"sentence": around(row["text"], row["quote"], row["start"], row["end"])} for row in rows]


def around(text: str | None, quote: str, start: int, end: int) -> str | None:
    """The sentences in which a quote stands, as punctuation tells.

    Args:
        text: the article's text.
        quote: the words.
        start: first code point of the words in the text.
        end: code point after them.

    Returns:
        Whole sentences of the text; None where the quote does not stand there.
    """
    if text is None or text[start:end] != quote:
        return None
    cuts = [0, *(match.end() for match in END.finditer(text)), len(text)]
    begin = max(cut for cut in cuts if cut <= start)
    return text[begin : min(cut for cut in cuts if cut >= end)].strip()

"""The regular forms of English verbs and nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator


def verb_forms(lemma: str) -> Iterator[str]:
    """The regular forms of a verb, without the lemma."""
    if lemma.endswith("e"):
        yield from (lemma + "d", lemma + "s", lemma[:-1] + "ing")
    elif re.search(r"[^aeiou]y$", lemma):
        yield from (lemma[:-1] + "ied", lemma[:-1] + "ies", lemma + "ing")
    else:
        yield from (lemma + "ed", lemma + "ing", lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s"))
        if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", lemma):
            yield from (lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing")


def noun_forms(lemma: str) -> Iterator[str]:
    """The plurals that a noun may have, without the lemma."""
    yield from (lemma + "s", lemma + "es")
    if lemma.endswith("y"):
        yield lemma[:-1] + "ies"

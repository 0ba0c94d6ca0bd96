"""Abbreviations that an article introduces itself: the Indian Air Force (IAF), whatever IAF means elsewhere.

The abbreviation stands in parentheses behind its long form, whose words begin with its letters (the common case of
Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.linking.gazetteer import Gazetteer, Match, Reading
from loaders.linking.nouns import load_nouns
from loaders.linking.organs import of_their_states
from loaders.linking.plain import is_meant

INTRODUCED = re.compile(r"(?<=\w) \(([A-Z][A-Za-z.&]{0,8}[A-Z])(?:s\b)?[);,]")
WORD = re.compile(r"[^\W_]+")
SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "s"})
LONGEST = 120
"""Characters before the parenthesis in which the long form is looked for."""


def names_in(text: str, gazetteer: Gazetteer) -> list[Match]:
    """The catalogue's names in an article, in order, with organs and abbreviations read as the article has them.

    Args:
        text: the article's text.
        gazetteer: finds the names.
    """
    matches = of_their_states(text, [match for match in gazetteer.find(text) if is_meant(text, match)])
    meanings = dict(_introductions(text, matches))
    if not meanings:
        return matches
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, meanings))})\b")
    told = [Match(m.start(), m.end(), meanings[m.group()]) for m in named.finditer(text)]
    found = [m for m in matches if not any(m.start < new.end and new.start < m.end for new in told)]
    return sorted([*found, *told], key=lambda match: match.start)


def _introductions(text: str, matches: list[Match]) -> Iterator[tuple[str, tuple[Reading, ...]]]:
    for found in INTRODUCED.finditer(text):
        start = _long_form(text, found.start(), [c.lower() for c in found[1] if c.isupper()])
        inside = [m for m in matches if start is not None and start <= m.start and m.end <= found.start()]
        readings = _meant(text[inside[-1].end : found.start()], inside) if inside else None
        if readings:
            yield found[1], readings


def _long_form(text: str, end: int, letters: list[str]) -> int | None:
    """Where the words begin whose first letters are these; None where other words stand there."""
    start = None
    for word in reversed(list(WORD.finditer(text, max(0, end - LONGEST), end))):
        if letters and word[0][0].lower() == letters[-1]:
            letters, start = letters[:-1], word.start()
        elif word[0].lower() not in SMALL or start is None:
            return None
        if not letters:
            return start
    return None


def _meant(behind: str, inside: list[Match]) -> tuple[Reading, ...] | None:
    """What a long form means: its name in the catalogue, or the state whose force or ministry it is."""
    last = inside[-1]
    if not behind:
        return last.readings
    words = WORD.findall(behind)
    states = [r for match in inside for r in match.readings[:1] if r.entry.label == "Country"]
    if words[-1] in load_nouns().state_body and len(states) == len(inside) == 1:
        return (Reading(states[0].entry, "organ", False),)
    return None

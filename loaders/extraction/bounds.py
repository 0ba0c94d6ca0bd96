"""Days that are another event's: what is done *following* the attack of 7 October comes after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Token

from loaders.extraction.dates import NUMBERS, When, interval
from loaders.extraction.other_days import FAR
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.linking.links import ParsedSentence
from loaders.text.syntax import VERBAL, preposition

UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Days."""
DISTANCE = re.compile(
    rf"(?P<within>\bwithin )?\b(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)}) (?P<unit>{'|'.join(UNITS)})s? "
    r"(?:after|following|of)\b[^,.;]*$",
    re.IGNORECASE,
)
"""How long after, in what comes before the day: *two weeks after* the test of 3 May."""


def way_up(sentence: ParsedSentence, when: When) -> Iterator[Token]:
    """The last word of a date and the words that it hangs on, each on the next."""
    token = next((t for t in sentence.doc if t.idx <= when.end - 1 < t.idx + len(t)), None)
    for _ in range(6):
        if token is None:
            return
        yield token
        token = None if token.head == token else token.head


def is_anothers(word: Token, when: When) -> bool:
    """Whether a word on the way up tells that the date is another event's: *after* the attack of 7 October.

    Not of what has been *since* a day, which began on it.
    """
    before, own = preposition(word), when.start <= word.idx < when.end
    if own and before in ("since", "within"):
        return False
    set_by = _places(word)
    if not set_by.isdisjoint(_after()) or not set_by.isdisjoint(SLOT_WORDS.beforehand):
        return True
    return not own and word.idx > when.start and before in SLOT_WORDS.elsewhen


def follows(words: set[int], sentence: ParsedSentence, when: When, published: date | None) -> When | None:
    """From another event's day to publication, or as long after it as is told, if one of these words is set after it.

    Args:
        words: those of the event, as places in the sentence.
        when: the other event's day.
        published: day of publication.
    """
    path = list(way_up(sentence, when))
    below = path[: next((place for place, token in enumerate(path) if token.i in words), 0)]
    after = _after()
    if published is None or when.first > published or not any(_places(t) & after for t in below):
        return None
    if any(t.dep_ == "acl:relcl" or (t.pos_ in VERBAL and not _places(t) & after) for t in below):
        return None
    first, last = when.first, published
    told = DISTANCE.search(sentence.text, max(0, when.start - FAR), when.start)
    if told is not None:
        unit = UNITS[told["unit"].lower()]
        days = unit * (int(told["count"]) if told["count"].isdigit() else NUMBERS[told["count"].lower()])
        first = when.first + timedelta(days=0 if told["within"] else days - unit // 2)
        last = min(published, when.last + timedelta(days=days if told["within"] else days + unit // 2))
    return replace(when, edtf=interval(first, last), first=first, last=last) if first <= last else None


@cache
def _after() -> frozenset[str]:
    """Words that set something after a day."""
    return load_status().afterwards | {"within"}


def _places(word: Token) -> set[str]:
    """What may set something before or after a word: its preposition, itself, a participle: *following* talks."""
    known = any(c.dep_ == "det" for c in word.lefts)
    return {preposition(word), word.lower_} | {c.lower_ for c in word.lefts if c.tag_ == "VBG" and not known}

"""Numbers in digits and in words, with what bounds them: *36*, *twenty-four*, *up to 2,000*, *between 20 and 30*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.extraction.words import AMOUNT_WORDS

VALUES = {
    "a": 1,
    **{word: number for number, word in enumerate((*AMOUNT_WORDS.units, *AMOUNT_WORDS.teens), start=1)},
    **{word: 10 * number for number, word in enumerate(AMOUNT_WORDS.tens, start=2)},
}


def any_of(words: Iterable[str]) -> str:
    """Alternatives of a regular expression, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SPACE = r"[\s\xa0\u202f]"
_TENS, _UNITS = any_of(AMOUNT_WORDS.tens), any_of(AMOUNT_WORDS.units)
_UNDER_20 = any_of((*AMOUNT_WORDS.units, *AMOUNT_WORDS.teens))
_UNDER_100 = rf"(?:(?:{_TENS})(?:(?:-|{_SPACE})(?:{_UNITS}))?|{_UNDER_20})"
_MULTIPLE = rf"(?:{any_of(AMOUNT_WORDS.multiples)})"
_NUMBER = (
    rf"(?:half{_SPACE}a{_SPACE}(?:dozen|million)"
    rf"|(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?(?:(?:-|{_SPACE}){_MULTIPLE}){{0,2}}"
    rf"|a(?:{_SPACE}{_MULTIPLE}){{1,2}}"
    rf"|{_UNDER_100}(?:{_SPACE}{_MULTIPLE}(?:{_SPACE}(?:and{_SPACE})?{_UNDER_100})?){{0,3}})"
)
NUMERAL = re.compile(
    rf"(?<![\w.,/$€£-]){''.join(rf'(?<!{word} )' for word in AMOUNT_WORDS.designations)}"
    rf"(?:(?:(?P<most>{any_of(AMOUNT_WORDS.at_most)})|(?P<least>{any_of(AMOUNT_WORDS.at_least)})){_SPACE}"
    rf"(?:(?:an?|the)?{_SPACE}?(?:other|additional){_SPACE})?)?"
    rf"(?P<words>between{_SPACE}(?P<from>{_NUMBER}){_SPACE}and{_SPACE}(?P<until>{_NUMBER})"
    rf"|(?P<low>{_NUMBER})(?:(?:{_SPACE}(?:to|or){_SPACE}|{_SPACE}?[-–]{_SPACE}?)(?P<high>{_NUMBER}))?)(?!\w|[.,]\d)",
    re.IGNORECASE | re.ASCII,
)
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d))?")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as read, with the bounds that the words before it leave; `begin` and `end` are of the number alone."""

    low: float | None
    high: float | None
    begin: int
    end: int


@lru_cache(maxsize=8)
def numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of a text but those that look like years, in order; a sentence is asked for each of its drafts."""
    return tuple(_numerals(text))


def _numerals(text: str) -> Iterator[Numeral]:
    for found in NUMERAL.finditer(text):
        begin, end = found.span("words")
        if YEAR.fullmatch(found["words"]):
            continue
        ends = sorted(value_of(words) for name in ("from", "until", "low", "high") if (words := found[name]))
        yield Numeral(None if found["most"] else ends[0], None if found["least"] else ends[-1], begin, end)


def value_of(words: str) -> float:
    """The value of one number: `2,000`, `1.5 million`, `two hundred and four`, `half a dozen`."""
    whole, part = 0.0, 0.0
    for word in re.findall(r"[\d.,]+|[a-z]+", words.lower()):
        if word == "half":
            return AMOUNT_WORDS.multiples[words.lower().split()[-1]] / 2
        times = AMOUNT_WORDS.multiples.get(word, 0)
        if times >= 1000:
            whole, part = whole + part * times, 0.0
        elif times:
            part *= times
        elif word != "and":
            part += VALUES[word] if word in VALUES else float(word.replace(",", ""))
    return whole + part

"""Numbers in digits and in words, with what bounds them: *36*, *twenty-four*, *up to 2,000*, *between 20 and 30*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {
    "a": 1,
    **{word: number for number, word in enumerate((*UNITS, *TEENS), start=1)},
    **{word: 10 * number for number, word in enumerate(TENS, start=2)},
}
MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
MOST = (
    "up to",
    "as many as",
    "at most",
    "fewer than",
    "less than",
    "no more than",
    "not more than",
    "nearly",
    "almost",
)
LEAST = ("at least", "more than", "over", "no fewer than", "no less than", "not less than")
DESIGNATIONS = (
    "article",
    "batch",
    "block",
    "lot",
    "mach",
    "mark",
    "mk",
    "mod",
    "no.",
    "phase",
    "project",
    "tranche",
    "type",
)
"""Words whose number is a name and no amount: *Type 26* frigates."""


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SPACE = r"[\s\xa0\u202f]"
_UNDER_100 = rf"(?:(?:{_any(TENS)})(?:(?:-|{_SPACE})(?:{_any(UNITS)}))?|{_any((*UNITS, *TEENS))})"
_MULTIPLE = rf"(?:{_any(MULTIPLES)})"
_NUMBER = (
    rf"(?:half{_SPACE}a{_SPACE}(?:dozen|million)"
    rf"|(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,12}})(?:\.\d{{1,6}})?(?:(?:-|{_SPACE}){_MULTIPLE}){{0,2}}"
    rf"|a(?:{_SPACE}{_MULTIPLE}){{1,2}}"
    rf"|{_UNDER_100}(?:{_SPACE}{_MULTIPLE}(?:{_SPACE}(?:and{_SPACE})?{_UNDER_100})?){{0,3}})"
)
NUMERAL = re.compile(
    rf"(?<![\w.,/$€£-]){''.join(rf'(?<!{word} )' for word in DESIGNATIONS)}"
    rf"(?:(?:(?P<most>{_any(MOST)})|(?P<least>{_any(LEAST)})){_SPACE}"
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


def numerals(text: str) -> Iterator[Numeral]:
    """All numbers of a text but those that look like years, in order."""
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
            return MULTIPLES[words.lower().split()[-1]] / 2
        if word in ("thousand", "million"):
            whole, part = whole + part * MULTIPLES[word], 0.0
        elif word in MULTIPLES:
            part *= MULTIPLES[word]
        elif word != "and":
            part += SMALL[word] if word in SMALL else float(word.replace(",", ""))
    return whole + part

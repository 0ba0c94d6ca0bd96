"""Words of a sentence, close to the English Universal Dependencies treebanks.

One convention differs from the treebanks, and the training data is merged to fit: a designation (`S-400`, `Su-57M`,
`F/A-18E`, `Hwasong-15`) is one token. Other hyphenated words are split as the treebanks split them (`Russian`, `-`,
`made`) unless they begin with a prefix (`anti-ship`, `non-nuclear`). A unit is split from its number (`2.5`, `bn`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from loaders.text.abbreviations import ALWAYS_ONE_TOKEN, NUMBERED_ONE_TOKEN

MAX_TOKEN = 200
"""Runs without white space are cut into pieces of at most this many code points before anything else."""

_UNITS = (
    "bn|m|mn|tn|k|km|kms|kg|kgs|cm|mm|ft|lb|lbs|kt|mt|nm|mi|mph|kph|kW|MW|GW|kWh|GB|MB|Hz|MHz|GHz|am|pm|AM|PM|"
    "K|M|B|T|USD|EUR"
)
_PREFIXES = (
    "anti|non|re|pre|co|pro|mid|cross|post|counter|over|semi|ex|sub|multi|mini|inter|intra|e|vice|un|micro|ultra|"
    "trans|test"
)
_DOMAINS = "com|org|net|gov|edu|mil|int|info|biz|example|ru|uk|de|fr|eu|cn|ir|ua|pl|tv"
_MARKED = "|".join(sorted(map(re.escape, ALWAYS_ONE_TOKEN), key=len, reverse=True))
_HYPHEN = "[-‐‑]"
_LETTER = r"[^\W\d_]"
_WORD = r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]+"
_NOT_IN_ADDRESS = r"[^\s<>\"“”]"

_KINDS = (
    # addresses
    rf"(?:https?|ftp)://{_NOT_IN_ADDRESS}*[\w/=&%#]",
    rf"www\.{_NOT_IN_ADDRESS}*[\w/]",
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    rf"(?:[A-Za-z0-9][\w-]*\.)+(?:{_DOMAINS})(?!\w)(?:/{_NOT_IN_ADDRESS}*[\w/])?",
    r"[@#]\w+",
    # designations
    rf"[A-Z][A-Za-z]*(?:/[A-Z])?{_HYPHEN}[A-Z]*\d+[A-Za-z0-9]*"
    rf"(?:(?:{_HYPHEN}|/)(?:\d+[A-Za-z]*|[A-Z]{{1,4}}\d*[a-z]?)(?!\w))*(?![^\W_])",
    rf"\d+[A-Z]+\d*{_HYPHEN}\d+(?!\w)",
    # abbreviations
    rf"(?:{_MARKED})\.(?!\w)",
    rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?",
    r"[A-Z](?:\.[A-Z])+(?!\w)",
    r"[A-Z]\.(?!\.)",
    # amounts and numbers
    r"(?:US|U|A|C|NZ|HK|S)\$",
    r"(?:\d{1,2}[./]){2}\d{2,4}(?!\w)",
    r"\d+(?:[.,:/]\d+)+(?!\w)",
    r"\d+(?:st|nd|rd|th|s|['’]s)(?!\w)",
    rf"\d+(?:[.,:]\d+)*(?=(?:{_UNITS})(?!\w))",
    r"\d+(?:[.,]\d+)+",
    # contractions
    r"(?i:can(?=not(?!\w)))",
    r"[A-Za-z]+(?=[nN]['’][tT](?!\w))",
    r"[nN]['’][tT](?!\w)",
    r"['’](?i:s|re|ve|ll|d|m)(?!\w)",
    # words
    rf"(?i:{_PREFIXES}){_HYPHEN}{_LETTER}+",
    r"[A-Z]{1,3}&[A-Z]{1,3}(?!\w)",
    rf"{_WORD}(?:['’](?!(?i:s|re|ve|ll|d|m|t)(?!\w)){_WORD})*",
    # signs
    r"\.{2,}|…+|[!?]+|''|([-–—*=_~#+<>|^`])\1*|.",
)
_CHUNK = re.compile(rf"\S{{1,{MAX_TOKEN}}}")
_TOKEN = re.compile("|".join(_KINDS), re.DOTALL)
_NUMBERED = re.compile(rf"(?:{'|'.join(sorted(NUMBERED_ONE_TOKEN))})\.")
_LONE_INITIAL = re.compile(rf"{_LETTER}\.")


class Token(NamedTuple):
    """A word or sign of a sentence: where it starts and ends, counted from the sentence's first code point."""

    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """The tokens of one sentence, in order; together they hold everything that is not white space.

    Takes time linear in the length of the text, whatever it holds.
    """
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        word = chunk.group()
        if word.isalpha() and word.lower() != "cannot":
            tokens.append(Token(start, chunk.end()))
            continue
        for length in _lengths(word, final=chunk.end() == len(text)):
            tokens.append(Token(start, start + length))
            start += length
    return tokens


def _lengths(chunk: str, *, final: bool) -> tuple[int, ...]:
    return _remembered(chunk, final) if len(chunk) <= 40 else _scan(chunk, final)


@lru_cache(maxsize=50_000)
def _remembered(chunk: str, final: bool) -> tuple[int, ...]:
    return _scan(chunk, final)


def _scan(chunk: str, final: bool) -> tuple[int, ...]:
    """Lengths of the tokens of a run without white space; `final` where the sentence ends with it."""
    if not final and _NUMBERED.fullmatch(chunk):
        return (len(chunk),)
    lengths = [len(match.group()) for match in _TOKEN.finditer(chunk)]
    if final and lengths[-1] == 2 and _LONE_INITIAL.fullmatch(chunk[-2:]):
        lengths[-1:] = [1, 1]
    return tuple(lengths)

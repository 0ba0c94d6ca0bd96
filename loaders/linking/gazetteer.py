"""Finds the catalogue's names in a text.

Names are compared word by word, without diacritics, whatever stands between the words: `S-400`, `S 400` and
`S\u2011400` are one name, and so are `Türkiye` and `Turkiye`. Names keep their case; class words
(`fighter jet`) do not, and take a plural; abbreviations (`SAM`) are names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Literal

from loaders.catalogue import Catalogue, Entry, load_catalogue

Role = Literal["name", "adjective", "people", "metonym", "organ", "surname", "class", "unknown"]

WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \t\u00a0.\-\u2010-\u2014/'’`&+]{0,3}|, (?=Inc|Ltd|LLC)")
NO_CLASS = re.compile(r"(?<=[Aa][Nn][Tt][Ii]-)|(?<=\bLand )")
"""Where a class of weapons is a part of something else: an anti-*tank* launcher, anti-*drone* jammers, a Land
*Cruiser*."""
OF_MONEY = re.compile(r"\$| \$\d|\.? dollars?\b|(?<=\d)\.\d")
"""What comes after letters that are a currency: *US*$4 billion, *US* $9 billion, *U.S.* dollars, *P18*.9 billion."""
LEGAL = re.compile(
    r"(?:\.?,? (?:Co|Ltd|Limited|LLC|L\.L\.C|Inc|Corp|Corporation|Company|(?:Public )?Joint Stock Company|PJSC|OJSC"
    r"|JSC|PLC|Plc|AG|FZE|Pte)\b)+"
)
"""What a firm's full name ends in: Huawei Technologies *Co., Ltd*."""
DESIGNATION = re.compile(r"[A-Za-z]+\d|\d+[A-Za-z]")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word without diacritics; dotless i, ø, ł and ß become their plain letters."""
    if word.isascii():
        return word
    plain = word.translate({0x131: "i", 0xF8: "o", 0xD8: "O", 0x142: "l", 0x141: "L", 0xDF: "ss", 0x111: "d"})
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


WRITTEN = (str, str.lower, str.capitalize)
"""Names as they are written, classes in lower case, and countries in capitals, as briefs begin: *RUSSIAN* warships; but
not their capitals, as articles begin: *MOSCOW* (Reuters)."""


def _is_shouted(word: str) -> bool:
    return len(word) > len("USAF") and word.isupper()


def band_name(noun: str) -> str:
    """What an unnamed armed group is called by the noun told of it: Syrian `rebels`, the Syrian `opposition`."""
    return noun if noun in ("opposition", "militia", "mujahideen") else plural(noun)


def plural(word: str) -> str:
    """The regular English plural of a noun."""
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a name can mean."""

    entry: Entry
    role: Role
    ambiguous: bool
    """The name also means something else in everyday news, so it needs evidence in the text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: code points, end excluded."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)


class Gazetteer:
    """A trie over the words of every name of the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._root = _Node()
        self._patterns = [
            (re.compile(pattern), entry) for entry in catalogue.entries.values() for pattern in entry.patterns
        ]
        for entry in catalogue.entries.values():
            for name, role in surface_forms(entry):
                self._add(name, Reading(entry, role, name in entry.ambiguous))

    def _add(self, name: str, reading: Reading) -> None:
        words = [fold(word) for word in WORD.findall(name)]
        if not words:
            return
        variants = [words]
        if reading.role == "class":
            lower = [word.lower() for word in words]
            variants = [lower, [*lower[:-1], plural(lower[-1])]]
        elif reading.entry.label == "Weapon":
            joined = "".join(words)
            if DESIGNATION.match(joined) and len(words) == 2:
                variants.append([joined])
            variants += [[*variant[:-1], variant[-1] + "s"] for variant in variants]
        for variant in variants:
            node = self._root
            for word in variant:
                node = node.children.setdefault(word, _Node())
            if all(known.entry.id != reading.entry.id or known.role != reading.role for known in node.readings):
                node.readings.append(reading)

    def find(self, text: str) -> list[Match]:
        """The longest names of `text`, left to right, not overlapping."""
        words = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
        matches: list[Match] = []
        position = 0
        patterned = {m.start: m for m in self._find_patterns(text)}
        while position < len(words):
            start = words[position][0]
            match = patterned.get(start) or self._longest(text, words, position)
            other = match is not None and match.readings[0].role == "class" and NO_CLASS.match(text, start)
            if match is None or other or OF_MONEY.match(text, match.end):
                position += 1
                continue
            legal = LEGAL.match(text, match.end) if match.readings[0].entry.label == "Company" else None
            match = replace(match, end=legal.end()) if legal else match
            matches.append(match)
            while position < len(words) and words[position][0] < match.end:
                position += 1
        return matches

    def _longest(self, text: str, words: list[tuple[int, int, str]], position: int) -> Match | None:
        best: Match | None = None
        for written in WRITTEN:
            if written is str.capitalize and (best is not None or not _is_shouted(words[position][2])):
                break
            node: _Node | None = self._root
            for i in range(position, len(words)):
                start, end, word = words[i]
                if i > position and not GAP.fullmatch(text, words[i - 1][1], start):
                    break
                node = node.children.get(written(word)) if node else None
                if node is None:
                    break
                readings = [r for r in node.readings if (r.role == "class") == (written is str.lower)]
                if written is str.capitalize:
                    readings = [r for r in readings if r.entry.label == "Country" and r.role in ("name", "adjective")]
                if readings and (best is None or end > best.end):
                    best = Match(words[position][0], end, tuple(readings))
        return best

    def _find_patterns(self, text: str) -> Iterator[Match]:
        for pattern, entry in self._patterns:
            for found in pattern.finditer(text):
                yield Match(found.start(), found.end(), (Reading(entry.instance(found.group(1)), "name", False),))


def surface_forms(entry: Entry) -> Iterator[tuple[str, Role]]:
    """Every form under which a text may mention the entry, with what kind of form it is."""
    for form, role in entry.forms():
        if role == "name" or role == "alias":
            yield form, "class" if entry.id.startswith("class/") and not form.isupper() else "name"
        else:
            yield form, role


@cache
def default_gazetteer() -> Gazetteer:
    """The gazetteer of the project's own catalogue."""
    return Gazetteer(load_catalogue())

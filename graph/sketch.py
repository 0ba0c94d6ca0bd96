"""What is kept of a text to tell copies of it: a MinHash signature of its words, and its numbers and names in place.

Nothing of the text can be read back from a sketch, so it may be kept where the text may not.
"""

from __future__ import annotations

import base64
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from operator import eq
from typing import NamedTuple

from rensa import RMinHash

PERMUTATIONS = 128
SEED = 1
KEYS = 8
"""So many values of the signature are looked up: two texts with one in common are compared."""
SHINGLE = 4
"""Words that are hashed together."""
SHORTEST = 12
"""Words below which a text has no sketch: whole headlines repeat by chance."""
CONTEXT = 3
"""Words on each side that tell the place of a number or name."""
CONTAINED, CONTAINED_SHORT, SHORT = 0.5, 0.85, 60
"""Share of the shorter text that has to stand in the longer one; more, where that has fewer shingles than SHORT."""
AGREEING = 0.9
"""Share of the numbers and names in like places that have to be the same."""

MOST_FACTS = 128
"""So many numbers and names are kept, those whose places hash lowest, so that two sketches keep the same ones."""
FORM = 1
"""Grows when sketches are made in another way; only those of one form are compared."""

WORD = re.compile(r"[^\W_]+(?:[.,:'’/-][^\W_]+)*")
BEGIN = re.compile(r"[.!?:;\n\"“”‘(]\s*$")
"""What stands before a word whose capital says nothing."""
SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS = {word: str(value) for value, word in enumerate(SMALL)}
NUMBERS |= {word: str(value) for value, word in zip(range(30, 100, 10), TENS, strict=True)}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBERS |= {word: word for word in ORDINALS}
SAME = {"percent": "per cent"}
SLOT = "#"


class Sketch(NamedTuple):
    """Of one text."""

    words: int
    """Number of different shingles."""
    signature: tuple[int, ...]
    """MinHash of its shingles."""
    facts: tuple[int, ...]
    """For each number or name 32 bits of the words beside it and 32 bits of itself, in one number; sorted."""

    @property
    def keys(self) -> tuple[int, ...]:
        """What is looked up: texts that share a value in the same position are compared."""
        return self.signature[:KEYS]

    def pack(self) -> str:
        """The sketch as text: its form, a colon and base64."""
        numbers = struct.pack(f"<I{PERMUTATIONS}I{len(self.facts)}Q", self.words, *self.signature, *self.facts)
        return f"{FORM}:{base64.b64encode(numbers).decode()}"

    @classmethod
    def unpack(cls, packed: str) -> Sketch | None:
        """The sketch of `pack`; None where it is of another form.

        Raises:
            ValueError: it is no sketch at all.
        """
        form, _, numbers = packed.partition(":")
        if form != str(FORM):
            return None
        raw = base64.b64decode(numbers, validate=True)
        facts, rest = divmod(len(raw) - 4 * (1 + PERMUTATIONS), 8)
        if facts < 0 or rest:
            raise ValueError(f"a sketch of {len(raw)} bytes")
        words, *values = struct.unpack(f"<I{PERMUTATIONS}I{facts}Q", raw)
        return cls(words, tuple(values[:PERMUTATIONS]), tuple(values[PERMUTATIONS:]))


class _Token(NamedTuple):
    word: str
    fact: bool


def sketch_of(text: str) -> Sketch | None:
    """The sketch of a text; None where it is too short to have one."""
    tokens = list(_tokens(text))
    if len(tokens) < SHORTEST:
        return None
    words = [token.word for token in tokens]
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(sorted(shingles))
    return Sketch(len(shingles), tuple(minhash.digest()), tuple(sorted(set(_facts(tokens)))[:MOST_FACTS]))


def containment(one: Sketch, other: Sketch) -> float:
    """How much of the shorter text stands in the longer one, 0 to 1, estimated from the signatures.

    Broder's containment (A. Z. Broder, On the resemblance and containment of documents, 1997).
    """
    same: float = sum(map(eq, one.signature, other.signature)) / len(one.signature)
    shared = same / (1 + same) * (one.words + other.words)
    return min(1.0, shared / min(one.words, other.words))


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether one text is a copy of the other, cut perhaps and under another headline.

    Texts made by one template share their words as well, but have other numbers and names in the same places.
    """
    enough = CONTAINED if min(one.words, other.words) >= SHORT else CONTAINED_SHORT
    found = any(map(eq, one.keys, other.keys))
    return found and containment(one, other) >= enough and agreement(one.facts, other.facts) >= AGREEING


def agreement(one: Sequence[int], other: Sequence[int]) -> float:
    """Of the places that both texts have with a number or name in them, the share where it is the same one."""
    ours, theirs = _by_place(one), _by_place(other)
    places = ours.keys() & theirs.keys()
    return sum(bool(ours[place] & theirs[place]) for place in places) / len(places) if places else 1.0


def _by_place(facts: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for fact in facts:
        found.setdefault(fact >> 32, set()).add(fact & 0xFFFFFFFF)
    return found


def _facts(tokens: list[_Token]) -> Iterator[int]:
    """Each number and name with the words before it, and with those after it; names of several words are one."""
    runs: list[tuple[str, bool]] = []
    for token in tokens:
        if token.fact and runs and runs[-1][1]:
            runs[-1] = (f"{runs[-1][0]} {token.word}", True)
        else:
            runs.append((token.word, token.fact))
    masked = [SLOT if fact else word for word, fact in runs]
    for position, (word, fact) in enumerate(runs):
        if fact:
            itself = _hash(word)
            before, after = masked[max(0, position - CONTEXT) : position], masked[position + 1 : position + 1 + CONTEXT]
            for place in ([*before, SLOT], [SLOT, *after]):
                if len(place) > CONTEXT:
                    yield int.from_bytes(_hash(" ".join(place)) + itself)


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest()


def _tokens(text: str) -> Iterator[_Token]:
    plain = unicodedata.normalize("NFKC", text)
    end = 0
    for match in WORD.finditer(plain):
        word = match[0].replace("’", "'")
        gap = plain[end : match.start()]
        begins = end == 0 or (gap != " " and BEGIN.search(gap) is not None)
        lower = word.lower()
        number = NUMBERS.get(lower) or (lower if lower[0].isdigit() else None)
        yield _Token(number or SAME.get(lower, lower), number is not None or (word[0].isupper() and not begins))
        end = match.end()

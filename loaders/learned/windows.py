"""Pieces of an article that the encoder reads at once: sentences in a row, with some of those before them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from loaders.learned.candidates import Candidate
from loaders.text import split_sentences

SIZE = 900
"""Characters of a window at most, but for a longer sentence; some 200 tokens."""
LONGEST = 1600
"""Characters after which a longer sentence is cut."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the text: code points, end excluded, and the candidates in it."""

    start: int
    end: int
    candidates: list[Candidate]
    ends: list[int]
    """Where its sentences end."""


def windows(text: str, found: list[Candidate], size: int = SIZE) -> list[Window]:
    """The windows of a text: as many sentences as fit; each but the first begins with the last one of the one before.

    Args:
        text: the article's text.
        found: its candidates, in order.
        size: characters of a window at most.
    """
    sentences = split_sentences(text)
    starts = [candidate.link.start for candidate in found]
    made: list[Window] = []
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= size:
            last += 1
        start = sentences[first].start
        end = min(sentences[last].end, start + LONGEST)
        near = found[bisect_left(starts, start) : bisect_right(starts, end)]
        inside = [c for c in near if c.link.end <= end]
        made.append(Window(start, end, inside, [sentence.end for sentence in sentences[first : last + 1]]))
        if last + 1 >= len(sentences):
            break
        first = last if last > first else last + 1
    return made

"""Many names, folded, looked through by how they are spelt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

from rapidfuzz import process
from rapidfuzz.distance import OSA

LIKENESS = 0.74
"""Names and words less alike than that are others: of four letters or more one may be wrong, of eight two."""
NUMBER = re.compile(r"\d+")


class Spellings:
    """Folded names or words, each once; never changed, so that threads may share them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Takes small Latin letters and digits, no blanks and no ends of lines."""
        self._known = list(known)
        self._lines = "\n".join(self._known)
        self._starts = list(accumulate((len(name) + 1 for name in self._known), initial=0))
        self._alike: dict[tuple[str, ...], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in self._known:
            self._alike[tuple(NUMBER.findall(name))][len(name)].append(name)

    def holding(self, text: str) -> Iterator[str]:
        """Those that a text is a part of, in the order in which they were given."""
        place = self._lines.find(text)
        while place >= 0:
            number = bisect_right(self._starts, place)
            yield self._known[number - 1]
            place = self._lines.find(text, self._starts[number])

    def near(self, text: str) -> list[tuple[str, float]]:
        """Those that are spelt nearly like a text, and how alike they are, 0 to 1.

        Alike by optimal string alignment: letters changed, left out, added, or swapped with the next. Numbers are not
        typed wrong, nor are one or two letters beside them: an F-15 is no F-16, and an SS-21 no SA-21.
        """
        numbers, letters = tuple(NUMBER.findall(text)), NUMBER.sub("", text)
        by_length = self._alike.get(numbers, {})
        near = [length for length in by_length if min(length, len(text)) > (LIKENESS - 0.01) * max(length, len(text))]
        found = [
            (name, likeness)
            for length in sorted(near)
            for name, likeness, _ in process.extract(
                text, by_length[length], scorer=OSA.normalized_similarity, score_cutoff=LIKENESS, limit=None
            )
            if not numbers or OSA.normalized_similarity(letters, NUMBER.sub("", name)) >= LIKENESS
        ]
        return sorted(found, key=lambda one: -one[1])

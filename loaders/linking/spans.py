"""Names by where they stand in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from loaders.linking.gazetteer import Match


class Spans:
    """The names of a text, found by their place without looking at all of them."""

    def __init__(self, matches: Sequence[Match]) -> None:
        """The names, in any order."""
        self.matches = sorted(matches, key=lambda match: match.start)
        """The names, in the order of the text."""
        self._starts = [match.start for match in self.matches]
        self._reached = list(accumulate((match.end for match in self.matches), max))

    def touching(self, start: int, end: int) -> list[Match]:
        """Those of which a part stands between two places, in order."""
        first, last = bisect_right(self._reached, start), bisect_left(self._starts, end)
        return [match for match in self.matches[first:last] if match.end > start]

    def within(self, start: int, end: int) -> list[Match]:
        """Those that stand between two places as a whole, in order."""
        return [match for match in self.touching(start, end) if start <= match.start and match.end <= end]

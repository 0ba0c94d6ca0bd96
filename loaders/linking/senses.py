"""A name that may mean several things means the one that its article names in full: Mistral *helicopter carriers*.

After the observation that a word keeps its sense within a text (Gale, Church and Yarowsky, "One sense per discourse",
1992).
"""

from __future__ import annotations

from dataclasses import replace

from loaders.linking.gazetteer import Match


def in_one_sense(matches: list[Match]) -> list[Match]:
    """The names of an article, each as what it means elsewhere in it beyond doubt, if that is one of its meanings.

    Args:
        matches: the catalogue's names in it, in order.
    """
    named = {reading.entry.id for match in matches for reading in match.readings if len(match.readings) == 1}
    return [_as_named(match, named) for match in matches]


def _as_named(match: Match, named: set[str]) -> Match:
    meant = [reading for reading in match.readings if reading.entry.id in named]
    doubtful = len(match.readings) > 1 and all(reading.ambiguous for reading in match.readings)
    if not doubtful or len(meant) != 1:
        return match
    return replace(match, readings=(replace(meant[0], ambiguous=False),))

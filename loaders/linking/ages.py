"""What an article cannot mean, since there was none yet: the nuclear *agreement* of 2007 is not that of 2015."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from loaders.linking.gazetteer import Match

TALKED_OF = 2
"""Years before it was made in which a treaty may be named, since it was negotiated."""


def of_its_time(matches: list[Match], published: date | None) -> list[Match]:
    """The names of an article without treaties, laws and resolutions that were made years after it.

    Args:
        matches: the catalogue's names in it, in order.
        published: day of publication; without one all names may be meant.
    """
    if published is None:
        return matches
    latest = str(published.year + TALKED_OF) + published.isoformat()[4:]
    if all(r.entry.date is None or r.entry.date <= latest for match in matches for r in match.readings):
        return matches
    told = [
        replace(match, readings=tuple(r for r in match.readings if not r.entry.date or r.entry.date <= latest))
        for match in matches
    ]
    return [match for match in told if match.readings]

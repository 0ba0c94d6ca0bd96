"""Things named with the weapon that they are for, which is not handed over: HIMARS ammunition, mine clearance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.catalogue import Catalogue
from loaders.linking.gazetteer import Match
from loaders.linking.plain import load_plain

AMMUNITION = re.compile(r"(?:.* )?(?:ammo|ammunition|rounds|shells)$", re.IGNORECASE)
FOR = re.compile(r"(?: [a-z]+ed)? for (?:the |its |their |his |her |use in |use with )?(?:(?:\w[\w.-]*) ){0,3}")
"""What leads from ammunition to what it is for."""
PURPOSE = re.compile(r"[ -](?:clearance|clearing|disposal|detection|navigation|guidance|simulators?)\b")
"""What is done with, or about, the class of weapons before it: mine *clearance* equipment."""


def without_guns(text: str, matches: list[Match], catalogue: Catalogue) -> list[Match]:
    """The names of a text without those that only tell what ammunition or equipment is for.

    Args:
        text: the article's text.
        matches: the catalogue's names in it, in order.
        catalogue: tells of which class a weapon is.
    """
    told = set(_guns(text, matches, catalogue))
    return [match for match in matches if match not in told]


def _guns(text: str, matches: list[Match], catalogue: Catalogue) -> Iterator[Match]:
    for i, match in enumerate(matches):
        if match.readings[0].role == "class" and PURPOSE.match(text, match.end):
            yield match
        if not AMMUNITION.match(text[match.start : match.end]) or match.readings[0].entry.label != "Weapon":
            continue
        before = i - 1
        while before >= 0 and text[matches[before].end : matches[before + 1].start] == " ":
            if not _is_gun(matches[before], catalogue):
                break
            yield matches[before]
            before -= 1
        leads = FOR.match(text, match.end)
        place = match.end
        for following in matches[i + 1 : i + 4] if leads else ():
            if following.start > (leads.end() if leads and place == match.end else place + 1):
                break
            if _is_gun(following, catalogue):
                yield following
            elif following.readings[0].entry.label == "Weapon":
                break
            place = following.end


def _is_gun(match: Match, catalogue: Catalogue) -> bool:
    entry = match.readings[0].entry
    if entry.label != "Weapon":
        return False
    kind = entry.id if entry.id.startswith("class/") else entry.class_
    return not load_plain().guns.isdisjoint((kind or "", *catalogue.classes_over(kind or "")))

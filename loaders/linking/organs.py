"""Organs that an article gives to a state: the Philippine Senate and the Senate of Canada are not the American one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from loaders.linking.gazetteer import Match, Reading

OWNER = re.compile(r" |['’]s? ")
MINISTRY = re.compile(r"(?:['’]s)? (?:Ministry of Defen[cs]e|Defen[cs]e Ministry)", re.IGNORECASE)
"""After a state's name what MoD then stands for."""
OF = re.compile(r" of (?:the )?")


def of_their_states(text: str, matches: list[Match]) -> list[Match]:
    """The names of an article, with the organs next to a state's name read as that state's.

    Args:
        text: the article's text.
        matches: its names, in order.
    """
    found = list(matches)
    ministry: Reading | None = None
    for i, match in enumerate(matches):
        state = _state(match) or _state(match, adjective=True)
        if state is not None and MINISTRY.match(text, match.end):
            ministry = Reading(state.entry, "organ", False)
        elif ministry is not None and text[match.start : match.end] == "MoD":
            found[i] = replace(match, readings=(ministry,))
    for i, (first, second) in enumerate(pairwise(matches)):
        between = text[first.end : second.start]
        if _is_organ(second) and (state := _state(first, adjective=between == " ")) and OWNER.fullmatch(between):
            found[i + 1] = replace(second, readings=(Reading(state.entry, "organ", False),))
        elif _is_organ(first) and (state := _state(second)) and OF.fullmatch(between):
            found[i] = replace(first, readings=(Reading(state.entry, "organ", False),))
    return found


def _is_organ(match: Match) -> bool:
    return match.readings[0].role == "organ"


def _state(match: Match, adjective: bool = False) -> Reading | None:
    """What a match is read as where it is a state's name, or its adjective."""
    reading = match.readings[0]
    named = reading.entry.label == "Country" and reading.role == ("adjective" if adjective else "name")
    return reading if named else None

"""Denials of what an article told before: *Tehran denies the allegations* is one beside the accusation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import ACTOR_LABELS
from loaders.extraction.draft import Draft
from loaders.extraction.evidence import sentence_at
from loaders.extraction.observer import Observer
from loaders.linking.gazetteer import Match
from loaders.linking.links import Link, entity_of
from loaders.linking.names import Names
from loaders.text import Sentence

_SAID = r"accusations?|allegations?|claims?|charges?|reports?|assertions?"
_DENY = r"den(?:y|ies|ied|ying)"
_REJECT = r"reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|rebuff(?:s|ed)?"
_WHOSE = r"(?:(?:the|these|those|such|any|all|this|that|both|its|his|their|[\w.]+['’]s?) ){0,3}(?:[\w-]+ )?"
_NO_MORE = r"(?! (?:that|of|about|by|to|from|on|over)\b)"
DENIAL = re.compile(
    rf"\b(?:{_DENY}) (?:(?:it|this|that)(?=[.,;:]| (?:on|in|at|and|but|as|again)\b|$)"
    rf"|(?:doing|having done) (?:so|it|this)\b"
    rf"|{_WHOSE}(?:{_SAID}|delivery|deliveries|transfers?|shipments?|sales?|supplies|attacks?|strikes?|use"
    rf"|involvement|responsibility)\b{_NO_MORE})"
    rf"|\b(?:{_REJECT}) {_WHOSE}(?:{_SAID})\b{_NO_MORE}",
    re.IGNORECASE,
)
"""A verb and what stands for the whole accusation; not where it is told anew: denied reports *that* it had sold."""
BEHIND = re.compile(rf", (?:which|something|(?:an? )?(?:{_SAID})) (?:that )?([^,.;]{{2,60}}?)\b(?:{_DENY}|{_REJECT})\b")
"""A denial in a clause behind the accusation: supplied drones to Russia, *which Tehran denies*."""
UNDONE = re.compile(r"\b(?:not|never|nor|neither|without|cannot)\b|n['’]t\b", re.IGNORECASE)
"""What comes before a verb of denial that denies nothing: did *not* deny, *neither* confirmed nor denied."""
CLAUSE = 60
"""Characters before the verb in which that stands."""
FAR = 1500
"""Characters between an accusation and its denial, at most."""
SURE = 0.8
"""How sure a denial is at most, which words alone link to what is denied."""


def with_denials(
    drafts: list[Draft],
    text: str,
    sentences: Sequence[Sentence],
    names: Names,
    matches: list[Match],
    observer: Observer,
) -> list[Draft]:
    """The drafts, and for each accusation that who is accused denies behind it, once or often, a denial.

    Args:
        drafts: those of the whole article, none twice.
        text: the article.
        sentences: of the article, in order.
        names: reads its names.
        matches: the catalogue's names in it, in order.
        observer: is told which were denied.
    """
    accusations = [draft for draft in drafts if draft.assertion == "alleged"]
    found: list[Draft] = []
    for sentence in sentences if accusations else ():
        for begin, end, by in _denials(text, sentence):
            denier = _named_last(text, matches, sentence.start if by is None else by, begin, names)
            if denier is None:
                continue
            before = [one for one in accusations if 0 <= begin - one.start < FAR and _is_accused(denier, one)]
            nearest = sentence_at(sentences, max((one.start for one in before), default=0))
            for one in (one for one in before if sentence_at(sentences, one.start) == nearest):
                denial = replace(
                    one, assertion="denied", speaker=denier, hearsay=False, start=begin, end=end,
                    shown=(sentence.start, sentence.end), anchors=(begin,), reasons=(),
                    confidence=min(one.confidence, SURE),
                )  # fmt: skip
                observer.denied(one, denial, text[begin:end])
                found.append(denial)
                accusations.remove(one)
    return [*drafts, *found]


def _denials(text: str, sentence: Sentence) -> list[tuple[int, int, int | None]]:
    """Where words of denial begin and end in a sentence, and where who denies may begin to be named, if not with it."""
    begin, end = sentence.start, sentence.end
    told: list[tuple[int, int, int | None]] = [(m.start(), m.end(), None) for m in DENIAL.finditer(text, begin, end)]
    told += [(m.end(1), m.end(), m.start(1)) for m in BEHIND.finditer(text, begin, end)]
    return [one for one in told if not UNDONE.search(text, max(begin, one[0] - CLAUSE), one[0])]


def _named_last(text: str, matches: list[Match], begin: int, end: int, names: Names) -> Link | None:
    """The actor that is named last between two places, as whom he acts for."""
    named = [
        (match, match.readings[0])
        for match in matches
        if begin <= match.start and match.end <= end and match.readings[0].entry.label in ACTOR_LABELS
    ]
    if not named:
        return None
    match, reading = named[-1]
    return names.acting(Link(entity_of(reading.entry), text[match.start : match.end], match.start, match.end))


def _is_accused(denier: Link, accusation: Draft) -> bool:
    """Whether who denies is one of those who are said to have done it, or got it."""
    parties = (accusation.roles.get(role) for role in ("supplier", "recipient", "actor", "sender"))
    return any(link is not None and link.entity.id == denier.entity.id for link in parties)

"""`the jets`, `such systems`, `them`: which weapon named before do they stand for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from loaders.catalogue import Catalogue, Entry
from loaders.linking.gazetteer import Match
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import preposition

REACH = 700
"""Characters that a description may point back; a paragraph or two."""
PRONOUN_REACH = 250
PRONOUNS = frozenset({"them", "these", "those", "they"})
APART = 30
WITHIN = re.compile(r"s? ?|s? (?!(?:and|or|with|for|to|from|of|its|their|a|an|the)\b)[\w-]+ ")
"""What may stand between a weapon's name and the word for its class, so many characters at most."""
COUNTS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"])
DEFINITE = frozenset({"the", "these", "those", "this", "that", "such"})
ALSO_CALLED = {
    "class/missile": frozenset({"class/air-defence-system", "class/missile-defence-system"}),
    "class/rocket": frozenset({"class/rocket-launcher"}),
}
"""Systems that are also called by what they fire: S-400 missiles."""


def earlier_weapon(catalogue: Catalogue, sentence: ParsedSentence, head: Token, told: Entry | None) -> Link | None:
    """The named weapon that a definite noun phrase or a pronoun stands for, or None.

    Args:
        catalogue: the weapons and their classes.
        sentence: the sentence of `head`.
        head: the phrase's head.
        told: the class that the head's own words tell, if any.
    """
    if _is_counted(head):
        place, end = sentence.offset(head)
        counted = next((entry for _, entry in _before(sentence, place, PRONOUN_REACH)), None)
        return Link(entity_of(counted), head.text, place, end, indirect=True) if counted else None
    pronoun = head.pos_ in ("PRON", "DET") and head.lower_ in PRONOUNS
    if not pronoun and not (_definite(head) and (told or head.lemma_ in load_nouns().any_weapon)):
        return None
    place, end = sentence.offset(head)
    reach = PRONOUN_REACH if pronoun else REACH
    for match, entry in _before(sentence, place, reach):
        kinds = _kinds(catalogue, entry)
        if told is not None and told.id != "class/weapons" and not kinds & {told.id, *ALSO_CALLED.get(told.id, ())}:
            continue
        if entry.kind == "class":
            if pronoun and _is_handed_over(head) and entry.id != "class/weapons":
                return Link(entity_of(entry), head.text, place, end, indirect=True)
            if pronoun or _is_new(sentence, match):
                return None
            continue
        return Link(entity_of(entry), head.text, place, end, indirect=True)
    return None


def _is_counted(head: Token) -> bool:
    """Whether a number stands for what was named before: Singapore ordered *two*."""
    bare = not any(c.dep_ in ("compound", "nummod", "flat") or preposition(c) == "of" for c in head.children)
    return head.pos_ == "NUM" and head.dep_ == "obj" and bare and head.lower_ in COUNTS


def _before(sentence: ParsedSentence, place: int, reach: int) -> Iterator[tuple[Match, Entry]]:
    """The weapons named before a place of the article, the nearest first."""
    for match in reversed(sentence.article_matches):
        if match.end > place:
            continue
        if match.start < place - reach:
            return
        reading = next((r for r in match.readings if r.entry.label == "Weapon"), None)
        if reading is not None and not reading.ambiguous:
            yield match, reading.entry


def _is_handed_over(pronoun: Token) -> bool:
    """Whether the weapons that were told change hands: in 1990 *they* were exported to Finland."""
    return pronoun.dep_ in ("obj", "nsubj:pass") and pronoun.head.lemma_.lower() in load_nouns().handing


def _kinds(catalogue: Catalogue, entry: Entry) -> set[str]:
    """The classes of a weapon, from its own to the widest."""
    step: Entry | None = entry
    while step is not None and step.kind != "class" and step.class_ is None:
        step = catalogue.entries.get(step.variant_of or "")
    kind = step.class_ or step.id if step is not None else None
    return {kind, *catalogue.classes_over(kind)} if kind is not None else set()


def _definite(head: Token) -> bool:
    """Whether the phrase has an article and no words of its own that would tell another weapon."""
    definite = False
    for child in head.children:
        if child.i > head.i:
            if child.dep_ in ("acl", "appos", "flat") or (child.dep_ == "nmod" and preposition(child) == "of"):
                return False
        elif child.dep_ == "det" and child.lower_ in DEFINITE:
            definite = True
        elif child.dep_ not in ("nummod", "case", "punct", "cc") and child.lower_ not in load_nouns().same_weapon:
            return False
    return definite


def _is_new(sentence: ParsedSentence, match: Match) -> bool:
    """Whether the words of a class bring in other weapons than those named before: *a* drone, Russian missiles."""
    if any(_is_of(sentence, other, match) for other in sentence.article_matches):
        return False
    before = sentence.article[max(0, match.start - 24) : match.start].lower().split()
    return not before or not set(before[-3:]) & (DEFINITE | load_nouns().same_weapon)


def _is_of(sentence: ParsedSentence, name: Match, kind: Match) -> bool:
    """Whether a class only tells what the named thing before it is: Bayraktar *drones*, Rafale multi-role *jets*."""
    return 0 <= kind.start - name.end <= APART and bool(WITHIN.fullmatch(sentence.article, name.end, kind.start))

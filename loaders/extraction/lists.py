"""Weapons that are listed: a package including X, Y and Z; `The package includes:` and lines below it."""

from __future__ import annotations

from spacy.tokens import Token

from loaders.catalogue import Catalogue
from loaders.extraction.words import SLOT_WORDS
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.things import one_weapon
from loaders.text import Sentence
from loaders.text.syntax import FINITE, preposition

PARTS = frozenset({"compound", "amod", "flat", "nummod", "nmod:poss", "nmod:desc"})


def opening(trigger: Token) -> Token | None:
    """The word after `trigger`, in its clause, that opens a list; None where there is none."""
    for token in trigger.doc[trigger.i + 1 :]:
        aside = token.text == ":" and token.i == trigger.i + 1
        if aside or token.lower_ in SLOT_WORDS.listing or (token.lower_ == "as" and token.nbor(-1).lower_ == "such"):
            return token
        if token.tag_ in FINITE:
            return None
    return None


def enumerated(catalogue: Catalogue, sentence: ParsedSentence, start: Token | None) -> list[Link]:
    """The weapons of a list, in the order of the text.

    Args:
        catalogue: the weapons.
        sentence: where the list stands.
        start: the word that opens it; None where the whole sentence is an item of a list.
    """
    found: dict[str, Link] = {}
    first = start.i + 1 if start is not None else 0
    for token in sentence.doc[first:]:
        if start is not None and (token.tag_ in FINITE or token.lower_ in SLOT_WORDS.list_end):
            break
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in PARTS and not _is_purpose(token, first):
            for link in one_weapon(catalogue, sentence, token):
                found.setdefault(link.entity.id, link)
    return list(found.values())


def _is_purpose(token: Token, first: int) -> bool:
    """Whether it is what an item of the list is for: radars *for air defence*, equipment to counter *drones*."""
    while token.head != token and token.head.i >= first:
        clause = token.dep_ == "acl" and preposition(token) == "to"
        if clause or (token.dep_ == "nmod" and preposition(token) in ("for", "against")):
            return True
        token = token.head
    return False


def introduced(text: str, sentences: list[Sentence]) -> dict[int, int]:
    """Which sentences are lines of a list, each with the index of the sentence that introduces the list.

    The introducing line ends with a colon; the lines of the list begin with a bullet, or they all end with `;` but for
    the last.
    """
    found: dict[int, int] = {}
    intro: int | None = None
    for i, sentence in enumerate(sentences):
        words = text[sentence.start : sentence.end].strip()
        before = text[sentences[i - 1].start : sentences[i - 1].end].rstrip() if i else ""
        new_line = i > 0 and "\n" in text[sentences[i - 1].end - 1 : sentence.start + 1]
        follows = before.endswith((":", ";", "; and", ",")) or words[:1] in "-–•*·"
        if intro is not None and new_line and follows:
            found[i] = intro
        else:
            intro = None
        if words.endswith(":"):
            intro = i
    return found

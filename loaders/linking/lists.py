"""Names in a row: `the banks X, Y and Z, as well as the businessmen A and B`, whatever the parser makes of them."""

from __future__ import annotations

from spacy.tokens import Token

from graph.vocabulary import ACTOR_LABELS
from loaders.linking.links import ParsedSentence
from loaders.linking.nouns import load_nouns

LEADING = frozenset({":", ",", "-", "–", "—", "namely"})
"""What may stand between a group and the first of its names."""
PARTIAL = frozenset({"including", "among", "notably", "such", "especially", "like"})
"""Before those of a group that are named while others are not: including X; among them X; such as X."""
JOINING = frozenset({",", ";", "and", "&", "or", "as", "well", "along", "with", "plus", "of", "also"})
SEPARATING = frozenset({",", ";", "and", "&", "or", "plus", "well", "along"})
DESCRIBING = frozenset({"DT", "JJ", "NN", "NNS", "CD", "HYPH", "POS", "PRP$"})
EXPLAINING = frozenset({"a", "an", "the", "who", "which", "whose", "one", "also", "known"})
"""After a name and a comma, what it is: `X, a Russian bank that has assisted Y; and Z, its director`."""
MAX_BETWEEN = 12
MAX_REACH = 70
"""Words in which the next name of a list must follow."""


def listed_after(sentence: ParsedSentence, head: Token) -> list[Token]:
    """The names of a group, all of them: `two banks, X and Y`; `the companies X and Y`; `three men: X, Y and Z`."""
    names = _following(sentence, head)
    return [] if names and _are_examples(names) else names


def _are_examples(names: list[Token]) -> bool:
    """Whether `among them` comes after the names: there are others."""
    after = names[-1].doc[names[-1].i + 1 : names[-1].i + 3]
    return after.text.lower() in ("among them", "among others")


def _following(sentence: ParsedSentence, head: Token) -> list[Token]:
    doc = sentence.doc
    position = _colon(sentence, head) or head.i + 1
    while position < len(doc) and (doc[position].lower_ in LEADING or _described(doc[position])):
        position += 1
    while position < len(doc) and is_name(sentence, doc[position]):
        if not _before_its_head(sentence, doc[position]):
            return in_a_row(sentence, doc[position])
        position += 1
        while position < len(doc) and _described(doc[position]):
            position += 1
    return []


def named_among(sentence: ParsedSentence, head: Token) -> list[Token]:
    """Those of a group that are named while others are not: `11 officials, including X`; `17 Saudis, among them X`."""
    doc, names = sentence.doc, _following(sentence, head)
    if names and _are_examples(names):
        return names
    for word in doc[head.i + 1 :]:
        before, after = word.nbor(-1), word.i + 1
        if word.lower_ not in PARTIAL or (before.tag_ in ("NNS", "NNPS") and before != head):
            continue
        while after < len(doc) and (doc[after].lower_ in ("them", "as", "those", ":") or _described(doc[after])):
            after += 1
        if after < len(doc) and is_name(sentence, doc[after]):
            return in_a_row(sentence, doc[after])
    return []


def _colon(sentence: ParsedSentence, head: Token) -> int | None:
    """Where a colon stands before the names of a group: `five entities that trade oil: X and Y`."""
    doc = sentence.doc
    colon = next((token.i for token in doc[head.i + 1 :] if token.text == ":"), None)
    after = colon + 1 if colon is not None else len(doc)
    while after < len(doc) and _described(doc[after]) and not is_name(sentence, doc[after]):
        after += 1
    return colon if after < len(doc) and is_name(sentence, doc[after]) else None


def in_a_row(sentence: ParsedSentence, first: Token) -> list[Token]:
    """A name and those that follow it in its list."""
    found, last = [first], first
    while (following := _next(sentence, last)) is not None:
        found.append(following)
        last = following
    return found


def is_name(sentence: ParsedSentence, token: Token) -> bool:
    """Whether the token is the name of an actor that is no state, by the catalogue or by its look."""
    match = sentence.match_at(token)
    reading = match.readings[0] if match is not None else None
    return (
        reading is not None
        and reading.entry.label in ACTOR_LABELS
        and reading.entry.label != "Country"
        and reading.role in ("name", "unknown")
    )


def is_state(sentence: ParsedSentence, token: Token) -> bool:
    """Whether the token names a country or what is of it."""
    match = sentence.match_at(token)
    return match is not None and match.readings[0].entry.label == "Country"


def _next(sentence: ParsedSentence, last: Token) -> Token | None:
    separated, depth, described, explaining = False, 0, 0, False
    for token in sentence.doc[last.i + 1 : last.i + MAX_REACH]:
        depth += (token.text == "(") - (token.text == ")")
        if depth or token.text == ")":
            continue
        if is_name(sentence, token) and _before_its_head(sentence, token):
            continue
        if is_name(sentence, token) and separated:
            if not _says(token) and (not explaining or _explained(token)):
                return token
            if not explaining:
                return None
        elif token.lower_ in JOINING:
            explaining = explaining or token.lower_ == "of"
            separated = token.lower_ in SEPARATING or (separated and token.lower_ != "of")
            described = 0
        elif separated and token.i == last.i + 2 and token.lower_ in EXPLAINING:
            separated, explaining = False, True
        elif is_name(sentence, token) and explaining:
            separated = False
        elif not (_described(token) or is_state(sentence, token)) or (described := described + 1) > MAX_BETWEEN:
            if not explaining:
                return None
            separated = False
    return None


def _before_its_head(sentence: ParsedSentence, token: Token) -> bool:
    """Whether the name only says whose the next one is: the bank's director Y, Promsvyazbank CEO Y."""
    following = token.doc[token.i + 1 : token.i + 5]
    for after in following:
        if is_name(sentence, after):
            return after.i > token.i + 1
        if not (after.text in load_nouns().title or after.tag_ in ("NN", "POS")):
            return False
    return False


def _explained(token: Token) -> bool:
    """Whether the name is followed by what it is, as are those before it in its list, or ends the list."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return after is None or after.is_punct or after.lower_ in ("and", "for", "as", "under", "pursuant")


def _described(token: Token) -> bool:
    """Whether the word may tell what kind of name comes next: `the Russian businessman`, `two state-owned banks`."""
    return (
        token.tag_ in DESCRIBING or token.text in load_nouns().title or (token.tag_ == "NNP" and token.text.isupper())
    )


def _says(token: Token) -> bool:
    """Whether the name begins a clause of its own: the US sanctioned X, Y said."""
    return token.dep_ == "nsubj" and token.head.i == token.i + 1 and token.head.tag_ in ("VBD", "VBZ", "VBP", "MD")

"""Which weapons, instruments and programmes do the words of a noun phrase stand for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from graph.claims import Entity
from graph.vocabulary import Label
from loaders.catalogue import Catalogue, Entry
from loaders.document import slugify
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.nouns import load_designations, load_nouns
from loaders.linking.weapon_descriptions import earlier_weapon
from loaders.text.syntax import FINITE, coordinated, modifiers, phrase, preposition, prepositional

WEAPONS_CLASS = "class/weapons"

MADE = re.compile(rf"[-–\u2011 ](?:{'|'.join(load_nouns().made)})\b[\w -]{{0,25}}$")
MADE_OR_GIVEN = tuple(load_nouns().made | load_nouns().given)


def weapons(catalogue: Catalogue, sentence: ParsedSentence, head: Token) -> list[Link]:
    """The weapons that a noun phrase stands for; a designation wins over the class told beside it.

    Args:
        catalogue: the weapons and their classes.
        sentence: the sentence of `head`.
        head: the phrase's head.
    """
    found: dict[str, Link] = {}
    for part in coordinated(head):
        for link in _phrase_weapons(catalogue, sentence, part, 0):
            found.setdefault(link.entity.id, link)
    entries = [catalogue.entries.get(name) for name in found]
    families = {entry.variant_of for entry in entries if entry is not None}
    found = {i: link for i, link in found.items() if i not in families}  # the Arleigh Burke class USS Donald Cook
    named = {i: link for i, link in found.items() if not i.startswith("class/")}
    if named and len(named) < len(found):
        generic = {class_of(catalogue, link) for link in named.values()} | {WEAPONS_CLASS}
        found = {i: link for i, link in found.items() if i in named or i not in generic}
    return list(found.values())


def one_weapon(catalogue: Catalogue, sentence: ParsedSentence, head: Token) -> list[Link]:
    """The weapons that a noun phrase stands for, without those coordinated with it; arguments as for `weapons`."""
    return _phrase_weapons(catalogue, sentence, head, 0)


def class_of(catalogue: Catalogue, link: Link) -> str | None:
    """The id of the class of a weapon: the catalogue's, else the one that its words tell; None for a class."""
    entry = catalogue.entries.get(link.entity.id)
    if entry is not None:
        return entry.class_
    return link.of_class.id if link.of_class else None


def _phrase_weapons(catalogue: Catalogue, sentence: ParsedSentence, head: Token, depth: int) -> list[Link]:
    if depth > 3:
        return []
    lemma = head.lemma_.lower()
    beside = [t for t in modifiers(head) if t.dep_ != "nmod:poss"]
    appositions = [c for c in head.children if c.dep_ in ("appos", "flat", "nmod:desc", "dep") and c.i > head.i]
    appositions += [
        c
        for clause in head.children
        if clause.lemma_ in load_nouns().naming and clause.dep_ == "acl"
        for c in clause.children
    ]
    headlike = (
        _weapon_at(catalogue, sentence, head) is not None or lemma in load_nouns().weapon_head | load_nouns().container
    )
    if any(t.lemma_.lower() in load_nouns().not_weapon for t in beside):
        beside = []  # aircraft navigation systems
    candidates = [head, *(beside if headlike else []), *(part for a in appositions for part in coordinated(a))]
    links = [link for token in candidates if (link := _weapon_at(catalogue, sentence, token)) is not None]
    named = [link for link in links if not link.entity.id.startswith("class/")]
    if named:
        return named
    designation = _unknown_designation(catalogue, sentence, head, candidates, bool(links))
    if designation:
        return [designation]
    before = earlier_weapon(catalogue, sentence, head, _class_at(sentence, head))
    if before is not None:
        return [before]
    if links:
        return links[:1]
    if (
        lemma in load_nouns().container
        or lemma in load_nouns().weapon_head
        or head.pos_ in ("NUM", "PRON", "DET", "SYM")
    ):
        inner = [
            link
            for prep, child in prepositional(head)
            if prep in ("of", "in", "for", "from")
            for part in coordinated(child)
            for link in _phrase_weapons(catalogue, sentence, part, depth + 1)
        ]
        return inner or _following(catalogue, sentence, head)
    return []


def _class_at(sentence: ParsedSentence, token: Token) -> Entry | None:
    """The class that a word names, also where it alone could mean something civil."""
    match = sentence.match_at(token)
    return next((r.entry for r in match.readings if r.entry.kind == "class"), None) if match else None


def _following(catalogue: Catalogue, sentence: ParsedSentence, head: Token) -> list[Link]:
    """The first weapon after `of`, however the parser attached it: `a batch of Russian-made S-400 systems`."""
    after = sentence.doc[head.i + 1 : head.i + 9]
    if not len(after) or after[0].lower_ != "of":
        return []
    for token in after:
        if token.tag_ in FINITE | {",", "."}:
            return []
        link = _weapon_at(catalogue, sentence, token)
        if link is not None:
            return [link]
    return []


def _weapon_at(catalogue: Catalogue, sentence: ParsedSentence, token: Token) -> Link | None:
    match = sentence.match_at(token)
    if match is None or _in_pieces(token):
        return None
    for reading in match.readings:
        if reading.entry.label != "Weapon":
            continue
        if _people(token) or _of_space(reading.entry.id, token):
            continue
        civil = not reading.entry.id.startswith("class/") or token.lemma_.lower() in load_nouns().civil
        if reading.ambiguous and civil and not _military(sentence, token):
            continue
        return sentence.link(reading.entry, match)
    return None


def _in_pieces(token: Token) -> bool:
    """Whether only what is made for a weapon is told of: *parts for* F-35 jets."""
    while token.dep_ in ("compound", "amod", "flat") and token.head != token:
        token = token.head
    return preposition(token) == "for" and token.head.lemma_.lower() in load_nouns().piece


def _of_space(weapon: str, token: Token) -> bool:
    """Whether a rocket carries satellites or crews, not warheads."""
    return weapon == "class/rocket" and any(t.lower_ in load_nouns().of_space for t in token.doc)


def _people(token: Token) -> bool:
    """Whether `fighters` are people: M23 fighters, opposition fighters; aircraft have other words beside them."""
    if token.lower_ not in ("fighter", "fighters", "bomber", "bombers"):
        return False
    words = {t.lower_ for t in token.doc}
    if any(c.lower_ == "suicide" for c in token.children):
        return True
    return not words & load_nouns().of_aircraft and not any(c.pos_ == "PROPN" and "-" in c.text for c in token.children)


def _military(sentence: ParsedSentence, token: Token) -> bool:
    """Whether the sentence has another, unambiguous sign that weapons are meant."""
    own = sentence.match_at(token)
    for match in sentence.matches:
        if match is own:
            continue
        for reading in match.readings:
            if reading.entry.label == "Weapon" and not reading.ambiguous:
                return True
            if reading.entry.label == "ArmedGroup" or reading.role == "organ":
                return True
    words = {t.lemma_.lower() for t in sentence.doc}
    return bool(words & load_nouns().military)


def _unknown_designation(
    catalogue: Catalogue, sentence: ParsedSentence, head: Token, beside: list[Token], told: bool
) -> Link | None:
    """A designation that the catalogue does not know, by its look, and a class `told` beside it or its family."""
    rules = load_designations()
    low, high = phrase(head)
    last = head if told else sentence.doc[high]  # missiles for the Type 055 are not the Type 055
    begin, end = sentence.doc[low].idx, last.idx + len(last)
    text = sentence.text
    for pattern in (rules.ships, rules.pattern):
        for found in pattern.finditer(text, begin, end):
            name = found.group()
            if rules.excluded.fullmatch(name) or any(
                match.start < sentence.start + found.end() and sentence.start + found.start() < match.end
                for match in sentence.matches
            ):
                continue
            family = name.replace(" ", "-").split("-")[0]
            if not told and head.lemma_.lower() not in load_nouns().weapon_head and family not in rules.families:
                continue
            known = _class_among(sentence, beside, catalogue.entries.get(rules.families.get(family, "")))
            entity = Entity(id=slugify(name), name=name, label="Weapon")
            start = sentence.start + found.start()
            return Link(entity, name, start, start + len(name), of_class=entity_of(known) if known else None)
    return None


def _class_among(sentence: ParsedSentence, tokens: list[Token], of_family: Entry | None) -> Entry | None:
    """The class of weapons that one of the tokens names; an ambiguous word (jet) tells less than the family does."""
    readings = [r for token in tokens if (match := sentence.match_at(token)) for r in match.readings]
    named = [r for r in readings if r.entry.id.startswith("class/")]
    sure = next((r.entry for r in named if not r.ambiguous), of_family)
    return sure or next((r.entry for r in named), None)


def things(sentence: ParsedSentence, head: Token, labels: tuple[Label, ...]) -> list[Link]:
    """The instruments (or bodies) that a noun phrase names, with those named in apposition or before its head."""
    found: dict[str, Link] = {}
    for part in coordinated(head):
        for token in _with_names(part):
            match = sentence.match_at(token)
            for reading in match.readings if match else ():
                if reading.entry.label in labels and match is not None:
                    found.setdefault(reading.entry.id, sentence.link(reading.entry, match))
                    break
    return list(found.values())


def _with_names(head: Token) -> Iterator[Token]:
    yield head
    yield from modifiers(head)
    yield from (c for c in head.children if c.dep_ in ("appos", "flat", "nmod:poss", "nummod", "nmod:desc"))
    yield from (c for p, c in prepositional(head) if p == "of")


def made_in(sentence: ParsedSentence, weapon: Link) -> Link | None:
    """The country that stands right before a weapon's name with `made`, `built` or the like."""
    for match in sentence.matches:
        between = sentence.text[match.end - sentence.start : max(0, weapon.start - sentence.start)].lower()
        if match.end > weapon.start or not MADE.match(between):
            continue
        for reading in match.readings:
            if reading.entry.label == "Country":
                return sentence.link(reading.entry, match)
    return None


def origin(sentence: ParsedSentence, head: Token, *, made: bool = True) -> Link | None:
    """The country that a weapon's words say it comes from: `Russian-made S-400s`, `American missiles`.

    Args:
        sentence: the sentence of `head`.
        head: the weapon's head noun.
        made: whether its maker counts; else its owner is looked for, who may be an armed group.
    """
    if head.lemma_.lower() in load_nouns().container:
        head = next((child for prep, child in prepositional(head) if prep == "of"), head)
    low, _ = phrase(head)
    start, end = sentence.offset(sentence.doc[low])[0], sentence.offset(head)[1]
    for match in sentence.matches:
        if not start <= match.start < end:
            continue
        for reading in match.readings:
            if reading.entry.label != "Country" and (made or reading.entry.label != "ArmedGroup"):
                continue
            after = sentence.text[match.end - sentence.start : match.end - sentence.start + 12].lower()
            if after.startswith(("-designed", "-developed")):
                continue
            maker = after.lstrip("-–\u2011 ").startswith(MADE_OR_GIVEN)
            if made if maker else reading.role in ("adjective", "name", "organ"):
                return sentence.link(reading.entry, match)
    return None

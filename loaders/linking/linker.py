"""Which actor do the words of a noun phrase stand for?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from graph.claims import Entity
from graph.vocabulary import ACTOR_LABELS, Label
from loaders.catalogue import Catalogue
from loaders.document import slugify
from loaders.linking.coreference import Candidate, Salience
from loaders.linking.gazetteer import Match, Reading
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.nouns import load_nouns
from loaders.text.syntax import (
    VERBAL,
    coordinated,
    governor,
    is_passive,
    modifiers,
    passive_subjects,
    phrase,
    preposition,
    prepositional,
    subjects,
)

THING_PRONOUNS = frozenset({"it", "its", "itself"})
PLURAL_PRONOUNS = frozenset({"they", "their", "them", "we", "our"})
BYLINE = 90
"""Characters that a line with the writer's name and office may have."""
PERSON_PRONOUNS = frozenset({"he", "his", "him", "she", "her", "i", "my"})
STATE_ROLES = frozenset({"name", "metonym", "adjective", "people"})
FORMER = frozenset({"former", "ex", "ex-", "then-candidate", "retired", "late"})
ABOUT = frozenset({"over", "for", "about", "in response to", "because of", "following", "after"})
"""Before `its`, these point to whom something is done: sanctions on Iran over its tests."""
NO_ACTOR = frozenset({"people", "thousand", "hundred", "protester", "demonstrator", "resident", "civilian", "refugee"})


class Linker:
    """Links the noun phrases of one article.

    Args:
        catalogue: names, offices, instruments.
        published: ISO date of the article, or None; offices are those held then.
        matches: the catalogue's names in the whole text, in order.
    """

    def __init__(self, catalogue: Catalogue, published: str | None, matches: list[Match]) -> None:
        self.catalogue = catalogue
        self.published = published
        self.nouns = load_nouns()
        self.salience = Salience()
        self.voice: Link | None = None
        """Who says `we`: the state whose minister signs the text."""
        self._matches = matches
        self._full_names = {
            r.entry.id for m in matches for r in m.readings if r.entry.label == "Person" and r.role == "name"
        }

    def read_byline(self, text: str) -> None:
        """Remember who speaks in a statement that a minister signs in a line of its own below the title.

        Args:
            text: the article's text.
        """
        start = 0
        for number, line in enumerate(text.split("\n")[:6]):
            if number and 0 < len(line.strip()) < BYLINE and not line.rstrip().endswith((".", "?", "!")):
                for match in self._matches:
                    person = match.readings[0]
                    if start <= match.start < start + 3 and person.entry.label == "Person" and person.role == "name":
                        link = Link(entity_of(person.entry), text[match.start : match.end], match.start, match.end)
                        acting = self._acting(link)
                        self.voice = acting if acting is not link else None
            start += len(line) + 1

    # -- preparing ---------------------------------------------------------------------------------------------

    def read_sentence(self, sentence: ParsedSentence) -> None:
        """Remember the sentence's actors as antecedents of later pronouns."""
        for token in sentence.doc:
            match = sentence.match_at(token)
            if match is None or sentence.offset(token)[0] > match.start or token.dep_ in ("amod", "compound"):
                continue
            for reading in match.readings:
                if self._usable(reading) and reading.entry.label in ACTOR_LABELS and reading.role != "adjective":
                    link = self._named(sentence, token, match, reading)
                    self.salience.add(Candidate(sentence.index, link, _is_subject(token), _is_agent(token)))
                    break

        for token in sentence.doc:
            if token.dep_.startswith("nsubj") and token.pos_ in ("NOUN", "PROPN") and sentence.match_at(token) is None:
                for link in self._of_state(sentence, token, False, frozenset(), 3):
                    self.salience.add(Candidate(sentence.index, link, True))

    def _usable(self, reading: Reading) -> bool:
        if reading.role != "surname":
            return True
        entry = reading.entry
        held = not self.published or bool(entry.offices_on(self.published))
        return entry.id in self._full_names or held

    # -- actors ------------------------------------------------------------------------------------------------

    def actors(
        self,
        sentence: ParsedSentence,
        head: Token,
        *,
        target: bool = False,
        exclude: Iterable[str] = (),
    ) -> list[Link]:
        """The actors that a noun phrase stands for, those coordinated with it included.

        Args:
            sentence: the sentence of `head`.
            head: the phrase's head.
            target: whether the phrase names whom a measure hits: then a named person or firm is meant as such, and
                names that the catalogue does not know become new nodes.
            exclude: ids that a pronoun cannot stand for.
        """
        banned = frozenset(exclude)
        found: dict[str, Link] = {}
        for part in (*_named_before(sentence, head), *coordinated(head)):
            for link in self._phrase_actors(sentence, part, target, banned):
                found.setdefault(link.entity.id, link)
        return list(found.values())

    def _phrase_actors(
        self, sentence: ParsedSentence, head: Token, target: bool, banned: frozenset[str], depth: int = 0
    ) -> list[Link]:
        if depth > 4:
            return []
        pronoun = self._pronoun(sentence, head, banned, target)
        if pronoun is not None:
            return pronoun
        named = self._named_head(sentence, head, target)
        if named is not None:
            return [named]
        lemma = head.lemma_.lower()
        if target and lemma in self.nouns.group:
            listed = self._listed(sentence, head)
            if listed:
                return listed
        if lemma in ("member", "ally") and not target:
            return []
        described = lemma in self.nouns.organ or lemma in self.nouns.group or lemma in self.nouns.band
        if described and lemma not in NO_ACTOR:
            of_state = self._of_state(sentence, head, target, banned, depth)
            if of_state:
                return of_state
        if lemma in NO_ACTOR and not target:
            return []
        description = self._description(sentence, head, banned)
        if description:
            return description
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i:
                inner = self._phrase_actors(sentence, child, target, banned, depth + 1)
                if inner:
                    return inner
        amount = head.pos_ == "NUM" or head.tag_ in ("CD", "$")
        if amount or lemma in self.nouns.container or lemma in self.nouns.group or lemma == "leader":
            inner = [
                link
                for prep, child in prepositional(head)
                if prep in ("of", "in", "from", "for")
                for part in coordinated(child)
                for link in self._phrase_actors(sentence, part, target, banned, depth + 1)
            ]
            if inner:
                return inner
        if target and head.tag_ in ("NNP", "NNPS") and sentence.match_at(head) is None:
            states = self._of_state(sentence, head, False, banned, depth) if head.text[:1].islower() else []
            return states[:1] or [self._new(sentence, head)]
        return []

    def _listed(self, sentence: ParsedSentence, head: Token) -> list[Link]:
        """The names that follow a group: two banks, X and Y; 11 individuals, including X."""
        heads = [c for c in head.children if c.dep_ == "appos" and c.i > head.i]
        heads += [
            token
            for token in sentence.doc[head.i + 1 :]
            if preposition(token) == "including" and token.head in (head, head.head)
        ]
        names = [part for first in heads for part in coordinated(first) if part.tag_ in ("NNP", "NNPS")]
        return [self._named_head(sentence, name, True) or self._new(sentence, name) for name in names]

    def _pronoun(
        self, sentence: ParsedSentence, head: Token, banned: frozenset[str], target: bool
    ) -> list[Link] | None:
        word = head.lower_
        if head.pos_ not in ("PRON", "DET") or word not in THING_PRONOUNS | PLURAL_PRONOUNS | PERSON_PRONOUNS:
            return None
        start, end = sentence.offset(head)
        about = head.dep_ == "nmod:poss" and _about(head.head)
        if about:
            banned = banned | self._doers(sentence, head)
        if word in ("its", "their") and not about:
            owner = self._bound(sentence, head, banned)
            if owner is not None:
                return [replace(owner, text=head.text, start=start, end=end, indirect=True)]
        if word in PERSON_PRONOUNS:
            person = self.salience.best(sentence.index, start, lambda link: link.entity.label == "Person", banned)
            found = self._acting(person) if person and not target else person
        elif word in ("we", "our") and self.voice is not None:
            found = self.voice
        else:
            wanted = ACTOR_LABELS if word in PLURAL_PRONOUNS else ("Country", "Organization", "Company", "ArmedGroup")
            found = self.salience.best(
                sentence.index,
                start,
                lambda link: link.entity.label in wanted or self._acts_for_state(link),
                banned,
                nearest=about or _in_condition(head),
            )
            found = self._acting(found) if found else None
        if found is None or found.entity.id in banned:
            return []
        return [replace(found, text=head.text, start=start, end=end, indirect=True)]

    def _doers(self, sentence: ParsedSentence, head: Token) -> frozenset[str]:
        """Who does what is done for the reason that `head` is in: it is another's deed."""
        verb = next((a for a in head.ancestors if a.pos_ in VERBAL), None)
        named = [self._named_head(sentence, s, False) for s in (subjects(verb) if verb is not None else ())]
        return frozenset(link.entity.id for link in named if link is not None)

    def _bound(self, sentence: ParsedSentence, head: Token, banned: frozenset[str]) -> Link | None:
        """Whom a possessive points to by grammar: the subject of its own clause (the UN tightens its sanctions)."""
        verb = next((a for a in head.ancestors if a.pos_ in VERBAL), None)
        if verb is None:
            return None
        found = passive_subjects(verb) if is_passive(verb) else subjects(verb)
        for token in found:
            if token.is_ancestor(head) or token.i > head.i or token.pos_ == "PRON":
                continue
            named = self._named_head(sentence, token, False)
            if named is None and token.lemma_.lower() in self.nouns.organ:
                named = next(iter(self._of_state(sentence, token, False, banned, 2)), None)
            if named is not None and named.entity.label != "Person" and named.entity.id not in banned:
                return named
        return None

    def _acts_for_state(self, link: Link) -> bool:
        return link.entity.label == "Person" and self._acting(link).entity.label != "Person"

    def _named_head(self, sentence: ParsedSentence, head: Token, target: bool) -> Link | None:
        tokens = [head, *(c for c in head.children if c.dep_ in ("flat", "nmod:desc", "appos") or _titles(head, c))]
        links: list[Link] = []
        for token in tokens:
            match = sentence.match_at(token)
            if match is None:
                continue
            for reading in match.readings:
                if reading.entry.label not in ACTOR_LABELS or not self._usable(reading):
                    continue
                if reading.role == "adjective" and token.tag_ == "JJ" and token != head:
                    continue
                if reading.ambiguous and not self._has_evidence(sentence, token, reading):
                    continue
                grouped = head.lemma_.lower() in self.nouns.band | self.nouns.body_description
                names_group = reading.entry.label == "Person" or (grouped and reading.entry.label != "Country")
                if token != head and token.dep_ == "compound" and not names_group:
                    continue
                links.append(self._named(sentence, token, match, reading))
                break
        if not links:
            return None
        person = next((link for link in links if link.entity.label == "Person"), None)
        if person is not None:
            if target or _former(head):
                return person
            acting = self._acting(person)
            if acting.entity.label == "Person":
                states = [s for s in self._of_state(sentence, head, False, frozenset(), 1) if not _former(head)]
                if states:
                    return replace(states[0], agent=person)
            return acting
        return links[0]

    def _has_evidence(self, sentence: ParsedSentence, token: Token, reading: Reading) -> bool:
        """Whether an ambiguous name of an actor is meant as the actor (Michael Jordan, Georgia Tech are not)."""
        neighbours = [c for c in token.children if c.dep_ in ("flat", "compound")]
        if token.dep_ in ("flat", "compound"):
            neighbours.append(token.head)
        other = [n for n in neighbours if n.tag_ in ("NNP", "NNPS") and sentence.match_at(n) is None]
        return not other and (token.tag_ in ("NNP", "NNPS") or reading.role != "name" or token.text.istitle())

    def _named(self, sentence: ParsedSentence, token: Token, match: Match, reading: Reading) -> Link:
        text = sentence.doc.text[match.start - sentence.start : match.end - sentence.start]
        link = Link(entity_of(reading.entry), text, match.start, match.end)
        if reading.role == "organ":
            organ = Entity(id=slugify(text), name=text, label="Organization")
            return replace(link, agent=Link(organ, text, match.start, match.end))
        return link

    def _acting(self, link: Link) -> Link:
        """A person who holds an office of a state acts for the state."""
        entry = self.catalogue.entries.get(link.entity.id)
        if entry is None or link.entity.label != "Person" or not entry.offices or link.agent is not None:
            return link
        offices = entry.offices_on(self.published) if self.published else list(entry.offices)
        for office in offices:
            state = self.catalogue.entries.get(office.of)
            if state is not None:
                return replace(link.of(entity_of(state)), agent=replace(link, office=office.title), office=None)
        return link

    def state_of(self, link: Link) -> Link:
        """The state for which a person does what only states do, in office or about to be; others as they are."""
        entry = self.catalogue.entries.get(link.entity.id)
        if link.entity.label != "Person" or entry is None or not entry.offices:
            return link
        state = self.catalogue.entries.get(entry.offices[0].of)
        return replace(link.of(entity_of(state)), agent=link) if state is not None else link

    def _of_state(
        self, sentence: ParsedSentence, head: Token, target: bool, banned: frozenset[str], depth: int
    ) -> list[Link]:
        """The state of an organ, a group or a band: Turkish officials, the parliament of Iran, its president."""
        lemma = head.lemma_.lower()
        owners = [*modifiers(head), *(c for c in head.children if c.dep_ in ("nmod:poss", "nmod:desc", "flat"))]
        owners += [c for p, c in prepositional(head) if p in ("of", "in", "from")]
        for owner in owners:
            states: list[Link] = []
            match = sentence.match_at(owner)
            if match is not None:
                for reading in match.readings:
                    if (
                        reading.entry.label in ACTOR_LABELS
                        and reading.entry.label != "Person"
                        and self._usable(reading)
                    ):
                        if owner.dep_ == "compound" and lemma in self.nouns.band and reading.role == "organ":
                            continue
                        states = [self._named(sentence, owner, match, reading)]
                        break
                    if (
                        reading.entry.label == "Person"
                        and (
                            (owner.dep_ == "nmod" and not target)
                            or (owner.dep_ == "nmod:poss" and lemma in self.nouns.country_description)
                        )
                        and self._usable(reading)
                    ):
                        acting = self._acting(self._named(sentence, owner, match, reading))
                        states = [] if acting.entity.label == "Person" or _former(head) else [acting]
                        if states:
                            return states
            elif owner.dep_ in ("nmod:poss", "nmod"):
                for part in coordinated(owner):
                    states += self._phrase_actors(sentence, part, False, banned, depth + 1)
            if states:
                return [self._as_member(sentence, head, state, lemma, target) for state in states]
        return []

    def _as_member(self, sentence: ParsedSentence, head: Token, state: Link, lemma: str, target: bool) -> Link:
        low, high = phrase(head)
        start, end = sentence.span(low, high)
        words = sentence.words(low, high)
        if lemma in self.nouns.band and state.entity.label == "Country":
            name = f"{_adjective(self.catalogue, state)} {plural_noun(head)}"
            return Link(Entity(id=slugify(name), name=name, label="ArmedGroup"), words, start, end)
        if state.entity.label == "ArmedGroup":
            return state
        if target and lemma in self.nouns.group:
            owner = next((c for c in head.children if c.dep_ == "nmod:poss"), None)
            own_words = (
                sentence.words(owner.right_edge.i + 1, high) if owner is not None and owner.i < head.i else words
            )
            return replace(
                state, text=words, start=start, end=end, detail=re.sub(r"^(the|a|an) ", "", own_words), agent=None
            )
        organ = Link(Entity(id=slugify(words)[:80] or "organ", name=words, label="Organization"), words, start, end)
        return replace(state, agent=state.agent or organ)

    def _description(self, sentence: ParsedSentence, head: Token, banned: frozenset[str]) -> list[Link]:
        """`the country`, `the two presidents`, `both countries`: what the text named before."""
        lemma, start = head.lemma_.lower(), sentence.offset(head)[0]
        words = {c.lower_ for c in head.children}
        low, high = phrase(head)
        text = sentence.words(low, high)
        first, last = sentence.span(low, high)
        person = lemma in ("president", "leader", "minister", "chancellor", "king")
        if words & {"two", "both"} and (person or lemma in self.nouns.country_description):
            kinds = ("Person",) if person else ("Country", "Organization")
            pair = self.salience.last_distinct(start, 2, lambda link: link.entity.label in kinds)
            return [replace(self._acting(link), text=text, start=first, end=last, indirect=True) for link in pair]
        if not words & {"the", "this", "that", "these", "those"} or len(list(modifiers(head))) > 0:
            return []
        labels: tuple[Label, ...] = ()
        if lemma in self.nouns.country_description:
            labels = ("Country",)
        elif lemma in self.nouns.body_description:
            labels = ("Organization", "Company", "ArmedGroup")
        elif person:
            labels = ("Person",)
        if not labels:
            return []
        found = self.salience.best(sentence.index, start, lambda link: link.entity.label in labels, banned)
        if found is None:
            return []
        return [replace(self._acting(found), text=text, start=first, end=last, indirect=True)]

    def _new(self, sentence: ParsedSentence, head: Token) -> Link:
        """A named actor that the catalogue does not know, under a slug of its name."""
        low, high = phrase(head, skip=frozenset({"conj", "appos", "acl", "cc", "parataxis", "punct", "nmod", "det"}))
        while low < head.i and not sentence.doc[low].text[:1].isupper():
            low += 1
        titled = {c.i for c in head.children if c.dep_ in ("compound", "nmod:desc") and not c.text[:1].isupper()}
        low = max([low, *(i + 1 for i in titled if i < head.i)])
        name = sentence.words(low, high)
        start, end = sentence.span(low, high)
        return Link(Entity(id=slugify(name) or "unnamed", name=name, label=self._guess_label(name)), name, start, end)

    def _guess_label(self, name: str) -> Label:
        words = name.split()
        if set(words) & self.nouns.suffix_company:
            return "Company"
        if set(words) & self.nouns.suffix_organization or len(words) == 1 or len(words) > 4:
            return "Organization"
        return "Person"


def _named_before(sentence: ParsedSentence, last: Token) -> list[Token]:
    """The names of a list that ends in `last`, however the parser attached them: the US, Britain and *Canada*."""
    found: list[Token] = []
    place = last.i - 1
    while place > 0 and sentence.match_at(last) is not None:
        links = place
        while links >= 0 and sentence.doc[links].lower_ in (",", "and", "&", "the"):
            links -= 1
        joined = {t.lower_ for t in sentence.doc[links + 1 : place + 1]}
        enough = joined & {"and", "&"} if not found else joined & {","}
        name = sentence.doc[links]
        match = sentence.match_at(name)
        elsewhere = name.dep_.split(":")[0] in ("obj", "iobj", "obl") and name.head.i < name.i
        country = match is not None and match.readings[0].entry.label == "Country" and name.tag_ in ("NNP", "NNPS")
        if not enough or elsewhere or not country:
            break
        found.insert(0, name)
        place = links - 1
    return found


def _top(token: Token) -> Token:
    while token.dep_ in ("compound", "flat", "nmod:desc", "nmod:poss", "conj", "appos") and token.head != token:
        token = token.head
    return token


def _is_subject(token: Token) -> bool:
    return _top(token).dep_.startswith("nsubj")


def _is_agent(token: Token) -> bool:
    top = _top(token)
    return top.dep_ == "obl:agent" or preposition(top) == "by"


def _titles(head: Token, child: Token) -> bool:
    """Whether `child` is part of the same title and name as `head` (President Barack Obama)."""
    return child.dep_ == "compound" and child.tag_ in ("NNP", "NNPS") and preposition(child) == ""


def _in_condition(word: Token) -> bool:
    """Whether the word is the subject of a condition: sanctions on Turkey if *it* buys S-400s."""
    clause = word.head
    return (
        word.dep_.startswith("nsubj")
        and clause.dep_ == "advcl"
        and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)
    )


def _about(noun: Token) -> bool:
    """Whether the noun is why something is done: over its tests, in response to its tests."""
    above = governor(noun)
    reply = above is not None and above.lemma_ in ("response", "reaction", "retaliation") and preposition(noun) == "to"
    return reply or preposition(noun) in ABOUT


def _former(head: Token) -> bool:
    return any(c.lower_ in FORMER for c in modifiers(head))


def plural_noun(head: Token) -> str:
    """The head noun as a group's name: `rebels`."""
    lemma = head.lemma_.lower()
    return lemma if lemma in ("opposition", "militia", "mujahideen") else lemma + "s"


def _adjective(catalogue: Catalogue, state: Link) -> str:
    entry = catalogue.entries.get(state.entity.id)
    return entry.adjectives[0] if entry and entry.adjectives else state.entity.name

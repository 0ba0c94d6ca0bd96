"""Which weapon stands in a trigger's slots."""

from __future__ import annotations

import re

from spacy.tokens import Token

from graph.vocabulary import PREDICATES
from loaders.catalogue import Catalogue
from loaders.extraction.lists import enumerated, opening
from loaders.extraction.slots import fill
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import SLOT_WORDS
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.nouns import load_regions
from loaders.linking.things import weapons
from loaders.text.syntax import VERBAL, modifiers, objects, prepositional

HULLS_AND_WINGS = "aircraft|fighter|bomber|ship|submarine|carrier|frigate|destroyer|corvette"
PLATFORMS = re.compile(rf"(?<!anti-)(?:{HULLS_AND_WINGS})")
MOVING = re.compile(rf"(?<!anti-)(?:{HULLS_AND_WINGS}|tank|vehicle|helicopter)")
NEVER = re.compile(r"(?!)")
FIRING = frozenset({"class/drone", "class/tank"})
FIRED_FROM = {"class/mortar-shell": "class/mortar", "class/artillery-shell": "class/artillery"}
"""Ammunition that tells from what it is fired."""
FILLINGS = frozenset({"class/cluster-munition", "class/chemical-weapon", "class/biological-weapon"})
"""What is told to be used, whatever it is fired in."""
AT_WAR = frozenset({"UKR"})
"""To whom platforms are sent as gifts, while to others they are sent under one's own flag."""
ANYTHING = re.compile("")


class WeaponFinder:
    """Finds the weapons that a rule allows in its slots.

    Args:
        catalogue: names and classes.
        linker: the article's linker.
    """

    def __init__(self, catalogue: Catalogue, linker: Linker) -> None:
        self.catalogue, self.linker = catalogue, linker

    def find(
        self, sentence: ParsedSentence, trigger: Trigger, slot: str, tokens: list[Token]
    ) -> tuple[list[Link], list[Token]]:
        """The weapons of the first of the slot's tokens that names some that the rule allows, and that token."""
        guard = trigger.rule.weapon_guard.get(trigger.lemma)
        if slot == "weapon_before":
            tokens = sorted(tokens, key=lambda token: not self._names_weapon(sentence, token))
        for token in tokens:
            links = weapons(self.catalogue, sentence, token)
            if guard:
                links = [link for link in links if self.is_any(link, guard)]
            if trigger.rule.predicate == "supplies" and trigger.lemma in ("send", "fly"):
                to = any(case == "to" for case, _ in prepositional(trigger.token))
                kinds = NEVER if self._given(sentence, trigger) else PLATFORMS if to else MOVING
                links = [link for link in links if not kinds.search(self.class_of(link))]
            if slot == "subject_weapon" and trigger.rule.predicate == "uses" and not _has_subject(trigger.token):
                links = [link for link in links if not MOVING.search(self.class_of(link))]
            if slot == "platform":
                links = [link for link in links if self.class_of(link) == "class/drone"]
            if trigger.rule.predicate == "uses":
                links = self._loaded(sentence, token) or self._flown(sentence, trigger, token, links)
            if trigger.rule.platforms_only and self._given(sentence, trigger):
                return [], []
            if trigger.rule.platforms_only and trigger.lemma == "order" and not _is_sent(trigger.token):
                return [], []
            if trigger.rule.platforms_only:
                taken_in = any(case in ("into", "near", "off") for case, _ in prepositional(trigger.token))
                kinds = MOVING if slot == "subject_weapon" or taken_in else PLATFORMS
                kinds = ANYTHING if trigger.lemma == "move" else kinds
                links = [link for link in links if kinds.search(self.class_of(link))]
            if links:
                return self._and_further(sentence, trigger, slot, links, tokens[tokens.index(token) + 1 :]), [token]
        return self._modifier_weapon(sentence, trigger), []

    def _and_further(
        self, sentence: ParsedSentence, trigger: Trigger, slot: str, first: list[Link], rest: list[Token]
    ) -> list[Link]:
        """What is fired, and what a list that the parser tore apart has beside it: drones, *a Kinzhal missile*."""
        if trigger.rule.predicate != "uses" or slot != "use_object":
            return first
        joined = [t for t in rest if t.left_edge.i and t.left_edge.nbor(-1).lower_ in (",", "and")]
        found = {link.entity.id: link for t in joined for link in weapons(self.catalogue, sentence, t)}
        return first + [link for i, link in found.items() if all(i != known.entity.id for known in first)]

    def _names_weapon(self, sentence: ParsedSentence, token: Token) -> bool:
        return any(not link.entity.id.startswith("class/") for link in weapons(self.catalogue, sentence, token))

    def with_listed(self, sentence: ParsedSentence, trigger: Trigger, links: list[Link]) -> list[Link]:
        """The weapons of a transfer and those that are listed after it: military aid including tanks."""
        if PREDICATES[trigger.rule.predicate].frame != "transfer":
            return links
        start = opening(trigger.token)
        listed = enumerated(self.catalogue, sentence, start) if start is not None else []
        known = {link.entity.id for link in links}
        return links + [link for link in listed if link.entity.id not in known]

    def _loaded(self, sentence: ParsedSentence, head: Token) -> list[Link]:
        """What a shell or rocket is filled with is what is used: rockets containing *cluster munitions*, *sarin*."""
        beside = [c for c in head.head.children if c.dep_ == "advcl" and c.i == head.i + 1]
        clauses = [c for c in (*head.children, *beside) if c.pos_ in VERBAL and c.lemma_.lower() in SLOT_WORDS.filling]
        fillings = [o for c in clauses for o in (*objects(c), *(child for _, child in prepositional(c)))]
        found = [link for token in fillings if token != head for link in weapons(self.catalogue, sentence, token)]
        return [link for link in found if link.entity.id in FILLINGS]

    def with_others(
        self, sentence: ParsedSentence, trigger: Trigger, links: list[Link], actors: list[Link]
    ) -> list[Link]:
        """With a missile what a word beside it tells: nuclear and missile tests; programmes of a state that has it."""
        armed = load_regions().regions["nuclear-armed"]
        having = trigger.rule.predicate == "tests" or any(link.entity.id in armed for link in actors)
        found = []
        for word in modifiers(trigger.token) if having and self.is_any(links[0], ["missile"]) else ():
            entry = self.catalogue.entries.get(trigger.rule.beside_weapons.get(word.lower_, ""))
            if entry is not None:
                start, end = sentence.offset(word)
                found.append(Link(entity_of(entry), word.text, start, end))
        return links + found

    def _flown(self, sentence: ParsedSentence, trigger: Trigger, head: Token, links: list[Link]) -> list[Link]:
        """What a drone or a tank fires is its strike: US drone missiles, a tank shell; mortars fire mortar shells."""
        own = modifiers(trigger.token) if trigger.noun else fill(trigger, "subject")
        carriers = [*modifiers(head), *own]
        firing = [
            link
            for token in carriers
            for link in weapons(self.catalogue, sentence, token)
            if self.class_of(link) in FIRING
        ]
        if firing and links and links[0].entity.id.startswith("class/"):
            return firing[:1]
        guns = [
            self.catalogue.entries.get(
                "class/tank" if link.text.startswith("tank ") else FIRED_FROM.get(link.entity.id, "")
            )
            for link in links
        ]
        return [link.of(entity_of(gun)) if gun else link for link, gun in zip(links, guns, strict=True)]

    def _modifier_weapon(self, sentence: ParsedSentence, trigger: Trigger) -> list[Link]:
        """The weapon that an adjective of the trigger tells: a nuclear test."""
        nouns = trigger.rule.modifier_nouns
        if not trigger.noun or (nouns and trigger.lemma not in nouns):
            return []
        for word in modifiers(trigger.token):
            weapon = trigger.rule.modifier_weapons.get(word.lemma_.lower())
            if weapon:
                start, end = sentence.offset(word)
                return [Link(entity_of(self.catalogue.entries[weapon]), word.text, start, end)]
        return []

    def unnamed(self, sentence: ParsedSentence, trigger: Trigger) -> Link:
        """The weapon that the trigger itself tells, where none is named: who is armed gets weapons."""
        start, end = sentence.offset(trigger.token)
        return Link(
            entity_of(self.catalogue.entries[trigger.rule.default_weapon or ""]), trigger.token.text, start, end
        )

    def navy(self, weapon: Link) -> Link | None:
        """The state whose ship a named ship is."""
        entry = self.catalogue.entries.get(weapon.entity.id)
        ship = entry is not None and entry.kind == "model" and PLATFORMS.search(entry.class_ or "")
        state = self.catalogue.entries.get(entry.origin[0]) if ship and entry and len(entry.origin) == 1 else None
        return (
            weapon.of(entity_of(state))
            if state is not None and re.match(r"(?:USS|HMS|INS|ROKS) ", weapon.text)
            else None
        )

    def _given(self, sentence: ParsedSentence, trigger: Trigger) -> bool:
        """Whether platforms are sent to somebody at war, to keep, not deployed there."""
        to = fill(trigger, "to")
        return bool({link.entity.id for c in to for link in self.linker.actors(sentence, c)} & AT_WAR)

    def class_of(self, link: Link) -> str:
        """The id of a weapon's class; its own where it is one."""
        entry = self.catalogue.entries.get(link.entity.id)
        while entry is not None and entry.class_ is None and entry.variant_of:
            entry = self.catalogue.entries.get(entry.variant_of)
        return entry.class_ if entry and entry.class_ else link.entity.id

    def is_any(self, link: Link, words: list[str]) -> bool:
        """Whether a weapon's class or words have one of these in them."""
        text = f"{self.class_of(link)} {link.text}".lower()
        return any(word in text for word in words)


def _has_subject(verb: Token) -> bool:
    """Whether the verb's subject does it on purpose: not `a helicopter crashes, killing two`."""
    return (
        verb.tag_ != "VBG"
        or verb.dep_ not in ("advcl", "xcomp")
        or any(c.dep_.startswith("nsubj") for c in verb.children)
    )


def _is_sent(verb: Token) -> bool:
    """Whether a verb tells where to: *ordered* warships to the Gulf, but not from a yard."""
    return any(case in ("to", "into", "off", "near", "toward", "towards") for case, _ in prepositional(verb)) or any(
        c.dep_ in ("xcomp", "advmod") for c in verb.children
    )

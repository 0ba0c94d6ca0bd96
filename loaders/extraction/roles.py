"""Who and what stands in a trigger's slots: its roles."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from graph.vocabulary import PREDICATES, Label
from loaders.catalogue import Catalogue
from loaders.extraction.lists import enumerated
from loaders.extraction.observer import Observer
from loaders.extraction.reading import Reading
from loaders.extraction.rules import IN_HAND
from loaders.extraction.slots import fill
from loaders.extraction.strikes import is_answered, owners
from loaders.extraction.trigger import Trigger
from loaders.extraction.weaponry import WeaponFinder
from loaders.extraction.words import SLOT_WORDS
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.nouns import load_nouns
from loaders.linking.things import made_in, origin, things, weapons
from loaders.text.syntax import modifiers, noun_owner, prepositional

ROLE_ORDER = ("weapon", "instrument", "programme", "supplier", "sender", "actor", "recipient", "target", "stopped_by")
OPPOSED = {
    "recipient": ("supplier",), "target": ("sender", "actor"), "supplier": ("recipient",),
    "stopped_by": ("supplier", "recipient"),
}  # fmt: skip
OWNED = frozenset({"subject", "verb_subject", "operator_subject", "circumstance_subject", "copula_subject"})
"""Slots in which a thing acts for its owner: `the US plan threatens Iran`, `a resolution threatening Sudan`."""
BY_VERB = frozenset({"verb_subject", "by_means", "operator_subject"})
"""Slots of a noun that hold who does what the verb over it tells."""
ARMED_BODIES = frozenset(
    {"nato", "united-nations", "african-union", "european-union", "isaf", "saudi-led-coalition"}
    | {"coalition-against-islamic-state"}
)
"""Organisations that have forces of their own."""
USUAL_SENDERS = frozenset({"USA", "GBR"})
NEGOTIATORS = frozenset({"p5-plus-1", "e3"})
LEGAL = ("statute", "executive-order", "resolution", "regulation", "list")
"""Kinds of instruments that can be a measure's ground."""
POINTING = frozenset({"the", "this", "that"})
TREATY_REACH, PRONOUN_REACH = 2000, 250
"""Characters in which a treaty must have been named before `the accord`, before `it`."""


class RoleFinder:
    """Fills the slots of triggers.

    Args:
        catalogue: names and classes.
        linker: the article's linker.
        observer: hears which slot filled which role.
    """

    def __init__(self, catalogue: Catalogue, linker: Linker, observer: Observer) -> None:
        self.catalogue, self.linker, self.observer = catalogue, linker, observer
        self.arms = WeaponFinder(catalogue, linker)

    def find(self, sentence: ParsedSentence, trigger: Trigger, reading: Reading) -> dict[str, list[Link]]:
        """The roles that the sentence fills, each with all that it names; the first slot that fills a role wins."""
        slots = slots_of(trigger)
        roles: dict[str, list[Link]] = {}
        heads: list[Token] = []
        for role in ROLE_ORDER:
            for slot in slots.get(role, ()):
                links, tokens = self._slot(sentence, trigger, reading, role, slot, roles, heads)
                if links:
                    self.observer.filled(role, slot, links)
                    roles[role] = links
                    if role == "weapon":
                        heads = tokens
                        roles[role] = self.arms.with_listed(sentence, trigger, links)
                    break
        if roles.get("weapon") and trigger.noun:
            roles["weapon"] = self.arms.with_others(sentence, trigger, roles["weapon"], roles.get("actor", []))
        if trigger.rule.default_weapon and "weapon" not in roles:
            roles["weapon"] = [self.arms.unnamed(sentence, trigger)]
            self.observer.filled("weapon", "default_weapon", roles["weapon"])
        return roles

    def _slot(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        reading: Reading,
        role: str,
        slot: str,
        roles: dict[str, list[Link]],
        weapon_heads: list[Token],
    ) -> tuple[list[Link], list[Token]]:
        taken = {link.entity.id for name in OPPOSED.get(role, ()) for link in roles.get(name, ())}
        links = self._beyond_places(sentence, trigger, reading, slot, roles, weapon_heads, taken)
        if links is not None:
            return links, []
        tokens = self._tokens(sentence, trigger, slot)
        if role == "weapon":
            return self.arms.find(sentence, trigger, slot, tokens)
        if role in ("instrument", "programme"):
            labels: tuple[Label, ...] = ("Instrument", "Organization") if role == "programme" else ("Instrument",)
            named = [link for token in tokens for link in things(sentence, token, labels)]
            if not named and trigger.rule.treaties_only:
                bare = [trigger.token] if slot == "object" and trigger.lemma == "ratify" else []
                named = [link for token in (tokens or bare)[:1] if (link := self._treaty_before(sentence, token))]
            return named, tokens
        links = []
        for token in tokens:
            for link in self._actors(sentence, trigger, role, slot, token, taken):
                if link.entity.id not in taken and all(link.entity.id != known.entity.id for known in links):
                    links.append(link)
            if links and slot in ("actor_before", "subject_state") and trigger.rule.predicate != "sanctions":
                break
        nouns = self.linker.nouns
        own_actors = nouns.private | nouns.country_description | nouns.group
        if not links and slot in OWNED and not any(t.lemma_.lower() in own_actors for t in tokens):
            whose = [owner for token in tokens if token not in weapon_heads for owner in _noun_owner(token)]
            links = [
                link
                for owner in whose
                for link in self._actors(sentence, trigger, role, slot, owner, taken)
                if link.entity.id not in taken
            ][:1]
        if slot == "between_first" and len(links) > 1:
            links = links[:1]
        if slot == "between_second":
            first = {link.entity.id for link in roles.get("actor", ())}
            links = [link for link in links if link.entity.id not in first]
        return links, tokens

    def _beyond_places(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        reading: Reading,
        slot: str,
        roles: dict[str, list[Link]],
        weapon_heads: list[Token],
        taken: set[str],
    ) -> list[Link] | None:
        """Who fills a slot that more than its place around the trigger tells; None for the other slots."""
        if slot == "weapon_owner":
            other = not trigger.noun and _other_subject(trigger, weapon_heads)
            return [] if other else self._weapon_owners(sentence, trigger, weapon_heads, taken)
        if slot in ("buyer", "seller"):
            links = self._side(sentence, trigger, roles.get("weapon", []), sells=slot == "seller")
            return [link for link in links if link.entity.id not in taken]
        if slot == "financier":
            tokens = fill(trigger, slot)
            tokens = fill(trigger, "subject") if any(self._beneficiaries(sentence, t) for t in tokens) else []
            return [link for token in tokens for link in self.linker.actors(sentence, token)]
        if slot == "beneficiary":
            return [link for token in fill(trigger, slot) for link in self._beneficiaries(sentence, token)]
        if slot == "origin":
            return self._origin(sentence, trigger, roles.get("weapon", []), weapon_heads, taken)
        if slot in ("instrument_sender", "programme_sender"):
            return self._sender_of(roles.get(slot.removesuffix("_sender"), []))
        if slot == "speaker":
            speaks = reading.stage in ("threatened", "planned") and reading.speaker is not None
            links = self.linker.actors(sentence, reading.speaker) if speaks and reading.speaker else []
            return [link for link in links if link.entity.label in ("Country", "Organization")]
        if slot == "instrument":
            return self._instruments_near(sentence)
        if trigger.rule.predicate == "uses" and slot in BY_VERB and is_answered(trigger.token):
            return []
        if slot in ("security_council", "council_motion"):
            return self._security_council(sentence, fill(trigger, slot))
        if slot == "context_target":
            return self._context_target(sentence, trigger, fill(trigger, slot), taken) if taken else []
        if slot == "membership_of":
            return self._own_membership(sentence, trigger)
        if slot == "listed":
            return enumerated(self.catalogue, sentence, None if trigger.noun else trigger.token)
        return None

    def _tokens(self, sentence: ParsedSentence, trigger: Trigger, slot: str) -> list[Token]:
        """The heads of the phrases in a slot, as far as they can fill it."""
        tokens = fill(trigger, slot)
        if trigger.rule.predicate == "sanctions" and slot in ("actor_before", "target_before"):
            return [t for t in tokens if self._names_target(sentence, t) == (slot == "target_before")]
        if slot == "owner_of_object":
            return [t for t in tokens if t.lower_ != "their"]
        if slot == "faced":
            return [t for t in tokens if not t.lower_.endswith("security council")]
        return tokens[:1] if slot == "between_first" else tokens

    def _actors(
        self, sentence: ParsedSentence, trigger: Trigger, role: str, slot: str, token: Token, taken: set[str]
    ) -> list[Link]:
        target = trigger.rule.predicate == "sanctions" and role == "target"
        links = self.linker.actors(sentence, token, target=target, exclude=taken)
        if trigger.rule.named_person:
            links = [link.agent or link for link in links]
        if PREDICATES[trigger.rule.predicate].frame == "treaty":
            links = [self.linker.state_of(state) for link in links for state in self._negotiators(link)]
        if PREDICATES[trigger.rule.predicate].frame in IN_HAND:
            links = [
                self.linker.state_of(link)
                for link in links
                if link.entity.label != "Organization" or link.entity.id in ARMED_BODIES
            ]
        if slot == "from" and trigger.rule.predicate == "uses":
            links = [link for link in links if link.entity.label == "ArmedGroup"]
        if slot == "origin_of_object":
            links = [link for link in links if link.entity.label == "Country"]
        if slot in ("person_object", "faced", "to", "for", "in", "at", "on", "against", "into", "with"):
            links = [link for link in links if link.entity.label != "Person" or target]
        return links

    def _side(self, sentence: ParsedSentence, trigger: Trigger, weapons_: list[Link], *, sells: bool) -> list[Link]:
        """Of the parties of a deal the one that sells, or the one that buys.

        A company sells to a state; a weapon's maker sells it; who is known to export sells to who is not; else the
        first one named buys.
        """
        parties: dict[str, Link] = {}
        for token in fill(trigger, "parties"):
            for link in self.linker.actors(sentence, token):
                parties.setdefault(link.entity.id, link)
        others = {link.entity.id for t in fill(trigger, "beneficiary") for link in self._beneficiaries(sentence, t)}
        if others:
            givers = [link for link in parties.values() if link.entity.id not in others]
            sellers = [link for link in givers if link.entity.label == "Company"] or givers
            return sellers[:1] if sells else []
        entries = [self.catalogue.entries.get(link.entity.id) for link in weapons_]
        homes = {home for entry in entries if entry is not None for home in entry.origin}
        companies = {link.entity.id for link in parties.values() if link.entity.label == "Company"}
        marks = [companies | homes] if len(parties) == 1 else [companies, homes, set(trigger.rule.exporters)]
        for mark in marks:
            sellers = [link for link in parties.values() if link.entity.id in mark]
            if sellers and (len(sellers) < len(parties) or len(parties) == 1):
                return [link for link in parties.values() if (link in sellers) == sells][:1]
        return list(parties.values())[1:2] if sells else list(parties.values())[:1]

    def _origin(
        self, sentence: ParsedSentence, trigger: Trigger, weapons_: list[Link], heads: list[Token], taken: set[str]
    ) -> list[Link]:
        """The country of which the weapon's words say that it comes from there, unless it gets it."""
        given = [] if trigger.noun else fill(trigger, "iobj")
        taken = taken | {link.entity.id for token in given for link in self.linker.actors(sentence, token)}
        links = [link for head in heads if (link := origin(sentence, head)) and link.entity.id not in taken]
        if not links:
            found = [made_in(sentence, weapon) for weapon in weapons_]
            links = [link for link in found if link and link.entity.id not in taken]
        return links[:1]

    def _beneficiaries(self, sentence: ParsedSentence, token: Token) -> list[Link]:
        return [link for link in self.linker.actors(sentence, token) if link.entity.label in ("Country", "ArmedGroup")]

    def _weapon_owners(
        self, sentence: ParsedSentence, trigger: Trigger, heads: list[Token], taken: set[str]
    ) -> list[Link]:
        """Whose weapons do it, by their own words; who made them need not be who uses them."""
        tokens = [token for head in heads for token in owners(head)]
        tokens += [m for head in heads for m in modifiers(head) if self._is_organ(sentence, m)]
        links = [
            link
            for token in tokens
            for link in self._actors(sentence, trigger, "actor", "weapon_owner", token, taken)
            if link.entity.id not in taken
        ]
        own = [origin(sentence, head, made=False) for head in heads]
        own += [self.arms.navy(link) for head in heads[:1] for link in weapons(self.catalogue, sentence, head)]
        return links or [link for link in own if link is not None and link.entity.id not in taken][:1]

    def _is_organ(self, sentence: ParsedSentence, token: Token) -> bool:
        match = sentence.match_at(token)
        return match is not None and match.readings[0].entry.label == "Organization"

    def _names_target(self, sentence: ParsedSentence, token: Token) -> bool:
        """Whether a name before the measure is whom it hits: the Iran embargo, but not US sanctions."""
        match = sentence.match_at(token)
        if match is None:
            return False
        reading = match.readings[0]
        return reading.role == "name" and reading.entry.label == "Country" and reading.entry.id not in USUAL_SENDERS

    def _negotiators(self, link: Link) -> list[Link]:
        """The states that a group of negotiators stands for, each of which signs for itself."""
        entry = self.catalogue.entries.get(link.entity.id)
        if link.entity.id not in NEGOTIATORS or entry is None:
            return [link]
        return [link.of(entity_of(self.catalogue.entries[member])) for member in entry.members]

    def _treaty_before(self, sentence: ParsedSentence, token: Token) -> Link | None:
        """The treaty that `the accord` or `it` points back to, or who has ratified means: the last one named."""
        described = token.lemma_.lower() in SLOT_WORDS.treaties and any(c.lower_ in POINTING for c in token.children)
        if not described and token.lower_ != "it" and token.lemma_.lower() != "ratify":
            return None
        start, end = sentence.offset(token)
        reach = start - (PRONOUN_REACH if token.lower_ == "it" else TREATY_REACH)
        for match in reversed(self.linker.matches):
            entry = match.readings[0].entry
            if reach <= match.start < start and entry.kind in ("treaty", "regime"):
                return Link(entity_of(entry), token.text, start, end, indirect=True)
        return None

    def _security_council(self, sentence: ParsedSentence, tokens: list[Token]) -> list[Link]:
        for token in tokens[:1]:
            start, end = sentence.offset(token)
            return [Link(entity_of(self.catalogue.entries["united-nations"]), token.text, start, end, indirect=True)]
        return []

    def _context_target(
        self, sentence: ParsedSentence, trigger: Trigger, tokens: list[Token], taken: set[str]
    ) -> list[Link]:
        """Whom a known sender's measure hits where no word says so: the first country named beside it."""
        named = any(case in ("on", "against", "upon") for case, _ in prepositional(trigger.token))
        if named or trigger.token.dep_ == "compound":
            return []
        for token in tokens:
            match = sentence.match_at(token)
            for reading in match.readings[:1] if match else ():
                if reading.entry.label not in ("Country", "ArmedGroup") or reading.entry.id in taken:
                    continue
                return [replace(link, indirect=True) for link in self.linker.actors(sentence, token, exclude=taken)[:1]]
        return []

    def _own_membership(self, sentence: ParsedSentence, trigger: Trigger) -> list[Link]:
        """`ECOWAS suspends Togo's membership`: the body that suspends is the one left."""
        if trigger.lemma not in SLOT_WORDS.excluding:
            return []
        if trigger.lemma == "strip" and not any(w.lemma_ in SLOT_WORDS.membership for w in sentence.doc):
            return []
        own = "verb_subject" if trigger.noun else "subject"
        senders = [link for token in fill(trigger, own) for link in self.linker.actors(sentence, token)]
        return [link for link in senders if link.entity.label == "Organization"][:1]

    def _sender_of(self, instruments: list[Link]) -> list[Link]:
        for link in instruments:
            entry = self.catalogue.entries.get(link.entity.id)
            sender = self.catalogue.entries.get(entry.sender) if entry and entry.sender else None
            if sender is None and link.entity.id.startswith("unscr-"):
                sender = self.catalogue.entries.get("united-nations")
            if sender is not None:
                return [link.of(entity_of(sender))]
        return []

    def _instruments_near(self, sentence: ParsedSentence) -> list[Link]:
        """A resolution or act that the sentence names as the measure's ground: `adopts Resolution 1718, imposing …`."""
        for match in sorted(sentence.matches, key=lambda match: match.start):
            entry = next((r.entry for r in match.readings if r.entry.label == "Instrument"), None)
            if entry is None:
                continue
            known = self.catalogue.entries.get(entry.id)
            series = entry.id.startswith(("unscr-", "executive-order", "eo-"))
            if series or (known is not None and known.kind in LEGAL):
                return [sentence.link(entry, match)]
        return []


def slots_of(trigger: Trigger) -> dict[str, list[str]]:
    """The rule's slots for this kind of word, by role."""
    return trigger.rule.noun_slots if trigger.noun else trigger.rule.verb_slots


def is_told(trigger: Trigger, role: str, roles: dict[str, list[Link]]) -> bool:
    """Whether the sentence has words for the role, though nobody that the linker knows."""
    weapons_ = {link.text for link in roles.get("weapon", ())}
    return any(
        token.pos_ in ("NOUN", "PROPN", "PRON") and not any(token.text in text for text in weapons_)
        for slot in slots_of(trigger).get(role, ())
        if slot in ("subject", "object", "iobj", "person_object", "poss", "by", "from", "on", "against", "to")
        for token in fill(trigger, slot)
        if token.tag_ != "EX" and not _bare_organ(token)
    )


def _bare_organ(token: Token) -> bool:
    """Whether the article must tell whose organ it is: `the Department`, `the Council`."""
    described = any(c.dep_ not in ("det", "punct") for c in token.children)
    return token.lemma_.lower() in load_nouns().organ and not described


def _noun_owner(noun: Token) -> list[Token]:
    """Whose a noun is, or who `test` fires a missile where the parser takes it for a noun."""
    return [child for child in noun.children if child.dep_ == "nsubj"] or noun_owner(noun)


def _other_subject(trigger: Trigger, weapon_heads: list[Token]) -> bool:
    """Whether somebody else than the weapon itself acts: militants using US weapons, US weapons used by militants."""
    verb = trigger.token
    if verb.dep_ == "advcl" and any(c.dep_ == "obl:agent" for c in verb.head.children):
        return True
    return any(
        s.pos_ in ("NOUN", "PROPN") and s not in weapon_heads and s.dep_.startswith("nsubj")
        for s in fill(trigger, "subject")
    )

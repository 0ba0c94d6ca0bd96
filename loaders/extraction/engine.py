"""Applies the rules to a parsed sentence: triggers, roles, status; out come drafts of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product

from spacy.tokens import Token

from graph.vocabulary import PREDICATES, Assertion, Mode
from loaders.catalogue import Catalogue
from loaders.extraction import amounts
from loaders.extraction.dates import When, find_dates
from loaders.extraction.draft import Draft
from loaders.extraction.guards import unmet_guard
from loaders.extraction.observer import Drop, Observer
from loaders.extraction.rules import load_rules
from loaders.extraction.slots import Trigger, below, fill, reasons
from loaders.extraction.status import Reading, read_status
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence, entity_of
from loaders.linking.things import made_in, origin, things, weapons
from loaders.text.syntax import VERBAL, modifiers, noun_owner, objects, prepositional

ROLE_ORDER = ("weapon", "instrument", "programme", "supplier", "sender", "actor", "recipient", "target")
OPPOSED = {"recipient": "supplier", "target": "sender", "supplier": "recipient"}
PARTIES = frozenset({"supplier", "recipient", "sender", "target", "actor"})
OWNED = frozenset({"subject", "verb_subject", "operator_subject"})
"""Slots in which a thing acts for its owner: `the US plan threatens Iran`, `a resolution threatening Sudan`."""
MAX_CLAIMS = 80
"""Claims that one trigger may yield; longer lists are cut."""
MOVING = re.compile(
    r"aircraft|fighter|bomber|ship|submarine|carrier|frigate|destroyer|corvette|tank|vehicle|helicopter"
)
ARMED_BODIES = frozenset({"nato", "united-nations", "african-union", "european-union"})
"""Organisations that have forces of their own."""
ANYTHING = re.compile("")
PLATFORMS = re.compile(r"aircraft|fighter|bomber|ship|submarine|carrier|frigate|destroyer|corvette")


class Engine:
    """The rules over one article's sentences.

    Args:
        catalogue: names and classes.
        linker: the article's linker.
        published: day of publication.
        observer: is told each step.
    """

    def __init__(self, catalogue: Catalogue, linker: Linker, published: date | None, observer: Observer) -> None:
        self.catalogue, self.linker, self.published = catalogue, linker, published
        self.observer = observer
        self.rules = load_rules()

    def drafts(self, sentence: ParsedSentence) -> list[Draft]:
        """The drafts of a sentence, in the order of the words that tell them."""
        found: list[Draft] = []
        for token in sentence.doc:
            for trigger in self._triggers(token):
                found += self._apply(sentence, trigger)
        return found

    def _triggers(self, token: Token) -> Iterable[Trigger]:
        lemma = token.lemma_.lower()
        if token.i and token.nbor(-1).text == "-":
            return
        if token.pos_ in VERBAL:
            yield from (Trigger(token, rule, False) for rule in self.rules.verbs.get(lemma, ()))
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from (Trigger(token, rule, True) for rule in self.rules.nouns.get(lemma, ()))

    def _apply(self, sentence: ParsedSentence, trigger: Trigger) -> list[Draft]:
        observer, rule = self.observer, trigger.rule
        observer.tried(trigger)
        unmet = unmet_guard(sentence, trigger)
        if unmet:
            return self._drop(Drop.GUARD, unmet)
        reading = read_status(trigger)
        observer.judged(reading)
        if reading.hypothetical:
            return self._drop(Drop.HYPOTHETICAL, "told as what is kept from happening")
        roles = self._roles(sentence, trigger, reading)
        lacks = tuple(role for role in rule.requires if not roles.get(role))
        if len(lacks) > 1 or any(role not in PARTIES or _told(trigger, role) for role in lacks) or not roles:
            return self._drop(Drop.MISSING_ROLE, f"needs {', '.join(lacks)}")
        open_roles = tuple(
            role for role in ("supplier", "sender") if role in _slots(trigger) and not roles.get(role) and not lacks
        )
        open_roles = tuple(role for role in open_roles if not _told(trigger, role))
        if rule.requires_two and sum(bool(roles.get(role)) for role in rule.requires_two) < 2:
            return self._drop(Drop.MISSING_ROLE, f"needs two of {', '.join(rule.requires_two)}")
        speaker = self._speaker(sentence, reading)
        drafts = []
        for combination in self._combinations(roles):
            if _same(combination):
                self._drop(Drop.SAME_ACTOR, ", ".join(f"{k} {v.entity.name}" for k, v in combination.items()))
                continue
            unfit = self._unfit(trigger, combination)
            if unfit:
                self._drop(Drop.UNFIT, unfit)
                continue
            draft = self._draft(sentence, trigger, reading, combination, speaker)
            draft.lacks, draft.open = lacks, open_roles
            drafts.append(draft)
            observer.drafted(draft)
            if len(drafts) == MAX_CLAIMS:
                self._drop(Drop.TOO_MANY, f"only the first {MAX_CLAIMS} combinations of its roles count")
                break
        return drafts

    def _drop(self, why: Drop, detail: str) -> list[Draft]:
        self.observer.dropped(why, detail)
        return []

    def _unfit(self, trigger: Trigger, roles: dict[str, Link]) -> str | None:
        """Why it is not what the rule is about, for all its roles."""
        rule = trigger.rule
        if rule.treaties_only and not self._is_treaty(roles["instrument"]):
            return f"{roles['instrument'].entity.name} is no treaty"
        if trigger.lemma in rule.test_only and _strikes(trigger):
            return "somebody is shot at, so it is no test"
        launched = trigger.lemma in ("launch", "launching")
        fired = trigger.lemma in ("fire", "firing") and self._is_any(roles["weapon"], ["missile"])
        if rule.predicate == "uses" and (launched or fired) and not _strikes(trigger):
            return "nobody is shot at"
        return None

    # -- roles -------------------------------------------------------------------------------------------------

    def _roles(self, sentence: ParsedSentence, trigger: Trigger, reading: Reading) -> dict[str, list[Link]]:
        slots = _slots(trigger)
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
                    break
        if trigger.rule.default_weapon and "weapon" not in roles:
            roles["weapon"] = [self._unnamed_weapon(sentence, trigger)]
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
        taken = {link.entity.id for name in (OPPOSED.get(role, ""),) for link in roles.get(name, ())}
        if slot == "weapon_origin" and not trigger.noun and _other_subject(trigger, weapon_heads):
            return [], []
        if slot in ("origin", "weapon_origin"):
            links = [link for head in weapon_heads if (link := origin(sentence, head)) and link.entity.id not in taken]
            if not links:
                found = [made_in(sentence, weapon) for weapon in roles.get("weapon", ())]
                links = [link for link in found if link and link.entity.id not in taken]
            return links[:1], []
        if slot == "instrument_sender" or slot == "programme_sender":
            return self._sender_of(roles.get("instrument" if slot == "instrument_sender" else "programme", [])), []
        if slot == "speaker":
            speaks = reading.stage in ("threatened", "planned") and reading.speaker is not None
            links = self.linker.actors(sentence, reading.speaker) if speaks and reading.speaker else []
            return [link for link in links if link.entity.label in ("Country", "Organization")], []
        if slot == "instrument":
            return self._instruments_near(sentence, trigger), []
        tokens = fill(trigger, slot)
        if slot == "security_council":
            return self._security_council(sentence, tokens), []
        if slot == "context_target":
            return (self._context_target(sentence, trigger, tokens, taken) if taken else []), []
        if slot == "membership_of":
            return self._own_membership(sentence, trigger), []
        if slot == "between_first":
            tokens = tokens[:1]
        if role == "weapon":
            return self._weapons(sentence, trigger, slot, tokens)
        if role in ("instrument", "programme"):
            labels = ("Instrument", "Organization") if role == "programme" else ("Instrument",)
            return [link for token in tokens for link in things(sentence, token, labels)], tokens  # type: ignore[arg-type]
        links = []
        for token in tokens:
            for link in self._actors(sentence, trigger, role, slot, token, taken):
                if link.entity.id not in taken and all(link.entity.id != known.entity.id for known in links):
                    links.append(link)
            if links and slot in ("actor_before", "subject_state"):
                break
        if not links and slot in OWNED and not any(t.lemma_.lower() in self.linker.nouns.private for t in tokens):
            owners = [owner for token in tokens for owner in noun_owner(token)]
            links = [
                link
                for owner in owners
                for link in self._actors(sentence, trigger, role, slot, owner, taken)
                if link.entity.id not in taken
            ][:1]
        if slot == "between_first" and len(links) > 1:
            links = links[:1]
        if slot == "between_second":
            first = {link.entity.id for link in roles.get("actor", ())}
            links = [link for link in links if link.entity.id not in first]
        return links, tokens

    def _actors(
        self, sentence: ParsedSentence, trigger: Trigger, role: str, slot: str, token: Token, taken: set[str]
    ) -> list[Link]:
        target = trigger.rule.predicate == "sanctions" and role == "target"
        links = self.linker.actors(sentence, token, target=target, exclude=taken)
        if trigger.rule.named_person:
            links = [link.agent or link for link in links]
        if PREDICATES[trigger.rule.predicate].frame in ("develop", "test", "use", "deploy"):
            links = [
                self.linker.state_of(link)
                for link in links
                if link.entity.label != "Organization" or link.entity.id in ARMED_BODIES
            ]
        if slot == "from" and trigger.rule.predicate == "uses":
            links = [link for link in links if link.entity.label == "ArmedGroup"]
        if slot in ("person_object", "faced", "to", "for", "in", "at", "on", "against", "into", "with"):
            links = [link for link in links if link.entity.label != "Person" or target]
        return links

    def _weapons(
        self, sentence: ParsedSentence, trigger: Trigger, slot: str, tokens: list[Token]
    ) -> tuple[list[Link], list[Token]]:
        guard = trigger.rule.weapon_guard.get(trigger.lemma)
        for token in tokens:
            links = weapons(self.catalogue, sentence, token)
            if guard:
                links = [link for link in links if self._is_any(link, guard)]
            if trigger.rule.predicate == "supplies" and trigger.lemma in ("send", "fly"):
                kinds = PLATFORMS if any(case == "to" for case, _ in prepositional(trigger.token)) else MOVING
                links = [link for link in links if not kinds.search(self._class_of(link))]
            if trigger.rule.predicate == "uses":
                links = self._flown(sentence, trigger, token, links)
            if trigger.rule.platforms_only:
                taken_in = any(case in ("into", "near", "off") for case, _ in prepositional(trigger.token))
                kinds = MOVING if slot == "subject_weapon" or taken_in else PLATFORMS
                kinds = ANYTHING if trigger.lemma == "move" else kinds
                links = [link for link in links if kinds.search(self._class_of(link))]
            if links:
                return links, [token]
        return self._modifier_weapon(sentence, trigger), []

    def _flown(self, sentence: ParsedSentence, trigger: Trigger, head: Token, links: list[Link]) -> list[Link]:
        """What a drone fires is a drone's strike: US drone missiles, drones launch missiles."""
        carriers = [*modifiers(head), *(fill(trigger, "subject") if not trigger.noun else modifiers(trigger.token))]
        drones = [
            link
            for token in carriers
            for link in weapons(self.catalogue, sentence, token)
            if self._class_of(link) == "class/drone"
        ]
        return drones[:1] if drones and links and links[0].entity.id.startswith("class/") else links

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
        if trigger.lemma not in ("suspend", "expel", "exclude"):
            return []
        senders = [link for token in fill(trigger, "subject") for link in self.linker.actors(sentence, token)]
        return [link for link in senders if link.entity.label == "Organization"][:1]

    def _class_of(self, link: Link) -> str:
        entry = self.catalogue.entries.get(link.entity.id)
        while entry is not None and entry.class_ is None and entry.variant_of:
            entry = self.catalogue.entries.get(entry.variant_of)
        return entry.class_ if entry and entry.class_ else link.entity.id

    def _is_any(self, link: Link, words: list[str]) -> bool:
        text = f"{self._class_of(link)} {link.text}".lower()
        return any(word in text for word in words)

    def _sender_of(self, instruments: list[Link]) -> list[Link]:
        for link in instruments:
            entry = self.catalogue.entries.get(link.entity.id)
            sender = self.catalogue.entries.get(entry.sender) if entry and entry.sender else None
            if sender is None and link.entity.id.startswith("unscr-"):
                sender = self.catalogue.entries.get("united-nations")
            if sender is not None:
                return [link.of(entity_of(sender))]
        return []

    def _instruments_near(self, sentence: ParsedSentence, trigger: Trigger) -> list[Link]:
        """A resolution or act that the sentence names as the measure's ground: `adopts Resolution 1718, imposing …`."""
        found: list[Link] = []
        for token in sentence.doc:
            links = things(sentence, token, ("Instrument",)) if sentence.match_at(token) else []
            for link in links:
                kind = self.catalogue.entries.get(link.entity.id)
                series = link.entity.id.startswith(("unscr-", "executive-order", "eo-"))
                legal = kind is not None and kind.kind in (
                    "statute",
                    "executive-order",
                    "resolution",
                    "regulation",
                    "list",
                )
                if (series or legal) and all(link.entity.id != known.entity.id for known in found):
                    found.append(link)
        return found[:1]

    def _unnamed_weapon(self, sentence: ParsedSentence, trigger: Trigger) -> Link:
        start, end = sentence.offset(trigger.token)
        return Link(
            entity_of(self.catalogue.entries[trigger.rule.default_weapon or ""]), trigger.token.text, start, end
        )

    # -- putting together --------------------------------------------------------------------------------------

    def _combinations(self, roles: dict[str, list[Link]]) -> Iterable[dict[str, Link]]:
        names = [role for role in ROLE_ORDER if roles.get(role)]
        single = {"instrument", "programme"}
        lists = [roles[name][:1] if name in single else roles[name] for name in names]
        for chosen in product(*lists):
            yield dict(zip(names, chosen, strict=True))

    def _speaker(self, sentence: ParsedSentence, reading: Reading) -> Link | None:
        if reading.speaker is None or reading.by_media:
            return None
        found = self.linker.actors(sentence, reading.speaker)
        return found[0] if found else None

    def _draft(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        reading: Reading,
        roles: dict[str, Link],
        speaker: Link | None,
    ) -> Draft:
        predicate = trigger.rule.predicate
        if predicate == "supplies" and "supplier" not in roles:
            predicate = "receives"
        start, end = self._span(sentence, trigger, reading, roles)
        assertion = self._assertion(predicate, reading, roles, speaker)
        draft = Draft(
            predicate=predicate,
            roles=roles,
            stage=reading.stage,
            assertion=assertion,
            speaker=speaker,
            when=self._when(sentence, trigger, reading),
            background=reading.background,
            start=start,
            end=end,
            confidence=self._confidence(roles, trigger),
            anchors=(sentence.offset(trigger.token)[0],),
            reasons=tuple(sentence.span(reason.left_edge.i, reason.right_edge.i) for reason in reasons(trigger)),
        )
        self._details(sentence, trigger, draft)
        return draft

    def _is_treaty(self, link: Link) -> bool:
        entry = self.catalogue.entries.get(link.entity.id)
        kind = entry.kind if entry else "resolution"
        return kind in ("treaty", "regime", "resolution", "programme") and not link.entity.id.endswith("-programme")

    def _span(
        self, sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]
    ) -> tuple[int, int]:
        """The shortest stretch of the sentence that shows trigger, roles and the words that set its status."""
        starts, ends = zip(*(sentence.offset(token) for token in (trigger.token, *reading.operators)), strict=True)
        low, high = min(starts), max(ends)
        sentence_end = sentence.start + len(sentence.doc.text)
        for link in roles.values():
            if sentence.start <= link.start and link.end <= sentence_end:
                low, high = min(low, link.start), max(high, link.end)
        return low, high

    def _assertion(self, predicate: str, reading: Reading, roles: dict[str, Link], speaker: Link | None) -> Assertion:
        parties = {link.entity.id for link in roles.values() if link.is_actor}
        doer = roles.get(PREDICATES[predicate].subject_role)
        if reading.assertion == "alleged" and speaker and doer and speaker.entity.id == doer.entity.id:
            return "asserted"  # who claims a deed of its own announces it
        if reading.assertion != "asserted":
            if reading.assertion == "alleged" and PREDICATES[predicate].frame in ("sanction", "exclude"):
                return "asserted"
            return reading.assertion
        if PREDICATES[predicate].frame in ("sanction", "exclude", "stance", "meeting") or reading.speaker is None:
            return "asserted"
        if reading.by_media:
            return "asserted"
        if speaker is not None and speaker.entity.id in parties:
            return "asserted"
        return "alleged" if reading.stage in ("completed", "ongoing") else "asserted"

    def _when(self, sentence: ParsedSentence, trigger: Trigger, reading: Reading) -> When | None:
        future = reading.stage in ("planned", "considered", "threatened", "demanded")
        dates = find_dates(sentence.doc.text, self.published, future=future)
        position = trigger.token.idx
        near = [when for when in dates if self._governs(sentence, trigger, when)]
        return min(near, key=lambda when: abs(when.start - position)) if near else None

    def _governs(self, sentence: ParsedSentence, trigger: Trigger, when: When) -> bool:
        """Whether the date hangs on the trigger, on the verb that carries it or on a verb that it complements."""
        token = next((t for t in sentence.doc if t.idx <= when.end - 1 < t.idx + len(t)), None)
        if token is None:
            return False
        allowed = {trigger.token.i}
        current = trigger.token
        for _ in range(4):
            head = current.head
            if head is current or current.dep_ in ("advcl", "acl:relcl", "parataxis", "ccomp"):
                break
            allowed.add(head.i)
            current = head
        allowed |= {c.i for i in list(allowed) for c in sentence.doc[i].children if c.dep_ == "xcomp"}
        for _ in range(6):
            if token.i in allowed:
                return True
            if token.pos_ in VERBAL and token.i not in allowed:
                return False
            if token.head is token:
                return False
            token = token.head
        return False

    def _confidence(self, roles: dict[str, Link], trigger: Trigger) -> float:
        indirect = sum(link.indirect for link in roles.values())
        return round(max(0.3, 0.9 - 0.15 * indirect - (0.1 if trigger.noun else 0.0)), 2)

    def _details(self, sentence: ParsedSentence, trigger: Trigger, draft: Draft) -> None:
        details, rule = draft.details, trigger.rule
        text = sentence.doc.text
        frame = PREDICATES[draft.predicate].frame
        if frame == "transfer":
            mode: Mode | None = rule.modes.get(trigger.lemma)
            if mode:
                details["mode"] = mode
        if "weapon" in draft.roles:
            head = _token_at(sentence, draft.roles["weapon"])
            if head is not None:
                amount = amounts.quantity(sentence, _np_head(head))
                if amount is not None:
                    details |= {
                        "quantity_min": amount.low,
                        "quantity_max": amount.high,
                        "quantity_text": amount.text,
                        "unit": amount.unit,
                    }
                low, high = sorted((head.i, trigger.token.i))
                between = [t for t in sentence.doc[max(0, low - 3) : high + 1] if t.pos_ in ("NOUN", "PROPN")]
                details["batch"] = amounts.batch(_np_head(head), trigger.token, *between)
        if frame == "transfer":
            window = text[max(0, draft.start - sentence.start - 40) : draft.end - sentence.start + 60]
            details |= amounts.money(window)
        if frame == "sanction":
            details["round"] = amounts.sanction_round(
                trigger.token, *(t for t in trigger.over() if t.pos_ not in VERBAL)
            )
            details["measure"] = self._measure(text, trigger)
            if "target" in draft.roles:
                details["target_detail"] = draft.roles["target"].detail
                details["scope"] = _scope(draft.roles["target"])
            carrier = trigger.carrier() if trigger.noun else None
            if (carrier is not None and carrier.lemma_ in ("ease", "relax", "loosen", "soften")) or (
                draft.stage == "ended"
                and any(c.lower_ in ("some", "certain", "several", "most") for c in trigger.token.children)
            ):
                details["partial"] = True

    def _measure(self, text: str, trigger: Trigger) -> str | None:
        if trigger.lemma in trigger.rule.measures:
            return trigger.rule.measures[trigger.lemma]
        low = max(0, trigger.token.idx - 40)
        found = [name for name, pattern in self.rules.measures if pattern.search(text, low, trigger.token.idx + 80)]
        return ", ".join(found) or None


def _slots(trigger: Trigger) -> dict[str, list[str]]:
    return trigger.rule.noun_slots if trigger.noun else trigger.rule.verb_slots


def _told(trigger: Trigger, role: str) -> bool:
    """Whether the sentence has words for the role, though nobody that the linker knows."""
    return any(
        token.pos_ in ("NOUN", "PROPN", "PRON")
        for slot in _slots(trigger).get(role, ())
        if slot in ("subject", "poss", "by", "from", "on", "against", "to")
        for token in fill(trigger, slot)
        if token.tag_ != "EX"
    )


def _other_subject(trigger: Trigger, weapon_heads: list[Token]) -> bool:
    """Whether somebody else than the weapon itself acts: militants using US weapons."""
    return any(
        s.pos_ in ("NOUN", "PROPN") and s not in weapon_heads and s.dep_.startswith("nsubj")
        for s in fill(trigger, "subject")
    )


def _same(roles: dict[str, Link]) -> bool:
    ids = [
        link.entity.id for role, link in roles.items() if role in ("supplier", "recipient", "sender", "target", "actor")
    ]
    return len(ids) != len(set(ids)) and not ("actor" in roles and "weapon" in roles)


def _strikes(trigger: Trigger) -> bool:
    """Whether somebody is shot at: `fires rockets at Israel`, `launches missiles into Georgia`."""
    own = [] if trigger.noun else [*objects(trigger.token), *(c for c in trigger.token.children if c.dep_ == "obj")]
    places = [trigger.token, *own]
    for place in places:
        for case, child in below(place, 3):
            if case in ("at", "into", "on", "against", "towards", "toward") and child.lemma_.lower() not in (
                "sea", "water", "ocean", "space", "orbit", "test", "site", "range", "base", "facility",
            ):  # fmt: skip
                if child.ent_type_ == "DATE" or child.lower_ in (
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                ):
                    continue
                return True
    return False


def _token_at(sentence: ParsedSentence, link: Link) -> Token | None:
    return next(
        (t for t in reversed(sentence.doc) if sentence.offset(t)[0] < link.end and link.start < sentence.offset(t)[1]),
        None,
    )


def _np_head(token: Token) -> Token:
    while token.dep_ in ("compound", "amod", "flat", "appos", "nmod:desc") and token.head is not token:
        token = token.head
    return token


def _scope(target: Link) -> str:
    if target.entity.label == "Person":
        return "persons"
    if target.detail:
        people = re.search(
            r"official|individual|person|oligarch|minister|leader|general|lawmaker|national|citizen|officer|commander",
            target.detail.lower(),
        )
        return "persons" if people else "group"
    return "state" if target.entity.label in ("Country",) else "entity"

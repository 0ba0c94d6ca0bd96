"""Applies the rules to a parsed sentence: triggers, roles, status; out come drafts of claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import product

from spacy.tokens import Token

from graph.vocabulary import PHASE_OF, PREDICATES, Assertion
from loaders.catalogue import Catalogue
from loaders.extraction.complete import CONTINUED
from loaders.extraction.dealings import in_passing, presumes, shares
from loaders.extraction.details import add_details, contract, when
from loaders.extraction.draft import Draft
from loaders.extraction.evidence import shown, stretch
from loaders.extraction.guards import is_banned, is_let_off, unmet_guard
from loaders.extraction.leave import let
from loaders.extraction.lemmas import correct_verbs
from loaders.extraction.measures import answers, is_breached, reasons
from loaders.extraction.observer import Drop, Observer
from loaders.extraction.outcomes import is_broken, is_lessened
from loaders.extraction.reading import Reading, least_sure
from loaders.extraction.roles import ROLE_ORDER, RoleFinder, is_told, slots_of
from loaders.extraction.rules import Rule, load_rules
from loaders.extraction.status import read_status
from loaders.extraction.strikes import is_aimed, recalls
from loaders.extraction.trigger import Trigger
from loaders.extraction.weaponry import MOVING
from loaders.extraction.words import SLOT_WORDS, load_status
from loaders.learned.reader import Event
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.things import origin
from loaders.text.syntax import VERBAL, is_passive, objects, passive_subjects, subjects

PARTIES = frozenset({"supplier", "recipient", "sender", "target", "actor"})
OWN_WEAPONS = frozenset({"uses", "tests"})
MAX_CLAIMS = 80
"""Claims that one trigger may yield; longer lists are cut."""


class Engine:
    """The rules over one article's sentences.

    Args:
        catalogue: names and classes.
        linker: the article's linker.
        published: day of publication.
        text: the article's text.
        observer: is told each step.
    """

    def __init__(
        self, catalogue: Catalogue, linker: Linker, published: date | None, text: str, observer: Observer
    ) -> None:
        self.catalogue, self.linker, self.published = catalogue, linker, published
        self.text = text.lower()
        self.observer = observer
        self.roles = RoleFinder(catalogue, linker, observer)
        self.rules = load_rules()

    def drafts(self, sentence: ParsedSentence) -> list[Draft]:
        """The drafts of a sentence, in the order of the words that tell them."""
        found: list[Draft] = []
        correct_verbs(sentence.doc)
        if sentence.introduced_by is not None:
            root = next(token for token in sentence.doc if token.head == token)
            found += [draft for rule in self.rules.lists for draft in self._apply(sentence, Trigger(root, rule, True))]
        for token in sentence.doc:
            for trigger in self._triggers(sentence, token):
                found += self._apply(sentence, trigger)
        return found

    def learned(self, sentence: ParsedSentence, event: Event) -> list[Draft]:
        """The draft of an event that the model read in a sentence; what the sentence tells beside is added.

        None of one that cannot be.
        """
        token = sentence.word_at(event.position)
        trigger = Trigger(token, self._rule_for(event.predicate, token), token.pos_ not in VERBAL)
        self.observer.tried(trigger)
        by_kind = PREDICATES[event.predicate].frame in ("treaty", "exclude", "sanction")
        if by_kind and (unfit := self._unfit(trigger, event.roles)):
            return self._drop(Drop.UNFIT, unfit)
        if PREDICATES[event.predicate].frame == "transfer" and is_banned(token):
            return self._drop(Drop.UNFIT, "told as what a ban or an embargo forbids")
        reading = read_status(trigger)
        if reading.hypothetical:
            return self._drop(Drop.HYPOTHETICAL, "told as what is kept from happening")
        self._resent(sentence, trigger, reading, event.roles.get("target"))
        roles = {role: self._whose(sentence, link) for role, link in event.roles.items()}
        if self._carried_by(sentence, trigger, roles.get("sender"), SLOT_WORDS.breaking | SLOT_WORDS.suffering):
            del roles["sender"]  # who breaks an embargo, or is spared it, has not imposed it
        denied = reading.assertion == "denied" and trigger.rule.file != "learned"  # by words that stand there
        if len(reading.steps) == 1 or event.stage_chance >= least_sure(reading, event.predicate, event.stage):
            signed = event.predicate == "signs" and event.stage == "agreed"  # a treaty that is signed is signed
            reading.become("completed" if signed else event.stage, token, "the learned reader")
        let(trigger, reading)
        if not denied:
            reading.hold(event.assertion, token, "the learned reader")
        self.observer.judged(reading)
        draft = self._draft(sentence, trigger, reading, roles, self._speakers(sentence, reading))
        seen = reading.speaker is not None and reading.speaker.lemma_.lower() in load_status().journalists
        known = "asserted" if seen and event.assertion == "alleged" else event.assertion
        draft.assertion = "denied" if denied else known
        draft.confidence = round(event.chance, 2)
        self.observer.drafted(draft)
        return [draft]

    def _acts_for(self, link: Link, state: Link) -> bool:
        return link.entity != state.entity and self.linker.names.acting(link).entity == state.entity

    def _whose(self, sentence: ParsedSentence, link: Link) -> Link:
        """The state of whose leader's people are meant: Maduro's aides."""
        token = sentence.token_at(link.start) if link.entity.label == "Person" else None
        if token is None or token.dep_ != "nmod:poss" or token.head.lemma_.lower() not in self.linker.nouns.entourage:
            return link
        return self.linker.names.acting(link)

    def _rule_for(self, predicate: str, token: Token) -> Rule:
        """The rule that has the word, for its details; one without any where no rule has it."""
        lemma = token.lemma_.lower()
        known = (*self.rules.verbs.get(lemma, ()), *self.rules.nouns.get(lemma, ()))
        unworded = Rule(file="learned", number=1, predicate=predicate, requires=[])
        return next((rule for rule in known if rule.predicate == predicate), unworded)

    def _triggers(self, sentence: ParsedSentence, token: Token) -> Iterable[Trigger]:
        lemma = token.lemma_.lower()
        if _in_a_name(sentence, token):
            return
        if token.i and token.nbor(-1).text == "-":
            rules = self.rules.verbs.get(lemma, ()) if token.tag_ == "VBN" else ()
            yield from (Trigger(token, rule, False) for rule in rules if rule.glued)
        elif token.pos_ in VERBAL:
            yield from (Trigger(token, rule, False) for rule in self.rules.verbs.get(lemma, ()))
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from (Trigger(token, rule, True) for rule in self.rules.nouns.get(lemma, ()))

    def _apply(self, sentence: ParsedSentence, trigger: Trigger) -> list[Draft]:
        broken = trigger.rule.predicate == "complies_with" and is_broken(trigger.token, load_status())
        if broken:
            trigger = replace(trigger, rule=trigger.rule.model_copy(update={"predicate": "violates"}))
        observer, rule = self.observer, trigger.rule
        observer.tried(trigger)
        unmet = unmet_guard(sentence, trigger, self.text)
        if unmet:
            return self._drop(Drop.GUARD, unmet)
        reading = read_status(trigger)
        if broken:
            reading.become("ongoing", trigger.token, "told as not kept")
            reading.hold("asserted", trigger.token, "told as not kept")
        let(trigger, reading)
        observer.judged(reading)
        if reading.hypothetical:
            return self._drop(Drop.HYPOTHETICAL, "told as what is kept from happening")
        speakers = self._speakers(sentence, reading)
        if rule.predicate == "signs" and reading.stage == "ended":
            return self._drop(Drop.UNFIT, "who takes a signature back withdraws")
        roles = self.roles.find(sentence, trigger, reading)
        self._resent(sentence, trigger, reading, next(iter(roles.get("target", ())), None))
        if rule.predicate in OWN_WEAPONS and not roles.get("actor"):
            roles["actor"] = [replace(s, indirect=True) for s in speakers if self._is_own(s, roles, reading)][:1]
        lacks = tuple(role for role in rule.requires if not roles.get(role))
        if "target" in lacks and is_breached(trigger):
            return self._drop(Drop.UNFIT, "told as what somebody breaks")
        of_deal = PREDICATES[rule.predicate].frame == "transfer"
        stopped = PHASE_OF[reading.stage] == "stopped" and {"supplier", "recipient"} <= roles.keys()
        recalled = lacks == ("weapon",) and (stopped or not of_deal) and recalls(trigger)
        untold = len(lacks) > 1 or any(role not in PARTIES or is_told(trigger, role, roles) for role in lacks)
        if rule.continues and roles:
            lacks = tuple(role for role in CONTINUED[PREDICATES[rule.predicate].frame] if not roles.get(role))
        elif not roles or (untold and not recalled):
            return self._drop(Drop.MISSING_ROLE, f"needs {', '.join(lacks)}")
        open_roles = tuple(
            role for role in ("supplier", "sender") if role in slots_of(trigger) and not roles.get(role) and not lacks
        )
        open_roles = tuple(role for role in open_roles if not is_told(trigger, role, roles))
        if rule.requires_two and sum(bool(roles.get(role)) for role in rule.requires_two) < 2:
            return self._drop(Drop.MISSING_ROLE, f"needs two of {', '.join(rule.requires_two)}")
        drafts = []
        for combination in self._combinations(roles):
            unfit = self._unfit(trigger, combination)
            if unfit:
                self._drop(Drop.UNFIT, unfit)
                continue
            draft = self._draft(sentence, trigger, reading, combination, speakers)
            draft.lacks, draft.open = lacks, open_roles
            if rule.continues:
                draft.continues = sentence.introduced_by or draft.start
            ordered = contract(sentence, trigger, draft, self.published)
            for one in (draft, *([ordered] if ordered is not None else ())):
                drafts.append(one)
                observer.drafted(one)
            if len(drafts) >= MAX_CLAIMS:
                self._drop(Drop.TOO_MANY, f"only the first {MAX_CLAIMS} combinations of its roles count")
                break
        return drafts

    def _resent(self, sentence: ParsedSentence, trigger: Trigger, reading: Reading, target: Link | None) -> None:
        """Sanctions that whom they hit rejects go on."""
        carrier = self._carried_by(sentence, trigger, target, load_status().resenting)
        if carrier is not None and reading.stage == "refused":
            reading.become("ongoing", carrier, "whom it hits rejects it")

    def _carried_by(
        self, sentence: ParsedSentence, trigger: Trigger, party: Link | None, verbs: frozenset[str]
    ) -> Token | None:
        """The verb over a measure, if it is one of these and the party its subject."""
        carrier = trigger.carrier() if trigger.noun and trigger.rule.predicate == "sanctions" else None
        if carrier is None or party is None or carrier.lemma_ not in verbs:
            return None
        by = subjects(carrier) + (passive_subjects(carrier) if is_passive(carrier) else [])
        doers = [link.entity.id for subject in by for link in self.linker.actors(sentence, subject)]
        return carrier if party.entity.id in doers else None

    def _is_own(self, speaker: Link, roles: dict[str, list[Link]], reading: Reading) -> bool:
        """Whether the speaker's country makes the weapon, or his forces fly it.

        Kyiv says that Neptune missiles hit a ship; the Israeli army says that helicopters struck.
        """
        words = " ".join(word.text for word in reading.speaker.subtree) if reading.speaker is not None else ""
        if SLOT_WORDS.forces.search(words) and any(
            MOVING.search(self.roles.arms.class_of(w)) for w in roles.get("weapon", ())
        ):
            return True
        entries = [self.catalogue.entries.get(link.entity.id) for link in roles.get("weapon", ())]
        return any(entry is not None and speaker.entity.id in entry.origin for entry in entries)

    def _drop(self, why: Drop, detail: str) -> list[Draft]:
        self.observer.dropped(why, detail)
        return []

    def _unfit(self, trigger: Trigger, roles: dict[str, Link]) -> str | None:
        """Why it is not what the rule is about, for all its roles."""
        rule = trigger.rule
        if rule.predicate == "complies_with" and is_lessened(trigger.token.doc, load_status()):
            return "who complies less does not comply"
        if trigger.noun and rule.predicate == "sanctions" and is_let_off(trigger.token):
            return "who is let off it does not come under it"
        if "sender" in roles and "target" in roles and self._acts_for(roles["target"], roles["sender"]):
            return "who acts for the sender is not its target"
        if PREDICATES[rule.predicate].frame == "treaty" and not self._is_treaty(roles["instrument"]):
            return f"{roles['instrument'].entity.name} is no treaty"
        if rule.predicate == "excludes" and "programme" in roles and self._kind(roles["programme"]) == "treaty":
            return "a treaty excludes nobody"
        if rule.predicate == "signs" and any(self._tells(noun, "withdraws_from") for noun in objects(trigger.token)):
            return "who approves a withdrawal does not sign"
        if rule.predicate == "withdraws_from" and not trigger.noun and self._tells(trigger.token, "signs"):
            return "who has not signed has not left"
        if rule.predicate == "signs" and roles["instrument"].entity.id.startswith("unscr"):
            return "resolutions are adopted, not signed"
        if rule.predicate == "leads" and "target" in roles and roles["target"].entity.label == "Person":
            return "ahead of a rival"
        maker = rule.predicate == "develops" and trigger.token.dep_ == "acl" and trigger.token.tag_ == "VBN"
        if maker and "actor" in roles and roles["actor"].entity.label == "Company":
            return "told only of who makes it"
        signer = roles.get("actor") if PREDICATES[rule.predicate].frame == "treaty" else None
        entry = self.catalogue.entries.get(signer.entity.id) if signer is not None else None
        bound = ("iaea",) if rule.predicate == "signs" else ("iaea", "european-union")
        if entry is not None and (entry.kind == "body" or entry.id == "united-nations") and entry.id not in bound:
            return f"{entry.name} is party to no treaty"
        armed = roles.get("actor") is not None and roles["actor"].entity.label == "ArmedGroup"
        if trigger.lemma in rule.test_only and (armed or is_aimed(trigger)):
            return "somebody is shot at, so it is no test"
        weapon = roles.get("weapon")
        of_aim = weapon is not None and self.roles.arms.is_any(weapon, rule.aimed.get(trigger.lemma, []))
        if of_aim and not armed and not is_aimed(trigger):
            return "nobody is shot at"
        return None

    def _tells(self, token: Token, predicate: str) -> bool:
        """Whether a rule reads the word so, and none reads it otherwise among treaties."""
        lemma = token.lemma_.lower()
        rules = (self.rules.verbs if token.pos_ in VERBAL else self.rules.nouns).get(lemma, ())
        return {r.predicate for r in rules if PREDICATES[r.predicate].frame == "treaty"} == {predicate}

    # -- putting together --------------------------------------------------------------------------------------

    def _combinations(self, roles: dict[str, list[Link]]) -> Iterable[dict[str, Link]]:
        names = [role for role in ROLE_ORDER if roles.get(role)]
        single = {"instrument", "programme", "stopped_by"}
        lists = [roles[name][:1] if name in single else roles[name] for name in names]
        for chosen in product(*lists):
            yield dict(zip(names, chosen, strict=True))

    def _speakers(self, sentence: ParsedSentence, reading: Reading) -> list[Link]:
        if reading.speaker is None:
            return []
        found = self.linker.actors(sentence, reading.speaker)
        if not found and load_status().state_media & {token.lower_ for token in reading.speaker.subtree}:
            state = origin(sentence, reading.speaker)
            found = [state] if state else []
        return found

    def _draft(
        self,
        sentence: ParsedSentence,
        trigger: Trigger,
        reading: Reading,
        roles: dict[str, Link],
        speakers: list[Link],
    ) -> Draft:
        parties = {link.entity.id for link in roles.values()}
        speaker = next((s for s in speakers if s.entity.id in parties), next(iter(speakers), None))
        predicate = trigger.rule.predicate
        if predicate == "supplies" and "supplier" not in roles:
            predicate = "receives"
        start, end = stretch(sentence, trigger, reading, roles)
        assertion = self._assertion(predicate, reading, roles, speaker)
        presumed = presumes(trigger, reading, sentence)
        draft = Draft(
            predicate=predicate,
            roles=roles,
            stage=reading.stage,
            assertion=assertion,
            speaker=None if reading.by_media else speaker,
            when=when(sentence, trigger, reading, self.published),
            background=reading.background or (presumed and predicate == "purchases") or in_passing(trigger, reading),
            hearsay=assertion == "alleged" and reading.assertion == "asserted",
            start=start,
            end=end,
            shown=shown(sentence, trigger, start, end),
            confidence=self._confidence(roles, trigger),
            many=(trigger.noun and (trigger.token.tag_ == "NNS" or trigger.rule.steady)) or bool(shares(trigger)),
            firm=trigger.rule.firm or answers(trigger, roles),
            prolonged=any(word.lemma_.lower() in load_status().prolonging for word in reading.operators),
            presumed=presumed,
            anchors=(sentence.offset(trigger.token)[0],),
            reasons=tuple(sentence.span(reason.left_edge.i, reason.right_edge.i) for reason in reasons(trigger)),
        )
        add_details(sentence, trigger, reading, draft)
        return draft

    def _kind(self, link: Link) -> str | None:
        entry = self.catalogue.entries.get(link.entity.id)
        return entry.kind if entry else "resolution"

    def _is_treaty(self, link: Link) -> bool:
        kind = self._kind(link)
        return kind in ("treaty", "regime", "resolution", "programme") and not link.entity.id.endswith("-programme")

    def _assertion(self, predicate: str, reading: Reading, roles: dict[str, Link], speaker: Link | None) -> Assertion:
        parties = {link.entity.id for link in roles.values() if link.is_actor}
        doer = roles.get(PREDICATES[predicate].subject_role)
        if reading.assertion == "alleged" and speaker and doer and speaker.entity.id == doer.entity.id:
            return "asserted"  # who claims a deed of its own announces it
        if reading.by_media and reading.assertion == "alleged" and PHASE_OF[reading.stage] != "actual":
            return "asserted"  # news of what is to come
        if reading.assertion != "asserted":
            if reading.assertion == "alleged" and PREDICATES[predicate].frame in ("sanction", "exclude"):
                return "asserted"
            return reading.assertion
        if PREDICATES[predicate].frame in ("sanction", "exclude", "stance", "meeting") or reading.speaker is None:
            return "asserted"
        if reading.by_media:
            return "asserted"
        accuses = (
            PREDICATES[predicate].frame == "use"
            and doer is not None
            and speaker is not None
            and speaker.entity.id != doer.entity.id
        )
        if speaker is not None and speaker.entity.id in parties and not accuses:
            return "asserted"
        if speaker is None and load_status().own_office & {word.lemma_.lower() for word in reading.speaker.subtree}:
            return "asserted"
        foretold = PREDICATES[predicate].frame == "transfer" and reading.stage in ("considered", "planned")
        return "alleged" if foretold or PHASE_OF[reading.stage] == "actual" else "asserted"

    def _confidence(self, roles: dict[str, Link], trigger: Trigger) -> float:
        indirect = sum(link.indirect for link in roles.values())
        return round(max(0.3, 0.9 - 0.15 * indirect - (0.1 if trigger.noun else 0.0)), 2)


def _in_a_name(sentence: ParsedSentence, token: Token) -> bool:
    """Whether the word is part of an instrument's title: the Countering … Through Sanctions Act."""
    match = sentence.match_at(token) if token.text[:1].isupper() and token.i else None
    return match is not None and match.readings[0].entry.label == "Instrument"

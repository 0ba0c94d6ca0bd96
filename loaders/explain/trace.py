"""Writes down what the extraction tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from graph.claims import Claim
from loaders.explain.mentions import linked, mentions
from loaders.explain.records import Attempt, Dropped, Filled, Linked, Reason, SentenceTrace, Told, Word
from loaders.extraction.draft import Draft
from loaders.extraction.observer import Drop, Observer
from loaders.extraction.reading import Reading
from loaders.extraction.rules import load_rules
from loaders.extraction.slots import fill
from loaders.extraction.trigger import Trigger
from loaders.linking.linker import Linker
from loaders.linking.links import Link, ParsedSentence
from loaders.text import Sentence

NO_WORD = "no word that sets a rule off"
NO_WEAPON = "its words tell of weapons, and the article names none"
NO_NAME = "no name and no pronoun beside the word that may set a rule off"


class Trace(Observer):
    """The steps of one article's extraction, by sentence."""

    def __init__(self) -> None:
        self.sentences: list[SentenceTrace] = []
        self._sentence: SentenceTrace
        self._parsed: ParsedSentence
        self._linker: Linker
        self._trigger: Trigger
        self._attempt: Attempt
        self._reading: Reading
        self._told: dict[int, tuple[Draft, Told, str]] = {}
        """By the identity of a draft: the draft, what is written of it, and who told it."""
        self._claims: dict[str, str] = {}

    def split(self, text: str, sentences: Sequence[Sentence], triggers: re.Pattern[str]) -> None:
        """Every sentence counts as skipped until it is read."""
        for number, (start, end) in enumerate(((s.start, s.end) for s in sentences), 1):
            skipped = NO_WORD
            if triggers.search(text, start, end):
                skipped = NO_NAME
            elif load_rules().triggers.search(text, start, end):
                skipped = NO_WEAPON
            sentence = SentenceTrace(number=number, start=start, end=end, text=text[start:end], skipped=skipped)
            self.sentences.append(sentence)

    def read(self, sentence: ParsedSentence, linker: Linker) -> None:
        """Writes down tree and mentions."""
        self._sentence, self._parsed, self._linker = self.sentences[sentence.index], sentence, linker
        self._sentence.skipped = None
        self._sentence.words = [
            Word(index=t.i, text=t.text, lemma=t.lemma_, pos=t.pos_, tag=t.tag_, relation=t.dep_, head=t.head.i)
            for t in sentence.doc
        ]
        self._sentence.mentions = mentions(sentence, linker)

    def tried(self, trigger: Trigger) -> None:
        """Begins an attempt."""
        rule, token = trigger.rule, trigger.token
        self._trigger = trigger
        self._attempt = Attempt(
            predicate=rule.predicate,
            file=rule.file,
            number=rule.number,
            trigger=token.text,
            start=self._sentence.start + token.idx,
        )
        self._sentence.attempts.append(self._attempt)

    def judged(self, reading: Reading) -> None:
        """Writes down what decided on the status."""
        self._reading = reading
        self._attempt.reasons = [Reason(value=s.value, word=s.word.text, why=s.why) for s in reading.steps]

    def filled(self, role: str, slot: str, links: Sequence[Link]) -> None:
        """Writes down a role."""
        names, words = [link.entity.name for link in links], [link.text for link in links]
        self._attempt.filled.append(Filled(role=role, slot=slot, names=names, words=words))
        for link in links:
            if link.indirect and all(known.id != link.entity.id for known in self._at(link.start, link.end)):
                mention = linked(self._parsed, self._linker, link)
                mention.how += f", as {role} of '{self._attempt.trigger}'"
                self._sentence.mentions.append(mention)

    def _at(self, start: int, end: int) -> list[Linked]:
        return [known for known in self._sentence.mentions if known.start < end and start < known.end]

    def dropped(self, why: Drop, detail: str) -> None:
        """Writes down a drop; for a missing role also where it was looked for."""
        if why is Drop.MISSING_ROLE:
            detail = "; ".join([detail, *self._looked_for()])
        self._attempt.dropped.append(Dropped(why=why, detail=detail))

    def _looked_for(self) -> list[str]:
        rule = self._trigger.rule
        slots = rule.noun_slots if self._trigger.noun else rule.verb_slots
        known = {filled.role for filled in self._attempt.filled}
        found = []
        for role in dict.fromkeys([*rule.requires, *rule.requires_two]):
            if role not in known:
                places = [self._place(slot) for slot in slots.get(role, ())]
                found.append(f"{role} not in {', '.join(places)}" if places else f"the rule has no slot for {role}")
        return found

    def _place(self, slot: str) -> str:
        words = ", ".join(self._word(token) for token in fill(self._trigger, slot))
        return f"{slot} ({words})" if words else slot

    def _word(self, token: Token) -> str:
        names = [known.name for known in self._at(*self._parsed.offset(token))]
        taken = [f"already {filled.role}" for filled in self._attempt.filled if set(names) & set(filled.names)]
        return " ".join([f"'{token.text}'", *taken])

    def drafted(self, draft: Draft) -> None:
        """Writes down a draft."""
        told = Told(
            predicate=draft.predicate,
            roles=_names(draft),
            stage=draft.stage,
            assertion=draft.assertion,
            assertion_why=self._assertion_why(draft),
        )
        self._attempt.told.append(told)
        who = f"{draft.predicate} by '{self._attempt.trigger}' of sentence {self._sentence.number}"
        self._told[id(draft)] = draft, told, who

    def _assertion_why(self, draft: Draft) -> str:
        said = self._reading.assertion
        speaker = draft.speaker.entity.name if draft.speaker else None
        if draft.assertion == said == "asserted":
            return "nothing casts doubt on it"
        if draft.assertion == said:
            return f"by {', '.join(_quoted(self._reading, said)) or 'the words over it'}"
        if said == "asserted":
            return f"said by {speaker or 'somebody'}, who takes no part in it"
        words = ", ".join(_quoted(self._reading, said))
        own = speaker is not None and speaker in _names(draft).values()
        but = "it is the own deed of who says so" if own else "acts of this kind are public"
        return f"{words} would make it {said}, but {but}"

    def completed(self, draft: Draft, role: str, other: Draft, result: Draft) -> None:
        """Writes down where the role came from."""
        told = self._follow(draft, result)
        law = draft.roles.get("instrument") if other is draft else None
        source = f"{law.entity.name}, which is its law" if law is not None else self._told[id(other)][2]
        told.notes.append(f"{role} {result.roles[role].entity.name} taken over from {source}")

    def incomplete(self, draft: Draft) -> None:
        """Writes down what it lacks."""
        self._told[id(draft)][1].why = f"{Drop.MISSING_ROLE}: {', '.join(draft.lacks)}, in no other sentence either"

    def doubted(self, draft: Draft, why: str = "the learned reader finds it unlikely") -> None:
        """Writes down that it is too unsure."""
        self._told[id(draft)][1].why = f"{Drop.DOUBTFUL}: {why}"

    def read_again(self, draft: Draft) -> None:
        """Writes down what the learned reader made of it."""
        self._told[id(draft)][1].notes.append(f"{draft.stage}, {draft.assertion} by the learned reader")

    def merged(self, kept: Draft, other: Draft, result: Draft) -> None:
        """Writes down, on both sides, what went where."""
        _, gone, who = self._told[id(other)]
        gone.outcome, gone.why = "merged", f"into {self._told[id(kept)][2]}"
        told = self._follow(kept, result)
        told.notes.append(f"holds {who} as well")
        if (result.stage, result.assertion) != (kept.stage, kept.assertion):
            told.notes.append(f"{result.stage}, {result.assertion} as told there")
            told.assertion_why = gone.assertion_why

    def _follow(self, draft: Draft, result: Draft) -> Told:
        _, told, who = self._told[id(draft)]
        self._told[id(result)] = result, told, who
        told.roles, told.stage, told.assertion = _names(result), result.stage, result.assertion
        return told

    def denied(self, accusation: Draft, denial: Draft, words: str) -> None:
        """Writes down a draft of its own, where the denial stands."""
        sentence = next(sentence for sentence in self.sentences if denial.start < sentence.end)
        denier = denial.speaker.entity.name if denial.speaker is not None else "who is accused"
        who = self._told[id(accusation)][2]
        told = Told(predicate=denial.predicate, roles=_names(denial), stage=denial.stage, assertion=denial.assertion,
                    assertion_why=f"{denier} denies {who}")  # fmt: skip
        attempt = Attempt(predicate=denial.predicate, file="denials", number=1, trigger=words, start=denial.start)
        attempt.told.append(told)
        sentence.attempts.append(attempt)
        sentence.skipped = None
        self._told[id(denial)] = denial, told, f"{denial.predicate} by '{words}' of sentence {sentence.number}"

    def claimed(self, draft: Draft, claim: Claim) -> None:
        """Writes down the claim's id."""
        _, told, who = self._told[id(draft)]
        if claim.id in self._claims:
            told.outcome, told.why = "merged", f"into {self._claims[claim.id]}, word for word the same claim"
        else:
            told.outcome, told.claim = "claim", claim.id
            self._claims[claim.id] = who


def _names(draft: Draft) -> dict[str, str]:
    return {role: link.entity.name for role, link in draft.roles.items()}


def _quoted(reading: Reading, value: str) -> list[str]:
    return [f"'{step.word.text}' ({step.why})" for step in reading.steps if step.value == value]

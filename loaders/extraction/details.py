"""What a sentence tells of an event beside its roles: date, amounts, batch, round, measure, scope."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from graph.vocabulary import PHASE_OF, PREDICATES, Mode, Stage
from loaders.extraction import amounts
from loaders.extraction.bounds import follows, is_anothers, way_up
from loaders.extraction.dates import When, find_dates, interval
from loaders.extraction.draft import Draft
from loaders.extraction.outcomes import terms
from loaders.extraction.reading import Reading
from loaders.extraction.rules import load_rules
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import AMOUNT_WORDS, SLOT_WORDS, load_status
from loaders.linking.links import Link, ParsedSentence
from loaders.linking.things import WEAPONS_CLASS
from loaders.text.syntax import FINITE, VERBAL, preposition

A_MONTH = timedelta(days=31)
_SOME = "|".join((*AMOUNT_WORDS.units[1:], *AMOUNT_WORDS.teens, "several", "dozens of"))
COUNTED = re.compile(
    rf"\b(?P<group>(?:\d+|{_SOME}) (?:[a-z]+ ){{0,2}}"
    r"(?:companies|entities|firms|individuals|persons|people|banks|officials|vessels|ships|organi[sz]ations|groups))\b"
    r"[^.;]*(?:\b(?:in|from|inside|to) (?:the )?|\b(?:that|which|who|it said|accused of|suspected of|for) [^.;]*)$"
)
"""What comes before a country that tells where those who are hit are, or for what they are: sanctioned *39 entities*
that enable Iran's …"""
SINCE = re.compile(r"\bsince (?:the |about |around |at least |early |late |mid-?)*$", re.IGNORECASE)
LONGEST_LIST = 120
"""Characters before one of those on whom a measure is kept in which it is told."""
KEPT_ON = re.compile(
    r"\b(?:kept|keeps?|keeping|retain\w*|maintain\w*|left|leaving) (?:them|it|these|those|(?:the|its) [\w ]{1,30}?)"
    r" (?:in place |in force )?(?:on|against|for) [^.;]*$"
)
"""What comes before those who stay under a measure that others are let off: but *kept them on* Mr Mugabe."""


def when(sentence: ParsedSentence, trigger: Trigger, reading: Reading, published: date | None) -> When | None:
    """The date that the sentence gives for the event, the nearest of those that hang on its words.

    Else that of a verb by which it has got so far: *agreed on Monday* to buy jets. Else that of a participle behind its
    noun, of what was given up only that which tells so: a contract *signed* in 2011 is worth $29bn, the embargo, which
    was *lifted* in 2005. Else the day on which somebody told it as news: the army *said on Monday* that a missile was
    fired. Else, unless it is told in the present, the time after what it is set after.
    """
    future = reading.stage in ("planned", "considered", "threatened", "demanded")
    begin, position = _begin(trigger.token), trigger.token.idx
    by = {step.word.i for step in reading.steps if step.value == reading.stage}
    told_by = {i for i in by if sentence.doc[i].tag_ in ("VBD", "VBN")}
    if reading.background:
        told_by = {i for i in told_by if any(c.lower_ == "had" for c in sentence.doc[i].children)}
    made: set[int] = set()
    if trigger.noun:
        given_up = PHASE_OF[reading.stage] not in ("committed", "actual")
        told = [p for p in trigger.participles() if p.tag_ == "VBN" or _makes(p)]
        made = {p.i for p in told if p.i in by or not given_up}
    if trigger.rule.predicate == "purchases" or reading.stage == "agreed":
        made |= _signings(sentence)
    news = _told_as_news(reading)
    before = _dates(sentence, published, begin, future=False)
    dates = _dates(sentence, published, begin, future=future)
    for words in ({trigger.token.i}, _words_of(trigger), told_by, made, news):
        past = {i for i in words if sentence.doc[i].tag_ == "VBD"}
        near = [when for when in before if _hangs_on(past, sentence, when)]
        near += [when for when in dates if _hangs_on(words - past, sentence, when, future=future)]
        if words is news:
            near = [when for when in near if when.last - when.first < A_MONTH]
        if near:
            nearest = min(near, key=lambda when: abs(when.start - position))
            if words is news or _is_of_telling(sentence, nearest):
                return replace(nearest, told=True)
            return _until_now(sentence, trigger, reading, nearest, published)
    own = _words_of(trigger) | told_by
    present = any(sentence.doc[i].tag_ in ("VBZ", "VBP") for i in own)
    after = [] if future or present else [follows(own, sentence, when, published) for when in before]
    return next((when for when in after if when is not None), None)


def _is_of_telling(sentence: ParsedSentence, when: When) -> bool:
    """Whether a day hangs on a verb that only tells, whatever else does: tests of a missile, media *said* Monday."""
    words = load_status()
    verb = next((token for token in way_up(sentence, when) if token.pos_ in VERBAL), None)
    lemma = verb.lemma_.lower() if verb is not None else ""
    return lemma in words.reporting and lemma not in words.stages


def _until_now(
    sentence: ParsedSentence, trigger: Trigger, reading: Reading, when: When, published: date | None
) -> When:
    """From a day to publication what was done *since* then, once or often: has bought six *since 2016*."""
    once = PREDICATES[trigger.rule.predicate].frame in ("transfer", "use", "test") and reading.stage == "completed"
    since = SINCE.search(sentence.text[: when.start]) or sentence.text[when.start :].lower().startswith("since ")
    if not once or not since or published is None or published <= when.last:
        return when
    return replace(when, edtf=interval(when.first, published), last=published)


def _signings(sentence: ParsedSentence) -> set[int]:
    """The verbs by which contracts were made, as places in the sentence: part of a deal Cairo *signed* in 2015.

    Not of what is only added *to* a deal, or comes *after* one.
    """
    words = load_status()
    clauses = [t for t in sentence.doc if t.dep_.startswith("acl") and t.tag_ in ("VBD", "VBN")]
    clauses = [t for t in clauses if preposition(t.head) in words.by_terms | {"", "of", "in", "through"}]
    return {
        t.i
        for t in clauses
        if words.stages.get(t.lemma_.lower()) == "agreed"
        and any(noun.lemma_.lower() in words.contracts for noun in (t.head, *t.doc[max(0, t.i - 4) : t.i]))
    }


def _makes(clause: Token) -> bool:
    """Whether the noun is what a clause behind it tells to be made: a contract *Poland signed* in 2022."""
    known = clause.lemma_.lower() in load_status().stages
    return clause.tag_ == "VBD" and known and not any(c.dep_ == "obj" and c.tag_[0] != "W" for c in clause.children)


def _told_as_news(reading: Reading) -> set[int]:
    """The verb by which somebody tells what is new, as a place in the sentence: *announced* on Monday that it had left.

    What was before, or goes on, began on no day of the news.
    """
    new = not reading.background and reading.stage != "ongoing"
    said = reading.speaker.head if reading.speaker is not None else None
    return {said.i} if new and said is not None and said.tag_ == "VBD" else set()


def contract(sentence: ParsedSentence, trigger: Trigger, draft: Draft, published: date | None) -> Draft | None:
    """The contract by whose terms weapons were handed over, if its day is told: *under a deal signed in 2022*.

    Args:
        sentence: in which it is told.
        trigger: the verb of handing over.
        draft: what it tells.
        published: day of publication.
    """
    given = PREDICATES[draft.predicate].frame == "transfer" and PHASE_OF[draft.stage] == "actual"
    if (
        trigger.noun
        or not given
        or not {"recipient", "weapon"} <= draft.roles.keys()
        or draft.details.get("mode") == "aid"
    ):
        return None
    for noun in terms(trigger.token, load_status()):
        if noun.lemma_.lower() in SLOT_WORDS.sales:
            hung = {noun.i, *(c.i for c in noun.children if c.tag_ == "VBN")}
            days = [when for when in _dates(sentence, published, 0, future=False) if _hangs_on(hung, sentence, when)]
            days += [when for c in noun.children if c.like_num for when in find_dates(f"in {c.text}", published)]
            told = {"mode": "sale"} if "supplier" in draft.roles else {}
            if days:
                return replace(draft, predicate="purchases", stage="agreed", when=days[0], details=told)
    return None


def _dates(sentence: ParsedSentence, published: date | None, begin: int, *, future: bool) -> list[When]:
    """The sentence's dates from a place on, but those that are a piece of a catalogue's name.

    `future` tells whether Tuesday is the next one: not where it hangs on a verb of the past, *vowed on Tuesday*.
    """
    told = find_dates(sentence.text, published, future=future)
    return [when for when in told if when.start >= begin and not _in_name(sentence, when)]


def _in_name(sentence: ParsedSentence, when: When) -> bool:
    """Whether it is a piece of a catalogue's name: Mirage *2000s*."""
    first, end = sentence.start + when.start, sentence.start + when.end
    return any(match.start < first and end <= match.end for match in sentence.matches)


def _words_of(trigger: Trigger) -> set[int]:
    """The trigger, the verb that carries it and verbs that it complements, as places in the sentence."""
    found = {trigger.token.i}
    current = trigger.token
    for _ in range(4):
        head = current.head
        apart = current.dep_ in ("advcl", "acl:relcl", "parataxis", "ccomp") and not _is_spending(current)
        if head == current or apart or _is_reason(current):
            break
        found.add(head.i)
        current = head
    complements = {c for i in found for c in trigger.token.doc[i].children if c.dep_ == "xcomp"}
    return found | {c.i for c in complements if c.tag_ not in FINITE}


def _is_spending(clause: Token) -> bool:
    """Whether a verb is what a sum went on: spent millions *on buying* jets."""
    return clause.tag_ == "VBG" and clause.head.lemma_.lower() == "spend" and preposition(clause) in ("on", "")


def _hangs_on(words: set[int], sentence: ParsedSentence, when: When, *, future: bool = False) -> bool:
    """Whether the date hangs on one of these words, without another event between.

    What is to come *before* a day, or *after* it, is told by that day.
    """
    for token in way_up(sentence, when):
        if token.i in words:
            return True
        if token.head.lemma_.lower() in SLOT_WORDS.statutes and preposition(token) == "of":
            return False
        of_day = when.start <= token.idx < when.end  # fired *over* the weekend
        if token.pos_ in VERBAL or token.dep_ == "acl:relcl" or (_is_reason(token) and not of_day):
            return False  # the embargo that has been in place since 1992
        if not future and is_anothers(token, when):
            return False
    return False


def _is_reason(noun: Token) -> bool:
    """Whether it says why something else was done, whose date is not its own: sanctioned in May *over its purchase*."""
    over = noun.dep_.startswith(("obl", "nmod")) and preposition(noun) in SLOT_WORDS.reasons
    return over or noun.lemma_.lower() in SLOT_WORDS.responses


def _begin(event: Token) -> int:
    """Where in the sentence an event's own dates may begin: voted on Monday, eight days *after its test* on Sunday."""
    for word in (event, *event.ancestors):
        if word.dep_.startswith(("obl", "nmod", "appos")) and preposition(word) in load_status().afterwards:
            return word.left_edge.idx
    return 0


def add_details(sentence: ParsedSentence, trigger: Trigger, reading: Reading, draft: Draft) -> None:
    """Amounts, money, batches, rounds, measures and scope, as far as the sentence tells them, into the draft."""
    _set_right(sentence, reading, draft)
    details, rule = draft.details, trigger.rule
    text = sentence.text
    frame = PREDICATES[draft.predicate].frame
    if frame == "transfer":
        mode: Mode | None = rule.modes.get(trigger.lemma) or ("sale" if _is_contracted(reading) else None)
        if mode:
            details["mode"] = mode
    if "weapon" in draft.roles:
        head = _token_at(sentence, draft.roles["weapon"])
        if head is not None:
            amount = amounts.quantity(sentence, _np_head(head), draft.roles["weapon"])
            if amount is not None:
                details |= {
                    "quantity_min": amount.low,
                    "quantity_max": amount.high,
                    "quantity_text": amount.text,
                    "unit": amount.unit,
                }
                draft.whole = amount.whole
            low, high = sorted((head.i, trigger.token.i))
            between = [t for t in sentence.doc[max(0, low - 3) : high + 1] if t.pos_ in ("NOUN", "PROPN")]
            details["batch"] = amounts.batch(_np_head(head), trigger.token, *between)
            bought = draft.predicate == "purchases" or draft.roles["weapon"].entity.id == WEAPONS_CLASS
            if frame == "transfer" and bought and details["batch"] is None and amounts.adds(_np_head(head)):
                details["batch"] = "further"
            handed_over = draft.predicate in ("supplies", "receives")
            if handed_over and (draft.whole is not None or _begins(_np_head(head), trigger.token)):
                details["partial"] = True
    if frame == "transfer":
        details |= amounts.money(text, max(0, draft.start - sentence.start - 40), draft.end - sentence.start + 60)
    if frame == "sanction":
        details["round"] = amounts.sanction_round(trigger.token, *(t for t in trigger.over() if t.pos_ not in VERBAL))
        details["measure"] = _measure(text, trigger)
        if "target" in draft.roles:
            target = draft.roles["target"]
            details["target_detail"] = target.detail or _counted(sentence, target)
            details["scope"] = _scope(target, details["target_detail"])
        carrier = trigger.carrier() if trigger.noun else None
        if _in_part(trigger, carrier, draft.stage):
            details["partial"] = True


def _set_right(sentence: ParsedSentence, reading: Reading, draft: Draft) -> None:
    """How far it has got by what the sentence tells beside it, and whether it is signed, or a measure that stays."""
    words, target = load_status(), draft.roles.get("target")
    if draft.predicate == "purchases" and draft.presumed and _signings(sentence):
        draft.become("agreed")
    sanction = PREDICATES[draft.predicate].frame == "sanction"
    if sanction and target and draft.stage in ("ended", "suspended") and KEPT_ON.search(_before(sentence, target)):
        draft.stage = "ongoing"
    steps = [(step.value, step.word, step.word.lemma_.lower()) for step in reading.steps]
    draft.signed = draft.stage == "agreed" and any(
        value == "agreed" and words.stages.get(lemma) == "agreed" for value, _, lemma in steps
    )
    stays = (word for _, word, lemma in steps if lemma in words.keeping)
    draft.kept = sanction and draft.stage == "ongoing" and any(word.tag_ not in ("VBD", "VBN") for word in stays)


def _before(sentence: ParsedSentence, name: Link) -> str:
    """What comes right before a name in its sentence."""
    place = max(0, name.start - sentence.start)
    return sentence.text[max(0, place - LONGEST_LIST) : place]


def _is_contracted(reading: Reading) -> bool:
    """Whether what is told to be handed over is sold: signed *contracts* to export tanks."""
    return reading.stage == "agreed" and any(step.word.lemma_.lower() in SLOT_WORDS.sales for step in reading.steps)


def _begins(weapon: Token, event: Token) -> bool:
    """Whether only the first are handed over: the *first* jets, its *first* jet, the *first parts*, the *first of* two.

    A first batch or order is whole.
    """
    outer = [weapon.head] if weapon.dep_ == "nmod" and preposition(weapon) == "of" else []
    nouns = [noun for noun in (weapon, *outer, event) if noun.lemma_.lower() not in AMOUNT_WORDS.whole]
    words = [word for noun in nouns for word in (noun, *(c for c in noun.children if c.dep_ == "amod"))]
    return any(word.lower_ in AMOUNT_WORDS.beginning for word in words)


def _in_part(trigger: Trigger, carrier: Token | None, stage: Stage) -> bool:
    """Whether only a part is meant: *eases* sanctions, lifts *some*, *partly* lifts them, lifts *part* of them."""
    if carrier is not None and carrier.lemma_ in AMOUNT_WORDS.easing:
        return True
    over = trigger.over()
    some = any(word.lower_ in AMOUNT_WORDS.some for head in (trigger.token, *over) for word in head.children)
    return stage == "ended" and (some or any(noun.lemma_ in AMOUNT_WORDS.parts for noun in over))


def _measure(text: str, trigger: Trigger) -> str | None:
    if trigger.lemma in trigger.rule.measures:
        return trigger.rule.measures[trigger.lemma]
    low = max(0, trigger.token.idx - 40)
    found = [name for name, pattern in load_rules().measures if pattern.search(text, low, trigger.token.idx + 80)]
    return ", ".join(found) or None


def _token_at(sentence: ParsedSentence, link: Link) -> Token | None:
    return next(
        (t for t in reversed(sentence.doc) if sentence.offset(t)[0] < link.end and link.start < sentence.offset(t)[1]),
        None,
    )


def _np_head(token: Token) -> Token:
    while token.dep_ in ("compound", "amod", "flat", "appos", "nmod:desc") and token.head != token:
        token = token.head
    return token


def _counted(sentence: ParsedSentence, target: Link) -> str | None:
    """Those who are hit where a country's name only says where they are: *12 companies*, five of them in Iran."""
    if target.entity.label != "Country":
        return None
    told = COUNTED.search(_before(sentence, target))
    return told["group"] if told else None


def _scope(target: Link, detail: str | None) -> str:
    if target.entity.label == "Person":
        return "persons"
    if detail:
        described = detail.lower()
        return "persons" if any(word in described for word in SLOT_WORDS.persons) else "group"
    return "state" if target.entity.label in ("Country",) else "entity"

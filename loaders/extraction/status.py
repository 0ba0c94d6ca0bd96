"""How far an event has got and how sure it is: tense, modals, negation, the words above it, who says so."""

from __future__ import annotations

from spacy.tokens import Token

from graph.vocabulary import PHASE_OF, PREDICATES, Stage
from loaders.extraction import outcomes
from loaders.extraction.dates import is_of_the_calendar
from loaders.extraction.operands import is_operand, relation, teller
from loaders.extraction.reading import Reading, Step
from loaders.extraction.rules import IN_HAND, Rule
from loaders.extraction.speakers import hedge, set_speaker
from loaders.extraction.strikes import is_answered
from loaders.extraction.trigger import Trigger
from loaders.extraction.words import SLOT_WORDS, Status, load_status
from loaders.text.syntax import (
    VERBAL,
    governor,
    is_passive,
    objects,
    preposition,
    prepositional,
    subjects,
)

DIRECT = frozenset(
    {"obj", "xcomp", "ccomp", "nsubj:pass", "acl", "nmod", "obl", "csubj", "nsubj", "compound", "conj", "iobj"}
    | {"nmod:poss", "amod"}
)
"""Relations of an event to a word that may say something of it."""
WANTING = frozenset({"demanded", "considered", "threatened"})
MAX_DEPTH = 12


def read_status(trigger: Trigger) -> Reading:
    """Stage, assertion and speaker of the event that a trigger tells."""
    words = load_status()
    token = trigger.token
    base, why = _base_stage(trigger)
    reading = Reading(base, steps=[Step(base, token, why)])
    if trigger.noun:
        outcomes.come_to_nothing(token, reading, words)
        _apply_adjectives(token, trigger.rule, reading, words)
        for participle in trigger.participles():
            if participle.tag_ != "VBN" or participle.lemma_ == "aim":  # sanctions *aimed* at it are no plan
                continue
            stage = words.stages.get(participle.lemma_)
            if stage and not outcomes.came_before(participle, trigger.carrier(), words):
                _apply(reading, stage, participle, words)
    else:
        _apply_plans(token, reading, words)
        _apply_verb_form(token, reading, words, own=True, rule=trigger.rule)
    _climb(token, reading, words, trigger.rule)
    if not trigger.noun:
        outcomes.undo(token, reading, words)
        if PREDICATES[trigger.rule.predicate].frame == "transfer":
            outcomes.bind(token, reading, words)
    hedge(trigger, reading, words)
    if trigger.lemma in trigger.rule.halts and PHASE_OF[reading.stage] == "actual":
        reading.become("suspended", token, "the rule's halts: what is done by this word is a suspension")
    return reading


def _base_stage(trigger: Trigger) -> tuple[Stage, str]:
    rule, lemma = trigger.rule, trigger.lemma
    if trigger.noun and lemma in rule.noun_stages:
        return rule.noun_stages[lemma], "the rule's noun_stages for this noun"
    if lemma in rule.stages:
        return rule.stages[lemma], "the rule's stages for this word"
    if trigger.noun:
        return rule.noun_stage, "the rule's noun_stage"
    if trigger.glued():
        return "ongoing", "what a participle tells that is glued to a name"
    simple = trigger.token.tag_ in ("VBZ", "VBP") and not any(c.dep_ == "aux" for c in trigger.token.children)
    if rule.present and simple:
        return rule.present, "the rule's present: the verb is in the simple present"
    if lemma in rule.standing and outcomes.is_standing(trigger.token):
        return "ongoing", "the rule's standing: what stands there"
    if rule.steady and rule.present and trigger.token.tag_ in ("VB", "VBG"):
        return rule.present, "the rule's present: an infinitive or a gerund of something standing"
    return "completed", "what a verb tells unless other words change it"


def _apply_plans(verb: Token, reading: Reading, words: Status) -> None:
    """What is unveiled or sent as a plan is planned: unveils *plans* for a missile shield."""
    for noun in objects(verb):
        stage = words.stages.get(noun.lemma_.lower())
        plan = noun.pos_ == "NOUN" and not outcomes.is_round(noun)
        if stage in ("considered", "planned") and plan and any(True for _ in prepositional(noun)):
            reading.become(stage, noun, "the verb's object is a plan for it")


def _apply_adjectives(noun: Token, rule: Rule, reading: Reading, words: Status) -> None:
    for child in noun.children:
        if child.dep_ not in ("amod", "compound", "det", "nmod:poss"):
            continue
        lemma = child.lemma_.lower()
        reading.background |= child.dep_ == "amod" and lemma in words.background
        tells = child.dep_ == "amod" and lemma in words.stages.keys() - words.plain
        if lemma in words.new or child.lower_ in words.new:
            if rule.new_stage:
                reading.become(rule.new_stage, child, "the rule's new_stage: called new or further")
        elif tells and not outcomes.was_before(child, words):
            reading.become(words.stages[lemma], child, "adjective of the trigger")
            reading.operators.append(child)
        if lemma in words.assertions:
            reading.hold(words.assertions[lemma], child, "adjective of the trigger")
            reading.operators.append(child)


def _apply_verb_form(verb: Token, reading: Reading, words: Status, *, own: bool, rule: Rule | None = None) -> None:
    """Modals, aspect and negation of a verb act on the event below it (`own`: the verb is the event)."""
    auxiliaries = [c for c in verb.children if c.dep_.startswith("aux") or c.dep_ == "cop"]
    if not auxiliaries and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and verb.head.tag_ == verb.tag_:
        auxiliaries = [c for c in verb.head.children if c.dep_.startswith("aux")]
    negations = [c for c in verb.children if c.lower_ in words.negation or outcomes.is_no_longer(c)]
    negations += [c for subject in subjects(verb) for c in subject.children if c.lower_ == "neither"]
    negations += [none for noun in objects(verb) if own and (none := outcomes.none_of(noun))]
    if not negations and verb.dep_ == "conj" and any(c.lower_ in ("or", "nor") for c in verb.children):
        negations = [c for c in verb.head.children if c.lower_ in words.negation]
    negated = any(c.dep_ in ("advmod", "det", "cc", "cc:preconj") or c.lower_ in ("n't", "without") for c in negations)
    modals = [a for a in auxiliaries if a.lower_ in words.modal]
    modal = words.modal[modals[0].lower_] if modals else None
    longer = next((c for c in negations if outcomes.is_no_longer(c)), None)
    if own and longer is not None and not modals:
        reading.become("ended", longer, "no longer")
        return
    earlier = any(c.lower_ in words.background or outcomes.is_until_now(c, words) for c in verb.children)
    if earlier or any(a.lower_ in ("had", "having") for a in auxiliaries):
        reading.background = True
    reported = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and verb.head.lemma_.lower() in words.reporting
    if modal and modals[0].lower_ == "would" and reported:
        modal = "planned"  # what was said to come: it said that it would send
    of_weapons = rule is not None and (PREDICATES[rule.predicate].frame in ("use", "test") or verb.lemma_ == "reach")
    of_transfer = rule is not None and PREDICATES[rule.predicate].frame == "transfer"
    if own and of_weapons and modal == "considered" and verb.dep_ == "acl:relcl":
        reading.dismiss(modals[0], "what it is able to do")
    if own and of_weapons and verb.dep_ == "acl" and verb.head.lemma_.lower() in words.ability:
        reading.dismiss(verb.head, "what it is able to do")
    if outcomes.never_was(auxiliaries) and (rule is None or PREDICATES[rule.predicate].frame != "use"):
        reading.become("refused", modals[0], "would have happened")
        reading.settled = True
        return
    if modal == "considered" and outcomes.is_guess(verb, auxiliaries, own=own):
        if verb.tag_ == "VBG":
            reading.become("ongoing", verb, "progressive")
        reading.hold("alleged", modals[0], "might have happened")
        return
    if own and negated and modal == "demanded" and rule and PREDICATES[rule.predicate].frame != "sanction":
        reading.dismiss(modals[0], "what nobody should do")
    kept = modal == "planned" and not negated and not own and verb.lemma_.lower() in words.keeping
    if modal and not kept and not (own and rule and verb.lemma_ in rule.stages and modal == "considered"):
        reading.operators += modals
        refused = negated and modal in ("planned", "considered")
        _raise(reading, "refused" if refused else modal, modals[0], "modal, negated" if refused else "modal", words)
        return
    if own and of_transfer and outcomes.has_already(verb, words):
        reading.dismiss(verb, "what somebody has")
    if own and outcomes.is_to_come(verb, words):
        reading.become("planned", verb, "in a clause of what is to come")
    if own and verb.tag_ == "VBG" and any(a.lemma_ == "be" for a in auxiliaries) and not is_passive(verb):
        reading.become(rule.progressive if rule else "ongoing", verb, "progressive")
    named = own and verb.tag_ == "VBG" and not auxiliaries and verb.i and _is_name(verb.nbor(-1))
    claimed = verb.head.lemma_.lower() in words.assertions and preposition(verb) == "of"
    said = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in words.reporting
    if named and (said or verb.dep_ in ("ROOT", "root")):
        reading.become(rule.progressive if rule else "ongoing", verb, "a headline's progressive: US sending missiles")
    elif named and not claimed and not is_answered(verb) and not outcomes.is_conceded(verb):
        reading.become("considered", verb, "gerund with its own subject: opposition to Turkey acquiring")
    if own and any(a.lower_ == "being" for a in auxiliaries):
        reading.become(rule.progressive if rule else "ongoing", verb, "progressive passive")
    to_be = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "to"), None)
    if not own and to_be is not None and outcomes.is_headline(verb):
        _raise(reading, "planned", to_be, "infinitive that is told as what will be", words)
    if own and to_be is not None and any(a.lower_ in ("is", "are") and a.i < to_be.i for a in auxiliaries):
        reading.become("planned", to_be, "is to be")
    if own and to_be is not None and verb.dep_ in ("ROOT", "root", "xcomp", "ccomp", "acl", "parataxis"):
        if verb.dep_ in ("ROOT", "root", "acl"):
            reading.become("planned", to_be, "infinitive that is told as what will be")
        reading.operators.append(to_be)
    before = to_be.nbor(-1) if own and to_be is not None and to_be.i else None
    if before is not None and (before.pos_, verb.dep_) in outcomes.EXPLAINED:
        stage = words.stages.get(before.lemma_.lower())
        if stage:
            _apply(reading, stage, before, words)
    if negated and own and any(a.lower_ in ("has", "have", "had") for a in auxiliaries):
        reading.hold("denied", negations[0], "has not happened")
        reading.operators += negations
    elif negated:
        reading.become("refused" if own else outcomes.negated(reading.stage), negations[0], f"negates '{verb.text}'")
        reading.operators += negations


def _is_name(word: Token) -> bool:
    """Whether it names somebody, and no day or month: signed on *Saturday* suspending …"""
    return word.tag_ in ("NNP", "NNPS", "PRP") and not is_of_the_calendar(word.lower_)


def _apply(reading: Reading, stage: Stage, word: Token, words: Status) -> None:
    if stage == reading.stage and word in reading.operators:
        return
    _raise(reading, stage, word, "stage word over the event", words)
    reading.operators.append(word)


def _raise(reading: Reading, stage: Stage, word: Token, why: str, words: Status) -> None:
    """A word over the event changes its stage; over an ending, what is only planned leaves the thing in force."""
    if reading.settled or outcomes.is_prolonged(reading, stage, words):
        return
    if reading.stage == "threatened" and stage == "ended":
        stage = "refused"  # a threat that is dropped lifts nothing
    if reading.stage == "ended":
        in_force = reading.settled = stage in words.not_yet and word.lemma_.lower() not in words.telling
        bought = reading.steps[0].word.lemma_.lower() in words.buying
        decided = bought or any(step.value in ("agreed", "approved") for step in reading.steps)
        stands: Stage = "agreed" if decided else "ongoing"
        reading.become(stands if in_force else "ended", word, f"{why}; the end is not yet" if in_force else why)
    elif (
        (reading.stage == "threatened" and stage in ("considered", "planned", "completed", "ongoing", "agreed"))
        or (reading.stage in ("suspended", "refused") and PHASE_OF[stage] in ("actual", "committed"))
        or (stage == "completed" and PHASE_OF[reading.stage] in ("proposed", "committed"))
        or (stage == "ongoing" and reading.stage in ("demanded", "considered", "planned"))  # talks that begin
        or (outcomes.is_talked_of(reading, words) and (stage == "planned" or word.lemma_ == "agree"))
    ):
        return
    elif reading.stage in ("refused", "suspended") and (stage in WANTING or reading.stage == stage == "refused"):
        reading.become(_standing(reading), word, f"{why}; what somebody wants stopped goes on")
        reading.settled = True
    else:
        reading.become(stage, word, why)


def _standing(reading: Reading) -> Stage:
    """How far the event was before somebody tried to stop it."""
    before = reading.steps[0].value
    if before in ("agreed", "approved"):
        return "agreed"
    return "ongoing" if before == "ongoing" else "considered"


def _passing(current: Token, token: Token, lemma: str, words: Status) -> bool:
    """Whether a word over a standing thing is about something else: talks *on* a programme leave it running."""
    return lemma in words.stages and (current != token or words.stages[lemma] not in ("ended", "suspended"))


def _climb(token: Token, reading: Reading, words: Status, rule: Rule) -> None:
    """Let every word above the trigger act, the nearest first."""
    current, complement = token, True
    trigger_is_noun = token.pos_ in ("NOUN", "PROPN")
    for _ in range(MAX_DEPTH):
        head, link = governor(current), relation(current)
        if current.dep_ == "conj" and preposition(current) in words.operands.get(current.head.lemma_.lower(), ()):
            head, link = current.head, "xcomp"  # accused of looting and *of having armed* rebels
        if head is None or (link == "acl" and current.tag_ == "VBN" and rule.predicate == "signs"):
            break  # a treaty *signed* in Prague is signed, whatever becomes of it
        told_by = teller(current, words) if link == "acl:relcl" else None
        if told_by is not None:
            head, link = told_by, "ccomp"
        elif link == "acl:relcl" and head.lemma_.lower() in words.assertions and "that" in preposition(current).split():
            link = "acl"  # accusations *that it armed* rebels
        if link in ("advcl", "acl:relcl", "parataxis", "advcl:relcl"):
            acts = outcomes.acts_on(head, current, words)
            complement, link = complement and acts, "xcomp" if acts else link
            condition = next((c for c in current.children if c.dep_ == "mark" and c.lower_ in words.conditions), None)
            if condition is not None:
                reading.hold("conditional", condition, "begins the clause that tells it")
                if reading.stage in ("completed", "ongoing", "agreed"):
                    reading.become("considered", condition, "told as a condition")
            if preposition(current) in ("of", "for") and head.lemma_ in words.assertions:
                complement, link = True, "xcomp"
        if outcomes.is_aside(head):
            reading.dismiss(head, "says only how new it is")
        lemma = head.lemma_.lower()
        if lemma in words.calling and any(word.lower_ == "what" for word in (head.head, *head.children)):
            reading.hold("alleged", head, "what somebody calls so")
            set_speaker(head, reading, words)
        frame, kept_from = PREDICATES[rule.predicate].frame, preposition(current) in ("from", "against")
        if lemma in words.hypothetical and current.pos_ in VERBAL and kept_from:
            reading.dismiss(head, "keeps it from happening")
        outlawed = link in ("obj", "xcomp") or (current.tag_ == "VBG" and kept_from)
        if lemma in words.outlawed and outlawed and frame in ("transfer", *IN_HAND):
            reading.dismiss(head, "its object is what nobody shall do")
        if trigger_is_noun and (preposition(current) in words.afterwards or lemma in SLOT_WORDS.responses):
            reading.background = True
            break  # what came after it, or answers it, says nothing of it
        if preposition(current) in words.causes and current.pos_ in ("NOUN", "PROPN"):
            break
        if outcomes.is_offence(current, head, words):
            outcomes.lie_behind(reading, head, rule.predicate)
            break
        stopped = reading.stage in ("ended", "suspended")
        passing = rule.steady and trigger_is_noun and not stopped and _passing(current, token, lemma, words)
        if complement and not passing:
            _consider(current, head, lemma, link, reading, words, rule)
        elif lemma in words.reporting and link == "parataxis" and not outcomes.is_apart(current, head):
            set_speaker(head, reading, words)
        named = head.pos_ in ("NOUN", "PROPN") and link.split(":")[0] in ("nmod", "obl")
        if named and lemma not in words.look_through and lemma not in words.stages and lemma not in words.assertions:
            complement = False  # what is said of the explanation is not said of the delivery that it explains
        current = head
    for said in current.children:
        behind = said.dep_ == "parataxis" or (said.dep_ == "ccomp" and said.tag_ == "VBD" and said.i > current.i)
        if behind and said.pos_ in VERBAL and said.lemma_.lower() in words.reporting:
            set_speaker(said, reading, words)


def _consider(current: Token, head: Token, lemma: str, link: str, reading: Reading, words: Status, rule: Rule) -> None:
    of_event = current == reading.steps[0].word or current.lemma_.lower() in words.look_through
    none = outcomes.none_of(current) if of_event else None
    if none is not None and any(c.dep_ == "expl" for c in head.children):
        reading.dismiss(none, "there is none")
    done_to = lemma in words.own_subject or outcomes.is_motion(current, words, head)
    if link not in DIRECT or (link == "nsubj" and head.pos_ in VERBAL and not done_to):
        return
    if link == "obj" and outcomes.was_before(head, words):
        return
    if outcomes.is_enacted(head, words) or (lemma in words.enacting and outcomes.is_enacted(current, words)):
        reading.operators.append(head)
        return
    frame = PREDICATES[rule.predicate].frame
    if frame == "transfer" and outcomes.is_let_go(current, head, words):
        reading.become("approved", head, "what kept it back is lifted")
        reading.settled = True
        return
    if link in ("obl", "nmod") and not is_operand(current, head, words):
        return
    if outcomes.is_called_untrue(current, head, link, words):
        reading.hold("denied", head, "the claim is called untrue")
        reading.settled = True
        reading.operators.append(head)
        set_speaker(head, reading, words)
        return
    if outcomes.is_set(reading, head, link) or (frame == "treaty" and outcomes.is_pact(current, head, words)):
        return
    if frame == "sanction" and lemma in words.sharing and link in ("obj", "obl"):
        reading.become("ongoing", head, "others take part in it")
        reading.settled = True
    if lemma in words.confirming and any(c.lower_ in words.negation for c in head.children):
        reading.hold("alleged", head, "not confirmed")
        reading.operators.append(head)
        return
    if lemma in words.unproven and any(c.lower_ == "no" for c in head.children):
        reading.hold("denied", head, "no evidence of it")
    withheld = outcomes.is_withheld(current, lemma, link, words)
    kind = None if lemma in rule.over or withheld else words.assertions.get(lemma)
    if reading.settled and kind == "denied":
        return
    if lemma in words.rejecting and link == "obj" and current.lemma_.lower() in words.assertions:
        reading.hold("denied", head, "rejects what is claimed")
        reading.operators.append(head)
        set_speaker(head, reading, words)
        return
    reading.settled |= lemma in words.taking_part
    if kind == "alleged" and any(c.dep_ == "compound" and outcomes.denies(c, words) for c in head.children):
        kind = "denied"  # a headline's verb taken for a noun: Iran *denies* claims of it
    if kind and (head.pos_ in VERBAL or head.pos_ in ("NOUN", "ADJ")) and not (lemma == "report" and link == "obj"):
        if reading.assertion == "asserted" or kind in ("alleged", "denied"):
            reading.hold(kind, head, "assertion word over the event")
        reading.operators.append(head)
    if lemma in words.deeds and len(reading.steps) <= 2 and PHASE_OF[reading.stage] == "committed":
        reading.become("completed", head, "a deed for which somebody answers")
    if lemma in words.failing:
        failed = _standing(reading) if reading.stage == "refused" else "refused"
        reading.become(failed, head, "fails to do it")
        reading.settled = True
    worded = None if outcomes.is_round(head) else words.stages.get(lemma)
    stage = outcomes.phrasal(head, current, words) or rule.over.get(lemma, worded)
    stage = outcomes.by_its_clause(head, current, link, frame, words) or stage
    stage = "refused" if withheld else stage
    only_told = link == "ccomp" and (
        lemma in words.telling
        or lemma in words.findings
        or (lemma in words.reporting and kind)
        or outcomes.only_says(head, current, words)
    )
    violating = lemma in words.in_force and preposition(current) == "by"  # violates it *by testing* missiles
    if stage and not only_told and not violating:
        _apply(reading, stage, head, words)
        reading.settled |= frame == "sanction" and lemma in words.in_force
    standing = rule.steady and reading.steps[0].word.pos_ in ("NOUN", "PROPN")
    if lemma in words.findings and link == "ccomp":
        set_speaker(head, reading, words)
    if lemma in words.reporting and not standing and link in ("ccomp", "obl", "xcomp", "parataxis", "advcl", "obj"):
        set_speaker(head, reading, words)
    if head.pos_ in VERBAL and not outcomes.is_able_to_say(head, link, words):
        _apply_verb_form(head, reading, words, own=False)
    if none is not None and not reading.settled and head.pos_ in VERBAL and link in ("obj", "nsubj:pass"):
        reading.become(outcomes.negated(reading.stage), none, f"nothing that '{head.text}' is said of")
        reading.operators.append(none)

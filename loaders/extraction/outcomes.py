"""What clauses and verbs tell of an event beside stages of their own: it is yet to come, never was, became law."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from graph.vocabulary import PHASE_OF, PREDICATES, Stage
from loaders.extraction.dates import is_of_the_calendar
from loaders.extraction.reading import Reading
from loaders.extraction.words import AMOUNT_WORDS, SLOT_WORDS, Status
from loaders.text.syntax import (
    BARGAINS,
    OBJECT_CONTROL,
    VERBAL,
    explained_noun,
    governor,
    objects,
    preposition,
    prepositional,
    subjects,
)

EXPLAINED = frozenset({("NOUN", "advcl"), ("VERB", "advcl"), ("NOUN", "xcomp")})
"""Parts of speech right before an infinitive that may say of it how far it has got, and how it then hangs in its
sentence: *plans* to buy, started *negotiations* to buy."""
GRANTING = frozenset({"give", "grant"})


def is_to_come(verb: Token, words: Status) -> bool:
    """Whether a clause tells in the present what has not happened yet: 60 days *before* Washington *pulls* out."""
    marks = [c.lower_ for c in verb.children if c.dep_ == "mark"]
    return verb.tag_ in ("VBZ", "VBP") and any(mark in words.to_come for mark in marks)


def is_guess(verb: Token, auxiliaries: list[Token], *, own: bool) -> bool:
    """Whether what may be is told as of now or before: *may have* sold them, *may be* selling (itself)."""
    doing = own and verb.tag_ == "VBG" and any(a.lemma_ == "be" for a in auxiliaries)
    return doing or any(a.lower_ == "have" for a in auxiliaries)


def is_talked_of(reading: Reading, words: Status) -> bool:
    """Whether it is only talked of so far, which no will to talk changes: agreed to *discuss*, will *consider*."""
    said = [word.lemma_.lower() for word in reading.operators if word.lower_ not in words.modal]
    return reading.stage == "considered" and bool(said) and said[-1] in words.talking


def is_round(word: Token) -> bool:
    """Whether it is a noun that counts measures: a new *set* of sanctions, which are not set to come."""
    return word.pos_ == "NOUN" and word.lemma_.lower() in AMOUNT_WORDS.rounds


def is_set(reading: Reading, verb: Token, link: str) -> bool:
    """Whether a verb with a stage of its own means something else with this object: *sets* a cap, *calls* it so."""
    if verb.lemma_.lower() not in ("call", "set") or verb.pos_ not in VERBAL or link != "obj":
        return False
    if verb.lemma_.lower() == "set":
        reading.become("completed", verb, "sets it, and is not set to")
    return True


def never_was(auxiliaries: list[Token]) -> bool:
    """Whether it would have happened, but did not: a resolution that *would have* imposed sanctions."""
    forms = [a.lower_ for a in auxiliaries]
    return "would" in forms and "have" in forms


def is_broken(kept: Token, words: Status) -> bool:
    """Whether what somebody should keep is told as not kept: does *not* comply, *failed* to meet its obligations."""
    bound = any(c.lower_ in words.modal for c in kept.children)
    negated = any(c.lower_ in words.negation or c.lower_ == "out" for c in kept.children) and not bound
    over = governor(kept)
    failed = over is not None and over.lemma_.lower() in words.failing and kept.dep_ in ("xcomp", "advcl", "acl")
    return negated or failed


def is_lessened(sentence: Doc, words: Status) -> bool:
    """Whether somebody is told to comply less: *reduces* its *compliance* with the deal."""
    verbs = [word for word in sentence if word.lemma_.lower() in words.lessening]
    return any(noun.lemma_.lower() in words.lessened for verb in verbs for noun in objects(verb))


def is_let_go(event: Token, over: Token, words: Status) -> bool:
    """Whether what keeps an event back is lifted: lifted the *hold* on a shipment, the *pause* in deliveries ended."""
    hold = over if over.pos_ == "NOUN" else next((noun for noun in objects(over) if noun.i < event.i), over)
    verb = governor(hold) if hold == over else over
    ends = verb is not None and words.stages.get(verb.lemma_.lower()) == "ended"
    return ends and preposition(event) in ("on", "in", "of") and hold.lemma_.lower() in words.holds


def has_already(verb: Token, words: Status) -> bool:
    """Whether it tells what somebody has, not what he gets: *is equipped with* F-16s, but not: was equipped by Iran."""
    doer = any(c.dep_ == "obl:agent" or preposition(c) == "by" for c in verb.children)
    return _is_present(verb) and not doer and verb.lemma_.lower() in words.fitted


def is_enacted(noun: Token, words: Status) -> bool:
    """Whether it is a law that somebody signs, so that what it tells is done: signed a *bill* revoking the treaty."""
    over = governor(noun)
    signed = over is not None and over.pos_ in VERBAL and over.lemma_.lower() in words.enacting
    return signed and noun.dep_ == "obj" and noun.lemma_.lower() in words.laws


def acts_on(verb: Token, clause: Token, words: Status) -> bool:
    """Whether a clause beside a verb is what the verb acts on: is set *to transfer*, denied *having given*."""
    case, over = preposition(clause), verb.lemma_.lower()
    doing = clause.tag_ == "VBG" or any(c.lower_ == "having" for c in clause.children)
    denied = doing and not case and words.assertions.get(over) == "denied"
    means = case == "by" and clause.tag_ == "VBG"
    to_do = case == "to" and clause.tag_ == "VB"
    asked = to_do and (over in OBJECT_CONTROL or verb.tag_ == "JJ")
    asked = asked or is_undertaken(clause, verb, words)
    return denied or means or asked or any(word in words.operands.get(over, ()) for word in case.split())


def come_to_nothing(noun: Token, reading: Reading, words: Status) -> None:
    """What fails to come has not come, whatever the parser hangs it on: American sanctions *fail to* come."""
    after = noun.doc[noun.i + 1 : noun.i + 3]
    if len(after) == 2 and after[0].lemma_.lower() in words.failing and after[1].lower_ == "to":
        reading.become("refused", after[0], "fails to come")
        reading.settled = True


def is_motion(noun: Token, words: Status, verb: Token) -> bool:
    """Whether what fails is a motion for the event: *a resolution* to impose sanctions failed."""
    return verb.lemma_.lower() in words.failing and noun.lemma_.lower() in SLOT_WORDS.motions


def is_prolonged(reading: Reading, stage: Stage, words: Status) -> bool:
    """Whether a word tells that somebody decides to prolong what is in force: *agrees* to extend sanctions."""
    last = reading.operators[-1].lemma_.lower() if reading.operators else ""
    decided = PHASE_OF[stage] == "committed" or stage == "completed"
    return reading.stage == "ongoing" and last in words.prolonging and decided


def is_undertaken(clause: Token, verb: Token, words: Status) -> bool:
    """Whether an infinitive is what a verb of intent is about, with words between: voted on Friday *to withdraw*."""
    over = verb.lemma_.lower()
    intended = over in words.failing or words.stages.get(over) in ("agreed", "planned", "refused", "threatened")
    return preposition(clause) == "to" and clause.tag_ == "VB" and intended and not objects(verb)


def undo(verb: Token, reading: Reading, words: Status) -> None:
    """Tells what became of a deal, by its own clause: a contract to buy jets, which was *cancelled* later."""
    noun = explained_noun(verb) or verb.head
    if noun.lemma_.lower() not in BARGAINS:
        return
    places = (noun, *(c for c in verb.children if c.dep_.split(":")[0] in ("obj", "obl")))
    for clause in (c for place in places for c in place.children):
        of_deal = clause.dep_ == "acl" and clause.tag_ == "VBN"
        of_deal |= clause.dep_ == "acl:relcl" and any(
            c.lower_ in ("which", "that") and c.dep_ in ("obj", "nsubj:pass") for c in clause.children
        )
        stage = words.stages.get(clause.lemma_.lower())
        if of_deal and stage in ("ended", "suspended", "refused"):
            reading.become(stage, clause, "what became of the deal")


def bind(verb: Token, reading: Reading, words: Status) -> None:
    """Tells that a contract stands for what is to come: will deliver them *under the deal*, jets *ordered* before.

    Not where the deal itself is only proposed, planned or given up.
    """
    if reading.stage != "planned":
        return
    over = governor(verb)
    bound_by = terms(verb, words) + (subjects(over) if over is not None and over.lemma_ in words.obliging else [])
    standing = [noun for noun in bound_by if noun.lemma_.lower() in words.contracts]
    standing = [noun for noun in standing if not any(_is_open(child, words) for child in noun.children)]
    clauses = [c for place in (verb, *objects(verb)) for c in place.children if c.dep_ in ("acl", "advcl")]
    ordered = [c for c in clauses if c.tag_ == "VBN" and c.lemma_.lower() in words.ordering and not preposition(c)]
    for word in (*standing, *ordered)[:1]:
        reading.become("agreed", word, "what a contract or an order stands for")


def terms(verb: Token, words: Status) -> list[Token]:
    """The nouns by whose terms it is done: *under* a contract, *as part of* a deal."""
    nouns = [noun for case, noun in prepositional(verb) if case.lower() in words.by_terms]
    parts = [noun for case, noun in prepositional(verb) if case.lower() == "as" and noun.lemma_.lower() == "part"]
    return nouns + [noun for part in parts for case, noun in prepositional(part) if case == "of"]


def _is_open(child: Token, words: Status) -> bool:
    """Whether an adjective or a participle says of a contract that it is none yet: a *proposed* deal."""
    stage = words.stages.get(child.lemma_.lower())
    return (
        child.dep_ in ("amod", "acl")
        and stage is not None
        and (stage == "planned" or PHASE_OF[stage] in ("proposed", "stopped"))
    )


def is_pact(word: Token, head: Token, words: Status) -> bool:
    """Whether a noun over a word only completes a treaty's name, and tells no stage: the nuclear *agreement*."""
    return word.dep_ == "amod" and head.lemma_.lower() in words.pacts


def denies(word: Token, words: Status) -> bool:
    """Whether a verb taken for a noun denies what is claimed."""
    form = word.lower_
    return any(form == f"{verb}s" for verb in words.rejecting) or words.assertions.get(word.lemma_.lower()) == "denied"


def came_before(participle: Token, carrier: Token | None, words: Status) -> bool:
    """Whether a measure's clause tells what was before its verb acts: extended sanctions that *had been* imposed.

    So it does where something is back: *reimposed* sanctions lifted years ago, the *return* of these.
    """
    earlier = any(c.dep_ == "aux" and c.lower_ == "had" for c in participle.children)
    if preposition(participle.head) == "of" and participle.head.head.lemma_.lower() in words.restoring:
        return True
    over = carrier.lemma_.lower() if carrier is not None else ""
    return over in words.restoring or (earlier and over in words.stages)


def was_before(adjective: Token, words: Status) -> bool:
    """Whether a participle tells how things stood before: *previously* lifted sanctions; not: has previously lifted."""
    earlier = any(c.dep_ == "advmod" and c.lower_ in words.background for c in adjective.children)
    return earlier and adjective.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in adjective.children)


def negated(stage: Stage) -> Stage:
    """What a stage becomes where it is negated: not lifted is in force."""
    undone: dict[Stage, Stage] = {"ended": "ongoing", "refused": "considered"}
    return undone.get(stage, "refused")


def is_offence(current: Token, head: Token, words: Status) -> bool:
    """Whether this is what somebody is punished for: imposed it *over* the purchase, sanctions *for buying* them."""
    if preposition(current) not in ("for", "over"):
        return False
    between = current.doc[head.i + 1 : current.i]
    over = [head, head.head] if current.tag_ == "VBG" else [head]  # removed from the *programme* for buying
    return any(word.lemma_.lower() in words.punishing for word in over) or any(
        word.pos_ == "NOUN" and word.lemma_.lower() in words.punishing for word in between
    )


def lie_behind(reading: Reading, punished: Token, predicate: str) -> None:
    """What somebody is punished for has happened, whatever becomes of the punishment."""
    if PHASE_OF[reading.stage] == "actual":
        reading.settled = True
        reading.background |= PREDICATES[predicate].frame in ("transfer", "test", "use")
        reading.become(reading.stage, punished, "what is punished was before")


def only_says(verb: Token, clause: Token, words: Status) -> bool:
    """Whether a verb that may demand only says what is so: insists that it *complies*, but not that it *comply*."""
    finite = clause.tag_ in ("VBZ", "VBD") or any(c.dep_.startswith(("aux", "cop")) for c in clause.children)
    return verb.lemma_.lower() in words.holding and clause.dep_ == "ccomp" and finite


def is_withheld(current: Token, lemma: str, link: str, words: Status) -> bool:
    """Whether what is denied is what somebody asked for, not what is said of him: *denied* the request, a licence."""
    denied = words.assertions.get(lemma) == "denied" or lemma in words.rejecting
    return denied and link in ("obj", "nsubj:pass") and current.lemma_.lower() in words.pleas


def is_able_to_say(verb: Token, link: str, words: Status) -> bool:
    """Whether a modal tells only that somebody can say what is so: we *can* confirm that it delivered them."""
    able = any(c.dep_ == "aux" and c.lower_ in ("can", "could") for c in verb.children)
    negated = any(c.lower_ in words.negation for c in verb.children)
    return able and not negated and link == "ccomp" and verb.lemma_.lower() in words.telling


def is_called_untrue(current: Token, head: Token, link: str, words: Status) -> bool:
    """Whether a claim or report of the event is said to be unfounded: calls it so, or it is so."""
    if current.lemma_.lower() not in words.assertions or link not in ("obj", "nsubj", "nsubj:pass"):
        return False
    if head.lower_ in words.untrue:
        return link in ("nsubj", "obj")  # the parser may take it for a verb: dismissed *as baseless* a report
    told = [word.lower_ for word in head.subtree if word.i > current.i]
    return head.lemma_.lower() in words.calling and any(word in words.untrue for word in told)


def phrasal(verb: Token, under: Token, words: Status) -> Stage | None:
    """What a verb tells with a particle, its own or that of the phrase under it: *called off*, *backed out of* it.

    So do a noun and its preposition, *on hold*. Who *gives approval* to a clause approves what it tells.
    """
    granted = [words.stages.get(noun.lemma_.lower()) for noun in objects(verb)] if verb.lemma_ in GRANTING else []
    if "approved" in granted and under.pos_ in VERBAL:
        return "approved"
    particles = words.phrasal.get(verb.lemma_.lower(), {})
    own = [c.lower_ for c in verb.children if c.i > verb.i] + preposition(under).split() + preposition(verb).split()
    own += [word.lower_ for word in verb.doc[verb.i + 1 : verb.i + 2]]  # rolled *back* sanctions, whatever it hangs on
    return next((particles[word] for word in own if word in particles), None)


def by_its_clause(verb: Token, under: Token, link: str, frame: str, words: Status) -> Stage | None:
    """What a verb tells by who does it, and to what: *wants to buy*, *stopped exports*, the Council *votes*."""
    lemma = verb.lemma_.lower()
    own = link == "xcomp" and not any(c.dep_ in ("obj", "iobj") for c in verb.children)
    if lemma in words.wishing and own and not any(c.dep_.startswith("nsubj") for c in under.children):
        return "considered"
    if lemma in words.halting and frame == "transfer":
        several = under.tag_ == "NNS" and not any(c.dep_ == "nummod" for c in under.children)
        return "suspended" if several or under.tag_ == "VBG" else None
    if lemma == "decide" and link == "nsubj:pass":
        return "completed" if frame == "sanction" else "agreed"
    if lemma in words.closing and under.lemma_.lower() in words.bargained and frame == "transfer":
        return "agreed"
    if lemma in words.comprising and under.tag_ == "VBG" and frame == "transfer":
        deal = next((noun for noun in subjects(verb) if noun.lemma_.lower() in words.bargained), None)
        return "agreed" if deal is not None and not any(_is_open(c, words) for c in deal.children) else None
    if lemma == "process" and frame == "transfer" and preposition(verb) != "in":
        return "planned"  # moves on with the process of buying; who is in it buys
    if lemma in words.working and preposition(under) == "on" and frame in ("transfer", "sanction"):
        return "planned"
    if lemma in words.sparing and preposition(under) == "for" and frame == "transfer":
        return "approved"
    if frame != "sanction":
        return None
    reach = [far for word in (verb, under) for case, far in prepositional(word) if case == "to"]
    wider = lemma in words.extending and any(not _is_a_day(far) for far in reach)
    council = lemma in words.voting and any(_called(one) in words.councils for one in subjects(verb))
    return "completed" if wider or council else None


def _called(name: Token) -> str:
    """A name of several words, lower case."""
    return " ".join(word.lower_ for word in (*name.children, name) if word == name or word.dep_ == "compound")


def is_conceded(verb: Token) -> bool:
    """Whether it is told as a fact against which the rest holds: *despite Washington providing* 31 tanks."""
    return any("despite" in preposition(word).lower().split() for word in (verb, *subjects(verb)))


def is_until_now(adverb: Token, words: Status) -> bool:
    """Whether a phrase tells all the time until now: *so far*, *to date*."""
    return " ".join(token.lower_ for token in adverb.subtree) in words.until_now


def is_aside(noun: Token) -> bool:
    """Whether it only says how new what is told is: four launchers, *the first time* that they have been supplied."""
    return noun.lemma_.lower() == "time" and noun.dep_ == "appos"


def _is_a_day(noun: Token) -> bool:
    """Whether it tells a day: to *31 July*, to the end of *2025*, to *January*."""
    return any(t.pos_ == "NUM" or is_of_the_calendar(t.lower_) for t in (noun, *noun.subtree))


def is_headline(verb: Token) -> bool:
    """Whether the infinitive is all that is told of somebody: *China to impose* sanctions."""
    alone = verb.dep_ in ("ROOT", "root") or (verb.dep_ == "acl" and verb.head.head == verb.head)
    return alone and (verb.dep_ != "acl" or verb.head.tag_ in ("NNP", "NNPS"))


def is_no_longer(word: Token) -> bool:
    """Whether the word ends a negation of what was: is *no longer* sold."""
    return word.lower_ == "longer" and word.i > 0 and word.nbor(-1).lower_ == "no"


def none_of(noun: Token) -> Token | None:
    """The word by which there is nothing of what a noun names: imposed *no* new sanctions."""
    return next((c for c in noun.children if c.dep_ == "det" and c.lower_ == "no"), None)


def is_apart(clause: Token, head: Token) -> bool:
    """Whether a semicolon parts a clause from a verb before it, so that who says the one says nothing of the other."""
    return any(word.text == ";" for word in clause.doc[head.i : clause.i])


def is_standing(verb: Token) -> bool:
    """Whether a participle tells a state: aircraft that are stationed there, troops stationed there."""
    return verb.tag_ == "VBN" and (
        _is_present(verb) or (verb.dep_ == "acl" and not any(c.dep_ == "aux:pass" for c in verb.children))
    )


def _is_present(participle: Token) -> bool:
    """Whether a passive tells how things are now: *is* equipped, *are* stationed."""
    return any(c.dep_ == "aux:pass" and c.lower_ in ("is", "are", "'s", "'re") for c in participle.children)

"""Which words of a sentence show what it tells of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from loaders.extraction.draft import Draft
from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.linking.links import Link, ParsedSentence
from loaders.text import Sentence
from loaders.text.syntax import VERBAL, subjects

Stretch = tuple[int, int]
"""Where words begin and end in the article, in code points."""
LONGEST = 600
"""Characters up to which a whole sentence is shown."""


def stretch(sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]) -> Stretch:
    """The shortest stretch of the sentence with trigger, roles and the words that set its status, in the article."""
    telling = [sentence.offset(token) for token in (trigger.token, *reading.operators)]
    last = sentence.start + len(sentence.text)
    named = [(link.start, link.end) for link in roles.values() if sentence.start <= link.start and link.end <= last]
    starts, ends = zip(*telling, *named, strict=True)
    return min(starts), max(ends)


def shown(sentence: ParsedSentence, trigger: Trigger, start: int, end: int) -> Stretch:
    """What is quoted: the clause with a subject of its own that holds the stretch from start to end.

    Only the stretch where the clause is very long.
    """
    within = [token.i for token in sentence.doc if start <= sentence.offset(token)[0] < end]
    above = (trigger.token, *trigger.token.ancestors)
    clause = next(word for word in above if word.head == word or _is_whole(word, within[0], within[-1]))
    first, last = clause.left_edge.i, clause.right_edge.i
    while first < within[0] and sentence.doc[first].pos_ in ("PUNCT", "CCONJ"):
        first += 1
    while last > within[-1] and sentence.doc[last].text in (",", ";", ":"):
        last -= 1
    low, high = sentence.span(first, last)
    return (min(low, start), max(high, end)) if high - low <= LONGEST else (start, end)


def _is_whole(verb: Token, first: int, last: int) -> bool:
    """Whether a verb tells with its own subject all from one token to another; not: firms *that trade* with Iran."""
    told = verb.pos_ in VERBAL and bool(subjects(verb)) and not verb.dep_.endswith("relcl")
    return told and verb.left_edge.i <= first and last <= verb.right_edge.i


def quoted(draft: Draft, sentences: Sequence[Sentence], named: Mapping[str, Sequence[Stretch]]) -> list[Stretch]:
    """What is quoted for a draft, and the sentences that name those of its roles who are not named there.

    Args:
        draft: what was read.
        sentences: of the whole article, in order.
        named: where the article names a node, by its id, in order.

    Returns:
        Begin and end in the article, the words that tell it first.
    """
    telling, others = draft.shown, list[Stretch]()
    for place in (place for link in draft.roles.values() for place in _places(link, named)):
        if any(_holds(one, place) for one in (telling, *others)):
            continue
        sentence = sentence_at(sentences, place[0])
        naming = sentence if sentence.end - sentence.start <= LONGEST else place
        if _holds(naming, telling):
            telling = naming
        else:
            others.append(naming)
    return [telling, *(one for one in others if not _holds(telling, one))]


def sentence_at(sentences: Sequence[Sentence], place: int) -> Sentence:
    """The sentence in which a code point of the article stands, or the next one.

    Args:
        sentences: of the whole article, in order.
        place: before the end of the last of them.
    """
    return next(sentence for sentence in sentences if place < sentence.end)


def _places(link: Link, named: Mapping[str, Sequence[Stretch]]) -> list[Stretch]:
    """Where the words stand, and for `it` or `the country` where who is meant was named last before."""
    before = [one for one in named.get(link.entity.id, ()) if one[1] <= link.start] if link.indirect else []
    return [(link.start, link.end), *before[-1:]]


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]

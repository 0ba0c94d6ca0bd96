"""Which words of a sentence show what it tells of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.extraction.draft import Draft
from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.linking.links import Link, ParsedSentence
from loaders.text import Sentence
from loaders.text.syntax import VERBAL

Stretch = tuple[int, int]
"""Where words begin and end in the article, in code points."""
LONGEST = 600
"""Characters up to which a whole sentence is shown."""


def stretch(sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]) -> Stretch:
    """The shortest stretch of the sentence with trigger, roles and the words that set its status, in the article."""
    telling = [sentence.offset(token) for token in (trigger.token, *reading.operators)]
    named = [(link.start, link.end) for link in _here(sentence, roles)]
    starts, ends = zip(*telling, *named, strict=True)
    return min(starts), max(ends)


def shown(sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]) -> Stretch:
    """What is quoted: that stretch, or the sentence where it only names somebody and does not tell what happened.

    So it is where the learned reader tells it of a name, and who did it is named elsewhere.
    """
    start, end = stretch(sentence, trigger, reading, roles)
    words = sentence.text.strip()
    here = _here(sentence, roles)
    for token in sentence.doc:
        at = sentence.offset(token)[0]
        tells = token.pos_ in VERBAL or token == trigger.token or token in reading.operators
        if tells and start <= at < end and not any(link.start <= at < link.end for link in here):
            return start, end
    if len(words) > LONGEST:
        return start, end
    begin = sentence.start + sentence.text.index(words)
    return begin, begin + len(words)


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
        sentence = next(one for one in sentences if place[0] < one.end)
        naming = sentence if sentence.end - sentence.start <= LONGEST else place
        if _holds(naming, telling):
            telling = naming
        else:
            others.append(naming)
    return [telling, *(one for one in others if not _holds(telling, one))]


def _places(link: Link, named: Mapping[str, Sequence[Stretch]]) -> list[Stretch]:
    """Where the words stand, and for `it` or `the country` where who is meant was named last before."""
    before = [one for one in named.get(link.entity.id, ()) if one[1] <= link.start] if link.indirect else []
    return [(link.start, link.end), *before[-1:]]


def _holds(outer: Stretch, inner: Stretch) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _here(sentence: ParsedSentence, roles: dict[str, Link]) -> list[Link]:
    end = sentence.start + len(sentence.text)
    return [link for link in roles.values() if sentence.start <= link.start and link.end <= end]

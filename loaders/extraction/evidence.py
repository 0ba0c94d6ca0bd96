"""Which words of a sentence show what it tells of an event."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.extraction.draft import Draft
from loaders.extraction.reading import Reading
from loaders.extraction.trigger import Trigger
from loaders.linking.links import Link, ParsedSentence
from loaders.text import Sentence
from loaders.text.syntax import VERBAL

LONGEST = 600
"""Characters up to which a whole sentence is shown."""


def stretch(sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]) -> tuple[int, int]:
    """The shortest stretch of the sentence with trigger, roles and the words that set its status, in the article."""
    telling = [sentence.offset(token) for token in (trigger.token, *reading.operators)]
    named = [(link.start, link.end) for link in _here(sentence, roles)]
    starts, ends = zip(*telling, *named, strict=True)
    return min(starts), max(ends)


def shown(sentence: ParsedSentence, trigger: Trigger, reading: Reading, roles: dict[str, Link]) -> tuple[int, int]:
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


def quoted(draft: Draft, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """What is quoted for a draft, and the sentences that name those of its roles who are not named there.

    Args:
        draft: what was read.
        sentences: of the whole article, in order.

    Returns:
        Begin and end in the article, the words that tell it first.
    """
    found = [draft.shown]
    for link in draft.roles.values():
        if any(start <= link.start and link.end <= end for start, end in found):
            continue
        begin, last = _naming(link, sentences)
        found = [one for one in found if one[0] < begin or last < one[1]]
        found.insert(0 if draft.shown not in found else len(found), (begin, last))
    return found


def _naming(link: Link, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The sentence that has these words, or they alone where that is very long."""
    sentence = next(one for one in sentences if link.start < one.end)
    return sentence if sentence.end - sentence.start <= LONGEST else (link.start, link.end)


def _here(sentence: ParsedSentence, roles: dict[str, Link]) -> list[Link]:
    end = sentence.start + len(sentence.text)
    return [link for link in roles.values() if sentence.start <= link.start and link.end <= end]

"""Where the sentences of an article begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from loaders.text.abbreviations import MONTHS, NUMBERED, STARTERS, TIME_WORDS, TITLES, TRAILING

MAX_SENTENCE = 2_000
"""No sentence is longer than this many code points."""

_REACH = 80
"""How far a decision looks to either side of a full stop."""

_STOP = re.compile(r"[.!?…]+|[。！？]+")
_WORD_AFTER = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ADDRESS = re.compile(r"(?i)://|@|www\.|\.(?:com|org|net|gov|edu|mil|int|info|example)\b")
_TOPIC = re.compile(
    r"(?P<topic>[A-Z0-9][\w’'()–/ -]{3,60}\b(?:conflict|war|uprising|crisis|protests?|bombings?|attacks?|clash(?:es)?"
    r"|dispute|disputes|shelling|program(?:me)?|talks|plan|insurgency|rebellion|revolution|elections?|tensions?|scandal"
    r"|intervention|invasion|offensive|campaign|unrest|Conflict|War|Uprising|Crisis|Protests|Attacks|Weapons|Iraq))"
    r": (?=[A-Z])"
)
_AGENCY = r"\([A-Z][\w.&/ ]{1,25}\)"
_DATELINE = re.compile(
    rf"""
      (?!(?:NATO|OPEC|OSCE|IAEA|ASEAN|ECOWAS|HAMAS|CAATSA)\b)
      [A-Z][A-Z.'’/ -]{{2,40}} (?:,[ ][A-Z\d][\w.]*(?:[ ][\w.]+)?){{0,4}}      # SAINT PETERSBURG, June 17, 2011
      (?:[ ]{_AGENCY}[ ]?(?:--|[-–—_]) | [ ](?:--|[-–—]) | :)
    | [A-Z][\w.'’/ -]{{2,40}}, [ ][A-Z][a-z]{{2,8}}\.?[ ]\d{{1,2}}(?:,[ ]\d{{4}})? [ ]{_AGENCY} (?:[ ]?(?:--|[-–—]))?
    | (?:[A-Z][\w.,'’/ -]{{2,40}}[ ])? \((?:AP|AFP|Reuters|CNN|UPI|dpa|Xinhua|Bloomberg|VOA)\) [ ]?(?:--|[-–—])
    """,
    re.VERBOSE,
)
_CLOSERS = "”’»)]}›"
_OPENERS = "“‘«([{„‹"
_BEFORE_WORDS = '"“”‘([—–'


class Sentence(NamedTuple):
    """A sentence of a document: `text[start:end]`, in code points, without white space around it."""

    start: int
    end: int


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of a text, in order and disjoint; together they hold everything that is not white space.

    A blank line always ends a sentence, and so does the end of a line unless the paragraph is wrapped to a width.
    A full stop ends one even where the blank after it is missing. Takes time linear in the length of the text.
    """
    return list(_split(text))


@lru_cache(maxsize=2)
def _split(text: str) -> tuple[Sentence, ...]:
    """Kept, since several steps ask for the sentences of one article."""
    sentences: list[Sentence] = []
    for start, end in _segments(text):
        for cut_start, cut_end in _split_segment(text, start, end):
            for part_start, part_end in _without_heading(text, cut_start, cut_end):
                sentences.extend(_bounded(text, part_start, part_end))
    return tuple(sentences)


def _without_heading(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before a sentence without being part of it, as one of its own.

    A topic before a colon: `2011 Syrian uprising: Tanks enter the city of Hama.` And the place, day and agency from
    which an article is: `WASHINGTON (AP) — The United States will …`
    """
    topic, dateline = _TOPIC.match(text, start, end), _DATELINE.match(text, start, end)
    heading = topic.end("topic") + 1 if topic else dateline.end() if dateline else start
    after = _skip_space(text, heading, end)
    if start < heading and after < end and not text[after].islower():
        yield start, heading
        start = after
    yield start, end


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: lines, or whole paragraphs where these are wrapped."""
    block: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = position + len(line) - len(line.lstrip())
        position += len(line)
        if body:
            block.append((start, start + len(body)))
        elif block:
            yield from _join_lines(text, block)
            block = []
    if block:
        yield from _join_lines(text, block)


def _join_lines(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    lengths = [end - start for start, end in block[:-1]]
    if len(lengths) >= 2 and min(lengths) >= 40 and max(lengths) <= 120 and max(lengths) - min(lengths) <= 30:
        yield block[0][0], block[-1][1]
        return
    start, end = block[0]
    for next_start, next_end in block[1:]:
        if text[next_start].islower():
            end = next_end
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end


def _split_segment(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    quotes_open = False
    counted = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < start:
            continue
        quotes_open ^= text.count('"', counted, stop.start()) % 2 == 1
        counted = stop.start()
        cut = _after_closers(text, stop.end(), end, quotes_open)
        if cut < end and _ends_sentence(text, start, stop.start(), stop.end(), cut, end):
            yield start, _trim_right(text, start, cut)
            start = counted = _skip_space(text, cut, end)
            quotes_open = False
    if start < end:
        yield start, end


def _after_closers(text: str, position: int, end: int, quotes_open: bool) -> int:
    """The position after quotes and brackets that close directly behind a full stop."""
    limit = min(end, position + 8)
    while position < limit:
        character = text[position]
        closes = character in _CLOSERS
        if character in "'\"":
            closes = position + 1 >= end or not text[position + 1].isalnum() or (character == '"' and quotes_open)
        if not closes:
            break
        if character == '"':
            quotes_open = False
        position += 1
    return position


def _ends_sentence(text: str, sentence_start: int, stop: int, stop_end: int, cut: int, end: int) -> bool:
    mark = text[stop:stop_end]
    if mark[0] in "。！？":
        return True
    window_start = max(sentence_start, stop - _REACH)
    before = _word_before(text, window_start, stop)
    following = text[cut : min(end, cut + _REACH)]
    spaced = following[0].isspace()
    opening = following.lstrip()
    after_match = _WORD_AFTER.match(opening.lstrip(_OPENERS + "\"'"))
    after = after_match.group() if after_match else ""
    if spaced and not after and opening[:1] and opening[0] in "-–—,;:":
        return False
    if after[:1].islower():
        return False
    if mark == "…" or (len(mark) > 1 and set(mark) <= set(".…")):
        return after in STARTERS
    if not spaced and not _joined_sentences(text, window_start, stop, cut, end, before, after):
        return False
    if mark != ".":
        return True
    return _full_stop_ends(
        before, after, opening, at_start=window_start + len(before) >= stop and window_start == sentence_start
    )


def _word_before(text: str, limit: int, stop: int) -> str:
    start = stop
    while start > limit and not text[start - 1].isspace() and text[start - 1] not in _BEFORE_WORDS:
        start -= 1
    return text[start:stop]


def _full_stop_ends(before: str, after: str, opening: str, *, at_start: bool) -> bool:
    """Whether a single full stop between these two words ends a sentence."""
    if before in TITLES:
        return False
    if before in NUMBERED and opening[:1].isdigit():
        return False
    if before in MONTHS:
        return True
    if at_start and before.isdigit() and len(before) <= 2:
        return False
    if before.lower() in ("a.m", "p.m"):
        return bool(after) and after not in TIME_WORDS
    if _DOTTED.fullmatch(before) and not (len(before) == 1 and before.islower()):
        return after in STARTERS
    if before in TRAILING:
        return after in STARTERS
    return True


def _joined_sentences(text: str, window_start: int, stop: int, cut: int, end: int, before: str, after: str) -> bool:
    """Whether two sentences meet here with no blank between them, rather than the parts of an address or a number."""
    if not after or not after[0].isupper():
        return text[cut] in _OPENERS or (text[cut] == '"' and not after[:1].islower())
    chunk_end = cut
    limit = min(end, cut + _REACH)
    while chunk_end < limit and not text[chunk_end].isspace():
        chunk_end += 1
    head = text[window_start:stop].rsplit(maxsplit=1)[-1:] or [""]
    if _ADDRESS.search(head[0] + text[stop:chunk_end]):
        return False
    if len(before) == 1 and before.isupper():
        return False
    if before[-1:].isupper() and len(after) == 1:
        return False
    if after.isupper() and len(after) > 1:
        return before[-1:].islower() and len(after) <= 8
    return True


def _bounded(text: str, start: int, end: int) -> Iterator[Sentence]:
    """The stretch in pieces of at most `MAX_SENTENCE`, cut at a blank where there is one."""
    while end - start > MAX_SENTENCE:
        cut = start + MAX_SENTENCE
        while cut > start and not text[cut].isspace():
            cut -= 1
        if cut == start:
            cut = start + MAX_SENTENCE
        yield Sentence(start, _trim_right(text, start, cut))
        start = _skip_space(text, cut, end)
    if start < end:
        yield Sentence(start, end)


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _trim_right(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end

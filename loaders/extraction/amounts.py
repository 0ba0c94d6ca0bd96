"""Quantities, values, batches and rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from loaders.extraction.numerals import Numeral, any_of, numerals
from loaders.extraction.words import AMOUNT_WORDS
from loaders.linking.links import Link, ParsedSentence
from loaders.text.syntax import modifiers, phrase, prepositional

SCALES, CURRENCIES = AMOUNT_WORDS.scales | AMOUNT_WORDS.scale_letters, AMOUNT_WORDS.signs | AMOUNT_WORDS.currencies
_SUM = r"\d[\d,]{0,30}(?:\.\d+)?"
MONEY = re.compile(
    rf"(?P<sign>{any_of(AMOUNT_WORDS.signs)})\s?(?P<number>{_SUM})[\s-]?(?P<scale>{any_of(SCALES)})?\b"
    rf"|(?P<number2>{_SUM})\s?(?P<scale2>{any_of(AMOUNT_WORDS.scales)})?\s(?P<name>{any_of(AMOUNT_WORDS.currencies)})s?\b",
    re.IGNORECASE,
)
NEARBY = 40
OF_THEM = re.compile(r"(?P<part>[\w,.]+) (?:out )?of (?:the |its |their |those |these )?$")
NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
ORDINALS = {word: number for number, word in enumerate(AMOUNT_WORDS.ordinals, start=1)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as read, with the bounds that its qualifier leaves."""

    low: float | None
    high: float | None
    text: str
    unit: str | None
    whole: float | None = None
    """How many there are in all, where it is a part of them: six of *24* jets."""


def quantity(sentence: ParsedSentence, weapon_head: Token, weapon: Link) -> Amount | None:
    """How many of the weapon: `36 jets`, `two batteries of S-400s`, `up to 40 tanks`; not: `Type 26` frigates."""
    told = numerals(sentence.text)
    for head in (weapon_head, *_containers(weapon_head)):
        for word in _counting(sentence, head, weapon):
            if number := next((n for n in told if n.begin <= word.idx < n.end), None):
                unit = head.lemma_.lower() if _is_unit(head, word, weapon_head) else None
                part, whole = _share(sentence.text, told, number)
                words = sentence.text[part.begin : max((whole or part).end, head.idx + len(head))]
                return Amount(part.low, part.high, words, unit, whole.low if whole else None)
    return None


def _share(text: str, told: Sequence[Numeral], number: Numeral) -> tuple[Numeral, Numeral | None]:
    """A number, and of how many it is a part, whichever of the two it is: *six* of *24*."""
    for whole in told:
        of_them = OF_THEM.search(text, max(0, whole.begin - NEARBY), whole.begin)
        if of_them is None:
            continue
        part = next((n for n in told if n.end == of_them.end("part")), None) or _worded(of_them, whole)
        if part is not None and number in (part, whole):
            return part, whole
    return number, None


def _worded(of_them: re.Match[str], whole: Numeral) -> Numeral | None:
    """A part that is no number: *half* of its 36; the *third*, or *last*, of five is one."""
    begin, end = of_them.span("part")
    word = of_them["part"].lower()
    if _place(word) is not None or word == "last":
        return Numeral(1, 1, begin, end)
    low, high = (None if bound is None else bound / 2 for bound in (whole.low, whole.high))
    return Numeral(low, high, begin, end) if word == "half" else None


def _is_unit(head: Token, counting: Token, weapon_head: Token) -> bool:
    """Whether the noun is what is counted: *batteries* of S-400s, S-400 *batteries*; not: *30* of the jets."""
    return head is not counting and (head is not weapon_head or head.lemma_.lower() in AMOUNT_WORDS.formations)


def _counting(sentence: ParsedSentence, head: Token, weapon: Link) -> list[Token]:
    """Words that may tell how many: *30* of the jets, and what a tree that has gone wrong leaves before the name."""
    words = [t for t in _before(head) if t.dep_ == "nummod"]
    first = sentence.token_at(weapon.start)
    if head.pos_ == "NUM":
        words.append(head)
    if first is not None and first.i and not weapon.indirect:
        words.append(first.nbor(-1))
    return [word for word in words if not _is_of_name(sentence, word, weapon)]


def _is_of_name(sentence: ParsedSentence, number: Token, weapon: Link) -> bool:
    return not weapon.indirect and weapon.start <= sentence.offset(number)[0] < weapon.end


def _before(noun: Token) -> list[Token]:
    """What stands before a noun and belongs to it, or to a name before it, on which the parser may hang a number."""
    names = [child for child in noun.children if child.dep_ == "compound" and child.i < noun.i]
    return [child for word in (noun, *names) for child in word.children if child.i < word.i]


def _containers(head: Token) -> list[Token]:
    return [head.head] if head.dep_ == "nmod" and head.head != head else []


def money(text: str, start: int = 0, end: int | None = None) -> dict[str, Any]:
    """The first sum of money of a text as the qualifiers `value` and `currency`; empty without one.

    Args:
        text: the text.
        start: where to begin.
        end: where the sum must have begun.
    """
    found = MONEY.search(text, text.rfind(" ", 0, start) + 1)
    if not found or (end is not None and found.start() >= end):
        return {}
    number = found["number"] or found["number2"]
    scale = (found["scale"] or found["scale2"] or "").lower()
    currency = CURRENCIES[(found["sign"] or found["name"]).lower()]
    value = float(number.replace(",", "")) * SCALES.get(scale, 1)
    return {"value": round(value, 2), "currency": currency}


def batch(*heads: Token) -> int | str | None:
    """Which batch of an order the words name: 1, 2 … or `further`; None where they name none."""
    return _ordinal(heads, AMOUNT_WORDS.batches)


def adds(weapon: Token) -> bool:
    """Whether they come on top of others: *another* twelve jets, twelve *more*; not: *more than* twelve."""
    return any(
        c.lower_ in AMOUNT_WORDS.further and c.i < weapon.i and c.dep_ in ("det", "amod") for c in weapon.children
    )


def sanction_round(*heads: Token) -> int | str | None:
    """Which round of sanctions: 1, 2 …, `new` or `further`."""
    found = _ordinal(heads, AMOUNT_WORDS.rounds)
    if found is not None:
        return found
    named = AMOUNT_WORDS.rounds | {"sanction"}
    words = {m.lower_ for head in heads if head.lemma_.lower() in named for m in modifiers(head)}
    if words & AMOUNT_WORDS.fresh:
        return "new"
    return "further" if words & AMOUNT_WORDS.further else None


def _place(word: str) -> int | None:
    """Which one in its order an ordinal names, in words or digits; None for other words."""
    digits = NUMBERED.fullmatch(word)
    return int(digits[1]) if digits else ORDINALS.get(word)


def _ordinal(heads: tuple[Token, ...], nouns: frozenset[str]) -> int | str | None:
    for head in heads:
        nearby = [head, *(c for _, c in prepositional(head))]
        if head.dep_ == "nmod":
            nearby.append(head.head)
        for noun in nearby:
            if noun.lemma_.lower() not in nouns:
                continue
            low, high = phrase(noun)
            for token in noun.doc[low : min(high, noun.i) + 1]:
                if (number := _place(token.lower_)) is not None:
                    return number
                if token.lower_ in AMOUNT_WORDS.further:
                    return "further"
    return None

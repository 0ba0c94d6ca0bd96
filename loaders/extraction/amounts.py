"""Quantities, values, batches and rounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Token

from loaders.linking.links import ParsedSentence
from loaders.text.syntax import modifiers, phrase, prepositional

WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
}
MULTIPLES = frozenset({"dozen", "hundred", "thousand"})
"""Numbers that are counted themselves: *three* dozen."""
SCALE = {
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "k": 1e3,
}
CURRENCY = {
    "us$": "USD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "a$": "AUD",
    "c$": "CAD",
    "hk$": "HKD",
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "rouble": "RUB",
    "ruble": "RUB",
    "yuan": "CNY",
    "rupee": "INR",
    "yen": "JPY",
}
"""ISO 4217 codes; a bare dollar is read as the United States'."""
MONEY = re.compile(
    r"(?P<sign>US\$|A\$|C\$|HK\$|[$€£¥₹])\s?(?P<number>\d[\d,]*(?:\.\d+)?)[\s-]?(?P<scale>thousand|million|billion|trillion|bn|mn|m|b|k)?\b"
    r"|(?P<number2>\d[\d,]*(?:\.\d+)?)\s?(?P<scale2>thousand|million|billion|trillion|bn|mn|m)?\s(?P<name>dollar|euro|pound|rouble|ruble|yuan|rupee|yen)s?\b",
    re.IGNORECASE,
)
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
}
NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
FURTHER = frozenset({"further", "additional", "another", "extra", "more", "follow-on"})
BATCHES = frozenset({"batch", "tranche", "lot", "order", "contract", "shipment", "delivery"})
ROUNDS = frozenset({"round", "package", "set", "tranche", "wave", "sanction", "series"})
APPROXIMATE = re.compile(
    r"\b(about|around|up to|at least|more than|over|nearly|almost|some|fewer than|less than)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as read, with the bounds that its qualifier leaves."""

    low: float | None
    high: float | None
    text: str
    unit: str | None


def quantity(sentence: ParsedSentence, weapon_head: Token) -> Amount | None:
    """How many of the weapon: `36 jets`, `two batteries of S-400s`, `up to 40 tanks`."""
    for head in (weapon_head, *_containers(weapon_head)):
        for child in _before(head):
            if child.dep_ == "nummod":
                number = parse_number(child.text)
                times = parse_number(child.nbor(-1).text) if child.i and child.lower_ in MULTIPLES else None
                if number is not None and times is not None:
                    child, number = child.nbor(-1), number * times
                if number is None or 1900 <= number <= 2100:
                    continue
                begin = max(0, child.i - 3)
                before = sentence.words(begin, child.i)
                found = APPROXIMATE.search(before)
                low, high = _bounds(found.group(1).lower() if found else "", number)
                unit = head.lemma_.lower() if head is not weapon_head else None
                return Amount(low, high, sentence.words(child.i, head.i), unit)
    return None


def _before(noun: Token) -> list[Token]:
    """What stands before a noun and belongs to it, or to a name before it, on which the parser may hang a number."""
    names = [child for child in noun.children if child.dep_ == "compound" and child.i < noun.i]
    return [child for word in (noun, *names) for child in word.children if child.i < word.i]


def _containers(head: Token) -> list[Token]:
    return [head.head] if head.dep_ == "nmod" and head.head != head else []


def _bounds(word: str, number: float) -> tuple[float | None, float | None]:
    if word in ("up to", "fewer than", "less than", "nearly", "almost"):
        return None, number
    if word in ("at least", "more than", "over"):
        return number, None
    return number, number


def parse_number(text: str) -> float | None:
    """A number in digits or in words up to a thousand; None where the text is neither."""
    plain = text.lower().replace(",", "")
    if plain in WORDS:
        return float(WORDS[plain])
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


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
    currency = CURRENCY[(found["sign"] or found["name"]).lower()]
    value = float(number.replace(",", "")) * SCALE.get(scale, 1)
    return {"value": round(value, 2), "currency": currency}


def batch(*heads: Token) -> int | str | None:
    """Which batch of an order the words name: 1, 2 … or `further`; None where they name none."""
    return _ordinal(heads, BATCHES, further=FURTHER)


def adds(weapon: Token) -> bool:
    """Whether they come on top of others: *another* twelve jets, twelve *more*; not: *more than* twelve."""
    return any(c.lower_ in FURTHER and c.i < weapon.i and c.dep_ in ("det", "amod") for c in weapon.children)


def sanction_round(*heads: Token) -> int | str | None:
    """Which round of sanctions: 1, 2 …, `new` or `further`."""
    found = _ordinal(heads, ROUNDS - {"sanction"}, further=FURTHER)
    if found is not None:
        return found
    words = {m.lower_ for head in heads if head.lemma_.lower() in ROUNDS for m in modifiers(head)}
    if words & {"new", "fresh"}:
        return "new"
    return "further" if words & FURTHER else None


def _place(word: str) -> int | None:
    """Which one in its order an ordinal names, in words or digits; None for other words."""
    digits = NUMBERED.fullmatch(word)
    return int(digits[1]) if digits else ORDINALS.get(word)


def _ordinal(heads: tuple[Token, ...], nouns: frozenset[str], *, further: frozenset[str]) -> int | str | None:
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
                if token.lower_ in further:
                    return "further"
    return None

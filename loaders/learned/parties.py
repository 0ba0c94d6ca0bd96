"""Whose relation it is where the model has the parties of sales crossed: who makes a weapon, and to whom each goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from loaders.learned.sureness import Pair
from loaders.learned.told import Told
from loaders.linking.links import Link

GIVEN_TO = re.compile(r"\b(?:to|for) (?:the )?$")
"""What stands before who is given something."""
SENTENCE_END = re.compile(r"[.!?;]\s")


def turned(text: str, told: list[Told], least: float, makes: Callable[[Link, Link], bool]) -> list[Told]:
    """The relations, with the parties changed round where who would buy makes the weapon, or is a firm that a state
    would sell to: none is sold its own, and states buy from firms. What words say to be given *to* somebody is.

    Args:
        text: the article.
        told: relations of a window.
        least: chance from which they count.
        makes: whether a party makes a weapon.
    """
    likely = [one for one in told if one.score.chance >= least]
    changed: dict[tuple[str, str, str], Told] = {}
    sales = [one for one in likely if one.score.relation == "supplies" and one.subject.entity.label == "Country"]
    for sale in sales:
        for deal in (one for one in likely if one.score.relation == "acquires"):
            if sale.object.entity.id != deal.object.entity.id:
                continue
            own = makes(deal.subject, deal.object) and not makes(sale.subject, sale.object)
            own = own and not _is_given_by(text, sale, deal.subject)
            if own or deal.subject.entity.label == "Company":
                changed[sale.key] = replace(sale, subject=deal.subject)
                changed[deal.key] = replace(deal, subject=sale.subject)
                for one in likely:
                    if one.key == ("arms", sale.subject.entity.id, deal.subject.entity.id):
                        changed[one.key] = replace(one, subject=one.object, object=one.subject)
    return [*changed.values(), *(one for one in told if one.key not in changed)]


def crossings(text: str, told: list[Told]) -> set[Pair]:
    """Those relations by which one gets a weapon that goes to another: tanks *to Poland* and helicopters *to Spain*.

    Args:
        text: the article.
        told: relations of a window.
    """
    deals = [one for one in told if one.score.relation == "acquires"]
    weapons = {one.object.start: one.object for one in deals}
    takers = {one.subject.start: one.subject for one in deals if _is_given(text, one.subject)}

    def is_crossed(one: Told) -> bool:
        weapon, taker = one.object, one.subject
        if one.score.relation != "acquires" or taker.start not in takers:
            return False
        if weapon.start > taker.start:
            return any(t.start > weapon.end and _in_one(text, weapon, t) for t in takers.values()) and any(
                w.end < taker.start and w.entity.id != weapon.entity.id for w in weapons.values()
            )
        between = [t for t in takers.values() if weapon.end < t.start < taker.start]
        return any(
            t.end < w.start < taker.start and w.entity.id != weapon.entity.id and _in_one(text, weapon, taker)
            for t in between
            for w in weapons.values()
        )

    return {one.key for one in told if is_crossed(one)}


def _is_given_by(text: str, sale: Told, taker: Link) -> bool:
    """Whether the words run from who gives over the weapon to who takes it: Japan delivered missiles *to the US*."""
    giver, weapon = sale.subject, sale.object
    in_order = giver.end < weapon.start and weapon.end < taker.start
    return in_order and _is_given(text, taker) and _in_one(text, giver, taker)


def _is_given(text: str, taker: Link) -> bool:
    return GIVEN_TO.search(text[max(0, taker.start - len("for the ")) : taker.start]) is not None


def _in_one(text: str, first: Link, second: Link) -> bool:
    """Whether both stand in one sentence."""
    return SENTENCE_END.search(text[first.end : second.start]) is None

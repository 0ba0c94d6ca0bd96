"""Roles that one sentence leaves out and another tells: `the sale of Patriots to Kuwait` in an article on US sales."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import PREDICATES
from loaders.extraction.draft import Draft
from loaders.linking.links import Link

OPPOSED = {"supplier": "recipient", "recipient": "supplier", "sender": "target", "target": "sender", "actor": "target"}
SHARED = {"supplier": ("recipient", "weapon"), "recipient": ("weapon",), "sender": ("target",), "actor": ("weapon",)}
"""Roles that make two drafts likely to be of one event."""


def complete(drafts: list[Draft]) -> list[Draft]:
    """The drafts with what the article tells of their missing roles; those that stay without a needed one are dropped.

    A role is taken over from drafts of the same frame: where all of them agree on it, else from the nearest before
    that shares another role.
    """
    whole = [draft for draft in drafts if not draft.lacks]
    completed = []
    for draft in drafts:
        for role in (*draft.lacks, *draft.open):
            found = _from_others(draft, role, whole)
            if found is not None:
                roles = {**draft.roles, role: replace(found, indirect=True)}
                lacks = tuple(name for name in draft.lacks if name != role)
                draft = replace(draft, roles=roles, lacks=lacks, confidence=max(0.3, draft.confidence - 0.15))
        if not draft.lacks:
            completed.append(draft)
    return completed


def _from_others(draft: Draft, role: str, whole: list[Draft]) -> Link | None:
    frame = PREDICATES[draft.predicate].frame
    others = [
        other
        for other in whole
        if other is not draft
        and PREDICATES[other.predicate].frame == frame
        and role in other.roles
        and (frame == "transfer" or other.predicate == draft.predicate)
        and not _same_actor(other.roles[role], draft.roles.get(OPPOSED[role]))
    ]
    related = [other for other in others if any(_shares(other, draft, name) for name in SHARED.get(role, ()))]
    before = [other for other in related if other.start <= draft.start]
    if before:
        return max(before, key=lambda other: other.start).roles[role]
    if related:
        return min(related, key=lambda other: other.start).roles[role]
    if frame == "use":
        return None
    if len({other.roles[role].entity.id for other in others}) == 1:
        return others[0].roles[role]
    return None


def _same_actor(one: Link, two: Link | None) -> bool:
    return two is not None and one.entity.id == two.entity.id


def _shares(one: Draft, two: Draft, role: str) -> bool:
    return role in one.roles and role in two.roles and one.roles[role].entity.id == two.roles[role].entity.id

"""How sure a claim is: what the learned reader makes of it, and whether a rule tells it too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import exp, log
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from graph.vocabulary import PREDICATES
from graph.yaml_text import from_yaml
from loaders.linking.links import Link

RELATION_OF = {
    "develops": "develops", "tests": "tests", "deploys": "deploys", "uses": "uses", "signs": "signs",
    "withdraws_from": "withdraws", "violates": "violates", "complies_with": "complies",
}  # fmt: skip
TRANSFER = (("acquires", "recipient", "weapon"), ("supplies", "supplier", "weapon"), ("arms", "supplier", "recipient"))
FLOOR, CEILING = 0.01, 0.995
"""Chances of what the reader thinks less likely, or likelier, still."""

Pair = tuple[str, str, str]
"""A relation and the ids of its two ends."""
Chances = Callable[[Pair], float | None]
"""The reader's chance of a relation between two nodes of an article; None where it never saw both together."""


class Weights(BaseModel):
    """`sureness.yaml`: of a logistic regression, all log-odds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: float
    """Added where a rule tells it."""
    reader: float
    """Times the log-odds of the reader's chance, where no rule tells it."""
    both: float
    """The same, where a rule tells it too."""
    unread: float
    """Instead of that, where a rule tells what the reader never saw together."""
    bias: dict[str, float]
    """Of each relation."""
    least: float
    """Share of right claims under which none is made of what the reader tells alone."""
    doubted: float
    """The same of what a rule tells."""


def sureness(relation: str, chance: float | None, *, by_rule: bool) -> float:
    """The share of such relations that are right.

    Args:
        relation: its name.
        chance: the reader's; None where it never saw both ends together.
        by_rule: whether a rule tells it.
    """
    weights = load_weights()
    odds = weights.bias[relation] + weights.rule * by_rule
    if chance is None:
        odds += weights.unread
    else:
        seen = min(max(chance, FLOOR), CEILING)
        odds += (weights.both if by_rule else weights.reader) * log(seen / (1 - seen))
    return 1 / (1 + exp(-odds))


def pairs_of(predicate: str, roles: Mapping[str, Link]) -> list[Pair]:
    """The relations between two nodes that an event states; none for what the reader does not read."""
    ids = {role: link.entity.id for role, link in roles.items()}
    frame = PREDICATES[predicate].frame
    if frame == "transfer":
        return [(name, ids[s], ids[o]) for name, s, o in TRANSFER if s in ids and o in ids]
    if frame == "sanction":
        target = ids["target"]
        return [("sanctions", ids["sender"], target) if "sender" in ids else ("sanctioned", target, target)]
    if frame == "exclude":
        return [("excludes", ids["target"], ids["programme"])] if "programme" in ids else []
    thing = ids.get("weapon") or ids.get("instrument")
    known = predicate in RELATION_OF and thing and "actor" in ids
    return [(RELATION_OF[predicate], ids["actor"], thing)] if known and thing else []


def sure_roles(
    predicate: str, roles: Mapping[str, Link], chances: Chances, *, by_rule: bool
) -> tuple[dict[str, Link], float | None]:
    """The roles of an event that are sure enough, and how sure they are.

    A supplier or a recipient of whom all is unlikely is left out where the rest is not.

    Returns:
        The roles, and the mean share of their relations that is right; None for what the reader does not read.
    """
    pairs = pairs_of(predicate, roles)
    if not pairs:
        return dict(roles), None
    sure = {pair: sureness(pair[0], chances(pair), by_rule=by_rule) for pair in pairs}
    least = load_weights().doubted if by_rule else load_weights().least
    for role in ("supplier", "recipient"):
        without = {name: link for name, link in roles.items() if name != role}
        rest = pairs_of(predicate, without) if role in roles and "weapon" in without else []
        if rest and _best(sure, rest) >= least > _best(sure, set(pairs) - set(rest)):
            return sure_roles(predicate, without, chances, by_rule=by_rule)
    return dict(roles), sum(sure.values()) / len(sure)


def _best(sure: Mapping[Pair, float], pairs: Iterable[Pair]) -> float:
    return max(sure[pair] for pair in pairs)


@cache
def load_weights() -> Weights:
    """The weights, read once."""
    return Weights(**from_yaml(Path(__file__).with_name("sureness.yaml").read_text(encoding="utf-8")))

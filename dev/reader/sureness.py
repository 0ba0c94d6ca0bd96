"""Fits `loaders/learned/sureness.yaml`: how sure a relation is that the reader, a rule or both tell.

    python -m dev.reader.sureness ITEMS GOLD [ITEMS GOLD …] [--held ITEMS GOLD]

The texts must be such as neither rules nor reader were made from. Prints the weights of a logistic regression, and how
many of the relations are right by how sure they are with the weights of today.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loaders.document import Document
from loaders.evaluation.names import canonical
from loaders.learned.candidates import candidates
from loaders.learned.dataset import ends, held_back
from loaders.learned.relations import RELATIONS
from loaders.learned.sureness import CEILING, FLOOR, pairs_of, sureness
from loaders.linking.abbreviations import names_in
from loaders.linking.names import Names
from loaders.linking.plain import own_names
from loaders.linking.spans import Spans
from loaders.pipeline import default_extractor

Row = tuple[str, bool, float | None, bool]
"""Relation, whether a rule tells it, the reader's chance if it saw both ends together, whether it is right."""
BIASED = [relation.name for relation in RELATIONS if relation.name not in ("under", "expels", "strikes")]
HELD = 4.0
"""How strongly the relations' own biases, and what is unread, are held to naught."""


def rows(items: Path, gold: Path, *, held: bool = False) -> Iterator[Row]:
    """The relations of annotated texts that a rule or the reader tells.

    Args:
        items: the texts.
        gold: their annotation.
        held: only of texts whose id holds them back from training.
    """
    extractor = default_extractor()
    frames = {line["id"]: line["frames"] for line in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    for item in map(json.loads, items.read_text(encoding="utf-8").splitlines()):
        if held and not held_back(item["id"]):
            continue
        article = Document(
            source_id=item["id"], source=str(items), text=item["text"], published=item.get("date")
        ).article()
        matches = names_in(article.text, extractor.gazetteer)
        by_rule, _, heard = extractor.drafts(article, matches)
        own = own_names(article.text, matches)
        found = candidates(article.text, Spans(matches), Names(extractor.catalogue, item.get("date"), matches))
        links = [*(c.link for c in found), *(link for draft in by_rule for link in draft.roles.values())]
        called = {link.entity.id: canonical(own.get(link.entity.id, link.entity.name)) for link in links}
        right = {(r, canonical(s or ""), canonical(o or "")) for frame in frames[item["id"]] for r, s, o in ends(frame)}
        ruled = {pair for draft in by_rule for pair in pairs_of(draft.predicate, draft.roles)}
        for pair in ruled | heard.scores.keys():
            told = (pair[0], called[pair[1]], called[pair[2]])
            if pair[0] in BIASED:
                yield pair[0], pair in ruled, heard.chance(pair), told in right


def fitted(found: list[Row]) -> NDArray[np.float64]:
    """The weights: rule, reader, both, unread, common bias, and what each relation has beside it."""
    unread = np.array([row[2] is None for row in found], dtype=float)
    chance = np.clip([0.5 if row[2] is None else row[2] for row in found], FLOOR, CEILING)
    odds = np.log(chance / (1 - chance))
    rule = np.array([row[1] for row in found], dtype=float)
    own = np.array([[row[0] == name for name in BIASED] for row in found], dtype=float)
    x = np.column_stack([rule, odds * (1 - rule), odds * rule, unread, np.ones(len(found)), own])
    y = np.array([row[3] for row in found], dtype=float)
    held = np.array([1e-3] * 3 + [HELD, 1e-3] + [HELD] * len(BIASED))
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        share = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - share) - held * weights
        bend = (x * (share * (1 - share))[:, None]).T @ x + np.diag(held)
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Fits, and prints the weights and how well they tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", help="items and gold, in turns")
    parser.add_argument("--held", type=Path, nargs=2, action="append", default=[], metavar=("ITEMS", "GOLD"),
                        help="only those of the items whose id holds them back from training")  # fmt: skip
    given = parser.parse_args()
    found = [row for pair in zip(given.files[::2], given.files[1::2], strict=True) for row in rows(*pair)]
    found += [row for pair in given.held for row in rows(*pair, held=True)]
    rule, reader, both, unread, common, *own = fitted(found)
    print(f"rule: {rule:.2f}\nreader: {reader:.2f}\nboth: {both:.2f}\nunread: {unread:.2f}")
    print("bias: {" + ", ".join(f"{name}: {common + w:.2f}" for name, w in zip(BIASED, own, strict=True)) + "}")
    for low, high in pairwise((0.1, 0.23, 0.37, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)):
        within = [right for name, ruled, chance, right in found if low <= sureness(name, chance, by_rule=ruled) < high]
        print(f"{low:.2f}–{high:.2f}: {len(within)} relations, {sum(within) / max(1, len(within)):.2f} right")


if __name__ == "__main__":
    main()

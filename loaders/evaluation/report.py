"""Files of claims and gold to scores, and scores to rows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from loaders.evaluation.records import ClaimRecord, GoldRecord, RecordError, read_claims, read_gold
from loaders.evaluation.scores import Interval, Scores, score
from loaders.evaluation.triples import Gold, gold, of_claims

COLUMNS = ["predicate", "gold", "claimed", "precision", "recall", "f1", "f1_interval", "stage", "assertion"]


def evaluate(claims: Path, first: Path, second: Path | None = None) -> tuple[Scores, list[str]]:
    """Scores a file of claims.

    Args:
        claims: JSON Lines as `embargo extract` writes them.
        first: annotated texts, a line each: id and frames.
        second: another reading of the same texts; then gold is what both found, and the rest counts neither way.

    Returns:
        The scores, and the ids of articles that have claims and no gold; their claims are left out.

    Raises:
        RecordError: where a file cannot be scored.
    """
    by_article: dict[str, list[ClaimRecord]] = defaultdict(list)
    for claim in read_claims(claims):
        by_article[claim.article].append(claim)
    there = _gold(first, second)
    scores = score(there, {text: of_claims(by_article[text]) for text in there.keys() & by_article.keys()})
    return scores, sorted(by_article.keys() - there.keys())


def rows(scores: Scores) -> list[dict[str, Any]]:
    """One row a predicate and one for all; shares rounded to three digits, None where they say nothing."""
    return [_row(scores, predicate) for predicate in (*scores.predicates, None)]


def _row(scores: Scores, predicate: str | None) -> dict[str, Any]:
    counts = scores.counts(predicate)
    return {
        "predicate": predicate or "all",
        "gold": counts.gold,
        "claimed": counts.claimed,
        "precision": _known(counts.precision, counts.claimed),
        "recall": _known(counts.recall, counts.gold),
        "f1": _known(counts.f1, counts.gold + counts.claimed),
        "f1_interval": _rounded(scores.interval(lambda c: c.f1, predicate)),
        "stage": _known(counts.stage, counts.right),
        "assertion": _known(counts.assertion, counts.right),
    }


def summary(scores: Scores) -> str:
    """Precision, recall and F1 of all triples with their 95 % intervals, and the false alarms, on two lines."""
    counts = scores.counts()
    measures = {
        "precision": (counts.precision, scores.interval(lambda c: c.precision)),
        "recall": (counts.recall, scores.interval(lambda c: c.recall)),
        "F1": (counts.f1, scores.interval(lambda c: c.f1)),
    }
    told = ", ".join(f"{name} {share:.3f} ({span(between)})" for name, (share, between) in measures.items())
    return (
        f"{len(scores.texts):,} texts: {told}; right {counts.right:,}, extra {counts.extra:,}, "
        f"missing {counts.missing:,}\n{scores.false_alarms:,} of {scores.empty:,} texts without an event yield a claim"
    )


def span(interval: Interval) -> str:
    """An interval for people: .912–.945."""
    return "–".join(f"{end:.3f}" for end in interval)


def _gold(first: Path, second: Path | None) -> dict[str, Gold]:
    one = read_gold(first)
    two: dict[str, GoldRecord] = read_gold(second) if second else {}
    lacking = sorted(one.keys() - two.keys()) if second else []
    if lacking:
        raise RecordError(f"{second}: no line for the text {lacking[0]} of {first}; give both readings of every text")
    return {text: gold(one[text].frames, two[text].frames if second else None) for text in one}


def _known(share: float, of: int) -> float | None:
    return round(share, 3) if of else None


def _rounded(interval: Interval) -> list[float]:
    return [round(end, 3) for end in interval]

"""Precision, recall and F1 of claims against annotated texts, with bootstrap intervals over the texts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from graph.vocabulary import PHASE_OF, STAGES
from loaders.evaluation.triples import Gold, Said, Triple, Triples

SEED = 20_260_101
RESAMPLES = 1_000
COVERED = 0.95

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often claims are right; a share of nothing is 0."""

    right: int = 0
    extra: int = 0
    missing: int = 0
    stage_right: int = 0
    """Matched triples whose stage is right."""
    phase_right: int = 0
    assertion_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.right + other.right,
            self.extra + other.extra,
            self.missing + other.missing,
            self.stage_right + other.stage_right,
            self.phase_right + other.phase_right,
            self.assertion_right + other.assertion_right,
        )

    @property
    def gold(self) -> int:
        """Triples that there are."""
        return self.right + self.missing

    @property
    def claimed(self) -> int:
        """Triples that are claimed and count."""
        return self.right + self.extra

    @property
    def precision(self) -> float:
        """Share of the claimed triples that are right."""
        return _share(self.right, self.claimed)

    @property
    def recall(self) -> float:
        """Share of the triples that there are that are claimed."""
        return _share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.extra + self.missing)

    @property
    def stage(self) -> float:
        """Share of the matched triples whose stage is right."""
        return _share(self.stage_right, self.right)

    @property
    def phase(self) -> float:
        """Share of the matched triples whose phase is right."""
        return _share(self.phase_right, self.right)

    @property
    def assertion(self) -> float:
        """Share of the matched triples whose assertion is right."""
        return _share(self.assertion_right, self.right)


@dataclass(frozen=True, slots=True)
class Error:
    """A triple that one side has and the other lacks."""

    text: str
    kind: str
    """`+` claimed and wrong, `-` missing, `?` right but for its stage or assertion."""
    triple: Triple
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one set of texts."""

    texts: dict[str, dict[str, Counts]]
    """Text -> predicate -> counts; texts without triples have none."""
    errors: tuple[Error, ...]
    false_alarms: int
    """Texts in which there is nothing and something is claimed."""
    empty: int
    """Texts in which there is nothing."""

    @property
    def predicates(self) -> list[str]:
        """The predicates that occur, by name."""
        return sorted({predicate for counts in self.texts.values() for predicate in counts})

    def counts(self, predicate: str | None = None) -> Counts:
        """The counts of one predicate, or of all together."""
        return _sum(self._by_text(predicate))

    def interval(self, measure: Callable[[Counts], float], predicate: str | None = None) -> Interval:
        """The 95 % bootstrap interval of a measure, resampling texts; the same for the same files, always."""
        return bootstrap(self._by_text(predicate), measure)

    def _by_text(self, predicate: str | None) -> list[Counts]:
        if predicate is None:
            return [_sum(counts.values()) for counts in self.texts.values()]
        return [counts.get(predicate, Counts()) for counts in self.texts.values()]


def score(gold: dict[str, Gold], system: dict[str, Triples]) -> Scores:
    """Holds a system's triples against the gold of the same texts; texts that are not in the gold are left out."""
    texts: dict[str, dict[str, Counts]] = {}
    errors: list[Error] = []
    false_alarms = empty = 0
    for text, there in gold.items():
        claimed = {t: said for t, said in system.get(text, {}).items() if there.counts(t)}
        texts[text] = {}
        for triple in sorted(there.triples.keys() | claimed.keys()):
            counts, error = _compare(text, triple, there.triples.get(triple), claimed.get(triple))
            texts[text][triple[1]] = texts[text].get(triple[1], Counts()) + counts
            errors += [error] if error else []
        if not there.triples and not there.disputed and not there.unsent:
            empty += 1
            false_alarms += bool(claimed)
    return Scores(texts, tuple(errors), false_alarms, empty)


def bootstrap(texts: Sequence[Counts], measure: Callable[[Counts], float]) -> Interval:
    """The 95 % percentile interval of a measure over resampled texts, by a fixed seed; draws without any
    triple are left out."""
    telling = Counter(texts)
    kinds, weights = list(telling), list(telling.values())
    chance = random.Random(SEED)
    draws = (Counter(chance.choices(range(len(kinds)), weights, k=len(texts))) for _ in range(RESAMPLES))
    sums = (_sum(_times(kinds[kind], n) for kind, n in draw.items()) for draw in draws)
    drawn = sorted(measure(counts) for counts in sums if counts.gold + counts.claimed)
    if not drawn:
        return 0.0, 0.0
    cut = round(len(drawn) * (1 - COVERED) / 2)
    return drawn[cut], drawn[-1 - cut]


def _times(counts: Counts, n: int) -> Counts:
    return Counts(
        counts.right * n,
        counts.extra * n,
        counts.missing * n,
        counts.stage_right * n,
        counts.phase_right * n,
        counts.assertion_right * n,
    )


def _compare(
    text: str, triple: Triple, there: list[Said] | None, claimed: list[Said] | None
) -> tuple[Counts, Error | None]:
    if there is None:
        return Counts(extra=1), Error(text, "+", triple)
    if claimed is None:
        return Counts(missing=1), Error(text, "-", triple)
    stages = {stage for stage, _ in there}, {stage for stage, _ in claimed}
    assertions = {assertion for _, assertion in there}, {assertion for _, assertion in claimed}
    stage, assertion = bool(stages[0] & stages[1]), bool(assertions[0] & assertions[1])
    counts = Counts(
        right=1,
        stage_right=stage,
        phase_right=bool(_phases(stages[0]) & _phases(stages[1])),
        assertion_right=assertion,
    )
    notes = [_note(*pair) for pair, agree in ((stages, stage), (assertions, assertion)) if not agree]
    return counts, Error(text, "?", triple, "; ".join(notes)) if notes else None


def _phases(stages: set[str | None]) -> set[str | None]:
    return {PHASE_OF[stage] if stage in STAGES else None for stage in stages}


def _note(there: set[str | None], claimed: set[str | None]) -> str:
    return f"{'/'.join(sorted(map(str, claimed)))}, not {'/'.join(sorted(map(str, there)))}"


def _sum(counts: Iterable[Counts]) -> Counts:
    return reduce(add, counts, Counts())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

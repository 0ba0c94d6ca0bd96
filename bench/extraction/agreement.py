"""How far the two readings of the same items agree: `python -m bench.extraction.agreement`."""

from __future__ import annotations

from bench.extraction.join import Record, labels
from loaders.evaluation.records import FrameRecord
from loaders.evaluation.report import span
from loaders.evaluation.scores import Scores, score
from loaders.evaluation.triples import Gold, gold


def agreement(one: dict[str, Gold], two: dict[str, Gold]) -> Scores:
    """The second reading scored as if it were a system's, the first being right."""
    return score(one, {item: reading.triples for item, reading in two.items()})


def _readings(records: list[Record]) -> dict[str, Gold]:
    return {r["id"]: gold([FrameRecord.model_validate(frame) for frame in r["frames"]]) for r in records}


def main() -> None:
    two = _readings(labels("second.jsonl"))
    one = {item: reading for item, reading in _readings(labels()).items() if item in two}
    print(
        f"{'taken as right':16}{'triples':>8}{'P':>7}{'R':>7}{'F1':>7}  {'95 % of F1':14}{'stage':>7}{'assertion':>10}"
    )
    for name, right, other in (("first reading", one, two), ("second reading", two, one)):
        scores = agreement(right, other)
        counts, interval = scores.counts(), span(scores.interval(lambda c: c.f1))
        print(
            f"{name:16}{counts.gold:>8}{counts.precision:>7.3f}{counts.recall:>7.3f}{counts.f1:>7.3f}  {interval:14}"
            f"{counts.stage:>7.3f}{counts.assertion:>10.3f}"
        )
    both, either = (
        sum(combine(bool(one[item].triples), bool(two[item].triples)) for item in one)
        for combine in (bool.__and__, bool.__or__)
    )
    print(f"{len(one)} items; both readings find something in {both}, one of them in {either - both}")


if __name__ == "__main__":
    main()

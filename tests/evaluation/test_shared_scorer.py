"""Our scoring and the scorer beside the project say the same, on real claims and on claims made wrong at random."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from loaders.document import Document
from loaders.evaluation import evaluate
from loaders.pipeline import extract
from loaders.sources import read

SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "score/score.py"
NAMES = [
    "U.S.",
    "the Kremlin",
    "Türkiye",
    "Burma",
    "UAVs",
    "S-300PMU",
    "the F-35A Lightning II",
    "gun",
    "mines",
    "ICBM",
]
PREDICATES = ["purchases", "receives", "supplies", "sanctions", "excludes", "tests", "uses", "signs", "withdraws_from"]
STAGES = ["approved", "completed", "ongoing", "planned", "ended"]
GOLDS = {"dev": ["gold.jsonl"], "dev-articles": ["gold.jsonl", "second_pass.jsonl"]}

Record = dict[str, Any]

needs_shared = pytest.mark.skipif(not SCORER.is_file(), reason="../shared is not here")


@pytest.fixture(scope="module", params=GOLDS)
def extracted(request: pytest.FixtureRequest) -> tuple[list[Record], list[Path]]:
    folder = SHARED / "data" / request.param
    documents = read([str(folder / "items.jsonl"), str(SHARED / "seed")], notice=lambda _: None)
    claims = [c.model_dump(mode="json") for d in documents if isinstance(d, Document) for c in extract(d)]
    return claims, [folder / name for name in GOLDS[request.param]]


@needs_shared
@pytest.mark.parametrize("seed", range(6))
def test_equal_counts(extracted: tuple[list[Record], list[Path]], seed: int, tmp_path: Path) -> None:
    """Seed 0 changes nothing."""
    claims, gold = extracted
    path = tmp_path / "claims.jsonl"
    changed = [
        changed for claim in claims for changed in _perturbed(claim, random.Random(f"{seed}{claim['id']}"), seed)
    ]
    path.write_text("".join(json.dumps(claim) + "\n" for claim in changed), encoding="utf-8")
    scores, _ = evaluate(path, *gold)
    command = [sys.executable, str(SCORER), str(path), *map(str, gold)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    counts = scores.counts()
    assert (counts.right, counts.extra, counts.missing) == (told["tp"], told["fp"], told["fn"])
    shares = {"phase": counts.phase, "stage": counts.stage, "assertion": counts.assertion, "f1": counts.f1}
    assert {name: round(share, 3) for name, share in shares.items()} == {name: told[name] for name in shares}
    each = {predicate: scores.counts(predicate) for predicate in scores.predicates}
    assert {
        predicate: {"p": round(c.precision, 2), "r": round(c.recall, 2), "n": c.gold} for predicate, c in each.items()
    } == told["per"]


def _perturbed(claim: Record, chance: random.Random, strength: int) -> list[Record]:
    """The claim dropped, doubled, or with another name, predicate, stage or role."""
    if chance.random() < strength * 0.03:
        return []
    new = json.loads(json.dumps(claim))
    if chance.random() < strength * 0.06:
        new["object"] = {"name": chance.choice(NAMES)}
    if chance.random() < strength * 0.06:
        new["subject"] = chance.choice([None, {"name": chance.choice(NAMES)}])
    if chance.random() < strength * 0.06:
        new["predicate"] = chance.choice(PREDICATES)
    if chance.random() < strength * 0.1:
        new["stage"], new["assertion"] = chance.choice(STAGES), chance.choice(["asserted", "alleged"])
    for role in ("supplier", "recipient", "programme"):
        if chance.random() < strength * 0.06:
            new["qualifiers"][role] = {"name": chance.choice(NAMES)}
    return [new, claim] if chance.random() < strength * 0.05 else [new]

"""The annotated corpora beside the project, where they are present: floors that the extractor must not fall under."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.document import Document
from loaders.pipeline import extract
from loaders.sources import read

SHARED = Path(__file__).parents[3] / "shared"

needs_shared = pytest.mark.skipif(not (SHARED / "score").is_dir(), reason="../shared is not here")


@needs_shared
def test_the_dev_items_reach_the_floor(tmp_path: Path) -> None:
    lines = []
    for line in (SHARED / "data/dev/items.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        document = Document(source_id=item["id"], source="items.jsonl", text=item["text"], published=item["date"])
        lines += [claim.model_dump_json() for claim in extract(document)]
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(SHARED / "score/score.py"), str(path), str(SHARED / "data/dev/gold.jsonl")]
    subprocess.run([*command, "--min-f1", "0.55"], check=True)


@needs_shared
def test_the_seed_yields_its_events() -> None:
    [document] = [item for item in read([str(SHARED / "seed")], notice=lambda _: None) if isinstance(item, Document)]
    told = {
        (claim.subject.id if claim.subject else None, claim.predicate, claim.object.id, claim.stage)
        for claim in extract(document)
    }
    assert told >= {
        ("TUR", "purchases", "s-400", "completed"),
        ("TUR", "purchases", "s-400", "planned"),
        ("USA", "sanctions", "TUR", "threatened"),
        ("USA", "sanctions", "TUR", "completed"),
        ("USA", "excludes", "TUR", "completed"),
        ("USA", "opposes", "TUR", "ongoing"),
        ("TUR", "meets", "RUS", "planned"),
    }

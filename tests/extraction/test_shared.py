"""The annotated corpora beside the project, where they are present: floors that the extractor must not fall under."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.claims import Claim
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
    subprocess.run([*command, "--min-f1", "0.72"], check=True)


@needs_shared
def test_the_seed_yields_its_events() -> None:
    [document] = [item for item in read([str(SHARED / "seed")], notice=lambda _: None) if isinstance(item, Document)]
    claims = extract(document)

    def one(predicate: str, stage: str) -> Claim:
        [claim] = [c for c in claims if c.predicate == predicate and c.stage == stage]
        return claim

    bought, planned = one("purchases", "completed"), one("purchases", "planned")
    threat, imposed = one("sanctions", "threatened"), one("sanctions", "completed")
    ends = {(c.subject.id if c.subject else None, c.predicate, c.object.id) for c in claims}
    assert ends == {
        ("TUR", "purchases", "s-400"),
        ("USA", "sanctions", "TUR"),
        ("USA", "excludes", "TUR"),
        ("USA", "opposes", "TUR"),
        ("TUR", "meets", "RUS"),
    }
    assert (bought.qualifiers.batch, planned.qualifiers.batch) == (1, 2)
    assert [c.qualifiers.supplier.id for c in (bought, planned) if c.qualifiers.supplier] == ["RUS", "RUS"]
    assert threat.qualifiers.instrument is None
    assert imposed.qualifiers.instrument is not None
    assert imposed.qualifiers.instrument.id == "caatsa"
    assert imposed.qualifiers.target_detail == "defence officials"
    assert imposed.qualifiers.because_of == [bought.id]
    programme = one("excludes", "completed").qualifiers.programme
    assert programme is not None
    assert programme.id == "f-35-programme"
    assert one("meets", "planned").event_date == "2021-09-29"
    shown = {c.predicate: c.evidence[0].quote for c in claims if c.stage in ("completed", "ongoing")}
    assert "its purchase of the first batch of S-400s" in shown["purchases"]
    assert (
        "officials were sanctioned under the Countering America's Adversaries Through Sanctions Act"
        in shown["sanctions"]
    )
    assert "kicked out of the F-35 programme" in shown["excludes"]
    assert "opposition to Turkey" in shown["opposes"]
    assert all(document.text[q.start : q.end] == q.quote for c in claims for q in c.evidence)

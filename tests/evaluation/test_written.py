"""The written texts of `bench/extraction/written`: every frame is of the guidelines and stands in its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.evaluation.records import read_gold

WRITTEN = Path(__file__).parents[2] / "bench/extraction/written"


@pytest.mark.parametrize(
    ("texts", "gold", "count"),
    [
        ("items.jsonl", "gold.jsonl", 240),
        ("articles.jsonl", "articles_gold.jsonl", 40),
        ("bulk.jsonl", "bulk_gold.jsonl", 4_544),
        ("press.jsonl", "press_gold.jsonl", 1544),
        ("held.jsonl", "held_gold.jsonl", 519),
    ],
)
def test_written_texts_hold_their_evidence(texts: str, gold: str, count: int) -> None:
    items = [json.loads(line) for line in (WRITTEN / texts).read_text("utf-8").splitlines()]
    text = {item["id"]: item["text"] for item in items}
    assert len(items) == len(text) == count
    assert read_gold(WRITTEN / gold).keys() == text.keys()
    for record in map(json.loads, (WRITTEN / gold).read_text("utf-8").splitlines()):
        assert all(f["evidence"] and f["evidence"] in text[record["id"]] for f in record["frames"]), record["id"]

"""The annotated items of `bench/extraction`: their labels, and joining these with the corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.extraction.join import JoinError, join, labels
from loaders.evaluation.records import FrameRecord, read_gold

CORPUS = Path(__file__).parents[3] / "shared/data/wikipedia-current-events/2002-2015.jsonl.gz"


def test_labels_are_frames_with_places_in_a_text() -> None:
    first, second = labels(), labels("second.jsonl")
    ids = [record["id"] for record in first]
    assert (len(ids), len(set(ids)), len(second)) == (1560, 1560, 210)
    assert {record["id"] for record in second} <= set(ids)
    assert sorted(ids) == sorted(r["id"] for part in ("train", "test") for r in labels(part=part))
    for frame in (frame for record in (*first, *second) for frame in record["frames"]):
        FrameRecord.model_validate(frame)
        assert 0 <= frame["start"] < frame["end"]


def test_another_corpus_is_refused(tmp_path: Path) -> None:
    record = labels()[0]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"id": record["id"], "date": "2002-08-13", "text": "Changed."}), encoding="utf-8")
    with pytest.raises(JoinError, match=f"another text for {record['id']}"):
        join(corpus, tmp_path)
    corpus.write_text("", encoding="utf-8")
    with pytest.raises(JoinError, match=f"no item {record['id']}"):
        join(corpus, tmp_path)


@pytest.mark.skipif(not CORPUS.is_file(), reason="../shared is not here")
def test_joined_items_hold_their_evidence(tmp_path: Path) -> None:
    assert join(CORPUS, tmp_path, "test") == 320
    texts = {r["id"]: r["text"] for r in map(json.loads, (tmp_path / "items.jsonl").read_text("utf-8").splitlines())}
    assert read_gold(tmp_path / "gold.jsonl").keys() == read_gold(tmp_path / "second_pass.jsonl").keys() == texts.keys()
    for name in ("gold.jsonl", "second_pass.jsonl"):
        for record in map(json.loads, (tmp_path / name).read_text("utf-8").splitlines()):
            assert all(f["evidence"] and f["evidence"] in texts[record["id"]] for f in record["frames"])

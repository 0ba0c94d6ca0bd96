"""Examples with other names: the same relations between the same mentions, at their new places."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from dev.reader.augment import Names
from loaders.catalogue import load_catalogue
from loaders.learned.dataset import examples
from loaders.learned.windows import SIZE

TEXT = "Moscow delivers S-400 missiles to Turkey, Vladimir Putin says. The US imposes sanctions on Ardis Group over it."
FRAMES = [
    {"frame": "transfer", "supplier": "Russia", "recipient": "Turkey", "weapon": "S-400", "stage": "completed",
     "assertion": "asserted", "evidence": "Moscow delivers S-400 missiles to Turkey"},
    {"frame": "sanction", "sender": "United States", "target": "Ardis Group", "stage": "completed",
     "assertion": "asserted", "evidence": "The US imposes sanctions on Ardis Group"},
]  # fmt: skip
[RAW] = examples({"id": "a", "date": "2020-01-01", "text": TEXT}, FRAMES, SIZE)
NAMES = Names(load_catalogue(), [RAW])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_mentions_and_evidence_move_with_the_names(seed: int) -> None:
    new = NAMES.swapped(RAW, random.Random(seed))
    assert [(r["relation"], r["subject"], r["object"]) for r in new["relations"]] == [
        (r["relation"], r["subject"], r["object"]) for r in RAW["relations"]
    ]
    for old, moved in zip(RAW["mentions"], new["mentions"], strict=True):
        before, after = TEXT[old["end"] : old["end"] + 9], new["text"][moved["end"] : moved["end"] + 9]
        assert before.split(" ")[0] == after.split(" ")[0]
        assert new["text"][moved["start"] : moved["end"]].strip()
    told = [new["text"][r["start"] : r["end"]] for r in new["relations"]]
    assert all((" delivers " in words and " to " in words) or "imposes sanctions on" in words for words in told)


def test_names_change_and_the_rest_stays() -> None:
    texts = {NAMES.swapped(RAW, random.Random(seed))["text"] for seed in range(20)}
    assert len(texts) > 10
    assert all(" delivers " in text and "imposes sanctions on" in text for text in texts)

"""The table of `cases.yaml`: ways of telling, each with what it tells and with what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.claims import Claim
from graph.vocabulary import PREDICATES
from loaders.document import Document
from loaders.pipeline import extract

BLOCKS = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
COUNTED = {name for name, predicate in PREDICATES.items() if predicate.frame not in ("stance", "meeting", "background")}


def told(text: str, published: str) -> set[str]:
    def line(claim: Claim) -> str:
        return (
            f"{claim.subject.name if claim.subject else '?'} | {claim.predicate} | {claim.object.name} | {claim.stage}"
        )

    document = Document(source_id="case", source="cases.yaml", text=text, published=published)
    claims = [claim for claim in extract(document) if claim.predicate in COUNTED]
    return {line(claim) for claim in claims} | {f"{line(claim)} | {claim.assertion}" for claim in claims}


@pytest.mark.parametrize(
    ("text", "published", "tells", "never"),
    [
        pytest.param(
            case["text"],
            case.get("published", "2015-06-01"),
            case["tells"],
            case.get("never", []),
            id=f"{b['title']}-{case['text']}",
        )
        for b in BLOCKS
        for case in b["cases"]
    ],
)
def test_a_text_tells_what_it_tells(text: str, published: str, tells: list[str], never: list[str]) -> None:
    found = told(text, published)
    assert not [line for line in found if line.startswith(tuple(never))]
    assert found >= set(tells)
    assert tells or not found

"""Two deliveries told together: each weapon goes to its own taker."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract


def given(text: str) -> set[tuple[str, str]]:
    """Who gets what, by the claims of a text."""
    claims = extract(Document(source_id="case", source="test", text=text, published="2015-06-01"))
    taken = {(c.qualifiers.recipient.name, c.object.name) for c in claims if c.qualifiers.recipient is not None}
    return taken | {
        (c.subject.name, c.object.name) for c in claims if c.subject and c.predicate in ("receives", "purchases")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Washington approved the sale of Abrams tanks to Romania and Black Hawk helicopters to Croatia.",
            {("Romania", "Abrams"), ("Croatia", "Black Hawk")},
        ),
        (
            "Paris sold Rafale fighters to Egypt and Scorpène submarines to India.",
            {("Egypt", "Rafale"), ("India", "Scorpène")},
        ),
        (
            "Paris sold Rafale fighters and Scorpène submarines to India.",
            {("India", "Rafale"), ("India", "Scorpène")},
        ),
    ],
)
def test_each_weapon_goes_to_its_own_taker(text: str, expected: set[tuple[str, str]]) -> None:
    assert given(text) == expected

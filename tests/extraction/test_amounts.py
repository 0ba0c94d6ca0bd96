"""How many and for how much: what a sale tells beside its parties."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract


@pytest.mark.parametrize(
    ("text", "quantity", "value"),
    [
        ("Switzerland bought three dozen F-35 jets from the United States.", 36, None),
        ("Poland ordered two hundred K2 tanks from South Korea.", 200, None),
        ("Poland ordered a dozen K2 tanks from South Korea.", 12, None),
        ("Russia sold US$247 million worth of MiG-29 fighters to Myanmar.", None, 247e6),
        (
            "The United States sold Javelin missiles to Taiwan, valued with all training and parts at $150 million.",
            None,
            150e6,
        ),
    ],
)
def test_numbers_are_read_whole(text: str, quantity: float | None, value: float | None) -> None:
    document = Document(source_id="sale", source="test", text=text, published="2022-06-01")
    (claim,) = (claim for claim in extract(document) if claim.predicate in ("purchases", "supplies"))
    assert claim.qualifiers.quantity_min == quantity
    assert claim.qualifiers.value == value

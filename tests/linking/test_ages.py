"""An article does not mean what was made years after it."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract


@pytest.mark.parametrize(
    ("published", "text", "told"),
    [
        ("2007-07-13", "Iran signed a nuclear agreement with the UN agency on Friday.", []),
        ("1998-05-01", "The United States imposed sanctions on Russia under CAATSA.", [None]),
        ("2014-11-24", "The United States threatened to leave the Iran nuclear deal.", ["JCPOA"]),
        ("2015-07-14", "Iran signed the nuclear agreement on Tuesday.", ["JCPOA"]),
        ("2018-05-08", "The United States left the Iran nuclear deal on Tuesday.", ["JCPOA"]),
        (None, "The United States left the Iran nuclear deal on Tuesday.", ["JCPOA"]),
    ],
)
def test_no_instrument_is_named_long_before_it_was_made(
    published: str | None, text: str, told: list[str | None]
) -> None:
    claims = extract(Document(source_id="a", source="a", text=text, published=published))
    assert [
        c.object.name if c.object.label == "Instrument" else (c.qualifiers.instrument and c.qualifiers.instrument.name)
        for c in claims
    ] == told

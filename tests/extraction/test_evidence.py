"""The quotes of a claim show what happened, and all who take part."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.claims import QUALIFIER_ROLES
from loaders.document import Document
from loaders.pipeline import extract
from loaders.sources import read

SAMPLES = Path(__file__).parents[2] / "samples"

PACKAGE = """Washington prepares $400 million of military aid for Kyiv

The United States said on Friday that it would send Ukraine another $400 million of military aid, its third package.

Among the weapons are Patriot munitions and Stinger missiles, with which Ukraine guards its cities.

More High Mobility Artillery Rocket Systems are on the list, too, which the front has waited for.

Washington also gives Javelin missiles, Bradley fighting vehicles, patrol boats and grenades."""


def test_a_quote_names_the_weapon_of_its_claim() -> None:
    claims = extract(Document(source_id="package", source="test", text=PACKAGE, published="2024-05-10"))
    told = [claim for claim in claims if claim.predicate in ("supplies", "receives", "purchases")]
    assert len(told) >= 5
    for claim in told:
        start, end = claim.object.start, claim.object.end
        assert any(quote.start <= start and end <= quote.end for quote in claim.evidence), claim.object.name


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Inspectors found that Syria had used chemical weapons, and the Council met.",
            "that Syria had used chemical weapons",
        ),
        (
            "France sold Rafale jets to India, and Poland bought K2 tanks from South Korea.",
            "Poland bought K2 tanks from South Korea",
        ),
        (
            "Firms that sell drones to Russia face trouble, since the EU sanctioned Iran on Monday.",
            "since the EU sanctioned Iran on Monday",
        ),
    ],
)
def test_a_quote_is_the_clause_that_tells_it(text: str, quote: str) -> None:
    claims = extract(Document(source_id="clause", source="test", text=text, published="2020-09-21"))
    assert quote in [claim.evidence[0].quote for claim in claims]


def test_a_quote_that_would_only_name_somebody_is_the_sentence() -> None:
    text = "The EU sanctioned three firms on Monday.\n\nThe firms are Avrasya Shipping and Sigma Airlines."
    claims = extract(Document(source_id="firms", source="test", text=text, published="2020-09-21"))
    [firm] = [claim for claim in claims if claim.object.name == "Sigma Airlines"]
    assert [quote.quote for quote in firm.evidence] == [
        "The firms are Avrasya Shipping and Sigma Airlines.",
        "The EU sanctioned three firms on Monday.",
    ]


def test_who_is_only_meant_by_a_pronoun_is_quoted_by_name() -> None:
    text = "Turkey is a member of NATO. In 2017 it bought S-400 systems from Russia."
    [claim] = extract(Document(source_id="it", source="test", text=text, published="2020-09-21"))
    assert [quote.quote for quote in claim.evidence] == [
        "In 2017 it bought S-400 systems from Russia.",
        "Turkey is a member of NATO.",
    ]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt"))[::4], ids=lambda path: path.stem)
def test_all_who_take_part_are_named_in_the_quotes(path: Path) -> None:
    [document] = [one for one in read([str(path)], notice=print) if isinstance(one, Document)]
    for claim in extract(document):
        roles = [
            claim.subject,
            claim.object,
            *(getattr(claim.qualifiers, role) for role in QUALIFIER_ROLES if role != "agent"),
        ]
        named = [role for role in roles if role is not None]
        assert all(quote.quote == document.text[quote.start : quote.end] for quote in claim.evidence)
        for role in named:
            assert any(quote.start <= role.start and role.end <= quote.end for quote in claim.evidence), role.text

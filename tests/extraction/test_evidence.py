"""A quote shows the weapon that its claim is about."""

from __future__ import annotations

from loaders.document import Document
from loaders.pipeline import extract

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

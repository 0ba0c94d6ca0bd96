"""Pronouns and descriptions: whom and what they stand for, seen in the claims of short articles."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract


def told(text: str) -> set[str]:
    document = Document(source_id="case", source="cases", text=text, published="2021-06-16")
    return {
        f"{claim.subject.name if claim.subject else '?'} | {claim.predicate} | {claim.object.name}"
        for claim in extract(document)
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        # a weapon named before
        ("Olaf Scholz spoke about Taurus missiles. Germany will not send the missiles to Ukraine.",
         "Germany | supplies | Taurus"),
        ("The S-400 was shown in Ankara. Turkey bought the system from Russia.", "Turkey | purchases | S-400"),
        ("Lockheed makes the F-35. Poland has ordered 32 of the jets.", "Poland | purchases | F-35"),
        # a class told anew is no weapon named before
        ("The S-400 was shown in Ankara. Turkey bought a radar from Germany.", "Turkey | purchases | radar"),
        ("The S-400 was shown in Ankara. Turkey bought the helicopters from Italy.", "Turkey | purchases | helicopter"),
        # a country of a region or kind
        ("France and Egypt met. The north African country ordered 30 Rafale jets.", "Egypt | purchases | Rafale"),
        ("Sweden and Saudi Arabia met. The kingdom ordered 30 Typhoon jets.", "Saudi Arabia | purchases | Typhoon"),
        ("China threatens Taiwan. The island ordered 66 F-16 jets.", "Taiwan | purchases | F-16"),
        # an organ of which nobody says whose it is
        ("Ethiopia is at war in Tigray. The army bombed the town of Togoga with drones.", "Ethiopia | uses | drone"),
        # forces and agencies act for their country
        ("Iran's Revolutionary Guards test-fired two Qadr missiles.", "Iran | tests | Qadr"),
        # a member is not the alliance
        ("US slaps sanctions on NATO ally Turkey over Russian missile purchase.", "United States | sanctions | Turkey"),
        ("The EU imposed sanctions on EU candidate Serbia.", "European Union | sanctions | Serbia"),
        ("NATO ally Turkey bought S-400 missiles from Russia.", "Turkey | purchases | S-400"),
    ],
)  # fmt: skip
def test_what_was_named_before_is_meant(text: str, claim: str) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("The United States sanctioned four settlers: David Chai Chasdai, Einan Tanjil and Yinon Levi.",
         {"David Chai Chasdai", "Einan Tanjil", "Yinon Levi"}),
        ("The U.S. Treasury sanctions Turkey's justice minister Abdulhamit Gül and interior minister Süleyman Soylu.",
         {"Abdulhamit Gül", "Süleyman Soylu"}),
        ("The Treasury sanctioned two firms, Al Junaid Multi Activities Co Ltd and Truong Phat Loc Shipping JSC.",
         {"Al Junaid Multi Activities Co Ltd", "Truong Phat Loc Shipping JSC"}),
        ("The United States sanctioned Russia's GRU.", {"GRU"}),
    ],
)  # fmt: skip
def test_whom_a_measure_hits_keeps_its_own_name(text: str, claim: set[str]) -> None:
    assert told(text) >= {f"United States | sanctions | {name}" for name in claim}

"""Names of several meanings, by what their article names beyond doubt."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract

SHIP = "France suspended the delivery of a Mistral helicopter carrier to Russia."
MISSILE = "France delivered Mistral missiles to Ukraine."
BARE = "France suspends delivery of first Mistral to Russia"


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        (f"{BARE}\n\n{SHIP}", {"mistral-class"}),
        (f"{BARE}\n\n{MISSILE}", {"mistral-missile"}),
        (f"{SHIP} {MISSILE}", {"mistral-class", "mistral-missile"}),
    ],
)
def test_a_name_means_what_its_article_names_in_full(text: str, weapons: set[str]) -> None:
    found = extract(Document(source_id="a", source="a", text=text, published="2014-11-25"))
    assert {claim.object.id for claim in found if claim.object.label == "Weapon"} == weapons


def test_a_people_stays_beside_its_authority() -> None:
    text = (
        "Israel bans Palestinians from travelling throughout the West Bank and cuts off contact with the Palestinian "
        "Authority."
    )
    found = extract(Document(source_id="a", source="a", text=text, published="2005-10-17"))
    assert {claim.object.id for claim in found if claim.predicate == "sanctions"} == {"palestinians"}

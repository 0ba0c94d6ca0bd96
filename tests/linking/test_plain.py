"""What an article calls the weapons that it names."""

from __future__ import annotations

import pytest

from loaders.linking.gazetteer import default_gazetteer
from loaders.linking.plain import own_names


@pytest.mark.parametrize(
    ("text", "weapon", "name"),
    [
        ("Nigeria received six Super Tucanos.", "a-29-super-tucano", "Super Tucano"),
        ("Slovakia may have 12 AH-1Z helicopters.", "ah-1z-viper", "AH-1Z"),
        (
            "Eurofighter jets from Britain, also called Eurofighter Typhoons.",
            "eurofighter-typhoon",
            "Eurofighter Typhoon",
        ),
        ("Turkey ordered 40 Typhoon fighter jets.", "eurofighter-typhoon", "Typhoon"),
        ("Australia bought eight P-8A Poseidons; a P-8 was seen.", "p-8-poseidon", "P-8A Poseidon"),
        ("Riyadh acquired DF-3s in 1987.", "df-3a", "DF-3"),
        # other names of it are no pieces of its name
        ("The Massive Ordnance Penetrator was dropped.", "gbu-57", None),
        ("They are flown by the Fighting Falcons of Greece.", "f-16", None),
    ],
)
def test_a_weapon_is_called_as_the_article_calls_it(text: str, weapon: str, name: str | None) -> None:
    assert own_names(text, default_gazetteer().find(text)).get(weapon) == name

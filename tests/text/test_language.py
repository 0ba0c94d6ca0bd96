"""Which texts are English."""

from __future__ import annotations

import pytest

from loaders.document import Document
from loaders.pipeline import extract
from loaders.text.language import is_english


@pytest.mark.parametrize(
    "text",
    [
        "Turkey buys the S-400.",
        "UN chemical weapons inspectors resume work in Syria",
        "RUSSIA SELLS S-400 TO TURKEY",
        "North Korean leader Kim Jong-il inspects missile units.",
        "Luiz Inácio Lula da Silva meets Gripen pilots.",
        "Le Monde says that Los Angeles-class submarines visited La Spezia and Las Palmas.",
        "",
    ],
)
def test_english_is_known_by_its_small_words(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "La France a livré des canons à l'Ukraine. La Russie a tiré des missiles et les États-Unis des sanctions.",
        "Die Türkei hat das S-400-System von Russland gekauft, und die USA haben Sanktionen verhängt.",
        "Rusia vendió los sistemas S-400 a Turquía y los Estados Unidos imponen sanciones contra Irán.",
    ],
)
def test_other_languages_tell_nothing(text: str) -> None:
    assert not is_english(text)
    assert extract(Document(source_id="other", source="test", text=text, published="2015-06-01")) == []

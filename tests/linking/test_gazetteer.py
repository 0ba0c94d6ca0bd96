"""Which names are found in a text, and where they end."""

from __future__ import annotations

import pytest

from loaders.linking.gazetteer import default_gazetteer


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iran and the P5+1 met.", [("Iran", "Iran"), ("P5+1", "P5+1")]),
        ("Sam fired two SAMs.", [("SAMs", "surface-to-air missile")]),
        ("They hit Huawei Co., Ltd and left.", [("Huawei Co., Ltd", "Huawei")]),
        ("They sold F-16 Block 52 jets.", [("F-16 Block 52", "F-16"), ("jets", "aircraft")]),
        ("The Fano fought on.", [("Fano", "Fano militia")]),
        ("White phosphorus fell.", [("White phosphorus", "white phosphorus")]),
        ("Türkiye, Turkiye", [("Türkiye", "Turkey"), ("Turkiye", "Turkey")]),
        ("", []),
    ],
)
def test_names_of_a_text(text: str, names: list[tuple[str, str]]) -> None:
    found = [(text[m.start : m.end], m.readings[0].entry.name) for m in default_gazetteer().find(text)]
    assert found == names

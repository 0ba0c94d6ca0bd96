"""Which words of a text may fill a role, and what they stand for."""

from __future__ import annotations

import pytest

from loaders.catalogue import load_catalogue
from loaders.learned.candidates import candidates
from loaders.linking.gazetteer import default_gazetteer
from loaders.linking.names import Names


def named(text: str, date: str = "2022-05-01") -> set[str]:
    matches = default_gazetteer().find(text)
    found = candidates(text, matches, Names(load_catalogue(), date, matches))
    return {candidate.link.entity.name for candidate in found}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chadian rebels fired mortar shells.", {"Chad", "Chadian rebels", "mortar"}),
        ("Chad armed rebels in Mali.", {"Chad", "Mali", "Malian rebels"}),
        # who acts for a state stands for it, and for itself
        ("Iran's Revolutionary Guards fired Qadr missiles.", {"Iran", "Islamic Revolutionary Guard Corps"}),
        ("Vladimir Putin spoke.", {"Russia", "Vladimir Putin"}),
        # shells are ammunition where they are sold, artillery where they are fired
        ("Estonia sent artillery shells.", {"Estonia", "ammunition", "artillery"}),
        ("Belarus delivered attack helicopters.", {"helicopter"}),
        # words that imply a weapon or a treaty
        ("North Korea's nuclear test was its fifth.", {"North Korea", "nuclear weapon"}),
        ("A gas attack killed dozens in Syria.", {"chemical weapon", "Syria"}),
        ("The US may arm Ukraine.", {"weapons", "Ukraine"}),
        ("Iran signs an agreement that limits its nuclear programme.", {"JCPOA", "Iran"}),
    ],
)
def test_words_that_may_fill_a_role(text: str, names: set[str]) -> None:
    assert named(text) >= names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The nuclear power plant was shut.", "nuclear weapon"),
        ("A gas pipeline burst in Syria.", "chemical weapon"),
        ("Her left arm was broken in Ukraine.", "weapons"),
        ("Syrian farmers protested.", "Syrian rebels"),
        ("The agreement limits fishing off Iran.", "JCPOA"),
    ],
)
def test_words_that_do_not(text: str, name: str) -> None:
    assert name not in named(text)

"""Which words of a text may fill a role, and what they stand for."""

from __future__ import annotations

import pytest

from loaders.catalogue import load_catalogue
from loaders.learned.candidates import candidates
from loaders.linking.gazetteer import default_gazetteer
from loaders.linking.names import Names
from loaders.linking.spans import Spans


def named(text: str, date: str = "2022-05-01") -> set[str]:
    matches = default_gazetteer().find(text)
    found = candidates(text, Spans(matches), Names(load_catalogue(), date, matches))
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
        ("Moscow left the treaty on intermediate-range missiles.", {"INF Treaty"}),
        ("Finland quits the convention against anti-personnel mines.", {"Ottawa Convention"}),
        ("Qatar denies arming the rebels.", {"weapons"}),
        ("France said it would arm its neighbours, and is ready to arm these men.", {"weapons"}),
        ("She is under American and European sanctions.", {"European Union"}),
        ("The embargo was lifted by the Europeans.", {"European Union"}),
        # persons and where they are from, sentences of short words, firms with full stops
        ("So are Kenneth Reed of Human Rights Watch and Ana Bell of Oxfam.", {"Kenneth Reed", "Ana Bell"}),
        ("Prosecutor-General Pavel Orlenko was put on the list.", {"Pavel Orlenko"}),
        (
            "The Central Bank of Tamria and Omega Trading Co., Ltd. were hit.",
            {"Central Bank of Tamria", "Omega Trading Co., Ltd"},
        ),
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
        ("A treaty on intermediate-range flights was signed.", "INF Treaty"),
        ("The convention on mines and quarries met.", "Ottawa Convention"),
        ("An arming switch failed.", "weapons"),
        ("European farmers fear sanctions.", "European Union"),
        ("US Puts Kenneth Reed on a List", "Kenneth Reed"),
    ],
)
def test_words_that_do_not(text: str, name: str) -> None:
    assert name not in named(text)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Lithuania left the Ottawa Convention. Norway will stay in the treaty.", 2),
        ("Japan signed the Arms Trade Treaty in June; the pact regulates exports, and the convention is young.", 3),
        ("Russia left the INF Treaty and New START. The treaty was old.", 1),
        ("The treaty was old. Russia left the INF Treaty, not the treaty on trade.", 1),
    ],
)
def test_the_treaty_is_the_only_one_named_before(text: str, times: int) -> None:
    matches = default_gazetteer().find(text)
    found = candidates(text, Spans(matches), Names(load_catalogue(), "2022-05-01", matches))
    treaties = [c.link.entity.id for c in found if c.label == "Instrument"]
    assert max(map(treaties.count, treaties)) == times

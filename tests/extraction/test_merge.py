"""At which stage an event counts that an article tells twice."""

from __future__ import annotations

import pytest

from graph.claims import Entity
from graph.vocabulary import Stage
from loaders.catalogue import load_catalogue
from loaders.extraction.draft import Draft
from loaders.extraction.merge import merge
from loaders.extraction.observer import SILENT
from loaders.linking.links import Link


def order(stage: Stage, start: int, confidence: float) -> Draft:
    names = {"recipient": ("TUR", "Turkey", "Country"), "weapon": ("s-400", "S-400", "Weapon")}
    roles = {
        role: Link(Entity(id=id, name=name, label=label), name, start, start + 5)
        for role, (id, name, label) in names.items()
    }  # type: ignore[arg-type]
    return Draft(
        "purchases", roles, stage, "asserted", None, None, False, start, start + 20, (start, start + 20), confidence
    )


@pytest.mark.parametrize(
    ("told", "stage"),
    [
        ([("agreed", 0.9), ("completed", 0.85)], "completed"),
        ([("completed", 0.7), ("considered", 0.9)], "completed"),
        # what is much less sure does not advance it
        ([("agreed", 0.9), ("completed", 0.5)], "agreed"),
    ],
)
def test_the_most_advanced_of_the_sure_stages_counts(told: list[tuple[Stage, float]], stage: Stage) -> None:
    drafts = [order(said, 100 * place, confidence) for place, (said, confidence) in enumerate(told)]
    (joined,) = merge(drafts, load_catalogue(), SILENT)
    assert (joined.stage, joined.confidence) == (stage, 0.9)


@pytest.mark.parametrize("predicate", ["tests", "uses"])
@pytest.mark.parametrize("kinds", [("missile", "ballistic-missile"), ("ballistic-missile", "missile")])
def test_one_shot_is_of_the_narrower_class(predicate: str, kinds: tuple[str, str]) -> None:
    catalogue = load_catalogue()
    actor = Link(Entity(id="PRK", name="North Korea", label="Country"), "Pyongyang", 0, 9)
    drafts = []
    for place, kind in enumerate(kinds):
        entry = catalogue.entries[f"class/{kind}"]
        weapon = Link(
            Entity(id=entry.id, name=entry.name, label="Weapon"), entry.name, 50 * place + 20, 50 * place + 30
        )
        roles = {"actor": actor, "weapon": weapon}
        span = (50 * place, 50 * place + 30)
        drafts.append(Draft(predicate, roles, "completed", "asserted", None, None, False, *span, span, 0.9))
    (joined,) = merge(drafts, catalogue, SILENT)
    assert joined.roles["weapon"].entity.id == "class/ballistic-missile"

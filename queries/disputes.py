"""Where statements about one episode contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import inf
from typing import Any

from graph.store import Store
from graph.vocabulary import STAGES

Told = Mapping[str, Any]
"""One statement, as `contradictions.cypher` gives it."""
CERTAINTY = {1: "unknown", 2: "possibly", 3: "yes"}


def disputes(rows: list[dict[str, Any]], values: Mapping[str, Any], store: Store) -> list[dict[str, Any]]:
    """The disputes within these episodes, and between two of them where each side says that the other did it.

    Args:
        rows: one an episode, with its statements under `told`.
        values: the query's parameters; a dispute needs `min_support` origins on each side.
    """
    for row in rows:
        row["told"].sort(key=lambda told: (told["day"] or "9999", told["claim"]))
    found = [dispute for row in rows for dispute in (*_whether(row), *_figures(row))]
    found += [dispute for one, other in _same_deeds(rows) for dispute in _who(one, other)]
    enough = [one for one in found if min(one["a_support"], one["b_support"]) >= (values.get("min_support") or 0)]
    return sorted(enough, key=lambda one: (one["since"] or "9999", one["episode"], one["dispute"], one["claims"]))


def _whether(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Done or not done: by the phase that is denied."""
    denials: dict[int, list[Told]] = defaultdict(list)
    for told in row["told"]:
        if told["assertion"] == "denied":
            denials[told["rank"]].append(told)
    for rank, denied in sorted(denials.items()):
        said = [told for told in row["told"] if _says_so(told, rank) and any(_denies(one, told) for one in denied)]
        denied = [one for one in denied if any(_denies(one, told) for told in said)]
        if said:
            stage = max((one["stage"] for one in denied), key=STAGES.index)
            most = max((told["stage"] for told in said), key=STAGES.index)
            dispute = _dispute(row, "whether", stage, (most, said), (f"not {stage}", denied))
            deniers = {one["by"] for one in denied if one["by"]}
            begin = dispute["b_first"] or ""
            admitted = [t["day"] for t in said if t["assertion"] == "asserted" and t["by"] in deniers and t["day"]]
            yield dispute | {"resolved": min((day for day in admitted if day >= begin), default=None)}


def _says_so(told: Told, rank: int) -> bool:
    return told["assertion"] in ("asserted", "alleged") and (told["rank"] >= rank if rank else told["rank"] == 0)


def _denies(denial: Told, told: Told) -> bool:
    """Whether a denial speaks of what is told: what came to pass only after it does not make it untrue."""
    return (told["first"] or "") <= (denial["day"] or "9999")


def _figures(row: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """How many, and for how much: figures of one stage, unit and time that cannot both be true."""
    counted: dict[tuple[Any, ...], list[Told]] = defaultdict(list)
    for told in row["told"]:
        if told["assertion"] not in ("asserted", "alleged") or told["partial"]:
            continue
        if told["least"] is not None or told["most"] is not None:
            counted["how many", told["stage"], told["batch"] or "", told["unit"] or "", ""].append(told)
        if told["value"] is not None and told["value_scope"] != "ceiling":
            scope = told["value_scope"] or ""
            counted["how much", told["stage"], told["batch"] or "", told["currency"] or "", scope].append(told)
    for (dispute, stage, _, unit, _), group in sorted(counted.items()):
        figures: dict[tuple[float, float], list[Told]] = defaultdict(list)
        for told in group:
            figures[_range(dispute, told)].append(told)
        for one, other in combinations(sorted(figures), 2):
            a, b = figures[one], figures[other]
            apart = one[1] < other[0] and len({told["origin"] for told in a + b}) > 1
            if apart and any(_at_one_time(x, y) for x in a for y in b):
                yield _dispute(row, dispute, stage, (_shown(one, unit), a), (_shown(other, unit), b))


def _range(dispute: str, told: Told) -> tuple[float, float]:
    if dispute == "how much":
        return told["value"], told["value"]
    return (told["least"] if told["least"] is not None else 0, told["most"] if told["most"] is not None else inf)


def _shown(figure: tuple[float, float], unit: str) -> str:
    least, most = figure
    if least == most:
        words = f"{least:g}" if least < 1e6 else f"{least:.0f}"
    elif most == inf:
        words = f"at least {least:g}"
    else:
        words = f"{least:g} to {most:g}" if least else f"up to {most:g}"
    return f"{words} {unit}".strip()


def _at_one_time(one: Told, other: Told) -> bool:
    """Whether both can be of the same days; figures of two days are two steps, and no dispute."""
    if not (one["dated"] and other["dated"]):
        return True
    return (one["first"] or "") <= (other["last"] or "9999") and (other["first"] or "") <= (one["last"] or "9999")


def _same_deeds(rows: list[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of episodes of uses of the same weapon against the same target, in which two accuse each other."""
    deeds: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for told in row["told"] if row["frame"] == "use" and row["weapon"] is not None else ():
            if _accuses(told):
                deeds[row["weapon"], row["target"], told["by"], told["subject"]].add(number)
    pairs = {
        (one, other)
        for (weapon, target, by, subject), accused in deeds.items()
        for one in accused
        for other in deeds.get((weapon, target, subject, by), ())
        if one < other
    }
    return ((rows[one], rows[other]) for one, other in sorted(pairs))


def _accuses(told: Told) -> bool:
    return told["assertion"] in ("asserted", "alleged") and told["by"] is not None and told["by"] != told["subject"]


def _who(row: dict[str, Any], other: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Each side says that the other did it, on days that can be the same."""
    a, b = ([told for told in one["told"] if _accuses(told)] for one in (row, other))
    pairs = [
        (one, two)
        for one in a
        for two in b
        if one["by"] == two["subject"] and two["by"] == one["subject"] and _at_one_time(one, two)
    ]
    if pairs:
        accused = sorted({one["subject"] for one, _ in pairs}), sorted({two["subject"] for _, two in pairs})
        sides = [{told["claim"]: told for told in side}.values() for side in zip(*pairs, strict=True)]
        yield _dispute(row, "who", "completed", (accused[0][0], list(sides[0])), (accused[1][0], list(sides[1])))


def _dispute(
    row: Mapping[str, Any], dispute: str, stage: str, a: tuple[str, list[Told]], b: tuple[str, list[Told]]
) -> dict[str, Any]:
    sides = _side("a", *a) | _side("b", *b)
    days = [sides[f"{side}_{end}"] for side in "ab" for end in ("first", "last") if sides[f"{side}_{end}"]]
    known = sides["a_first"] and sides["b_first"]
    return {
        "episode": row["episode"],
        "dispute": dispute,
        "stage": stage,
        **sides,
        "since": max(sides["a_first"], sides["b_first"]) if known else None,
        "resolved": None,
        "certainty": CERTAINTY[row["fit"]],
        "support": row["support"],
        "first_reported": min(days, default=None),
        "last_reported": max(days, default=None),
        "claims": sorted(told["claim"] for told in (*a[1], *b[1])),
    }


def _side(name: str, words: str, told: list[Told]) -> dict[str, Any]:
    days = [one["day"] for one in told if one["day"]]
    return {
        name: words,
        f"{name}_speakers": sorted({one["speaker"] for one in told if one["speaker"]}),
        f"{name}_outlets": sorted({one["outlet"] for one in told if one["outlet"]}),
        f"{name}_first": min(days, default=None),
        f"{name}_last": max(days, default=None),
        f"{name}_support": len({one["origin"] for one in told}),
    }

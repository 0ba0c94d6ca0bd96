"""Copies and origins of all articles at once, as `graph.origins` finds them article by article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from graph.copies import Text, copies, grouped, near
from graph.offline.spool import Spool
from graph.origins import likenesses
from graph.outlets import Outlets
from graph.sketch import KEYS

REMEMBERED = 20_000
"""Texts that are held at once while pairs are compared."""


@dataclass(frozen=True, slots=True)
class Origins:
    """Whose report articles are that have copies, by their ids, and what is a copy of what."""

    shared: Mapping[str, str]
    likenesses: Mapping[tuple[str, str], float]
    """By the ids of copy and original."""


def origins(spool: Spool, outlets: Outlets) -> Origins:
    """Of all articles that the spool holds."""
    ids: list[str] = []
    days: list[str | None] = []
    keys: list[tuple[int, ...]] = []
    for text in spool.texts(outlets):
        if text.sketch is not None:
            ids.append(text.id)
            days.append(text.published)
            keys.append(text.sketch.keys)

    @lru_cache(REMEMBERED)
    def text_of(id: str) -> Text:
        return next(spool.texts(outlets, [id]))

    candidates = _candidates(np.array(keys, dtype=np.uint32).reshape(-1, KEYS), days)
    pairs = [(ids[a], ids[b]) for a, b in sorted(candidates) if copies(text_of(ids[a]), text_of(ids[b]))]
    groups = grouped([text_of(id) for id in sorted({id for pair in pairs for id in pair})], pairs)
    return Origins({id: origin for group in groups for id, origin in group.origins.items()}, likenesses(groups))


def _candidates(keys: NDArray[np.uint32], days: list[str | None]) -> set[tuple[int, int]]:
    """Places of pairs that share a key and lie near enough in time."""
    return {
        (one, other)
        for position in range(keys.shape[1])
        for same in _runs(keys[:, position])
        for one, other in combinations(same, 2)
        if near(days[one], days[other])
    }


def _runs(column: NDArray[np.uint32]) -> Iterator[list[int]]:
    """Places of equal values, where there are several."""
    order = np.argsort(column, kind="stable")
    ends = np.flatnonzero(np.diff(column[order])) + 1
    yield from (run.tolist() for run in np.split(order, ends) if len(run) > 1)

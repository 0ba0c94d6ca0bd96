"""Pages over the whole graph are what the whole answer holds, however few episodes are read for them."""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.reader import stored_queries
from queries.runner import run

PAGED = sorted(name for name, q in stored_queries().items() if q.header.episodes and q.header.episodes.pages)
OTHERS = ["deals_that_drew_sanctions", "threat_to_imposition", "unfulfilled_threats", "who_said"]
"""What their rows need is read a page at a time as well."""


@pytest.mark.parametrize("name", PAGED + OTHERS)
@pytest.mark.parametrize("more", [{}, {"alleged": True}, {"to": "2019-07-15"}, {"at": "2018-06-01"}])
def test_short_pages_make_up_the_answer(store: Store, name: str, more: dict[str, str | bool]) -> None:
    taken = {parameter.name for parameter in stored_queries()[name].header.parameters}
    params = {key: value for key, value in more.items() if key in taken}
    rows = run(store, name, params).rows
    assert rows or more
    pages = [run(store, name, params | {"limit": 2, "offset": place}).rows for place in range(0, len(rows) + 1, 2)]
    assert pages == [rows[place : place + 2] for place in range(0, len(rows) + 1, 2)]


def test_short_pages_make_up_a_summary(store: Store) -> None:
    rows = run(store, "threat_to_imposition", {"summary": True}).rows
    pages = [
        run(store, "threat_to_imposition", {"summary": True, "limit": 1, "offset": place}).rows for place in (0, 1, 2)
    ]
    assert pages == [[rows[0]], [rows[1]], []]


def test_a_figure_of_several_deals_is_told_with_all_of_them(press: Store) -> None:
    every = run(press, "figures", {}).rows
    joint = [place for place, row in enumerate(every) if len(row["episodes"]) > 1]
    assert joint
    assert [run(press, "figures", {"limit": 1, "offset": place}).rows for place in joint] == [
        [every[place]] for place in joint
    ]

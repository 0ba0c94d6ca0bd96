from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.linking.gazetteer import Match
from loaders.linking.spans import Spans

PLACES = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda place: (place[0], place[0] + place[1]))


@given(st.lists(PLACES, max_size=12), PLACES)
def test_names_are_found_by_their_place(places: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    spans, (start, end) = Spans([Match(first, last, ()) for first, last in places]), asked
    touching = [(match.start, match.end) for match in spans.touching(start, end)]
    assert sorted(touching) == sorted(place for place in places if place[0] < end and start < place[1])
    assert [first for first, _ in touching] == sorted(first for first, _ in touching)
    within = [(match.start, match.end) for match in spans.within(start, end)]
    assert sorted(within) == sorted(place for place in places if start <= place[0] and place[1] <= end)

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rdflib import Graph

from graph.exports import export
from graph.settings import Settings
from graph.store import Store, connect
from graph.writer import Writer
from tests.queries.world import fill
from tests.store.examples import article, claim, mention, story

BASE = "https://embargo.example/"
HOSTILE = 'He said "\\" \'\'\' """ }> .\n\u2028<b>&amp;\x00\x01\x1b\x7f\ufffe\U0001f680 {% ]]> @prefix \\u0022'
"""What may stand in a hostile article: quotes, newlines, code points that XML forbids, endings of strings and tags."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The world of the queries' tests, a retired claim, and an article full of traps."""
    with connect(f"embedded:{tmp_path_factory.mktemp('rdf')}") as store:
        fill(store)
        Writer(store, {"rules": "1.0"}).write(story())
        Writer(store).forget("threat")
        trap = article("trap", HOSTILE, title=HOSTILE, language="x\x00 y", source_id='id"\n<>')
        weapon = mention('wea"pon>\n ü%2F../?#', "Weapon", name=HOSTILE)
        Writer(store).write([(trap, [claim(trap, "TUR", "develops", weapon, "planned", place=HOSTILE, value=2.5e20)])])
        yield store


def exported(store: Store, format: str, base_iri: str = BASE) -> bytes:
    out = io.BytesIO()
    export(store, format, out, Settings(base_iri=base_iri))
    return out.getvalue()


@pytest.fixture(scope="session")
def graph(world: Store) -> Graph:
    return Graph().parse(data=exported(world, "ttl"), format="turtle")

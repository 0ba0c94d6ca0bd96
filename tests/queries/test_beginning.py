"""What stands before a query's own Cypher reads no more than it has to."""

from __future__ import annotations

from graph.store import Store
from queries.runner import explain


def test_only_what_the_query_names_is_read_of_its_claims(store: Store) -> None:
    assert "c.phase" not in explain(store, "single_source").cypher
    assert "c.scope" not in explain(store, "unfulfilled_threats").cypher
    assert "c.scope" in explain(store, "sanctions_on", {"target": "Turkey"}).cypher


def test_what_the_period_needs_is_read_as_well(store: Store) -> None:
    assert "c.date_from" not in explain(store, "single_source").cypher
    assert "c.date_from" in explain(store, "single_source", {"from": "2015"}).cypher


def test_what_the_header_leaves_out_is_gone_before_the_other_roles_are_looked_up(store: Store) -> None:
    cypher = explain(store, "deals_that_drew_sanctions").cypher
    assert cypher.index("[:SUBJECT]->(by)") < cypher.index("by.id = $sender") < cypher.index("[:OBJECT]->(hit)")

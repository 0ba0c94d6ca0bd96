"""Numbered changes of the graph's form, each recorded in the graph once it is done."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from graph.clock import now
from graph.errors import StoreError
from graph.model import NODE_BY_LABEL
from graph.store import Store

MIGRATIONS: tuple[ModuleType, ...] = tuple(
    import_module(f"{__name__}.{name}") for name in sorted(module.name for module in iter_modules(__path__))
)
"""The modules of this package, by their numbers. Each has `apply(store)`, which may run again on a graph that it has
changed, and `ONLY_SCHEMA` where it makes nothing but keys and indexes."""

APPLIED = "MATCH (m:Migration) RETURN m.id AS id"
OF_LABEL = "MATCH (n:{label}) RETURN count(n) AS nodes"
RECORD = "MERGE (m:Migration {id: $id}) ON CREATE SET m.applied_at = $now"


def migrate(store: Store) -> list[str]:
    """Brings the graph to the form that this version writes.

    Returns:
        The migrations that were run, by name; none where all had been.

    Raises:
        StoreError: a later version of Embargo has changed this graph, or another program made it.
    """
    applied = _applied(store)
    if not applied:
        _refuse_foreign(store)
    missing = [module for module in MIGRATIONS if _name(module) not in applied]
    for module in missing:
        module.apply(store)
        store.execute(RECORD, id=_name(module), now=now())
    return [_name(module) for module in missing]


def behind(store: Store) -> bool:
    """Whether the graph has the form of an earlier version, in which this one's questions may find too little.

    Raises:
        StoreError: a later version of Embargo has changed this graph.
    """
    return 0 < len(_applied(store)) < len(MIGRATIONS)


def _applied(store: Store) -> set[str]:
    known = {_name(module) for module in MIGRATIONS}
    applied = {row["id"] for row in store.read(APPLIED)}
    if applied - known:
        raise StoreError(
            f"this graph was changed by a later version of Embargo ({', '.join(sorted(applied - known))}); "
            "install that version, or load into another store"
        )
    return applied


def _refuse_foreign(store: Store) -> None:
    """Keeps away from nodes of other programs that no query could tell from Embargo's own.

    Raises:
        StoreError: there are some.
    """
    counts = {label: store.read(OF_LABEL.format(label=label))[0]["nodes"] for label in NODE_BY_LABEL}
    found = [f"{label} ({nodes:,})" for label, nodes in counts.items() if nodes]
    if found and not store.read(APPLIED):  # else another process of Embargo was at work meanwhile
        raise StoreError(
            f"this database holds nodes of another program under labels that Embargo uses: {', '.join(found)}; name "
            "an empty database by EMBARGO_STORE or EMBARGO_STORE_DATABASE"
        )


def marks(when: str) -> list[dict[str, Any]]:
    """Properties of the records of a graph that was made in this form as a whole, but for its keys and indexes: the
    migrations that make nothing but these stay to be run.

    Args:
        when: the moment that is recorded.
    """
    done = (module for module in MIGRATIONS if not getattr(module, "ONLY_SCHEMA", False))
    return [{"id": _name(module), "applied_at": when} for module in done]


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]

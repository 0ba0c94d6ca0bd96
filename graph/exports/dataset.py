"""The graph as a data set: what it is, in which version, and a folder with all its forms."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graph import feed, log
from graph.articles import digest
from graph.counts import counts
from graph.edition import edition_of, one_edition
from graph.exports import FORMATS
from graph.files import placed
from graph.json_lines import json_line
from graph.settings import Settings
from graph.store import Store

SOFTWARE = f"embargo {version('embargo')}"
INDEX, DELTA = "index.json", "changes.jsonl"


def state(store: Store, settings: Settings) -> dict[str, Any]:
    """Which graph it is, as it is now.

    `version` is the cursor from which `graph.feed` tells what came later; `fingerprint` also depends on the catalogue,
    this program and the settings: where it is the same, so is every export.
    """
    place = log.end(store)
    edition = edition_of(store)
    told = (str(place), SOFTWARE, settings.base_iri, settings.licence, edition.catalogue, str(edition.origins))
    return {
        "version": str(place),
        "fingerprint": digest(16, *told),
        "modified": log.recorded_at(store, place),
    }


def describe(store: Store, settings: Settings) -> dict[str, Any]:
    """Version, counts and licence of the graph as it is now."""
    return {
        "name": "embargo",
        "title": "Embargo: a knowledge graph of actors, weapons and sanctions, read out of the news",
        **state(store, settings),
        "software": SOFTWARE,
        "licence": settings.licence,
        "counts": counts(store),
    }


def write_all(store: Store, folder: Path, settings: Settings) -> dict[str, Any]:
    """Writes every format into a folder, and `index.json` with counts and checksums last.

    Where the folder holds the index of an earlier version, `changes.jsonl` tells what is new, changed or retired since.

    Args:
        store: the graph.
        folder: is made where it is not there.
        settings: for the base IRI and the licence.

    Returns:
        The index.

    Raises:
        graph.log.CursorError: the folder holds the index of another graph.
        graph.errors.GraphChangedError: the graph was written to meanwhile; there is no new index then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _version(folder / INDEX)
    index = describe(store, settings)
    place = log.parse(index["version"])
    if before is not None:
        log.read(store, log.parse(before), place, 1)
    resources = []
    with one_edition(store):
        for format in FORMATS.values():
            with placed(folder / f"embargo.{format.suffix}") as file:
                format.write(store, file, settings)
            resources.append({"name": format.name, "media_type": format.media_type, "description": format.doc}
                             | _checked(folder / f"embargo.{format.suffix}"))  # fmt: skip
    index |= {"resources": resources, "previous": None}
    if before is not None:
        with placed(folder / DELTA) as file:
            for item in feed.stream(store, log.parse(before), place):
                file.write(json_line(item.told()))
        index["previous"] = {"version": before, "changes": _checked(folder / DELTA)}
    with placed(folder / INDEX) as file:
        file.write(json.dumps(index, ensure_ascii=False, indent=1).encode() + b"\n")
    return index


def _version(index: Path) -> str | None:
    return str(json.loads(index.read_text("utf-8"))["version"]) if index.exists() else None


def _checked(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "path": path.name,
            "bytes": path.stat().st_size,
            "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
        }

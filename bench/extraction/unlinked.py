"""Names that the catalogue does not know: `python bench/extraction/unlinked.py ITEMS [GOLD] [--least 5]`.

Without GOLD: the capitalised names of sentences with a trigger that nothing links, the most frequent first. With GOLD:
the names of its frames that no name in their text stands for, under the scorer's own comparison of names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.catalogue import load_catalogue
from loaders.evaluation.names import canonical
from loaders.extraction.rules import load_rules
from loaders.linking.gazetteer import Match, default_gazetteer
from loaders.text import split_sentences

NAME = re.compile(r"(?<![\w-])[A-Z][\w’'&-]*\w(?: (?:of |the |and |for )?[A-Z][\w’'&-]*\w)*")
ROLES = ("supplier", "recipient", "weapon", "sender", "target", "instrument", "programme", "actor")

Record = dict[str, Any]


def records(path: Path) -> Iterator[Record]:
    """The records of JSON Lines, plain or gzipped."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in data.splitlines() if line.strip())


def unlinked(items: Path) -> Counter[str]:
    """How often each capitalised name occurs in a sentence with a trigger and is not linked.

    Args:
        items: JSON Lines with `text`.
    """
    gazetteer, triggers, found = default_gazetteer(), load_rules().triggers, Counter[str]()
    for item in records(items):
        text = item["text"]
        matches = gazetteer.find(text)
        for sentence in split_sentences(text):
            if not triggers.search(text, sentence.start, sentence.end):
                continue
            for name in NAME.finditer(text, sentence.start, sentence.end):
                opening = name.start() == sentence.start and " " not in name.group()
                if not opening and not any(m.start < name.end() and name.start() < m.end for m in matches):
                    found[name.group()] += 1
    return found


def missing(items: Path, gold: Path) -> Counter[tuple[str, str, str]]:
    """The names of frames that nothing in their text stands for: (role, name, whether the catalogue has it), counted.

    Args:
        items: JSON Lines with `id` and `text`.
        gold: JSON Lines with `id` and `frames`; records without an item are left out.
    """
    catalogue, gazetteer, found = load_catalogue(), default_gazetteer(), Counter[tuple[str, str, str]]()
    known = {canonical(entry.name) for entry in catalogue.entries.values()}
    texts = {item["id"]: item["text"] for item in records(items)}
    for record in records(gold):
        if record["id"] not in texts:
            continue
        told = {canonical(name) for match in gazetteer.find(texts[record["id"]]) for name in _stands_for(match)}
        for frame in record["frames"]:
            for role in ROLES:
                name = canonical(frame.get(role) or "")
                if name and name not in told:
                    found[role, name, "known" if name in known else "new"] += 1
    return found


def _stands_for(match: Match) -> Iterator[str]:
    """The names of what a match can mean, and of whom its persons act for."""
    entries = load_catalogue().entries
    for reading in match.readings:
        yield reading.entry.name
        yield from (entries[office.of].name for office in reading.entry.offices if office.of in entries)


def main() -> None:
    """Print the names with their counts, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", type=Path)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--least", type=int, default=5, help="how often a name must occur (without GOLD)")
    args = parser.parse_args()
    if args.gold:
        for told, count in missing(args.items, args.gold).most_common():
            print(count, *told, sep="\t")
    else:
        for name, count in unlinked(args.items).most_common():
            if count >= args.least:
                print(count, name, sep="\t")


if __name__ == "__main__":
    main()

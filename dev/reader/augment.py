"""Examples with other names in them, so that the reader learns wording and not who is known to arm whom.

`Russia delivers S-400s to Turkey` becomes `Iran delivers Patriots to Kenya`: each entity gets one of its kind, in the
form in which the text names it. Some firms, persons and weapons become ones that no catalogue knows.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from loaders.catalogue import Catalogue, Entry
from loaders.learned.candidates import Kind

Raw = dict[str, Any]
"""A line of a file that `loaders.learned.dataset` writes."""
SWAPPED = 0.85
"""Share of a text's entities that get another name."""
UNKNOWN = 0.25
"""Share of the firms, persons and weapons among them that become unknown ones."""
STATES = (Kind.COUNTRY, Kind.PEOPLE, Kind.ORGAN)
PERSONS = (Kind.OFFICIAL, Kind.PERSON)
NAMED = (Kind.ORGANIZATION, Kind.COMPANY, Kind.ARMED_GROUP)
LETTERS = "ABCDFGHKLMNPQRSTVWXZ"


class Names:
    """Names to put in, by what they name.

    Args:
        catalogue: whose names are put in.
        examples: their unknown names are put in elsewhere.
    """

    def __init__(self, catalogue: Catalogue, examples: Iterable[Raw]) -> None:
        self._entries = catalogue.entries
        self._by_label: dict[str, list[Entry]] = defaultdict(list)
        for entry in catalogue.entries.values():
            if not entry.id.startswith("class/") and not entry.patterns:
                self._by_label[entry.label].append(entry)
                if entry.label == "Weapon":
                    self._by_label[f"Weapon {entry.class_}"].append(entry)
        self._unknown: dict[str, list[str]] = defaultdict(list)
        for raw in examples:
            for mention in raw["mentions"]:
                if mention["kind"] == Kind.UNKNOWN_NAME:
                    self._unknown[mention["label"]].append(raw["text"][mention["start"] : mention["end"]])

    def swapped(self, raw: Raw, chance: random.Random) -> Raw:
        """The example with other names.

        Args:
            raw: an example.
            chance: decides which.
        """
        spans: dict[tuple[int, int], list[Raw]] = defaultdict(list)
        for mention in raw["mentions"]:
            spans[mention["start"], mention["end"]].append(mention)
        chosen: dict[str, Entry | str | None] = {}
        pieces: list[str] = []
        moved: list[tuple[int, int, int]] = []
        position = length = 0
        kinds: dict[tuple[int, int], Kind] = {}
        for (start, end), mentions in sorted(spans.items()):
            if start < position:
                return raw
            words = raw["text"][start:end]
            new, kind = self._other(words, mentions[-1], chosen, chance)
            before = raw["text"][position:start]
            pieces += [before, new]
            length += len(before)
            moved.append((start, end, length))
            length += len(new)
            position = end
            if kind is not None:
                kinds[start, end] = kind
        pieces.append(raw["text"][position:])
        ends = {(start, end): (at, at + len(new)) for (start, end, at), new in zip(moved, pieces[1::2], strict=False)}
        mentions_new = [
            {**m, "start": ends[m["start"], m["end"]][0], "end": ends[m["start"], m["end"]][1],
             "kind": int(kinds.get((m["start"], m["end"]), m["kind"]))}
            for m in raw["mentions"]
        ]  # fmt: skip
        relations = [
            {**r, "start": _place(r["start"], moved, ends), "end": _place(r["end"], moved, ends, last=True)}
            for r in raw["relations"]
        ]
        return {**raw, "text": "".join(pieces), "mentions": mentions_new, "relations": relations}

    def _other(
        self, words: str, mention: Raw, chosen: dict[str, Entry | str | None], chance: random.Random
    ) -> tuple[str, Kind | None]:
        """The words for a mention, and its kind where that changes."""
        entity, kind = mention["entity"], Kind(mention["kind"])
        if kind in (Kind.WEAPON_CLASS, Kind.INSTRUMENT):
            return words, None
        if entity not in chosen:
            chosen[entity] = self._instead(kind, mention, chance) if chance.random() < SWAPPED else None
        other = chosen[entity]
        if other is None:
            return words, None
        if isinstance(other, str):
            unknown = Kind.DESIGNATION if mention["label"] == "Weapon" else Kind.UNKNOWN_NAME
            return other, unknown
        entry = self._entries.get(entity)
        role = next((role for form, role in entry.forms() if form == words), "name") if entry else "name"
        if role == "alias":
            role = "name"
        forms = [form for form, own in other.forms() if own == role]
        if not forms and role in ("people", "adjective"):
            return words, None
        return (chance.choice(forms) if forms else other.name), None

    def _instead(self, kind: Kind, mention: Raw, chance: random.Random) -> Entry | str | None:
        label = mention["label"]
        if kind == Kind.UNKNOWN_NAME:
            return chance.choice(self._unknown[label])
        if kind == Kind.DESIGNATION or (kind == Kind.WEAPON and chance.random() < UNKNOWN):
            letters = "".join(chance.sample(LETTERS, chance.randint(1, 3)))
            return f"{letters}-{chance.randint(1, 999)}"
        if kind in (*PERSONS, Kind.COMPANY) and self._unknown[label] and chance.random() < UNKNOWN:
            return chance.choice(self._unknown[label]) if kind != Kind.OFFICIAL else None
        known = self._entries.get(mention["entity"])
        alike = self._by_label.get(f"Weapon {known.class_}", []) if known and kind == Kind.WEAPON else []
        others = alike if len(alike) > 4 else self._by_label[label]
        return chance.choice(others) if others else None


def _place(
    at: int, moved: list[tuple[int, int, int]], ends: dict[tuple[int, int], tuple[int, int]], last: bool = False
) -> int:
    """Where a place of the old text is in the new one; inside a name, its beginning or end."""
    shift = 0
    for start, end, _ in moved:
        if end <= at:
            shift = ends[start, end][1] - end
        elif start < at:
            return ends[start, end][1 if last else 0]
    return at + shift

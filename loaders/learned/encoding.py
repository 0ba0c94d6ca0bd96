"""A window as numbers: tokens, the kinds of the words at them, and the pairs of candidates that may be related."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.vocabulary import ASSERTIONS as ASSERTIONS
from graph.vocabulary import STAGES as ALL_STAGES
from graph.vocabulary import Label, Stage
from loaders.learned.relations import RELATIONS

if TYPE_CHECKING:
    from tokenizers import Tokenizer

STAGES: tuple[Stage, ...] = tuple(stage for stage in ALL_STAGES if stage != "approved")
"""The annotations know no approval; it counts as agreed."""
MAX_TOKENS = 480
MENTIONS = 90
"""Mentions of a window that are looked at; more are cut."""
PER_ENTITY = 5
"""Mentions of one entity that are looked at, the first of a window."""

Mention = tuple[int, int, int, Label, str]
"""First code point, end, kind, label, id of the node."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window for the encoder."""

    ids: list[int]
    kinds: list[int]
    """Of each token, the kind of the words that it belongs to, 0 for none."""
    offsets: list[tuple[int, int]]
    """Of each token, where it stands in the window."""
    spans: list[tuple[int, int]]
    """Of each kept mention, its first and last token (included)."""
    mentions: list[Mention]
    kept: list[int]
    """Of each kept mention, its index among those given."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of mentions, by the pairs of entities that they belong to."""

    pairs: list[tuple[int, int]]
    groups: list[int]
    keys: list[tuple[str, str]]
    mask: list[list[bool]]
    """Of each pair of entities, which relations it may stand in."""


def encode(tokenizer: Tokenizer, text: str, mentions: Sequence[Mention]) -> Encoded:
    """A window for the encoder.

    Args:
        tokenizer: the encoder's own.
        text: the window.
        mentions: candidates in it, in order.
    """
    coded = tokenizer.encode(text)
    ids, offsets = coded.ids[:MAX_TOKENS], coded.offsets[:MAX_TOKENS]
    kinds = [0] * len(ids)
    spans: list[tuple[int, int]] = []
    known: list[Mention] = []
    kept: list[int] = []
    counts: dict[str, int] = {}
    token = 0
    for index, mention in enumerate(mentions):
        start, end, kind, _, entity = mention
        while token and offsets[token][0] > start:
            token -= 1
        while token < len(offsets) and (offsets[token][1] <= start or offsets[token][1] == 0):
            token += 1
        last = token
        while last + 1 < len(offsets) and offsets[last + 1][1] and offsets[last + 1][0] < end:
            last += 1
        if token >= len(offsets) or offsets[last][1] == 0 or len(known) == MENTIONS:
            break
        counts[entity] = counts.get(entity, 0) + 1
        if counts[entity] > PER_ENTITY:
            continue
        kinds[token : last + 1] = [kind] * (last + 1 - token)
        spans.append((token, last))
        known.append(mention)
        kept.append(index)
    return Encoded(ids, kinds, offsets, spans, known, kept)


def pairs(encoded: Encoded) -> Pairs:
    """The pairs of a window's mentions that may stand in some relation."""
    found: list[tuple[int, int]] = []
    groups: list[int] = []
    keys: list[tuple[str, str]] = []
    mask: list[list[bool]] = []
    index: dict[tuple[str, str], int] = {}
    for s, (_, _, _, label_s, entity_s) in enumerate(encoded.mentions):
        if label_s in ("Weapon", "Instrument"):
            continue
        for o, (_, _, _, label_o, entity_o) in enumerate(encoded.mentions):
            same = entity_s == entity_o
            if same and s != o:
                continue
            key = (entity_s, entity_o)
            if key not in index:
                index[key] = len(keys)
                keys.append(key)
                mask.append([relation.fits(label_s, label_o, same) for relation in RELATIONS])
            if any(mask[index[key]]):
                found.append((s, o))
                groups.append(index[key])
    return Pairs(found, groups, keys, mask)

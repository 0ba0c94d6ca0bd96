"""The table of the formats. A new format is one more module with a `FORMAT`, and one more name here."""

from __future__ import annotations

from pathlib import PurePath

from loaders.sources import delimited, feed, html, jsonl, parquet, text, warc
from loaders.sources.encodings import marked_encoding, refuse_binary
from loaders.sources.format import Format
from loaders.sources.inputs import Input, without_compression

FORMATS: tuple[Format, ...] = (
    parquet.FORMAT,
    warc.FORMAT,
    jsonl.FORMAT,
    feed.FORMAT,
    html.FORMAT,
    delimited.FORMAT,
    text.FORMAT,
)
"""In the order in which their sniffers are asked; plain text, which takes any text, is last."""

SUFFIXES: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}


def format_by_name(name: str) -> Format | None:
    """The format that the ending of a file's name tells, whatever compression follows it."""
    return SUFFIXES.get(PurePath(without_compression(name)).suffix.lower())


def format_of(source: Input) -> Format:
    """The format of an input: by its name, else by its first bytes.

    Raises:
        InputError: it is binary and of no known format.
    """
    known = format_by_name(source.name)
    if known and known.binary:
        return known
    head = source.head.decode(marked_encoding(source.head) or "latin-1", errors="replace")
    found = known or next(one for one in FORMATS if one.sniff(head))
    if not found.binary:
        refuse_binary(source.head)
    return found

"""What a format declares about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.sources.inputs import Input
from loaders.sources.items import Item


@dataclass(frozen=True, slots=True)
class Format:
    """A format that articles come in.

    Attributes:
        name: for messages.
        suffixes: of its files, lower case.
        sniff: whether a text (or, of a binary format, bytes decoded as Latin-1) begins like one of the format.
        read: yields the articles; raises `InputError` where it cannot read on.
        binary: whether its files are not text.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str], bool]
    read: Callable[[Input], Iterator[Item]]
    binary: bool = False

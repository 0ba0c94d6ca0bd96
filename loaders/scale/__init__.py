"""Corpora larger than one machine: extraction on every core, or on a Ray cluster, through Daft."""

from loaders.scale.engine import Counts, ScaleError, extract

__all__ = ["Counts", "ScaleError", "extract"]

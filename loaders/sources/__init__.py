"""The formats that articles come in: one file a format, one door (`read`)."""

from loaders.sources.items import ExportLine, Item
from loaders.sources.reading import count_hint, read

__all__ = ["ExportLine", "Item", "count_hint", "read"]

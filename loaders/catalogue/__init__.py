"""What is known before any article is read: actors and their dated offices, weapons, instruments."""

from loaders.catalogue.catalogue import Catalogue
from loaders.catalogue.entry import Entry
from loaders.catalogue.errors import CatalogueError
from loaders.catalogue.reader import load_catalogue
from loaders.catalogue.schema import Office

__all__ = ["Catalogue", "CatalogueError", "Entry", "Office", "load_catalogue"]

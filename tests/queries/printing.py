"""Articles put through the extractor into a store, with the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from graph.articles import Article
from graph.claims import Claim
from graph.reference import load_reference
from graph.store import Store, connect
from graph.writer import Writer
from ingest import reference_rows
from loaders.catalogue import load_catalogue
from loaders.document import Document
from loaders.pipeline import extract
from tests.queries.fixtures import Told
from tests.queries.world import empty

Read = list[tuple[Article, list[Claim]]]


def read_articles(articles: list[tuple[str, str, str, str]], stories: list[Told]) -> Read:
    """The articles with what the extractor reads in them, and those that are told as claims."""
    documents = [
        Document(source_id=key, source=f"{key}.txt", title="", text=text, url=f"https://{outlet}.example/{key}",
                 published=day)
        for key, outlet, day, text in articles
    ]  # fmt: skip
    read = [(document.article(), extract(document)) for document in documents]
    return read + [(told.article, told.claims) for told in stories]


@contextmanager
def printed(uri: str, read: Read) -> Iterator[Store]:
    """The store at this address, emptied, with the catalogue and the articles."""
    catalogue = load_catalogue()
    with connect(uri) as store:
        empty(store)
        writer = Writer(store)
        load_reference(store, *reference_rows(catalogue), catalogue.version)
        writer.write(read)
        yield store

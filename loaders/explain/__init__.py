"""How an article's claims came about, and why there are no others: `embargo explain`."""

from __future__ import annotations

from loaders.document import Document
from loaders.explain.records import Explanation
from loaders.explain.trace import Trace
from loaders.pipeline import Extractor, default_extractor


def explain(document: Document, extractor: Extractor | None = None) -> Explanation:
    """The extraction of an article, step by step.

    Args:
        document: the article.
        extractor: by default the project's own.
    """
    trace = Trace()
    claims = (extractor or default_extractor()).extract(document, trace)
    return Explanation(
        article=document.source_id,
        title=document.title,
        published=document.published,
        claims=len(claims),
        sentences=trace.sentences,
    )


__all__ = ["Explanation", "explain"]

"""Who stands behind an article: articles of one origin support a fact once."""

from __future__ import annotations


def origin_of(article: str, outlet: str | None, credited: str | None) -> str:
    """The credited agency, else the outlet, else the article itself.

    Args:
        article: the article's id.
        outlet: its outlet's id.
        credited: `Article.origin`.
    """
    return credited or outlet or article

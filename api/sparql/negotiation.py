"""Which media type answers a header Accept (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable

ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
}


def accepted(header: str, offered: Iterable[str]) -> str | None:
    """The offered media type that the client likes best, of equals the first; None where it takes none of them.

    Args:
        header: Accept; empty: anything will do.
        offered: media types, the usual one first.
    """
    offers = list(offered)
    if not header.strip():
        return offers[0]
    ranges = [_range(part) for part in header.split(",")]
    ranges += [(ALIASES[kind], weight) for kind, weight in ranges if kind in ALIASES]
    best = max(offers, key=lambda offer: _weight(offer, ranges))
    return best if _weight(best, ranges) > 0 else None


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return kind, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return kind, 0.0


def _weight(offer: str, ranges: list[tuple[str, float]]) -> float:
    """That of the most exact range that fits."""
    family = f"{offer.partition('/')[0]}/*"
    for wanted in (offer, family, "*/*"):
        weights = [weight for kind, weight in ranges if kind == wanted]
        if weights:
            return max(weights)
    return 0.0

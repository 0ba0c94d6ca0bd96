"""The corpus that stores are measured with."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from bench.corpus import batches, corpus
from graph.threads import claim_roles, thread_key

CLAIMS = 3000


def test_the_same_corpus_every_time_and_a_larger_one_begins_with_it() -> None:
    some = list(corpus(CLAIMS))
    more = list(islice(corpus(2 * CLAIMS), len(some) - 1))
    assert more == some[:-1]
    assert sum(len(claims) for _, claims in some) == CLAIMS
    assert list(corpus(50, seed=1)) != list(corpus(50, seed=2))


def test_evidence_and_words_stand_in_the_text() -> None:
    for article, claims in corpus(CLAIMS):
        for claim in claims:
            assert claim.article_id == article.id
            assert all(article.text[quote.start : quote.end] == quote.quote for quote in claim.evidence)
            assert all(article.text[m.start : m.end] == m.text for m in claim_roles(claim).values())


def test_few_threads_have_many_claims_and_most_have_few() -> None:
    sizes = sorted(Counter(thread_key(claim) for _, claims in corpus(CLAIMS) for claim in claims).values())
    assert sizes[len(sizes) // 2] <= 3
    assert sum(sizes[-len(sizes) // 10 :]) > CLAIMS / 3


def test_batches_hold_every_article_once() -> None:
    cut = list(batches(corpus(1000), 300))
    assert [article for batch in cut for article in batch] == list(corpus(1000))
    assert all(sum(len(claims) for _, claims in batch) >= 300 for batch in cut[:-1])

"""How well copies are told from reports of one template: `python -m bench.copies [CORPUS]`.

The pairs are those of copies.yaml and reports.yaml. CORPUS is a file of dated articles such as the current events of
Wikipedia: then all copies that are found in it are counted, and some printed, to be read.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from bench.copies.pairs import Pair, copies, reports
from graph.copies import Text
from graph.copies import copies as same
from graph.sketch import sketch_of
from loaders.document import Document
from loaders.sources import read

DAY = "2020-01-01"


def found(pairs: Iterable[Pair]) -> list[bool]:
    """Which of the pairs are told to be copies."""
    return [same(_text("one", pair.one, DAY), _text("other", pair.other, DAY)) for pair in pairs]


def _text(id: str, text: str, published: str | None) -> Text:
    return Text(id, published, sketch_of(text), id, named=False, own=False)


def of_corpus(path: str, shown: int) -> None:
    """Counts the copies in a corpus and prints some."""
    begun = time.process_time()
    documents = {item.source_id: item for item in read([path], notice=print) if isinstance(item, Document)}
    texts = [_text(id, item.text, item.published) for id, item in documents.items()]
    sketched = [text for text in texts if text.sketch is not None]
    print(f"{len(texts):,} articles, {len(sketched):,} long enough to be compared")
    buckets: dict[tuple[int, int], list[Text]] = defaultdict(list)
    for text in sketched:
        for place in enumerate(text.sketch.keys if text.sketch else ()):
            buckets[place].append(text)
    candidates = {pair for bucket in buckets.values() for pair in combinations(bucket, 2)}
    pairs = sorted((one.id, other.id) for one, other in candidates if same(one, other))
    print(f"{len(candidates):,} pairs compared, {len(pairs):,} copies, {time.process_time() - begun:.0f} s of CPU time")
    for one, other in sorted(random.Random(1).sample(pairs, min(shown, len(pairs)))):
        print(f"- {one}: {documents[one].text[:300]}\n  {other}: {documents[other].text[:300]}")


def main() -> None:
    """Measures the made pairs, and the corpus where one is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", metavar="CORPUS", help="a file of dated articles")
    parser.add_argument("--show", type=int, default=30, help="pairs to print (default %(default)s)")
    given = parser.parse_args()
    right, wrong = found(copies()), found(reports())
    hits, mistakes = sum(right), sum(wrong)
    print(f"copies:  {len(right)} pairs, {hits} found: recall {hits / len(right):.3f}")
    print(f"reports: {len(wrong)} pairs, {mistakes} taken for copies: precision {hits / max(1, hits + mistakes):.3f}")
    if given.corpus:
        of_corpus(given.corpus, given.show)


if __name__ == "__main__":
    main()

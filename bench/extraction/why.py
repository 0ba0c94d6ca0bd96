"""Why triples of annotated texts are missing, and who tells the wrong ones.

    python bench/extraction/why.py ITEMS GOLD

Of each missing triple the first thing that kept it from being claimed; of each extra one who told it, and what it is
beside the triples that are there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from loaders.document import Document
from loaders.evaluation.names import canonical
from loaders.evaluation.records import ClaimRecord, FrameRecord, read_gold
from loaders.evaluation.triples import Triple, gold, of_claims
from loaders.learned.candidates import candidates
from loaders.learned.sureness import pairs_of
from loaders.linking.abbreviations import names_in
from loaders.linking.names import Names
from loaders.linking.plain import own_names
from loaders.linking.spans import Spans
from loaders.pipeline import default_extractor


def why(item: dict[str, Any], frames: list[FrameRecord]) -> Counter[tuple[str, str]]:
    """The reasons of one text: (missing or extra, why), counted."""
    extractor = default_extractor()
    document = Document(source_id=item["id"], source="items", text=item["text"], published=item.get("date"))
    article = document.article()
    text, matches = article.text, names_in(article.text, extractor.gazetteer)
    by_rule, _, heard = extractor.drafts(article, matches)
    found = candidates(text, Spans(matches), Names(extractor.catalogue, item.get("date"), matches))
    own = own_names(text, matches)
    links = [*(c.link for c in found), *(link for draft in by_rule for link in draft.roles.values())]
    called = {link.entity.id: canonical(own.get(link.entity.id, link.entity.name)) for link in links}
    named = {called[c.link.entity.id] for c in found}
    windows = [{called[id] for id in window} for window in heard.together]
    likely = {(called[s], r, called[o]): score.chance for (r, s, o), score in heard.scores.items()}
    ruled = {(called[s], r, called[o]) for draft in by_rule for r, s, o in pairs_of(draft.predicate, draft.roles)}
    there = gold(frames)
    claims = [ClaimRecord.model_validate(claim.model_dump(mode="json")) for claim in extractor.extract(document)]
    told = {triple for triple in of_claims(claims) if there.counts(triple)}

    def missing(triple: Triple) -> str:
        ends = {triple[0], triple[2]}
        if not ends <= named:
            return "a name is no candidate"
        if not any(ends <= window for window in windows):
            return "never in one window"
        if triple in ruled:
            return "told by a rule, then dropped or merged away"
        return "likely, then dropped or merged away" if likely.get(triple, 0.0) >= LIKELY else "unlikely to the reader"

    def extra(triple: Triple) -> str:
        who = "by both" if likely.get(triple, 0.0) >= LIKELY and triple in ruled else "by a rule"
        who = who if triple in ruled else "by the reader"
        alike = [t for t in there.triples if t[1] == triple[1]]
        if any(t[0] == triple[0] for t in alike):
            return f"wrong object, {who}"
        if any(t[2] == triple[2] for t in alike):
            return f"wrong subject, {who}"
        return f"{'no such event in the text' if not alike else 'another event of the kind'}, {who}"

    return Counter(
        [("missing", missing(t)) for t in there.triples.keys() - told]
        + [("extra", extra(t)) for t in told - there.triples.keys()]
        + [("right", "")] * len(told & there.triples.keys())
    )


LIKELY = 0.5
"""Chance from which the reader can be said to have seen it."""


def main() -> None:
    """Prints the reasons, the most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("gold", type=Path)
    given = parser.parse_args()
    frames = {id: record.frames for id, record in read_gold(given.gold).items()}
    found: Counter[tuple[str, str]] = Counter()
    for line in given.items.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["id"] in frames:
            found += why(item, frames[item["id"]])
    for (kind, reason), count in sorted(found.items(), key=lambda row: (row[0][0], -row[1])):
        print(f"{kind:8} {count:4} {reason}")


if __name__ == "__main__":
    main()

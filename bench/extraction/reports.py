"""The texts of reports.jsonl, from public treebanks and event corpora: `python bench/extraction/reports.py DATA OUT`.

DATA is the folder with `geneva/`, `plover-gsr/`, `factuality/` and `ud/`; OUT gets JSON Lines with `id` and `text` that
`join.py OUT FOLDER --labels reports.jsonl` joins with the labels. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

LONGEST = 800
"""Characters of a stretch of sentences, unless one alone is longer."""
TREEBANKS = (
    "en_ewt-train",
    "en_ewt-dev",
    "en_ewt-test",
    "en_gum-news",
    "en_gum-interview",
    "en_gum-speech",
    "en_gum-court",
)
GENRES = ("newsgroup", "weblog", "GUM")

Text = tuple[str, str]


def frame_net(data: Path) -> Iterator[Text]:
    """FrameNet's full texts as GENEVA has them, in stretches of sentences."""
    documents: dict[str, list[str]] = {}
    with gzip.open(data / "geneva" / "even_documents.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            documents.setdefault(record["doc_id"], []).append(plain(record["sentence"]))
    for document, sentences in documents.items():
        for number, text in enumerate(_stretches(sentences), start=1):
            yield f"gn-{document.replace('_', '.')}-{number:03d}", text


def event_records(data: Path) -> Iterator[Text]:
    """The texts of PLOVER's gold standard records."""
    found = re.findall(
        r'"text":\s*("(?:[^"\\]|\\.)*")', (data / "plover-gsr" / "PLOVER_GSR_CAMEO.txt").read_text("utf-8")
    )
    for number, text in enumerate(found, start=1):
        yield f"pl-{number:04d}", json.loads(text)


def factuality(data: Path) -> Iterator[Text]:
    """The sentences of the UW factuality set, each once."""
    for part in ("train", "dev"):
        lines = (data / "factuality" / "UW" / f"{part}.jsonl").read_text("utf-8").splitlines()
        for number, text in enumerate(dict.fromkeys(json.loads(line)["text"] for line in lines), start=1):
            yield f"uw-{part}-{number:04d}", plain(text)


def treebanks(data: Path) -> Iterator[Text]:
    """News groups, weblogs and GUM's genres of Universal Dependencies, in stretches of sentences."""
    for name in TREEBANKS:
        documents: dict[str, list[str]] = {}
        with gzip.open(data / "ud" / f"{name}.conllu.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# newdoc"):
                    document = documents.setdefault(line.partition("=")[2].strip(), [])
                elif line.startswith("# text ="):
                    document.append(line.partition("=")[2].strip())
        for document_name, sentences in documents.items():
            if any(genre in document_name for genre in GENRES):
                for number, text in enumerate(_stretches(sentences)):
                    yield f"{document_name}-{number}", text


def plain(tokens: str) -> str:
    """Words with blanks between them, as they are printed."""
    text = re.sub(r"\s+([,.;:?!%)\]])", r"\1", tokens)
    text = re.sub(r"([(\[$])\s+", r"\1", text)
    text = re.sub(r"\s+('s|n't|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = text.replace("`` ", '"').replace(" ''", '"').replace(" - ", "-").replace("_", " ")
    return re.sub(r"' s\b", "'s", text)


def _stretches(sentences: Iterable[str]) -> Iterator[str]:
    stretch = ""
    for sentence in sentences:
        if stretch and len(stretch) + len(sentence) >= LONGEST:
            yield stretch
            stretch = ""
        stretch = f"{stretch} {sentence}".strip()
    if stretch:
        yield stretch


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path, help="folder with geneva/, plover-gsr/, factuality/ and ud/")
    arguments.add_argument("out", type=Path, help="file to write")
    given = arguments.parse_args()
    with given.out.open("w", encoding="utf-8") as out:
        for id, text in chain.from_iterable(of(given.data) for of in (frame_net, event_records, factuality, treebanks)):
            out.write(json.dumps({"id": id, "text": " ".join(text.split())}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

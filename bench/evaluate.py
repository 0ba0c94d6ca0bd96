"""Extraction measured on every annotated set that is here: `python -m bench.evaluate [SHARED]`.

SHARED is the folder with `data/`: the dev items and articles, and the corpus from which the test part of
`bench/extraction` gets its texts. Without it nothing can be measured, and that is said.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.extraction.join import join
from loaders.document import Document
from loaders.evaluation import Scores, evaluate
from loaders.evaluation.report import span
from loaders.pipeline import default_extractor, extract
from loaders.sources import read

CORPUS = Path("data/wikipedia-current-events/2002-2015.jsonl.gz")
COLUMNS = ("set", "texts", "triples", "P", "R", "F1", "95 %", "stage", "assertion", "false alarms", "texts/s")


@dataclass(frozen=True, slots=True)
class Annotated:
    """Texts with their gold."""

    name: str
    texts: tuple[Path, ...]
    gold: Path
    second: Path | None = None


def annotated_sets(shared: Path, folder: Path) -> list[Annotated]:
    """The dev items with the seed article, the dev articles, and the test part, joined into a folder."""
    items, articles = shared / "data/dev", shared / "data/dev-articles"
    join(shared / CORPUS, folder, "test")
    return [
        Annotated("dev items", (items / "items.jsonl", shared / "seed"), items / "gold.jsonl"),
        Annotated("dev articles", (articles / "items.jsonl",), articles / "gold.jsonl", articles / "second_pass.jsonl"),
        Annotated("test items", (folder / "items.jsonl",), folder / "gold.jsonl", folder / "second_pass.jsonl"),
    ]


def measured(annotated: Annotated, folder: Path) -> tuple[Scores, float]:
    """Scores, and texts a second of processor time from file to claims, the model being loaded."""
    path = folder / "claims.jsonl"
    texts, begun = 0, time.process_time()
    with path.open("w", encoding="utf-8") as out:
        for document in read([str(text) for text in annotated.texts], notice=print):
            if isinstance(document, Document):
                texts += 1
                out.writelines(claim.model_dump_json() + "\n" for claim in extract(document))
    seconds = time.process_time() - begun
    return evaluate(path, annotated.gold, annotated.second)[0], texts / seconds


def _cells(name: str, scores: Scores, speed: float) -> list[str]:
    counts = scores.counts()
    shares = (counts.precision, counts.recall, counts.f1)
    return [
        name,
        f"{len(scores.texts):,}",
        f"{counts.gold:,}",
        *(f"{share:.3f}" for share in shares),
        span(scores.interval(lambda c: c.f1)),
        f"{counts.stage:.3f}",
        f"{counts.assertion:.3f}",
        f"{scores.false_alarms} of {scores.empty}",
        f"{speed:.0f}",
    ]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    shared: Path = arguments.parse_args().shared
    if not (shared / CORPUS).is_file():
        print(f"{shared} does not hold the annotated data ({CORPUS} is missing); nothing is measured")
        return
    table = Table(*COLUMNS, title=f"extractor {default_extractor().version}", header_style="bold")
    extract(Document(source_id="", source="", text="Turkey bought S-400s from Russia."))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for annotated in annotated_sets(shared, folder / "test"):
            table.add_row(*_cells(annotated.name, *measured(annotated, folder)))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    console.print(table)


if __name__ == "__main__":
    main()

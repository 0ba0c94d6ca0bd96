"""Scores of the parser on held-out treebanks and its speed: `python bench/parser.py DATA_FOLDER`."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from loaders.text.parser import MODEL, Parser
from loaders.text.scores import MEASURES, score
from loaders.text.sentences import Sentence
from loaders.text.treebank import Tree, read_trees

HELD_OUT = ("en_gum-news", "en_ewt-test")


def words_per_second(parser: Parser, trees: list[Tree]) -> float:
    """The best of three runs over the sentences, raw text to finished parse, by processor time."""
    text = "\n".join(tree.text for tree in trees)
    sentences, position = [], 0
    for tree in trees:
        sentences.append(Sentence(position, position + len(tree.text)))
        position += len(tree.text) + 1
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        docs = parser.parse(text, sentences)
        best = max(best, sum(map(len, docs)) / (time.process_time() - begun))
    return best


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/ud"))
    arguments.add_argument("--model", type=Path, default=MODEL)
    arguments.add_argument("--treebanks", nargs="+", default=list(HELD_OUT))
    given = arguments.parse_args()
    parser = Parser(given.model)
    size = sum(path.stat().st_size for path in given.model.rglob("*") if path.is_file())
    print(f"model {parser.version}, {size / 1e6:.1f} MB")
    print(f"{'treebank':14}{'sentences':>10}" + "".join(f"{measure:>8}" for measure in MEASURES))
    trees: list[Tree] = []
    for name in given.treebanks:
        trees = read_trees(given.data / f"{name}.conllu.gz")
        scores = score(parser, trees)
        print(f"{name:14}{len(trees):>10}" + "".join(f"{scores[measure]:>8.2f}" for measure in MEASURES))
    print(f"{words_per_second(parser, trees):,.0f} words a second of processor time ({given.treebanks[-1]})")


if __name__ == "__main__":
    main()

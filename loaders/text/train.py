"""Train the parser: `OMP_NUM_THREADS=1 python -m loaders.text.train [DATA_FOLDER]`."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import spacy.about
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config, load_model_from_config, registry

from loaders.text.augment import augment
from loaders.text.lexicon import Lexicon
from loaders.text.parser import LEXICON, MODEL, Parser
from loaders.text.scores import score
from loaders.text.treebank import Tree, read_trees
from loaders.text.vectors import learn_vectors, read_sentences

CONFIG = Path(__file__).parent / "config.cfg"
TRAINING = (
    "en_ewt-train",
    "en_gum-academic",
    "en_gum-bio",
    "en_gum-court",
    "en_gum-interview",
    "en_gum-speech",
    "en_gum-voyage",
)
SELECTION = "en_ewt-dev"
HELD_OUT = ("en_gum-news", "en_ewt-test")
NEWS = Path("wikipedia-current-events") / "2002-2015.jsonl.gz"
SOURCES = [
    {
        "name": "Universal Dependencies English EWT",
        "url": "https://universaldependencies.org/treebanks/en_ewt/",
        "license": "CC BY-SA 4.0",
        "parts": "train (training), dev (model selection)",
    },
    {
        "name": "GUM",
        "url": "https://gucorpling.org/gum/",
        "license": "annotations CC BY 4.0; texts: academic CC BY, bio CC BY-SA 3.0, court public domain, "
        "interview CC BY 2.5, speech public domain or CC BY, voyage CC BY-SA 3.0",
        "parts": "academic, bio, court, interview, speech, voyage (training)",
    },
    {
        "name": "Wikipedia, Portal:Current events 2002–2015",
        "url": "https://en.wikipedia.org/wiki/Portal:Current_events",
        "license": "CC BY-SA 4.0",
        "parts": "word vectors, without annotation",
    },
]


def treebank(folder: Path, name: str) -> list[Tree]:
    """The sentences of a treebank by its name.

    Raises:
        FileNotFoundError: the folder does not hold it.
    """
    path = folder / f"{name}.conllu.gz"
    if not path.is_file():
        raise FileNotFoundError(f"{path}: this treebank is missing; give the folder of the .conllu.gz files")
    return read_trees(path)


def _read(folder: str, names: list[str], seed: int | None = None) -> Callable[[Language], Iterator[Example]]:
    """Sentences of these treebanks; with a seed, in a new order and with new variants each time they are read."""
    trees = [tree for name in names for tree in treebank(Path(folder), name)]
    chance = random.Random(seed)

    def examples(nlp: Language) -> Iterator[Example]:
        if seed is None:
            yield from (tree.example(nlp.vocab) for tree in trees)
            return
        order = list(trees)
        chance.shuffle(order)
        yield from (augment(tree, chance).example(nlp.vocab) for tree in order)

    return examples


def _vectors(news: str, folder: str, words: int, width: int, seed: int) -> Callable[[Language], Language]:
    """Gives a pipeline the word vectors learned from these news and the words of the training treebanks."""

    def add(nlp: Language) -> Language:
        trees = (tree for name in TRAINING for tree in treebank(Path(folder), name))
        annotated = ([form.lower() for form in tree.forms] for tree in trees)
        nlp.vocab.vectors = learn_vectors(chain(read_sentences(Path(news)), annotated), words, width, seed)
        return nlp

    return add


registry.readers.register("embargo.trees.v1", func=_read)
registry.callbacks.register("embargo.vectors.v1", func=_vectors)


def train_model(folder: Path, news: Path, target: Path, steps: int | None = None) -> None:
    """Train on the treebanks in `folder` and on unannotated `news`, and replace the model in `target`.

    Raises:
        FileNotFoundError: a treebank or the news are missing.
    """
    if not news.is_file():
        raise FileNotFoundError(f"{news}: no news to learn word vectors from; give a .jsonl.gz file with --news")
    config = load_config(CONFIG, overrides={"training.max_steps": steps} if steps else {})
    seed = config["training"]["seed"]
    config["corpora"]["train"].update(folder=str(folder), names=list(TRAINING), seed=seed)
    config["corpora"]["dev"].update(folder=str(folder), names=[SELECTION])
    config["initialize"]["before_init"].update(news=str(news), folder=str(folder), seed=seed)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        nlp = init_nlp(load_model_from_config(config, auto_fill=True).config)
        nlp.config["training"]["max_epochs"] = -1  # all labels are known now: read the corpus anew each epoch
        train(nlp, Path(scratch), stdout=sys.stdout, stderr=sys.stderr)
        built = Path(scratch) / "model"
        _write_run_time_model(Path(scratch) / "model-best", built)
        words = (word for name in TRAINING for tree in treebank(folder, name) for word in tree.words())
        Lexicon.learn(words).write(built / LEXICON)
        _record(built, folder, seed)
        if target.exists():
            target.rename(Path(scratch) / "replaced")
        built.rename(target)


def _write_run_time_model(trained: Path, target: Path) -> None:
    """Keep what parsing needs: of the vocabulary only the vectors, no training settings, no folder of this machine."""
    nlp = spacy.load(trained)
    for section in ("paths", "corpora", "training", "initialize", "pretraining"):
        nlp.config[section] = {}
    nlp.to_disk(target, exclude=["vocab"])
    nlp.vocab.to_disk(target / "vocab", exclude=["strings", "lookups"])
    (target / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    # spaCy 3.8 does not write by which form of a word its vector is looked up, but reads it
    settings = {"mode": "default", "attr": LOWER}
    (target / "vocab" / "vectors.cfg").write_text(json.dumps(settings) + "\n", encoding="utf-8")


def _record(model: Path, folder: Path, seed: int) -> None:
    """Write where the model comes from and how good it is into its `meta.json`."""
    path = model / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    parser = Parser(model)
    meta.update(
        name="embargo_parser",
        description="Tags and dependencies of English news",
        license="CC BY-SA 4.0",
        sources=SOURCES,
        seed=seed,
        spacy=spacy.about.__version__,
        performance={name: score(parser, treebank(folder, name)) for name in HELD_OUT},
    )
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Run the command."""
    arguments = argparse.ArgumentParser(description="Train the parser on Universal Dependencies treebanks.")
    arguments.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/ud"), help="folder of .conllu.gz")
    arguments.add_argument("--news", type=Path, help="unannotated news, a .jsonl.gz file with a text in each line")
    arguments.add_argument("--model", type=Path, default=MODEL, help="folder to replace with the trained model")
    arguments.add_argument("--steps", type=int, help="train for this many updates instead of the configured number")
    given = arguments.parse_args()
    try:
        train_model(given.data, given.news or given.data.parent / NEWS, given.model, given.steps)
    except FileNotFoundError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

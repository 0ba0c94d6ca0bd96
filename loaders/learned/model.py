"""The trained encoder, run by ONNX Runtime on the processor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.vocabulary import ASSERTIONS, Assertion, Stage
from loaders.learned.encoding import STAGES, Encoded, Mention, encode, pairs
from loaders.learned.relations import RELATIONS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).with_name("model")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Score:
    """What the model makes of a pair of entities and a relation."""

    relation: str
    subject: int
    """Index of the mention, among those given, that shows it best."""
    object: int
    chance: float
    """The model's own probability, 0 to 1."""
    stage: Stage
    stage_chance: float
    assertion: Assertion
    assertion_chance: float
    position: int
    """Code point of the window at which the model looked most."""


class Model:
    """Scores of the relations in a window.

    Args:
        session: the network.
        tokenizer: of the encoder.
        version: changes with the weights.
    """

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, version: str) -> None:
        self._session, self._tokenizer = session, tokenizer
        self.version = version

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Model:
        """The model of a folder, as `dev.reader.export` leaves it."""
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.disable_quant_qdq", "1")  # weights become floats once, on loading
        weights = (folder / "reader.onnx").read_bytes()
        # On a processor two plain steps take less time than the fused one.
        session = InferenceSession(
            weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(session, tokenizer, sha256(weights).hexdigest()[:12])

    def scores(self, text: str, mentions: list[Mention], least: float) -> list[Score]:
        """The relations of a window, the likeliest first.

        Args:
            text: the window.
            mentions: candidates in it, in order.
            least: probability under which a relation is left out.
        """
        encoded = encode(self._tokenizer, text, mentions)
        grouped = pairs(encoded)
        if not grouped.pairs:
            return []
        relation, stage, assertion, look = self._session.run(None, _inputs(encoded, grouped.pairs))
        groups = np.array(grouped.groups)
        mask = np.array(grouped.mask)
        top = np.full(mask.shape, -1e4, dtype=np.float32)
        np.maximum.at(top, groups, relation)
        summed = np.zeros_like(top)
        np.add.at(summed, groups, np.exp(relation - top[groups]))
        chance = np.where(mask, _sigmoid(top + np.log(summed.clip(1e-9))), 0)
        found = []
        for group, which in np.argwhere(chance >= least):
            own = np.flatnonzero(groups == group)
            best = int(own[relation[own, which].argmax()])
            s, o = grouped.pairs[best]
            found.append(
                Score(
                    relation=RELATIONS[which].name,
                    subject=encoded.kept[s],
                    object=encoded.kept[o],
                    chance=float(chance[group, which]),
                    **_most("stage", STAGES, stage[best]),
                    **_most("assertion", ASSERTIONS, assertion[best]),
                    position=encoded.offsets[int(look[best].argmax())][0],
                )
            )
        return sorted(found, key=lambda score: -score.chance)


def _inputs(encoded: Encoded, chosen: list[tuple[int, int]]) -> dict[str, NDArray[np.int64]]:
    return {
        "ids": np.array([encoded.ids], dtype=np.int64),
        "kinds": np.array([encoded.kinds], dtype=np.int64),
        "attention": np.ones((1, len(encoded.ids)), dtype=np.int64),
        "spans": np.array([(0, first, last) for first, last in encoded.spans], dtype=np.int64),
        "pairs": np.array(chosen, dtype=np.int64),
    }


def _sigmoid(x: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-x.clip(-30, 30)))
    return chance


def _most(name: str, words: tuple[Any, ...], scores: Floats) -> dict[str, Any]:
    shares = np.exp(scores - scores.max())
    best = int(scores.argmax())
    return {name: words[best], f"{name}_chance": float(shares[best] / shares.sum())}


@cache
def default_model() -> Model:
    """The project's own model, loaded once a process."""
    return Model.load()

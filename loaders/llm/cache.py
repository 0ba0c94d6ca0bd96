"""Answers on disk, so that no article is paid for twice."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.articles import digest
from loaders.llm.prompt import prompt_version


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model answered, and the tokens that it took."""

    content: str
    tokens_in: int
    tokens_out: int


class AnswerCache:
    """One file an answer, named by a hash of text, prompt and model. What cannot be read counts as not there.

    Args:
        folder: made where it is missing.
        model: the model's name.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder, self._model = folder, model

    def key(self, text: str) -> str:
        """The hash of an article's text together with prompt and model."""
        return digest(64, text, prompt_version(), self._model)

    def get(self, key: str) -> Reply | None:
        """The answer kept under a key, or None."""
        try:
            reply = Reply(**json.loads(self._path(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return reply if isinstance(reply.content, str) else None

    def put(self, key: str, reply: Reply) -> None:
        """Keeps an answer; readers see the whole of it or nothing.

        Raises:
            OSError: the folder cannot be written.
        """
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(reply), file, ensure_ascii=False)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"

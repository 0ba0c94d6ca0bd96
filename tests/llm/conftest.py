from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.settings import LlmSettings
from loaders.llm import LlmExtractor
from tests.llm.server import ModelServer, running

Extractors = Callable[..., LlmExtractor]
KEY = "sk-secret-4711"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as model:
        yield model


@pytest.fixture
def extractor(server: ModelServer, tmp_path: Path) -> Extractors:
    """Makes extractors on the server, with one cache, quick to repeat."""

    def make(pause: float = 0.01, **settings: Any) -> LlmExtractor:
        given = {"url": server.url, "model": "test-1", "key": KEY, "cache": tmp_path / "cache", "retries": 2}
        return LlmExtractor(LlmSettings(**{**given, **settings}), pause=pause)

    return make

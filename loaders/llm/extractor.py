"""Reads claims out of articles with a language model: ask or look up, verify, count."""

from __future__ import annotations

import json
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from platformdirs import user_cache_path

from graph.articles import digest
from graph.claims import Claim
from graph.settings import LlmSettings
from loaders.catalogue import load_catalogue
from loaders.document import Document, Reject, slugify
from loaders.linking.gazetteer import default_gazetteer
from loaders.llm.cache import AnswerCache, Reply
from loaders.llm.client import ChatClient, LlmError
from loaders.llm.prompt import messages, prompt_version
from loaders.llm.schema import answer_schema
from loaders.llm.verify import Verifier

VERSION = "0.1.0"
"""Of the verification; grows with each change of what is kept."""
AHEAD = 2
"""Articles that wait for each request under way."""
LOCKS = 256

Outcome = tuple[Document, list[Claim] | Reject]


class LlmExtractor:
    """Any OpenAI-compatible server as an extractor; what it says counts only as far as it can be verified.

    Args:
        settings: server, model, key and limits.
        pause: seconds before the first repetition of a request; each further one doubles it.

    Raises:
        ValueError: a setting is missing or cannot be used; the message says which.
    """

    name = "llm"

    def __init__(self, settings: LlmSettings, *, pause: float = 1.0) -> None:
        self._client = ChatClient(settings, pause=pause)
        self._settings = settings
        self._catalogue, self._gazetteer = load_catalogue(), default_gazetteer()
        model = self._client.model
        self._cache = AnswerCache(settings.cache or user_cache_path("embargo") / "llm", model)
        marks = digest(12, model, prompt_version(), self._catalogue.version)
        self.version = f"{VERSION}+{slugify(model) or 'model'}.{marks}"
        """Changes with the model, the prompt, the catalogue and the verification."""
        self._locks = [threading.Lock() for _ in range(LOCKS)]
        self._counting = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._not_kept = ""

    def extract(self, document: Document) -> list[Claim]:
        """The verified claims of an article.

        Raises:
            LlmError: there is no usable answer.
        """
        article = document.article()
        if not article.text.strip():
            return []
        verifier = Verifier(article, self._catalogue, self._gazetteer, self.version)
        claims = verifier.claims(self._statements(article.text))
        with self._counting:
            self._counts["claims"] += len(claims)
            self._dropped += verifier.dropped
            self._left_out += verifier.left_out
        return claims

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """The claims of each document in the order of the input; one without an answer yields a `Reject`.

        Args:
            documents: read lazily, never far ahead of what is yielded.
        """
        source = iter(documents)
        concurrency = self._settings.concurrency
        waiting: deque[Future[Outcome]] = deque()
        pool = ThreadPoolExecutor(concurrency, thread_name_prefix="llm")
        try:
            while True:
                room = concurrency * (1 + AHEAD) - len(waiting)
                waiting.extend(pool.submit(self._outcome, document) for document in islice(source, room))
                if not waiting:
                    break
                yield waiting.popleft().result()
        except BaseException:
            self._client.close()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def report(self) -> list[str]:
        """What it took and what was dropped, as lines for people."""
        counts = self._counts
        lines = [
            f"{counts['requests']:,} answers from the model, {counts['cached']:,} from the cache; "
            f"{counts['tokens_in']:,} tokens in, {counts['tokens_out']:,} out{self._cost()}",
            f"{counts['claims']:,} claims verified, {self._dropped.total():,} dropped{_listed(self._dropped)}",
        ]
        if self._left_out:
            lines.append(f"details left out that the articles do not have{_listed(self._left_out)}")
        if self._not_kept:
            lines.append(self._not_kept)
        return lines

    def _cost(self) -> str:
        prices = (self._settings.price_input, self._settings.price_output)
        if prices == (None, None):
            return ""
        cost = self._counts["tokens_in"] * (prices[0] or 0) + self._counts["tokens_out"] * (prices[1] or 0)
        return f"; cost {cost / 1e6:,.4f}"

    def _outcome(self, document: Document) -> Outcome:
        try:
            return document, self.extract(document)
        except LlmError as error:
            reason, remedy = error.reason, error.remedy
        except Exception as error:  # one bad article never stops a load
            reason = f"extraction failed: {type(error).__name__}"
            remedy = "please report it with the article; the others were loaded"
        return document, Reject(document.source, None, reason, remedy, document.source_id)

    def _statements(self, text: str) -> list[object]:
        key = self._cache.key(text)
        with self._locks[int(key[:2], 16) % LOCKS]:  # one text in nine papers is one request
            reply = self._cache.get(key)
            if reply is not None:
                self._count(cached=1)
                return _parsed(reply)
            reply = self._client.complete(messages(text), answer_schema())
            self._count(requests=1, tokens_in=reply.tokens_in, tokens_out=reply.tokens_out)
            statements = _parsed(reply)
            try:
                self._cache.put(key, reply)
            except OSError as error:
                self._not_kept = f"answers were not kept ({error.strerror}); set EMBARGO_LLM_CACHE to a writable folder"
            return statements

    def _count(self, **counts: int) -> None:
        with self._counting:
            self._counts.update(counts)


def _parsed(reply: Reply) -> list[object]:
    remedy = "use a model or server that keeps to a JSON Schema"
    try:
        answer = json.loads(reply.content)
    except (ValueError, RecursionError):
        raise LlmError("the model's answer is not JSON", remedy) from None
    statements = answer.get("statements") if isinstance(answer, dict) else None
    if not isinstance(statements, list):
        raise LlmError("the model's answer is not of the schema: it has no list of statements", remedy)
    return statements


def _listed(counts: Counter[str]) -> str:
    named = ", ".join(f"{reason} {count:,}" for reason, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])))
    return f" ({named})" if named else ""

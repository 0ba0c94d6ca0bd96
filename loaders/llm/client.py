"""Chat completions over HTTP: one answer a call, with retries, a deadline and messages that say what to do."""

from __future__ import annotations

import json
import random
import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import httpx

from graph.settings import LlmSettings
from loaders.llm.cache import Reply

MAX_PAUSE = 30.0
"""Seconds, the longest pause of our own choice between two attempts."""
MAX_RETRY_AFTER = 300.0
"""Seconds; a server that asks for more gets no further attempt."""
MAX_ANSWER = 8 * 1024 * 1024
"""Bytes."""
MAX_EXCERPT = 200
"""Characters of a server's own message that are repeated."""
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})


class LlmError(Exception):
    """No usable answer for an article.

    Args:
        reason: what happened.
        remedy: what to do about it.
        final: whether every other article would meet the same.
    """

    def __init__(self, reason: str, remedy: str, *, final: bool = False) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason, self.remedy, self.final = reason, remedy, final


class _RepeatableError(Exception):
    """An attempt that is worth repeating.

    Args:
        error: what it comes to if no repetition helps.
        after: seconds that the server asks to wait.
    """

    def __init__(self, error: LlmError, after: float | None = None) -> None:
        super().__init__(error.reason)
        self.error, self.after = error, after


class ChatClient:
    """One server and model; safe for several threads.

    Args:
        settings: with `url` and `model` set.
        pause: seconds before the first repetition; each further one doubles it.

    Raises:
        ValueError: a setting is missing or cannot be used.
    """

    def __init__(self, settings: LlmSettings, *, pause: float = 1.0) -> None:
        self._url, self.model = _address(settings.url), settings.model or ""
        if not self.model:
            raise ValueError("no model is named; set EMBARGO_LLM_MODEL to its name on the server")
        self._key = settings.key.get_secret_value().strip() if settings.key else ""
        if not all("!" <= c <= "~" for c in self._key):
            raise ValueError("EMBARGO_LLM_KEY has blanks or characters that no key has; copy it again")
        self._timeout, self._retries, self._pause = settings.timeout, settings.retries, pause
        headers = {"User-Agent": "embargo", "Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        limits = httpx.Limits(max_connections=settings.concurrency)
        timeout = httpx.Timeout(settings.timeout, connect=min(10.0, settings.timeout))
        self._http = httpx.Client(headers=headers, limits=limits, timeout=timeout)
        self._closed = threading.Event()
        self._not_before = 0.0
        self._final: LlmError | None = None
        self._temperature = True

    def close(self) -> None:
        """Ends what is under way; waiting attempts give up."""
        self._closed.set()
        self._http.close()

    def complete(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Reply:
        """The model's answer.

        Args:
            messages: of the chat.
            schema: JSON Schema that the server is asked to hold the answer to.

        Raises:
            LlmError: after the last attempt, or at once where repeating is no use.
        """
        attempt = 0
        while True:
            if self._final is not None:
                raise self._final
            self._wait(self._not_before - time.monotonic())
            try:
                return self._attempt(messages, schema)
            except _RepeatableError as again:
                if attempt == self._retries:
                    self._give_up(again.error)
                if again.after is not None:
                    if again.after > MAX_RETRY_AFTER:
                        reason = f"{again.error.reason}, and asks to wait {again.after:,.0f} seconds"
                        self._give_up(LlmError(reason, "start again then", final=True))
                    self._not_before = max(self._not_before, time.monotonic() + again.after)
                else:
                    self._wait(min(MAX_PAUSE, self._pause * 2**attempt) * random.uniform(0.75, 1.25))
            except LlmError as error:
                self._give_up(error)
            attempt += 1

    def _give_up(self, error: LlmError) -> NoReturn:
        if error.final:
            self._final = error
        raise error

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._closed.wait(seconds)
        if self._closed.is_set():
            raise LlmError("broken off", "start again; the answers so far are kept")

    def _attempt(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Reply:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "statements", "strict": True, "schema": schema},
            },
        }
        if self._temperature:
            body["temperature"] = 0
        try:
            status, headers, content = self._post(body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            reason = f"no server answers at {self._url} ({self._safe(str(error))})"
            raise _RepeatableError(LlmError(reason, "start it or correct EMBARGO_LLM_URL", final=True)) from None
        except httpx.TimeoutException:
            reason = f"the server gave no whole answer within {self._timeout:g} seconds"
            raise _RepeatableError(LlmError(reason, "start again, or raise EMBARGO_LLM_TIMEOUT")) from None
        except httpx.TransportError as error:
            reason = f"the connection broke ({type(error).__name__})"
            raise _RepeatableError(LlmError(reason, "start again; the answers so far are kept")) from None
        if status == 200:
            return self._reply(content)
        return self._refused(status, headers, self._message(content), messages, schema)

    def _post(self, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body; a server that dribbles is cut off at the deadline."""
        deadline = time.monotonic() + self._timeout
        content = bytearray()
        with self._http.stream("POST", self._url, json=body) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > MAX_ANSWER:
                    raise LlmError(f"the answer is longer than {MAX_ANSWER:,} bytes", "use another model")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout("deadline")
        return response.status_code, response.headers, bytes(content)

    def _refused(
        self, status: int, headers: httpx.Headers, said: str, messages: list[dict[str, str]], schema: dict[str, Any]
    ) -> Reply:
        if status in BUSY:
            error = LlmError(f"the server is busy or out of order ({status}: {said})", "start again later")
            raise _RepeatableError(error, _retry_after(headers.get("Retry-After")))
        if status in (401, 403):
            remedy = "correct EMBARGO_LLM_KEY" if self._key else "set EMBARGO_LLM_KEY"
            raise LlmError(f"the server refuses the key ({status}: {said})", remedy, final=True)
        if status == 404:
            remedy = "correct EMBARGO_LLM_URL or EMBARGO_LLM_MODEL"
            raise LlmError(f"the server has no such address or model ({status}: {said})", remedy, final=True)
        if 300 <= status < 400:
            remedy = "set EMBARGO_LLM_URL to where it is"
            raise LlmError(f"the server sends elsewhere ({status})", remedy, final=True)
        if status == 400 and self._temperature and "temperature" in said:
            self._temperature = False
            return self._attempt(messages, schema)
        remedy = "see the server's message; it must know response_format json_schema and take an article's length"
        raise LlmError(f"the server refuses the request ({status}: {said})", remedy)

    def _reply(self, content: bytes) -> Reply:
        try:
            record = json.loads(content)
            message = record["choices"][0]["message"]
            answer = message.get("content")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise LlmError("the server's answer is no chat completion", "check EMBARGO_LLM_URL") from None
        if not isinstance(answer, str) or not answer:
            said = self._safe(str(message.get("refusal") or "nothing"))
            raise LlmError(f"the model gave no answer ({said})", "use another model for this article")
        usage = record.get("usage")
        usage = usage if isinstance(usage, dict) else {}
        return Reply(answer, _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens")))

    def _message(self, content: bytes) -> str:
        text = content.decode("utf-8", "replace")
        try:
            error = json.loads(text)["error"]
            text = error["message"] if isinstance(error, dict) else str(error)
        except (ValueError, LookupError, TypeError, RecursionError):
            pass
        return self._safe(str(text)) or "no message"

    def _safe(self, text: str) -> str:
        """What a server said, short, on one line and without the key."""
        if self._key:
            text = text.replace(self._key, "[key]")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:MAX_EXCERPT]


def _address(url: str | None) -> str:
    if not url:
        raise ValueError("no server is named; set EMBARGO_LLM_URL, such as http://127.0.0.1:11434/v1")
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL:
        raise ValueError("EMBARGO_LLM_URL is no address; write one such as http://127.0.0.1:11434/v1") from None
    if parts.scheme not in ("http", "https") or not parts.host:
        raise ValueError("EMBARGO_LLM_URL must begin with http:// or https:// and name a host")
    if parts.userinfo or parts.query:
        raise ValueError("EMBARGO_LLM_URL holds a password or a query; put the key into EMBARGO_LLM_KEY")
    base = str(parts).rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def _retry_after(value: str | None) -> float | None:
    """Seconds from a `Retry-After` header, which gives them or a date (RFC 9110, 10.2.3); None without a usable one."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**9 else 0

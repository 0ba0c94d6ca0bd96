"""The service's log: one event a line, as JSON or for people, without secrets or lines that somebody smuggles in."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor

Form = Literal["json", "console"]
LONGEST = 2000
NAMED = r"(?i)(authorization|x-api-key|password|secret|token)([\"']?\s*[:=]\s*[\"']?)(bearer\s+)?[^\s\"',;]+"
SECRETS = (
    (re.compile(r"(embargo_[0-9a-f]{12})_[A-Za-z0-9_-]+"), r"\1_…"),
    (re.compile(r"(\w+://[^\s/:@]*):[^\s/@]+@"), r"\1:…@"),
    (re.compile(NAMED), r"\1\2…"),
)
"""What looks like a key or a password, and what is shown instead."""
QUIET = ("uvicorn.access", "neo4j", "httpx")


def configure(form: Form, level: str) -> None:
    """Sends everything that this process logs to standard error.

    Args:
        form: `json` for machines, `console` for people.
        level: the least that is shown: debug, info, warning or error.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        harmless,
    ]
    shown: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, shown],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def harmless(_logger: object, _method: str, event: EventDict) -> EventDict:
    """An event whose texts hold no secrets, no control characters and not too much; the lines of a traceback are
    marked, so that none passes for an event."""
    return {key: _traceback(value) if key == "exception" else _plain(value) for key, value in event.items()}


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    for pattern, shown in SECRETS:
        if pattern.search(value):  # a substitution costs more than a look, even where nothing is found
            value = pattern.sub(shown, value)
    if len(value) > LONGEST:
        value = f"{value[:LONGEST]}… ({len(value)} characters)"
    if value.isprintable():
        return value
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in value)


def _traceback(value: str) -> str:
    return "\n".join(f"  | {_plain(line)}" for line in value.split("\n"))

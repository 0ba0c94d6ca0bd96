"""What Prometheus reads of the service."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

from graph.telemetry import Labels, Watcher, watch

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Variable that names the folder where several worker processes put their figures together."""
QUICK = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

REQUESTS = Counter("embargo_requests", "Requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram("embargo_request_seconds", "Time from request to the end of the answer.", ["route"],
                            buckets=QUICK)  # fmt: skip
IN_PROGRESS = Gauge("embargo_requests_in_progress", "Requests under way.", multiprocess_mode="livesum")
QUERY_SECONDS = Histogram("embargo_query_seconds", "Time that named queries take.", ["query"], buckets=QUICK)
STORE_SECONDS = Histogram("embargo_store_seconds", "Time that the store takes.", ["operation"], buckets=QUICK)
EXTRACTION_SECONDS = Histogram("embargo_extraction_seconds", "Time that reading an article takes.", buckets=QUICK)
ARTICLES = Counter("embargo_articles_loaded", "Articles stored.", ["state"])
CLAIMS = Counter("embargo_claims_loaded", "Claims stored.", ["state"])
REJECTED = Counter("embargo_rejected", "Inputs that could not be read.")

TIMES: dict[str, Callable[[Labels], AbstractContextManager[object]]] = {
    "query": lambda labels: QUERY_SECONDS.labels(labels["query"]).time(),
    "store": lambda labels: STORE_SECONDS.labels(labels["operation"]).time(),
    "extraction": lambda labels: EXTRACTION_SECONDS.time(),
}
COUNTS: dict[str, Callable[[int, Labels], None]] = {
    "articles": lambda number, labels: ARTICLES.labels(labels["state"]).inc(number),
    "claims": lambda number, labels: CLAIMS.labels(labels["state"]).inc(number),
    "rejected": lambda number, labels: REJECTED.inc(number),
}
WATCHER = Watcher(
    measure=lambda event, labels: TIMES[event](labels) if event in TIMES else nullcontext(),
    count=lambda event, number, labels: COUNTS[event](number, labels) if event in COUNTS else None,
)


def install() -> None:
    """Has this process counted from now on."""
    watch(WATCHER)


def exposition() -> tuple[bytes, str]:
    """All figures, those of other worker processes with them, and their media type."""
    registry = REGISTRY
    if SHARED in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types
    return generate_latest(registry), CONTENT_TYPE_LATEST

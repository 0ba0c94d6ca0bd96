"""Traces by OpenTelemetry, from request to store; off unless EMBARGO_TRACES says otherwise.

Where they go is told by OpenTelemetry's own variables, such as OTEL_EXPORTER_OTLP_ENDPOINT.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware import HttpLayer, at_start
from api.requests import route_of
from graph.telemetry import Labels, Watcher, watch

if TYPE_CHECKING:
    from opentelemetry.trace import TracerProvider

NAME = "embargo"


class Traced(HttpLayer):
    """A span for every request, as part of the trace that its header `traceparent` names (W3C Trace Context)."""

    def __init__(self, app: ASGIApp, provider: TracerProvider) -> None:
        """Wraps an app; from then on what it asks of the store and the extractor becomes spans as well."""
        super().__init__(app)
        self.tracer = provider.get_tracer(NAME)
        watch(Watcher(measure=self._within_request))

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers within a span."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        attributes = {"http.request.method": scope["method"], "url.path": scope["path"][:200]}
        with self.tracer.start_as_current_span(
            scope["method"], extract(Headers(scope=scope)), SpanKind.SERVER, attributes
        ) as span:

            def note(start: Message) -> None:
                span.set_attribute("http.response.status_code", start["status"])
                span.update_name(f"{scope['method']} {route_of(scope)}")
                span.set_attribute("http.route", route_of(scope))

            await self.app(scope, receive, at_start(send, note))

    def _within_request(self, event: str, labels: Labels) -> AbstractContextManager[object]:
        from opentelemetry.trace import get_current_span

        if not get_current_span().is_recording():
            return nullcontext()
        return self.tracer.start_as_current_span(event, attributes=dict(labels))


def exporting() -> TracerProvider:
    """Traces that are sent by OTLP over HTTP.

    Raises:
        ValueError: OpenTelemetry is not installed; the message says how to.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise ValueError(f"EMBARGO_TRACES: {error}; install Embargo with its extra 'otel'") from error
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: NAME}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider

"""Numbers for Prometheus: how requests go, and what waits.

With several web processes each answers with its own counts of requests; `instance` sums them. The
gauges are read from the database and are the same from each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from rakorsus.operation import figures

Handler = Callable[[HttpRequest], HttpResponse]
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REGISTRY = CollectorRegistry()
_REQUESTS = Histogram(
    "rakorsus_request_seconds", "Time from request to answer, by page",
    ["method", "page", "status"], buckets=_BUCKETS, registry=REGISTRY,
)  # fmt: skip
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def measured(get_response: Handler) -> Handler:
    """Middleware: the name of the address is the label, never the path, which holds keys."""

    def handle(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = getattr(request, "resolver_match", None)
        page = (match.view_name or "unnamed") if match else "none"
        method = request.method if request.method in _METHODS else "OTHER"
        _REQUESTS.labels(method, page, str(response.status_code)).observe(
            time.perf_counter() - began
        )
        return response

    return handle


def count(method: str, page: str, status: str, seconds: float = 0.0) -> None:
    """A request that never came to the pages."""
    method = method if method in _METHODS else "OTHER"
    _REQUESTS.labels(method, page, status).observe(seconds)


class _Waiting(Collector):
    def collect(self) -> Iterable[GaugeMetricFamily]:
        for figure in figures.all_figures():
            yield GaugeMetricFamily(f"rakorsus_{figure.name}", figure.words, value=figure.value)


REGISTRY.register(_Waiting())


def text() -> bytes:
    """Everything, in Prometheus' text format."""
    connection.ensure_connection()
    return generate_latest(REGISTRY)

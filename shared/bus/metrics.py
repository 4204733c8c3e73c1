"""What a service counts for Prometheus; never labelled by client or batch, whose number has no limit."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 40, 60, 120, 300, 600)


class Metrics:
    """The metrics of one service in a registry of their own."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        name = {"service": service}
        self.messages = Counter("rumiai_messages", "messages settled", ["service", "outcome"], registry=self.registry)
        self.published = Counter("rumiai_published", "events published", ["event", "duplicate"], registry=self.registry)
        self.seconds = Histogram(
            "rumiai_handler_seconds", "time a handler took", ["service"], buckets=_SECONDS, registry=self.registry
        ).labels(**name)
        self.in_flight = Gauge("rumiai_in_flight", "messages being handled", ["service"], registry=self.registry).labels(**name)
        self._service = service

    def settled(self, outcome: str) -> None:
        """Count one message by what became of it."""
        self.messages.labels(service=self._service, outcome=outcome).inc()

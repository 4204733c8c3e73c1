"""The three HTTP routes of a service: /health, /ready and /metrics."""

import asyncio
from collections.abc import Callable
from typing import Any

from faststream.asgi import AsgiResponse, get, make_ping_asgi
from faststream.asgi.response import JSONResponse
from faststream.nats import NatsBroker
from nats.aio.client import Client
from nats.errors import Error
from nats.js.api import ConsumerInfo
from nats.js.errors import NotFoundError
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.bus.metrics import Metrics
from shared.bus.topology import Consumer

_READY_WITHIN_S = 2.0


def routes(broker: NatsBroker, client: Callable[[], Client], consumer: Consumer, metrics: Metrics) -> list[tuple[str, Any]]:
    """For AsgiFastStream. /health: the connection stands; /ready: the server still has the consumer."""

    @get
    async def ready(scope: Any) -> AsgiResponse:  # noqa: ARG001
        """Whether the server has this service's consumer, and how much waits for it."""
        try:
            async with asyncio.timeout(_READY_WITHIN_S):
                info: ConsumerInfo = await client().jetstream().consumer_info(consumer.stream, consumer.name)
        except NotFoundError:
            return JSONResponse({"ready": False, "reason": f"the consumer {consumer.name} is missing"}, 503)
        except (Error, TimeoutError):
            return JSONResponse({"ready": False, "reason": "the NATS server does not answer"}, 503)
        return JSONResponse(
            {
                "ready": True,
                "paused": bool(info.paused),
                "num_pending": info.num_pending,
                "ack_pending": info.num_ack_pending,
            }
        )

    @get
    async def prometheus(scope: Any) -> AsgiResponse:  # noqa: ARG001
        """Metrics in the text format of Prometheus."""
        return AsgiResponse(generate_latest(metrics.registry), 200, {"content-type": CONTENT_TYPE_LATEST})

    return [("/health", make_ping_asgi(broker, timeout=1.0)), ("/ready", ready), ("/metrics", prometheus)]

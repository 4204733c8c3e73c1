"""Structured logs: one line per event on stderr, with service, client, batch and video bound where they are known."""

import logging
import sys

import structlog

from shared.settings import Settings

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure_logging(service: str, settings: Settings | None = None) -> None:
    """Set up structlog and the standard library's root logger for one process. JSON unless stderr is a terminal."""
    settings = settings or Settings()
    json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    # plain: the console's own tracebacks would show local variables, tokens among them
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    renderer: structlog.types.Processor = structlog.processors.JSONRenderer() if json else console
    before: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("rumiai").setLevel(_LEVELS[settings.log_level])
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(service=service)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger under `rumiai.<name>`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"rumiai.{name}")
    return logger

"""How often a stranger may ask: counted per address, in Redis where the installation has one, else per process.

While Redis does not answer, each process counts for itself: a page that is limited is still a page.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False, in_memory_fallback_enabled=True)


def limited(rate: str) -> Callable[..., Any]:
    """Allow a view so often per address and method, as ``"60 per minute"``."""
    return limiter.limit(rate, per_method=True)


def init_app(app: Flask) -> None:
    queue = str(app.config["QUEUE_URL"])
    app.config.setdefault("RATELIMIT_STORAGE_URI", queue if queue.startswith("redis://") else "memory://")
    app.config.setdefault("RATELIMIT_ENABLED", not app.config["TESTING"])
    limiter.init_app(app)

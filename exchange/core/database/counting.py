"""What a response cost, for benchmarks."""

import time
from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import event

from exchange.core.database.records import db


def count_queries(app: Flask) -> None:
    """Say in headers how many statements and how much CPU time a response took."""

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(*_arguments: Any) -> None:
        if has_request_context():
            g.query_count = g.get("query_count", 0) + 1

    @app.before_request
    def start() -> None:
        g.cpu_started = time.process_time()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Query-Count"] = str(g.get("query_count", 0))
        response.headers["X-Cpu-Ms"] = f"{(time.process_time() - g.cpu_started) * 1000:.2f}"
        return response

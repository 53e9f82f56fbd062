"""Background work: the job table is the truth, the queue only carries ids."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.jobs import cli, queue, service, views

    queue.init_app(app)
    service.init_app(app)
    app.register_blueprint(views.bp)
    app.cli.add_command(cli.jobs)

"""How migrations run: foreign keys off while SQLite copies tables, one transaction, and a check at the end."""

from alembic import context
from flask import current_app

from exchange.core.database import db

SETTINGS = {"render_as_batch": True, "compare_type": True, "compare_server_default": True}


def run():
    configured = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # DROP TABLE under foreign_keys=ON deletes the children
            connection.rollback()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        arguments = {**configured, **SETTINGS, "transactional_ddl": True}
        context.configure(connection=connection, target_metadata=db.metadatas[None], **arguments)
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")
        connection.commit()
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("Migrations need the database itself; the offline mode is not supported.")
run()

"""The whole address of a message, for whoever reads of it outside of the house."""

from flask import current_app


def link_to(message_id: int) -> str:
    """Where the message is read after signing in; empty where the installation does not know its own address."""
    base = current_app.config["PUBLIC_URL"].rstrip("/")
    return f"{base}/messages/{message_id}" if base else ""

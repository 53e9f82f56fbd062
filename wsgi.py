"""The entrance for ``flask`` and for web servers."""

from exchange import create_app

app = create_app()

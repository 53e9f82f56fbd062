"""The templates of pages as syntax trees, for the guards."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2] / "templates"
PAPERS = {"layouts/document.html"}
"""Papers are Chinese by law and carry their own styles; so do the files in every folder ``pdf``."""


def page_templates() -> list[str]:
    """Names of all templates that browsers get to see."""
    names = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
    return [name for name in names if name not in PAPERS and "/pdf/" not in name]


def tree(app: Flask, name: str) -> nodes.Template:
    """The parsed template."""
    return app.jinja_env.parse((ROOT / name).read_text("utf-8"), name)


def walk(node: nodes.Node, *above: nodes.Node) -> Iterator[tuple[nodes.Node, tuple[nodes.Node, ...]]]:
    """Every node with those above it, nearest last."""
    yield node, above
    for child in node.iter_child_nodes():
        yield from walk(child, *above, node)

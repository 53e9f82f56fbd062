"""What is the same on every paper of a template, laid out once and kept as finished PDF objects."""

import hashlib
import io
import re
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from exchange.press.finish import tag_fonts
from exchange.press.fonts import FontSet
from exchange.press.layout import Layout, write
from exchange.press.template import PaperTemplate

REFERENCE = re.compile(rb"(?<![\d.])(\d+) (\d+) R\b")


@dataclass(frozen=True)
class Backdrop:
    """A form XObject and all it needs: each object as pieces of bytes and indices of its neighbours."""

    name: str
    objects: tuple[tuple[bytes | int, ...], ...] = field(repr=False)

    def numbered_from(self, base: int) -> list[bytes]:
        """The objects for a file in which the first of them has the number ``base``."""
        return [
            b"".join(piece if isinstance(piece, bytes) else b"%d 0 R" % (base + piece) for piece in pieces)
            for pieces in self.objects
        ]


@lru_cache(maxsize=16)
def backdrop_of(template: PaperTemplate, version: str) -> Backdrop:
    """The backdrop of a template version; no value of any person can be in it."""
    layout = Layout(FontSet.for_characters(template.characters), template.style("backdrop"))
    document = layout.lay_out(template.page("backdrop", None, ""))
    return _taken_from(write(document, lambda _document, pdf: tag_fonts(pdf, version)))


def _taken_from(pdf: bytes) -> Backdrop:
    import pikepdf  # slow, and only papers need it

    source = pikepdf.open(io.BytesIO(pdf))
    form = source.make_indirect(source.pages[0].as_form_xobject())
    found: dict[tuple[int, int], int] = {}
    objects: list[Any] = []
    _collect(form, found, objects)
    written = tuple(_pieces(item, found) for item in objects)
    digest = hashlib.sha256(repr(written).encode()).hexdigest()
    return Backdrop(f"BG{digest[:16]}", written)


def _collect(item: Any, found: dict[tuple[int, int], int], objects: list[Any]) -> None:
    """Every indirect object reachable from the item, in order of discovery."""
    import pikepdf  # slow, see above

    if not isinstance(item, pikepdf.Object):
        return
    if item.is_indirect:
        if item.objgen in found:
            return
        found[item.objgen] = len(objects)
        objects.append(item)
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in map(str, item):
            if key != "/Length":
                _collect(item[key], found, objects)
    elif isinstance(item, pikepdf.Array):
        for inner in item:
            _collect(inner, found, objects)


def _pieces(item: Any, found: dict[tuple[int, int], int]) -> tuple[bytes | int, ...]:
    import pikepdf  # slow, see above

    body = b""
    if isinstance(item, pikepdf.Stream):
        raw = zlib.compress(item.read_bytes(), 9)
        item.write(raw, filter=pikepdf.Name.FlateDecode)
        entries = {key: value for key, value in item.items() if key != "/Length"}
        head = pikepdf.Dictionary(entries).unparse(resolved=False)
        head = head[: head.rindex(b">>")] + b"/Length %d >>" % len(raw)
        body = b"\nstream\n" + raw + b"\nendstream"
    else:
        head = item.unparse(resolved=True)
    pieces: list[bytes | int] = []
    end = 0
    for match in REFERENCE.finditer(head):
        if (target := found.get((int(match[1]), int(match[2])))) is not None:
            pieces += [head[end : match.start()], target]
            end = match.end()
    return (*pieces, head[end:] + body)

"""Reading back what one of our papers says about its person."""

import io
import re
import zlib
from typing import Any

MOST_PAGES = 6
MOST_BYTES = 2_000_000  # of one stream, unpacked: what people send in may be made to fill the memory
FONT_OR_TEXT = re.compile(rb"/(\S+) [\d.]+ Tf|\[([^\]]*)\] TJ|(?:^|\s)(ET)\s")
GLYPHS = re.compile(rb"<([0-9a-f]+)>")
UNICODE = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def text_of(content: bytes) -> str:
    """The person's words on a paper of ours (not the backdrop's) and its title, as far as a damaged file still has
    them; "" for any other file."""
    import pikepdf  # slow, and only papers need it

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            pages = list(document.pages)[:MOST_PAGES]
            return "\n".join([*map(_page_text, pages), str(document.docinfo.get("/Title", ""))])
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return ""  # not a PDF, or none that the press made


def _page_text(page: Any) -> str:
    tables = {str(name)[1:]: _table(font) for name, font in page.Resources.Font.items()}
    table: dict[str, str] = {}
    words = []
    for font, glyphs, end in FONT_OR_TEXT.findall(_unpacked(page.Contents)):
        if font:
            table = tables.get(font.decode("latin-1"), {})
        elif end:
            words.append("\n")
        else:
            codes = b"".join(GLYPHS.findall(glyphs)).decode()
            words += [table.get(codes[at : at + 4], "") for at in range(0, len(codes), 4)]
    return "".join(words)


def _table(font: Any) -> dict[str, str]:
    """Which text a glyph stands for."""
    pairs = UNICODE.findall(_unpacked(font.ToUnicode))
    return {glyph.decode(): bytes.fromhex(text.decode()).decode("utf-16-be", "replace") for glyph, text in pairs}


def _unpacked(stream: Any) -> bytes:
    """The stream up to its first damage and never more than the limit."""
    machine = zlib.decompressobj()
    unpacked = b""
    raw = stream.read_raw_bytes()
    for start in range(0, len(raw), 256):
        try:
            unpacked += machine.decompress(raw[start : start + 256], MOST_BYTES - len(unpacked))
        except zlib.error:
            break
        if len(unpacked) >= MOST_BYTES:
            break
    return unpacked

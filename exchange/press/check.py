"""Checks: text that does not fit its place on the paper, and our rules for PDF/A-3u."""

import io
import re
from typing import Any

from exchange.core.i18n import _
from exchange.press.finish import boxes_of_class
from exchange.press.paper import TEXT_OVERFLOW, Problem

SLACK = 1.0  # CSS pixels: rounding, never a line


def overflows(document: Any) -> list[Problem]:
    """Boxes of the class ``fit`` whose text runs over, and papers with more pages than ``data-pages`` of the body."""
    found = [
        Problem(TEXT_OVERFLOW, str(_("“%(field)s”太长，纸上放不下。", field=box.element.get("data-field", ""))))
        for page in document.pages
        for box in boxes_of_class(page, "fit")
        if _runs_over(box)
    ]
    if len(document.pages) > _pages_allowed(document):
        found.append(Problem(TEXT_OVERFLOW, str(_("内容太长，一份纸面放不下。"))))
    return list(dict.fromkeys(found))


def _runs_over(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox  # slow, loaded with the layout

    right = box.content_box_x() + box.width + SLACK
    bottom = box.content_box_y() + box.height + SLACK
    for inner in box.descendants():
        if isinstance(inner, LineBox) and inner.position_y + inner.height > bottom:
            return True
        if isinstance(inner, TextBox) and inner.position_x + inner.width > right:
            return True
    return False


def _pages_allowed(document: Any) -> int:
    body = document._html.etree_element.find("body")
    return int(body.get("data-pages", "1"))


def pdfa_faults(pdf: bytes) -> list[str]:
    """The PDF/A-3u rules that the file breaks, in English for the log; empty when it breaks none.

    Our own rules (ISO 19005-3: 6.1 file, 6.2 graphics and fonts, 6.6 metadata), not a full validator."""
    import pikepdf  # slow, and only papers need it

    with pikepdf.open(io.BytesIO(pdf)) as source:
        faults = [] if re.match(rb"%PDF-1\.\d\r?\n%[\x80-\xff]{4}", pdf) else ["no binary comment after the header"]
        faults += ["no /ID"] if "/ID" not in source.trailer else []
        faults += ["encrypted"] if "/Encrypt" in source.trailer else []
        faults += _metadata_faults(source)
        for item in source.objects:
            if isinstance(item, pikepdf.Stream):
                faults += _stream_faults(item)
            elif isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0":
                faults += _font_faults(item)
        return faults


def _metadata_faults(source: Any) -> list[str]:
    faults = []
    root = source.Root
    if "/Metadata" not in root:
        return ["no XMP metadata"]
    xmp = root.Metadata.read_bytes().decode("utf-8")
    if not re.search(r'pdfaid:part(="|>)3', xmp) or not re.search(r'pdfaid:conformance(="|>)U', xmp):
        faults.append("the metadata does not say PDF/A-3u")
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate"), ("/Title", "dc:title")):
        if (key in source.docinfo) != (name in xmp):
            faults.append(f"information {key} and metadata {name} disagree")
    intents = root.get("/OutputIntents", [])
    if not [intent for intent in intents if intent.get("/S") == "/GTS_PDFA1"]:
        faults.append("no output intent")
    return faults


def _stream_faults(stream: Any) -> list[str]:
    faults = []
    if stream.get("/Subtype") == "/Image" and bool(stream.get("/Interpolate", False)):
        faults.append("an image is interpolated")
    if "/F" in stream:
        faults.append("a stream lies outside the file")
    if "LZW" in str(stream.get("/Filter", "")):
        faults.append("LZW compression")
    return faults


def _font_faults(font: Any) -> list[str]:
    from fontTools.ttLib import TTFont  # slow, and only checks need it

    faults = []
    name = str(font.BaseFont)
    inner = font.DescendantFonts[0]
    descriptor = inner.FontDescriptor
    if "/ToUnicode" not in font:
        faults.append(f"{name}: no ToUnicode")
    if "/FontFile2" not in descriptor:
        return [*faults, f"{name}: no TrueType outlines embedded"]
    if not name == str(inner.BaseFont) == str(descriptor.FontName):
        faults.append(f"{name}: three different names")
    outlines = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
    glyphs, metrics, em = outlines.getGlyphOrder(), outlines["hmtx"], outlines["head"].unitsPerEm
    for glyph, width in _widths(inner.get("/W", [])).items():
        if glyph < len(glyphs) and abs(metrics[glyphs[glyph]][0] * 1000 / em - width) > 1:
            faults.append(f"{name}: glyph {glyph} has another width in the file than in the font")
    return faults


def _widths(array: Any) -> dict[int, float]:
    """The /W array of a CID font: ``c [w1 w2 …]`` and ``first last w``."""
    import pikepdf  # slow, see above

    widths: dict[int, float] = {}
    items = list(array)
    while items:
        if isinstance(items[1], pikepdf.Array):
            first, run, items = int(items[0]), list(items[1]), items[2:]
            widths |= {first + offset: float(width) for offset, width in enumerate(run)}
        else:
            first, last, width, items = int(items[0]), int(items[1]), float(items[2]), items[3:]
            widths |= dict.fromkeys(range(first, last + 1), width)
    return widths

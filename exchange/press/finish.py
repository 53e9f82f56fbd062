"""The last touch before a paper is written: backdrop and QR code under the text, font names of its own."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from exchange.press.qr import bits

if TYPE_CHECKING:
    from exchange.press.backdrop import Backdrop

POINTS = 0.75  # per CSS pixel
INK = "0.11"


def finisher(backdrop: "Backdrop | None", qr_text: str | None, salt: str) -> Callable[[Any, Any], None]:
    """What WeasyPrint calls between laying out and writing."""

    def finish(document: Any, pdf: Any) -> None:
        tag_fonts(pdf, salt)
        under = [b""] * len(document.pages)
        resources = _resources(pdf)
        if backdrop is not None:
            resources["XObject"][backdrop.name] = _add(pdf, backdrop.numbered_from(len(pdf.objects)))
            under = [b"q /%s Do Q" % backdrop.name.encode()] * len(document.pages)
        if qr_text:
            code = _add(pdf, [_image_mask(qr_text)])
            for index, page in enumerate(document.pages):
                for place in _places(page):
                    resources["XObject"]["QR"] = code
                    under[index] += b" " + place
        for page_number, operators in zip(pdf.pages["Kids"][::3], under, strict=True):
            if operators:
                contents = pdf.objects[page_number]["Contents"]
                pdf.objects[int(contents.split()[0])].stream.insert(0, operators)

    return finish


def tag_fonts(pdf: Any, salt: str) -> None:
    """WeasyPrint names a font after its description: two papers in one print file would then carry two different
    fonts of one name, and some printers keep the first. So every paper gets tags of its own."""
    for item in pdf.objects:
        for key in ("BaseFont", "FontName"):
            if isinstance(item, dict) and key in item:
                name = item[key] if isinstance(item[key], bytes) else str(item[key]).encode()
                family = name.rpartition(b"+")[2]
                digest = hashlib.sha256(salt.encode() + name).digest()
                item[key] = b"/" + bytes(65 + digit % 26 for digit in digest[:6]) + b"+" + family


def _resources(pdf: Any) -> Any:
    """WeasyPrint gives all pages of a document one dictionary."""
    first_page = pdf.objects[pdf.pages["Kids"][0]]
    return pdf.objects[int(first_page["Resources"].split()[0])]


def _add(pdf: Any, objects: list[bytes]) -> bytes:
    """Add finished objects; the reference of the first."""
    import pydyf  # comes with WeasyPrint, and like it only on first use

    class Finished(pydyf.Object):  # type: ignore[misc]
        compressible = False

        def __init__(self, data: bytes) -> None:
            super().__init__()
            self.finished = data

        @property
        def data(self) -> bytes:
            return self.finished

    reference = b"%d 0 R" % len(pdf.objects)
    for data in objects:
        pdf.add_object(Finished(data))
    return reference


def _image_mask(text: str) -> bytes:
    side, rows = bits(text)
    return (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ImageMask true/BitsPerComponent 1/Length %d>>"
        b"\nstream\n%s\nendstream" % (side, side, len(rows), rows)
    )


def _places(page: Any) -> list[bytes]:
    """Operators that paint the code into every box of the class ``qr`` on the page."""
    found = []
    for box in boxes_of_class(page, "qr"):
        left, bottom = box.content_box_x(), page.height - box.content_box_y() - box.height
        found.append(
            f"q {INK} g {box.width * POINTS:.3f} 0 0 {box.height * POINTS:.3f}"
            f" {left * POINTS:.3f} {bottom * POINTS:.3f} cm /QR Do Q".encode()
        )
    return found


def boxes_of_class(page: Any, name: str) -> list[Any]:
    """The boxes of elements with a class, each element once."""
    return [
        box
        for box in page._page_box.descendants(placeholders=True)
        if box.element is not None
        and box.element_tag == box.element.tag
        and name in box.element.get("class", "").split()
    ]

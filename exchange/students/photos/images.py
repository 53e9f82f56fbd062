"""Turns whatever was photographed into one kind of portrait: upright, of limited size, without hidden data."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from exchange.students.models import PhotoHint, PhotoOutcome

SMALLEST = (120, 150)
LARGEST = (600, 800)
PRINTS_WELL = (295, 413)  # 一寸 at 300 dpi
MOST_PIXELS = 60_000_000
MOST_DECODED = 24_000_000  # of a JPEG those of the small copy that it gives at once; of a PNG all of them
FORMATS = ("JPEG", "PNG")
QUALITY = 88
NARROWEST, WIDEST = 1.15, 1.7  # height over width of portraits for documents
BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError, MemoryError, struct.error, zlib.error)


class Unfit(Exception):
    """The file gives no portrait; ``outcome`` says why."""

    def __init__(self, outcome: PhotoOutcome):
        super().__init__(outcome.value)
        self.outcome = outcome


@dataclass(frozen=True)
class Portrait:
    """A JPEG as it will be kept."""

    content: bytes
    width: int
    height: int
    hint: PhotoHint | None


def portrait_from(content: bytes) -> Portrait:
    """Re-encode the image, which strips place, time and camera. Raises ``Unfit``."""
    from PIL import Image, ImageOps  # loads slowly, and only uploads need it

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit(PhotoOutcome.TOO_LARGE)
            image.draft("RGB", LARGEST)  # a large JPEG is decoded small at once
            if image.width * image.height > MOST_DECODED:
                raise Unfit(PhotoOutcome.TOO_LARGE)
            ImageOps.exif_transpose(image, in_place=True)
            plain = _on_white(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(PhotoOutcome.TOO_LARGE) from None
    except BROKEN:
        raise Unfit(PhotoOutcome.NOT_AN_IMAGE) from None
    if plain.width < SMALLEST[0] or plain.height < SMALLEST[1]:
        raise Unfit(PhotoOutcome.TOO_SMALL)
    plain.thumbnail(LARGEST)
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return Portrait(out.getvalue(), plain.width, plain.height, hint_for(plain.width, plain.height))


def hint_for(width: int, height: int) -> PhotoHint | None:
    """What looks odd about these measures."""
    ratio = height / width
    if ratio < 1:
        return PhotoHint.LANDSCAPE
    if ratio < NARROWEST:
        return PhotoHint.SQUARE
    if ratio > WIDEST:
        return PhotoHint.NARROW
    return PhotoHint.SMALL if width < PRINTS_WELL[0] or height < PRINTS_WELL[1] else None


def _on_white(image):  # type: ignore[no-untyped-def]
    """Plain RGB; what is transparent becomes white, as on paper."""
    from PIL import Image

    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    converted = image.convert("RGB")
    converted.info.clear()
    return converted

"""Photographs of nobody, and archives of them."""

import zipfile
from io import BytesIO

from PIL import Image

CAMERA = 271  # the EXIF tag of the maker


def photograph(width=360, height=480, *, kind="JPEG", mode="RGB", orientation=None):
    """A picture of one colour that says which camera took it."""
    out = BytesIO()
    exif = Image.Exif()
    exif[CAMERA] = "Camera of a village"
    if orientation:
        exif[274] = orientation
    Image.new(mode, (width, height)).save(out, kind, exif=exif)
    return out.getvalue()


def archive(files):
    """A ZIP of name → content."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()

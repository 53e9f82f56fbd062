"""Laying out with WeasyPrint: one font configuration, one parsed style sheet and one image cache per print run."""

import atexit
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from exchange.press.fonts import FontSet
from exchange.press.template import ART

WRITING = Lock()
"""One thread at a time: the filters of warnings belong to the whole process."""
NOTHING_INSTALLED = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@cache
def engine() -> Any:
    """WeasyPrint, on first use: importing it takes about a second, and only papers need it.

    The process gets a fontconfig of its own that knows no installed font: the faces of a run are all there is,
    so nothing can be substituted and every machine lays out alike."""
    folder = tempfile.mkdtemp(prefix="exchange-press-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    config = Path(folder, "fonts.conf")
    config.write_text(NOTHING_INSTALLED.format(folder=folder), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "No fonts configured", which is the point
        import weasyprint
        import weasyprint.text.fonts  # slow, see above
    return weasyprint


def fetcher_for(fonts: FontSet) -> Any:
    """Reads the only addresses a paper can read: ``data:``, our drawings (``art:``), the cut faces (``font:``)."""
    engine()
    return _fetcher_class()(fonts)


@cache
def _fetcher_class() -> type:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # after engine() has set the fonts

    class PaperFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self, fonts: FontSet) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.fonts = fonts

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _colon, name = url.partition(":")
            if scheme == "font":
                return URLFetcherResponse(url, self.fonts.files[name], {"Content-Type": "font/ttf"})
            if scheme == "art":
                if name not in {path.name for path in ART.glob("*.svg")}:
                    raise ValueError(f"no such drawing: {name}")
                return URLFetcherResponse(url, (ART / name).read_bytes(), {"Content-Type": "image/svg+xml"})
            return super().fetch(url, headers)

    return PaperFetcher


class Layout:
    """Lays out documents that share fonts and style. Belongs to one process and one thread."""

    def __init__(self, fonts: FontSet, style: str) -> None:
        weasyprint = engine()
        self.fetcher = fetcher_for(fonts)
        self.fonts = weasyprint.text.fonts.FontConfiguration()
        self.style = weasyprint.CSS(string=fonts.css + style, font_config=self.fonts, url_fetcher=self.fetcher)
        self.images: dict[str, Any] = {}

    def lay_out(self, html: str) -> Any:
        """The pages of a document, not yet written."""
        page = engine().HTML(string=html, base_url="art:", url_fetcher=self.fetcher)
        return page.render(font_config=self.fonts, stylesheets=[self.style], cache=self.images, pdf_variant="pdf/a-3u")


def write(document: Any, finisher: Any) -> bytes:
    """The document as PDF/A-3u."""
    with WRITING, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves the file of its colour profile open
        return document.write_pdf(finisher=finisher, pdf_variant="pdf/a-3u")  # type: ignore[no-any-return]

"""The pictures of the README, taken from the demonstration year: ``.venv/bin/python docs/pictures/take.py``.

Tells the demonstration in a folder of its own, opens it in Chromium and writes the four PNG files beside this file.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright
from pypdfium2 import PdfDocument

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from tests.journeys.installation import Installation, told_once  # noqa: E402
from tests.journeys.visit import Visits, follow  # noqa: E402

WIDTH, COLOURS = 1100, 256
HONOUR = "SELECT id FROM certificate WHERE kind = 'honour_certificate' AND status = 'valid' ORDER BY id LIMIT 1"
SHEET = "SELECT id FROM mark_sheet WHERE status = 'draft' ORDER BY id LIMIT 1"
PLACEMENT = "SELECT id FROM placement WHERE status = 'preparing' ORDER BY id LIMIT 1"


def take(school, chromium):
    """Three screens and a certificate, as their readers see them."""
    visit = Visits(school, chromium)
    officer, teacher, registrar = visit("internship_officer"), visit("subject_teacher"), visit("registrar")
    shot(officer, "home")
    follow(teacher, "课程")
    teacher.goto(f"/coursework/sheets/{school.count(SHEET)}", wait_until="networkidle")
    teacher.locator("[data-grid] tbody input").nth(4).focus()
    shot(teacher, "marks")
    officer.goto(f"/placements/{school.count(PLACEMENT)}", wait_until="networkidle")
    shot(officer, "placement")
    pdf = registrar.request.get(f"/certificates/{school.count(HONOUR)}.pdf").body()
    with PdfDocument(pdf) as document:
        keep(document[0].render(scale=2).to_pil(), "letter")
    visit.close()


def shot(page, name):
    page.set_viewport_size({"width": 1200, "height": 760})
    keep(Image.open(BytesIO(page.screenshot())), name)


def keep(picture, name):
    picture = picture.convert("RGB")
    picture.thumbnail((WIDTH, WIDTH))
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        school = Installation(told_once(Path(folder) / "demonstration"))
        school.start()
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            take(school, chromium)
        finally:
            chromium.close()
            school.stop()


if __name__ == "__main__":
    main()

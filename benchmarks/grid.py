"""How the mark sheet feels with 60 students and 12 assessments in Chromium: ``python -m benchmarks grid``.

From the key to the paint after it, beside a bare input on an empty page (the floor: what this machine, with the load it
has, gives anybody), and the work of the page alone; then from a paste of 720 cells until the server has confirmed the
last of them.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.conftest import CHROMIUM_OPTIONS
from tests.journeys.installation import Installation

STUDENTS, ASSESSMENTS = 60, 12
KEY, PASTE = 50, 1000  # ms
PASTES = 5
LINE = "{:<44}{:>7}{:>10}{:>10}{:>10}{:>10}  {}"
HEADS = ("", "keys", "median", "95 %", "highest", "own work", "budget")
BARE = "<!doctype html><title>floor</title><input autofocus>"
WATCH = """
window.keys = [];
addEventListener("keydown", (event) => {
  const began = event.timeStamp;
  requestAnimationFrame(() => {
    const after = new MessageChannel();  // its message comes when the frame has been painted
    after.port1.onmessage = () => window.keys.push(performance.now() - began);
    after.port2.postMessage(0);
  });
}, true);
"""
PASTE_ALL = """
(text) => new Promise((resolve) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  const began = performance.now();
  document.activeElement.dispatchEvent(event);
  const handled = performance.now() - began;
  let painted = 0;
  requestAnimationFrame(() => requestAnimationFrame(() => (painted = performance.now() - began)));
  const look = () => {
    const isSaved = localStorage.length === 0 && document.querySelectorAll("td[data-state=saved]").length === COUNT;
    if (isSaved && painted) resolve([handled, painted, performance.now() - began]);
    else setTimeout(look, 5);
  };
  look();
})
""".replace("COUNT", str(STUDENTS * ASSESSMENTS))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="exchange-grid-") as name:
        school = Installation(Path(name))
        school.publish()
        school.run("db", "upgrade")
        (built,) = school.build("tests.factories.mark_classes", STUDENTS, ASSESSMENTS, 1)
        school.start()
        try:
            missed = _measure(school, built)
        finally:
            school.stop()
    print(f"\nmissed: {', '.join(missed)}" if missed else f"\nMet: {KEY} ms a key, {PASTE} ms a paste.")
    return bool(missed)


def _measure(school: Installation, built: dict) -> list[str]:
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        print(f"Mark sheet of {STUDENTS} × {ASSESSMENTS}: milliseconds (load {os.getloadavg()[0]:.1f})\n")
        print(LINE.format(*HEADS))
        floor = _floor(browser)
        page = browser.new_page(base_url=school.url, locale="zh-CN", viewport={"width": 1366, "height": 768})
        _open(page, built)
        missed = [what for what, press in STORIES.items() if _row(what, page, press) > max(KEY, floor)]
        missed += _pastes(page)
        browser.close()
    return missed


def _floor(browser: Browser) -> float:
    """Keys in a bare input; where they take longer than the budget, the machine is too busy to judge by it."""
    page = browser.new_page()
    page.set_content(BARE)
    page.evaluate(WATCH)
    high = _row("floor: a bare input on an empty page", page, _type_a_column)
    page.close()
    return high


def _open(page: Page, built: dict) -> None:
    page.goto(f"/accounts/sign-in?next=/coursework/sheets/{built['sheet']}")
    page.fill("[name=username]", str(built["teacher"]))
    page.fill("[name=password]", str(built["password"]))
    page.click("main form button")
    page.wait_for_url("**/coursework/sheets/*", wait_until="networkidle")
    page.evaluate(WATCH)


def _type_a_column(page: Page) -> None:
    for number in range(STUDENTS):
        page.keyboard.type(str(40 + number))
        page.keyboard.press("Enter")


def _type_a_row(page: Page) -> None:
    for number in range(ASSESSMENTS - 1):
        page.keyboard.type(str(40 + number))
        page.keyboard.press("Tab")


def _walk(page: Page) -> None:
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft") * 10:
        page.keyboard.press(key)


def _choose(page: Page) -> None:
    for _step in range(STUDENTS - 1):
        page.keyboard.press("Shift+ArrowDown")
    for _step in range(ASSESSMENTS - 1):
        page.keyboard.press("Shift+ArrowRight")


STORIES = {
    "typing down a column, Enter": _type_a_column,
    "typing along a row, Tab": _type_a_row,
    "walking with the arrows": _walk,
    "choosing the whole sheet, Shift+arrows": _choose,
}


def _row(what: str, page: Page, press: Callable[[Page], None]) -> float:
    """Print what the keys of a story have taken; gives back what 95 of 100 stay below."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.locator("[data-grid] input, input[autofocus]").first.focus()
    page.evaluate("window.keys.length = 0")
    before = _work(session)
    press(page)
    page.wait_for_timeout(300)
    taken, work = page.evaluate("window.keys"), _work(session) - before
    high = statistics.quantiles(taken, n=20)[-1]
    figures = (statistics.median(taken), high, max(taken), work / len(taken))
    verdict = f"met (95 % ≤ {KEY})" if high <= KEY else f"over {KEY}"
    print(LINE.format(what, len(taken), *(f"{figure:.1f}" for figure in figures), verdict), flush=True)
    return high


def _work(session: CDPSession) -> float:
    """Milliseconds that the page's own thread has worked: scripts, style, layout, paint."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration") * 1000


def _pastes(page: Page) -> list[str]:
    rounds = []
    for number in range(PASTES):
        page.wait_for_function("() => localStorage.length === 0")
        page.locator("[data-grid] input").first.focus()
        rounds.append(page.evaluate(PASTE_ALL, "\n".join(_line(number * 13 + row) for row in range(STUDENTS))))
    handled, painted, saved = (statistics.median(each) for each in zip(*rounds, strict=True))
    worst = max(each[2] for each in rounds)
    print(f"\n{STUDENTS * ASSESSMENTS} cells pasted, median of {PASTES}: in the page after {handled:.0f} ms,")
    print(f"painted after {painted:.0f} ms, all saved after {saved:.0f} ms (slowest {worst:.0f} ms)")
    return [] if saved <= PASTE else ["paste"]


def _line(first: int) -> str:
    return "\t".join(str((first + column) % 100) for column in range(ASSESSMENTS))


if __name__ == "__main__":
    sys.exit(main())

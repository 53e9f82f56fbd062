"""Every page that the menu of a role leads to can be used without eyes and without a mouse."""

from collections import Counter

import pytest
from playwright.sync_api import expect

from exchange.accounts.roles import Role

pytestmark = pytest.mark.browser

LINKS = ".sidebar a, main a.button:not([href$='.pdf']):not([href$='.zip']), main .tabs a, main a.row-link"
PAGES_PER_ROLE = 12
FAULTS = """() => {
  const seen = (element) => element.checkVisibility();
  const text = (id) => document.getElementById(id)?.textContent ?? "";
  const name = (element) => (
    element.getAttribute("aria-label")
    || (element.getAttribute("aria-labelledby") ?? "").split(" ").map(text).join("")
    || [...(element.labels ?? [])].map((label) => label.textContent).join("")
    || element.title
    || (["A", "BUTTON", "SUMMARY"].includes(element.tagName) ? element.textContent : "")
  ).trim();
  const kinds = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const controls = [...document.querySelectorAll(kinds)];
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const described = [...document.querySelectorAll("[aria-describedby]")].map((e) => e.getAttribute("aria-describedby"));
  return {
    headings: document.querySelectorAll("h1").length,
    unnamed: controls.filter((each) => seen(each) && !name(each)).map((each) => each.outerHTML.slice(0, 120)),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    dangling: described.filter((id) => !document.getElementById(id)),
    tables: [...document.querySelectorAll("table")].filter((table) => !table.caption).length,
    images: [...document.images].filter((image) => !image.hasAttribute("alt")).length,
    language: document.documentElement.lang,
  };
}"""
CLEAN = {"headings": 1, "unnamed": [], "twice": [], "dangling": [], "tables": 0, "images": 0, "language": "zh-Hans"}
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), { top } = element.getBoundingClientRect();
  return { tag: element.tagName, width: parseFloat(style.outlineWidth), style: style.outlineStyle, top };
}"""


@pytest.mark.parametrize("role", list(Role))
def test_pages_of_the_menu_have_names_for_everything(visit, role):
    page = visit(role.value)
    found = {}

    for address in addresses(page):
        page.goto(address)
        found[address] = page.evaluate(FAULTS)

    assert {address: faults for address, faults in found.items() if faults != CLEAN} == {}


def addresses(page):
    """Home, every word of the menu, and one step further from each; one page of a kind is enough."""
    found = ["/"]
    for word in hrefs(page, ".sidebar a"):
        page.goto(word)
        found += [word, *hrefs(page, LINKS)]
    kinds = {"".join(each for each in address.split("?")[0] if not each.isdigit()): address for address in found}
    return list(kinds.values())[:PAGES_PER_ROLE]


def hrefs(page, selector):
    return page.locator(selector).evaluate_all("links => links.map((link) => link.getAttribute('href'))")


@pytest.mark.parametrize("address", ["/accounts/sign-in", "/verify"])
def test_pages_for_everybody_have_names_for_everything(visit, address):
    page = visit()

    page.goto(address)

    assert page.evaluate(FAULTS) == CLEAN


@pytest.mark.parametrize("address", ["/", "/students", "/certificates", "/imports"])
def test_focus_is_seen_wherever_tab_leads(visit, address):
    page = visit("registrar")
    page.goto(address)

    for _each in range(3):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["style"] != "none", focus
        assert focus["width"] >= 2, focus
        assert focus["top"] >= 0, focus


def test_the_first_tab_leads_past_the_menu(visit):
    page = visit("registrar")
    page.goto("/students")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main :focus")).to_have_count(1)


def test_page_titles_tell_the_pages_apart(visit):
    page = visit("registrar")
    titles = Counter()

    for address in hrefs(page, ".sidebar a"):
        page.goto(address)
        titles[page.title()] += 1

    assert [title for title, count in titles.items() if count > 1] == []

"""A class of 45 with six assessments, entered by keyboard alone through everything that comes between."""

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.visit import sign_in

pytestmark = pytest.mark.browser

STUDENTS, ASSESSMENTS = 45, 6
NETWORK = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"
SIGNED_OUT = "status of 4(01|19)"
BUILDER = "tests.factories.mark_classes"
MARKS = """
    SELECT mark.student_id, mark.assessment_id, score, special, mark.version FROM mark
    JOIN assessment ON assessment.id = mark.assessment_id WHERE sheet_id = ?
"""
TRAIL = "tests.journeys.trail_of_sheet"
SIGNS = {"absent": "缺", "deferred": "缓", "exempt": "免"}
RETURN = 60_000  # ms until the browser has tried again


@pytest.fixture(scope="module")
def school(own_school):
    return own_school


class Entry:
    """A teacher at the keyboard: where the focus is, and what the sheet should hold in the end."""

    def __init__(self, page, built):
        self.page, self.built = page, built
        self.keys = page.keyboard
        self.expected = {}
        self.changes = {}  # cell → how often it was really changed

    def open(self):
        self.page.goto(f"/coursework/sheets/{self.built['sheet']}")
        expect(self.page.locator("[data-missing]").first).not_to_have_text("–")  # the script has arrived
        self.page.get_by_role("table").get_by_role("textbox").first.focus()  # as Tab would, past the navigation

    def go(self, row, column):
        """With the arrows, from wherever the focus is."""
        for key, steps in self._steps(row, column):
            for _step in range(steps):
                self.keys.press(key)
        assert self.place() == (row, column)

    def _steps(self, row, column):
        here = self.place()
        yield "ArrowDown" if row > here[0] else "ArrowUp", abs(row - here[0])
        yield "ArrowRight" if column > here[1] else "ArrowLeft", abs(column - here[1])

    def place(self):
        student, assessment = self.page.evaluate(
            "[document.activeElement.dataset.student, document.activeElement.dataset.assessment].map(Number)"
        )
        return self.built["students"].index(student), self.built["assessments"].index(assessment)

    def type(self, value, *, keys=None):
        """Type it here and go down."""
        self._expect(*self.place(), value)
        self.keys.type(keys or value)
        self.keys.press("Enter")

    def paste(self, text, *, html=""):
        """From the clipboard, where another program has put it."""
        self.page.evaluate(
            """([text, html]) => navigator.clipboard.write([new ClipboardItem({
              "text/plain": new Blob([text], { type: "text/plain" }),
              ...(html && { "text/html": new Blob([html], { type: "text/html" }) }),
            })])""",
            [text, html],
        )
        self.keys.press("Control+v")

    def _expect(self, row, column, value):
        cell = self.built["students"][row], self.built["assessments"][column]
        if self.expected.get(cell, "") != value:
            self.changes[cell] = self.changes.get(cell, 0) + 1
        self.expected[cell] = value

    def expect_column(self, column, values, *, start=0):
        for row, value in enumerate(values, start):
            self._expect(row, column, value)

    def settled(self):
        """Everything is on the server."""
        until(self.page, "localStorage.length === 0", seconds=RETURN / 1000)
        expect(self.page.locator("[data-sheet-status]")).to_contain_text("已保存")

    def said(self, words):
        expect(self.page.locator("[data-sheet-message]")).to_contain_text(words)


def value_of(row, column):
    return str(50 + (row * 7 + column * 11) % 50)


def column_of(column, rows=range(STUDENTS)):
    return [value_of(row, column) for row in rows]


@pytest.fixture
def built(school):
    return school.build(BUILDER, STUDENTS, ASSESSMENTS, 1, "subject_teacher")[0]


@pytest.fixture
def entry(visit, built):
    visit.expect(NETWORK)
    visit.expect(SIGNED_OUT)
    page = visit("subject_teacher")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    entry = Entry(page, built)
    entry.open()
    return entry


def test_class_is_entered_by_keyboard_through_cuts_and_a_conflict(school, visit, entry, built):
    type_first_column(entry)
    type_second_column_while_the_session_ends(entry)
    paste_two_columns_with_head_and_names_while_the_network_is_gone(entry, built)
    fill_down_and_copy_within_the_sheet(entry)
    correct_and_undo(entry)
    meet_a_conflict(visit, entry, built)
    entry.settled()

    stored = school.rows(MARKS, built["sheet"])
    values = {(student, column): shown(score, special) for student, column, score, special, _version in stored}
    assert values == entry.expected
    assert len(values) == STUDENTS * ASSESSMENTS
    assert history_ends_and_counts(school, built) == (values, entry.changes)


def type_first_column(entry):
    for row in range(STUDENTS):
        entry.type(value_of(row, 0))
    entry.settled()


def type_second_column_while_the_session_ends(entry):
    entry.go(0, 1)
    for row in range(STUDENTS):
        if row == 20:
            entry.page.context.clear_cookies()
        entry.type({7: "缺", 8: "缓", 9: "免"}.get(row, value_of(row, 1)), keys={7: "q", 8: "h", 9: "m"}.get(row))
    expect(entry.page.locator("[data-sheet-status]")).to_contain_text("登录已过期", timeout=RETURN)

    sign_in(entry.page.context.new_page(), "subject_teacher")
    entry.page.bring_to_front()
    entry.settled()


def paste_two_columns_with_head_and_names_while_the_network_is_gone(entry, built):
    """From a list in another order, as Excel puts it on the clipboard; then the computer is closed and opened again."""
    rows = list(reversed(range(STUDENTS)))
    table = [["成绩", "", ""], ["姓名", "考核3", "考核4"]]
    table += [[built["names"][row], value_of(row, 2), value_of(row, 3)] for row in rows]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in table[1:])
    html = f"<table><tr><td colspan=3>成绩</td></tr>{cells}</table>"
    entry.go(0, 2)
    entry.page.context.set_offline(True)

    entry.paste("\r\n".join("\t".join(line) for line in table), html=html)
    entry.said("粘贴了 90 格，改动 90 格")
    entry.said("表头 2 行没有粘贴。")
    entry.expect_column(2, column_of(2))
    entry.expect_column(3, column_of(3))
    expect(entry.page.locator("[data-sheet-status]")).to_contain_text("未保存 90 格", timeout=RETURN)

    context = entry.page.context
    entry.page.close()
    context.set_offline(False)
    entry.page = context.new_page()
    entry.keys = entry.page.keyboard
    entry.open()
    entry.said("找回了上次没保存的 90 格")
    entry.settled()


def fill_down_and_copy_within_the_sheet(entry):
    """Column 5 takes one value for all; column 6 is a copy of column 1."""
    entry.go(0, 4)
    entry.keys.type("80")
    entry.keys.press("Control+d")
    entry.said("向下填充了 44 格")
    entry.expect_column(4, ["80"] * STUDENTS)

    entry.go(0, 0)
    entry.keys.press("Control+Shift+ArrowDown")
    entry.said("选了 45 行 1 列")
    entry.keys.press("Control+c")
    entry.go(0, 5)
    entry.keys.press("Control+v")
    entry.said("粘贴了 45 格，改动 45 格")
    entry.expect_column(5, column_of(0))
    entry.settled()


def correct_and_undo(entry):
    """Single marks are typed again, one is refused and mended, and a wrong paste is taken back."""
    for row, column, value in ((3, 2, "91.5"), (44, 5, "缺"), (0, 0, "100")):
        entry.go(row, column)
        entry.type(value)
    entry.go(5, 3)
    entry.keys.type("188")
    entry.keys.press("Enter")
    expect(entry.page.locator("[data-sheet-problems]")).to_contain_text("188 超出范围")
    entry.keys.press("F8")
    assert entry.place() == (5, 3)
    entry.type("88")
    entry.settled()

    entry.go(10, 1)
    before = column_of(1, range(10, 13))
    entry.paste("1\n2\n3")
    entry.expect_column(1, ["1", "2", "3"], start=10)
    entry.settled()
    entry.keys.press("Control+z")
    entry.said("已撤销 3 格")
    entry.expect_column(1, before, start=10)
    entry.settled()


def meet_a_conflict(visit, entry, built):
    """The registrar has written into a cell meanwhile; the teacher sees both values and takes the other one."""
    other = Entry(visit("registrar"), built)
    other.open()
    other.go(30, 4)
    other.type("79")
    other.settled()
    entry.go(30, 4)
    entry.keys.type("71")
    entry.keys.press("Enter")
    problems = entry.page.locator("[data-sheet-problems]")
    expect(problems).to_contain_text("你填的是 71")
    expect(problems).to_contain_text("填了 79")

    for key in ("F8", "Alt+Enter", "Tab", "Enter"):
        entry.keys.press(key)
    expect(problems).to_be_hidden()
    assert entry.place() == (30, 4)
    entry.expect_column(4, ["79"], start=30)


def shown(score, special):
    return SIGNS[special] if special else f"{float(score):g}"


def history_ends_and_counts(school, built):
    """What each cell held last and how often it was changed, as the trail tells it; a line begins where one ended."""
    last, counts = {}, {}
    for student, column, action, old, new, actor in school.build(TRAIL, built["sheet"]):
        cell = student, column
        assert (old, action) == (last.get(cell, ""), "mark.changed" if cell in last else "mark.recorded")
        assert actor is not None
        last[cell], counts[cell] = new, counts.get(cell, 0) + 1
    return last, counts

"""What every template keeps to: it uses what it imports, styles nothing by itself and masks what names a person."""

import re

import pytest
from jinja2 import nodes

from exchange.core.database import Base
from exchange.core.encryption import EncryptedText
from tests.guards.templates import ROOT, page_templates, tree, walk

MASKS = {"masked", "masked_name"}
SENTENCES = {
    *("reason", "failure", "revoked_because", "refusal", "withdrawn_because", "because", "note", "void_note"),
    *("remark", "with_whom", "agreed", "next_step", "spoken_to", "situation", "wishes"),
    *("did", "learnt", "text", "answer", "mentor_words", "words", "result", "host_words", "school_words"),
}
"""Sealed because people may write anything into them; shown to whoever may see the record."""

SHOWN_OPENLY = {
    ("conduct/class.html", "comment"): "whoever looks after the class reads what is said about its students",
    ("conduct/of_student.html", "comment"): "written for the student and the guardians",
    ("messages/show.html", "body"): "only whom it was written to can open it",
    ("orders/show.html", "cancel_reason"): "whoever sees the order reads why it was cancelled",
    ("attendance/_person.html", "phone"): "the homeroom teacher calls the family and the student with one tap",
    ("attendance/leave_request.html", "phone"): "the homeroom teacher asks the guardian before deciding",
    ("enrolment/_arrival.html", "guardian_phone"): "the teacher calls the parents on the evening of the arrival",
    ("enrolment/arrivals.html", "escort_phone"): "whoever meets the train calls the escort",
    ("aid/of_student.html", "poverty"): "the page is the aid officer's alone",
    ("placements/mine.html", "instructor_phone"): "the student calls the teacher",
    ("placements/mine.html", "mentor_phone"): "the student calls the mentor",
    ("placements/show.html", "instructor_phone"): "whoever looks after the placement calls the teacher",
    ("placements/show.html", "mentor_phone"): "whoever looks after the placement calls the mentor",
    ("welfare/note_contact.html", "phone"): "whoever notes the call makes it from here, in one tap",
    ("welfare/group_list.html", "phone"): "the escort carries the list on paper; that it was taken is recorded",
    ("welfare/group_list.html", "ticket"): "the escort hands out the tickets",
    ("welfare/tickets.html", "ticket"): "who buys the tickets types their numbers",
    ("welfare/visit_sheets.html", "address"): "the visitor must find the house; that it was printed is recorded",
    ("welfare/visit_sheets.html", "phone"): "the visitor calls from the road; that it was printed is recorded",
    ("students/show.html", "poverty"): "the aid officer needs it; the page asks first",
}
NO_RECORDS = {"form", "columns", "config", "host"}
"""Names in templates behind which no person stands."""


@pytest.mark.parametrize("name", page_templates())
def test_imported_macros_are_used(app, name):
    template = tree(app, name)
    used = {node.name for node in template.find_all(nodes.Name)}
    names = [name for node in template.find_all(nodes.FromImport) for name in node.names]
    imported = {name[1] if isinstance(name, tuple) else name for name in names}

    assert imported - used == set()


@pytest.mark.parametrize("name", page_templates())
def test_page_has_no_style_and_no_script_of_its_own(name):
    text = (ROOT / name).read_text("utf-8")

    found = re.findall(r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", text)

    assert found == []


@pytest.mark.parametrize("name", page_templates())
def test_page_asks_no_other_host(name):
    text = (ROOT / name).read_text("utf-8")

    assert re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"']*""", text) == []


def sealed_columns():
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns if _is_sealed(column)}
    return columns - SENTENCES


def _is_sealed(column):
    return isinstance(column.type, EncryptedText)


@pytest.mark.parametrize("name", page_templates())
def test_what_identifies_a_person_is_masked(app, name):
    sealed = sealed_columns()

    open_values = {
        node.attr
        for node, above in walk(tree(app, name))
        if isinstance(node, nodes.Getattr)
        and node.attr in sealed
        and not (isinstance(node.node, nodes.Name) and node.node.name in NO_RECORDS)
        and not any(isinstance(each, nodes.Filter) and each.name in MASKS for each in above)
        and not (isinstance(above[-1], nodes.If) or (isinstance(above[-1], nodes.CondExpr) and above[-1].test is node))
    }

    assert {value for value in open_values if (name, value) not in SHOWN_OPENLY} == set(), "show it with |masked"


def test_sealed_columns_are_known():
    assert {"resident_id", "national_student_no", "phone", "address"} <= sealed_columns()


def test_exceptions_still_exist(app):
    stale = {
        (name, value)
        for name, value in SHOWN_OPENLY
        if not any(isinstance(node, nodes.Getattr) and node.attr == value for node, _above in walk(tree(app, name)))
    }

    assert stale == set()

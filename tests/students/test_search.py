import pytest
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.students import queries
from exchange.students.models import NamePart, Student
from exchange.students.search import parts_of
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.usefixtures("db")


def found(text):
    return [student.name for student in database.session.scalars(queries.listed(select(Student), q=text))]


def test_parts_of_a_name_begin_at_each_character_and_syllable():
    assert parts_of("刀玉兰", "dao yu lan") == {"刀玉兰", "玉兰", "兰", "daoyulan", "yulan", "lan"}


def test_parts_of_a_name_leave_out_the_separator():
    assert "艾岩温" in parts_of("艾·岩温", "ai yan wen")


@pytest.mark.parametrize("text", ["刀", "玉兰", "兰", "dao yu", "yulan", "lan", "DAO", "dyl"])
def test_search_finds_from_every_character_and_syllable_on(text):
    StudentFactory(name="刀玉兰", pinyin="dao yu lan", initials="dyl")
    StudentFactory(name="早文瑞", pinyin="zao wen rui", initials="zwr")

    assert found(text) == ["刀玉兰"]


@pytest.mark.parametrize("name", ["岩𠮷罕", "岩䶮", "\U0002fa1d岩", "岩\ud7ff"])
def test_search_finds_rare_characters_of_every_plane(name):
    StudentFactory(name=name, pinyin="yan", initials="y")

    assert found(name[-1]) == [name]


def test_search_follows_a_changed_name():
    student = StudentFactory(name="刀玉兰", pinyin="dao yu lan")
    student.name, student.pinyin = "刀玉香", "dao yu xiang"
    database.session.commit()

    assert (found("兰"), found("香")) == ([], ["刀玉香"])


def test_parts_go_with_the_student():
    student = StudentFactory()
    database.session.delete(student)
    database.session.commit()

    assert database.session.scalars(select(NamePart)).all() == []

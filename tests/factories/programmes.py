"""Terms, programmes, courses and classes."""

from datetime import date, timedelta
from decimal import Decimal

import factory

from exchange.programmes.models import (
    Course,
    CourseKind,
    HomeroomPeriod,
    PlannedCourse,
    Programme,
    ProgrammeVersion,
    SchoolClass,
    Term,
    VersionStatus,
)
from exchange.programmes.queries import COURSE_VALUES, version_in_force, versions_of
from tests.factories.accounts import HomeroomTeacherFactory
from tests.factories.base import Factory
from tests.factories.partners import CooperationProjectFactory


class TermFactory(Factory):
    class Meta:
        model = Term
        sqlalchemy_get_or_create = ("school_year", "number")

    school_year = 2026
    number = 1
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 1, 22)


class ProgrammeFactory(Factory):
    class Meta:
        model = Programme
        sqlalchemy_get_or_create = ("major", "intake_year")

    major = "740104"
    name = "高星级饭店运营与管理"
    intake_year = 2026

    @factory.post_generation
    def version(programme, create, _given):  # a programme has always one
        if create and not versions_of(programme.id):
            ProgrammeVersionFactory(programme=programme)


class ProgrammeVersionFactory(Factory):
    class Meta:
        model = ProgrammeVersion

    programme = factory.SubFactory(ProgrammeFactory)
    number = 1
    status = VersionStatus.IN_FORCE


class PlannedCourseFactory(Factory):
    """A course of a draft beside the version in force."""

    class Meta:
        model = PlannedCourse

    version = factory.SubFactory(ProgrammeVersionFactory, number=2, status=VersionStatus.DRAFT)
    code = factory.Sequence(lambda n: f"P{n:03d}")
    name = factory.Sequence(lambda n: f"计划课程{n}")
    kind = CourseKind.MAJOR
    subject = None
    hours = 72
    internship_months = None
    credits = Decimal(4)
    term_of_study = 1


class CourseFactory(Factory):
    """A course that is taught: it stands in the version in force, too."""

    class Meta:
        model = Course

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: f"C{n:03d}")
    name = factory.Sequence(lambda n: f"课程{n}")
    kind = CourseKind.MAJOR
    hours = 72
    credits = Decimal(4)
    term_of_study = 1

    @factory.post_generation
    def planned(course, create, _given):
        if create:
            values = {name: getattr(course, name) for name in COURSE_VALUES}
            PlannedCourseFactory(version=version_in_force(course.programme_id), **values)


class SchoolClassFactory(Factory):
    class Meta:
        model = SchoolClass

    name = factory.Sequence(lambda n: f"2026级云南{n}班")
    intake_year = 2026
    number = factory.Sequence(lambda n: n % 99 + 1)
    programme = factory.SubFactory(ProgrammeFactory)
    project = factory.SubFactory(CooperationProjectFactory)


class HomeroomPeriodFactory(Factory):
    """Somebody who was homeroom teacher of a class for one day, each of another."""

    class Meta:
        model = HomeroomPeriod

    school_class = factory.SubFactory(SchoolClassFactory)
    teacher = factory.SubFactory(HomeroomTeacherFactory)
    begins_on = factory.Sequence(lambda n: date(2020, 1, 1) + timedelta(days=n))
    until = factory.LazyAttribute(lambda period: period.begins_on + timedelta(days=1))

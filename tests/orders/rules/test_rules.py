"""Every rule on each side of its edge. ``facts(kind)`` breaks nothing; a row changes what it is about."""

from datetime import date, timedelta

import pytest

from exchange.accounts.roles import Permission
from exchange.core.rules import Message, Severity
from exchange.orders.evidence import Ground
from exchange.orders.kinds import OrderKind
from exchange.orders.obstacles import Cause, Obstacle, Place
from exchange.orders.rules import BOOKS
from exchange.orders.rules.books import NATIONAL, ZHEJIANG
from exchange.students.models import StudentStatus
from tests.factories.orders import DAY, PAST, facts

K = OrderKind
MESSAGE = Message("不及格：语文", "Failed: Chinese")
PLACE = Place("看成绩", "coursework.transcript", {"student_id": 1}, Permission.COURSEWORK_VIEW)
TOMORROW = DAY + timedelta(days=1)


def found(kind, evidence=None, **changes):
    return [finding.rule.code for finding in BOOKS[kind].findings(facts(kind, evidence=evidence, **changes))]


@pytest.mark.parametrize("kind", OrderKind)
def test_complete_orders_break_no_rule(kind):
    assert found(kind) == []


@pytest.mark.parametrize(
    ("kind", "evidence", "codes"),
    [
        (K.TRANSFER_OUT, {"student_applied_on": None}, ["STA-04"]),
        (K.TRANSFER_OUT, {"guardian_applied_on": TOMORROW}, ["STA-04"]),
        (K.TRANSFER_OUT, {"guardian_applied_on": DAY}, []),
        (K.TRANSFER_OUT, {"other_school": None}, ["STA-05"]),
        (K.TRANSFER_OUT, {"own_school_agreed_on": None}, ["STA-05"]),
        (K.TRANSFER_OUT, {"other_school_agreed_on": None}, ["STA-05"]),
        (K.TRANSFER_OUT, {"is_other_province": True}, ["STA-06"]),
        (K.TRANSFER_OUT, {"is_other_province": True, "filed_in_city_on": PAST}, ["STA-06"]),
        (K.TRANSFER_OUT, {"is_other_province": True, "filed_in_city_on": PAST, "filed_in_province_on": PAST}, []),
        (K.MAJOR_CHANGE, {"ground": None}, ["STA-11"]),
        (K.MAJOR_CHANGE, {"ground": Ground.HEALTH}, ["STA-11"]),
        (K.MAJOR_CHANGE, {"ground": Ground.HEALTH, "hospital_certificate_on": PAST}, []),
        (K.REPEAT, {"leadership_decided_on": None}, ["STA-16"]),
        (K.LEAVE, {"guardian_applied_on": None}, ["STA-21"]),
        (K.LEAVE, {"ground": None}, ["STA-22"]),
        (K.LEAVE, {"ground": Ground.ILLNESS}, ["STA-22"]),
        (K.LEAVE, {"ground": Ground.ILLNESS, "hospital_certificate_on": PAST}, []),
        (K.LEAVE, {"agreement_signed_on": None}, ["STA-24"]),
        (K.LEAVE, {"leave_until": None}, ["STA-25"]),
        (K.LEAVE, {"leave_until": DAY - timedelta(days=1)}, ["STA-25"]),
        (K.LEAVE, {"leave_until": DAY}, []),
        (K.RESUMPTION, {"student_applied_on": None}, ["STA-32"]),
        (K.WITHDRAWAL, {"student_applied_on": None}, ["STA-41"]),
        (K.WITHDRAWAL, {"guardian_applied_on": None}, ["STA-41"]),
        (K.DISMISSAL, {"ground": None}, ["STA-52"]),
        (K.DISMISSAL, {"unexcused_hours": 89}, ["STA-52"]),
        (K.DISMISSAL, {"unexcused_hours": 90}, []),
        (K.DISMISSAL, {"unexcused_hours": None}, ["STA-52"]),
        (K.DISMISSAL, {"ground": Ground.ABSENT_WEEKS, "absent_since": DAY - timedelta(days=13)}, ["STA-52"]),
        (K.DISMISSAL, {"ground": Ground.ABSENT_WEEKS, "absent_since": DAY - timedelta(days=14)}, []),  # the 15th day
        (K.LOST, {"absent_since": None}, ["STA-56"]),
        (K.LOST, {"absent_since": DAY - timedelta(days=13)}, ["STA-56"]),
        (K.LOST, {"absent_since": DAY - timedelta(days=14)}, []),
        (K.LOST, {"guardian_notified_on": None}, ["STA-55"]),
        (K.LOST, {"guardian_notified_on": TOMORROW}, ["STA-55"]),
        (K.LOST, {"guardian_notified_on": None, "public_notice_on": PAST}, []),
        (K.EXPULSION, {"ground": Ground.UNREFORMED}, ["STA-65"]),
        (K.DISMISSAL, {"guardian_notified_on": None}, ["STA-53"]),
        (K.DISMISSAL, {"guardian_notified_on": None, "public_notice_on": PAST}, []),
        (K.EXPULSION, {"ground": None}, ["STA-62"]),
        (K.EXPULSION, {"hearing_offered_on": None}, ["STA-63"]),
        (K.EXPULSION, {"guardian_notified_on": None}, ["STA-63"]),
        (K.EXPULSION, {"leadership_decided_on": None}, ["STA-64"]),
        (K.DEATH, {"proof_on": None}, ["STA-71"]),
        (K.DEATH, {"reported_to_province_on": None}, ["STA-71"]),
        (K.GRADUATION, {"audit_passed_on": None}, ["STA-81"]),
        (K.COMPLETION, {"makeup_passed_on": None}, ["STA-83"]),
        (K.DIPLOMA_EXCHANGE, {"makeup_passed_on": None}, ["STA-86"]),
        (K.AWARD, {"published_on": None}, ["STA-91"]),
        (K.SANCTION, {"sanction": None}, ["STA-92"]),
        (K.SANCTION, {"guardian_notified_on": None}, ["STA-92"]),
        (K.SANCTION_REMOVAL, {"lifted_on": date(2027, 4, 9)}, ["STA-93"]),
        (K.SANCTION_REMOVAL, {"lifted_on": date(2027, 4, 8)}, []),
        (K.SANCTION_REMOVAL, {"student_applied_on": None}, ["STA-94"]),
    ],
)
def test_missing_or_late_evidence_is_found(kind, evidence, codes):
    assert found(kind, evidence) == codes


@pytest.mark.parametrize(
    ("kind", "changes", "codes"),
    [
        (K.TRANSFER_OUT, {"status": StudentStatus.ON_LEAVE}, ["STA-01"]),
        (K.TRANSFER_OUT, {"effective_on": date(2029, 8, 31)}, ["STA-03"]),
        (K.TRANSFER_OUT, {"effective_on": date(2028, 9, 1)}, ["STA-03"]),
        (K.TRANSFER_OUT, {"effective_on": date(2028, 8, 31)}, []),
        (K.CLASS_CHANGE, {"to_major": "740201"}, ["STA-10"]),
        (K.MAJOR_CHANGE, {"to_major": "740104"}, ["STA-15"]),
        (K.MAJOR_CHANGE, {"effective_on": date(2028, 1, 31)}, []),
        (K.MAJOR_CHANGE, {"effective_on": date(2028, 2, 1)}, ["STA-14"]),
        (K.MAJOR_CHANGE, {"effective_on": date(2028, 9, 1)}, ["STA-12", "STA-14"]),
        (K.MAJOR_CHANGE, {"to_major": "730701", "effective_on": date(2027, 1, 31)}, []),
        (K.MAJOR_CHANGE, {"to_major": "730701", "effective_on": date(2027, 2, 1)}, ["STA-13"]),
        (K.PROMOTION, {"effective_on": date(2028, 9, 30)}, []),
        (K.PROMOTION, {"effective_on": date(2028, 10, 1)}, ["STA-18"]),
        (K.PROMOTION, {"obstacles": (Obstacle(Cause.COURSES, MESSAGE, PLACE),)}, ["STA-19"]),
        (K.PROMOTION, {"obstacles": (Obstacle(Cause.REGISTRATION, MESSAGE, PLACE),)}, ["STA-26"]),
        (K.PROMOTION, {"obstacles": (Obstacle(Cause.HOURS, MESSAGE, PLACE),)}, ["STA-27"]),
        (K.PROMOTION, {"on_probation": True}, ["STA-20"]),
        (K.PROMOTION, {"has_moved_up": True}, ["STA-08"]),
        (K.CLASS_CHANGE, {"to_intake_year": 2025}, ["STA-09"]),
        (K.RESUMPTION, {"to_intake_year": 2024}, ["STA-34"]),
        (K.RESUMPTION, {"to_intake_year": 2025}, []),
        (K.REPEAT, {"to_intake_year": 2026}, ["STA-17"]),
        (K.REPEAT, {"to_intake_year": 2028}, ["STA-17"]),
        (K.DISMISSAL, {"birth_date": date(2009, 10, 9)}, ["STA-51"]),
        (K.EXPULSION, {"birth_date": date(2009, 10, 9)}, ["STA-61"]),
        (K.GRADUATION, {"effective_on": date(2029, 4, 30)}, ["STA-82"]),
        (K.GRADUATION, {"effective_on": date(2029, 5, 1)}, []),
        (K.COMPLETION, {"effective_on": date(2029, 4, 30)}, ["STA-84"]),
        (K.COMPLETION, {"effective_on": date(2029, 5, 1)}, []),
        (K.DIPLOMA_EXCHANGE, {"effective_on": date(2029, 12, 31)}, ["STA-85"]),
        (K.DIPLOMA_EXCHANGE, {"effective_on": date(2031, 7, 1)}, []),
        (K.DIPLOMA_EXCHANGE, {"effective_on": date(2031, 7, 2)}, ["STA-85"]),
    ],
)
def test_state_and_day_decide(kind, changes, codes):
    assert found(kind, **changes) == codes


@pytest.mark.parametrize(
    ("enrolled_on", "effective_on", "codes"),
    [
        (date(2026, 9, 1), date(2027, 1, 31), ["STA-02"]),
        (date(2026, 9, 1), date(2027, 2, 1), []),
        (date(2026, 10, 1), date(2027, 2, 1), []),  # within the month of registration
        (date(2026, 10, 2), date(2027, 2, 1), ["STA-02"]),
        (date(2026, 12, 4), date(2027, 7, 15), ["STA-02"]),  # the December cohort's first whole term is the spring
        (date(2026, 12, 4), date(2027, 7, 16), []),
    ],
)
def test_transfer_needs_a_whole_term_here(enrolled_on, effective_on, codes):
    evidence = dict.fromkeys(
        ["student_applied_on", "guardian_applied_on", "own_school_agreed_on", "other_school_agreed_on"], enrolled_on
    )
    changes = {"enrolled_on": enrolled_on, "effective_on": effective_on}

    assert found(K.TRANSFER_OUT, evidence, **changes) == codes


@pytest.mark.parametrize(
    ("effective_on", "evidence", "codes"),
    [
        (date(2027, 8, 31), {}, ["STA-23"]),
        (date(2027, 9, 1), {}, []),
        (date(2027, 8, 31), {"has_third_of_credits": True}, []),
    ],
)
def test_leave_for_business_comes_after_a_year_or_a_third_of_the_credits(effective_on, evidence, codes):
    papers = dict.fromkeys(["student_applied_on", "guardian_applied_on", "agreement_signed_on"], date(2027, 8, 1))

    assert found(K.LEAVE, papers | {"ground": Ground.BUSINESS} | evidence, effective_on=effective_on) == codes


@pytest.mark.parametrize(("applied_on", "codes"), [(date(2027, 8, 1), []), (date(2027, 8, 2), ["STA-31"])])
def test_return_is_applied_for_a_month_before_the_term(applied_on, codes):
    assert found(K.RESUMPTION, {"student_applied_on": applied_on}, effective_on=date(2027, 9, 1)) == codes


def test_after_illness_the_return_needs_a_certificate_and_a_check():
    ill = {"leave_ground": Ground.ILLNESS}

    assert found(K.RESUMPTION, **ill) == ["STA-33"]
    assert found(K.RESUMPTION, {"hospital_certificate_on": PAST}, **ill) == ["STA-33"]
    assert found(K.RESUMPTION, {"hospital_certificate_on": PAST, "rechecked_on": PAST}, **ill) == []


@pytest.mark.parametrize(
    ("until", "codes"), [(DAY - timedelta(days=14), ["STA-52"]), (DAY - timedelta(days=15), []), (None, ["STA-52"])]
)
def test_leave_that_expired_two_weeks_ago_is_a_case_of_dismissal(until, codes):
    evidence = {"ground": Ground.LEAVE_EXPIRED, "leave_until": until}

    assert found(K.DISMISSAL, evidence, status=StudentStatus.ON_LEAVE) == codes


def test_leave_without_an_end_never_expires():
    evidence = {"ground": Ground.LEAVE_EXPIRED}

    assert found(K.DISMISSAL, evidence, status=StudentStatus.ON_LEAVE, leave_until=date.max) == ["STA-52"]


@pytest.mark.parametrize(("left_on", "codes"), [(date(2025, 10, 8), []), (date(2025, 10, 9), ["STA-52"])])
def test_two_years_of_leave_are_a_case_of_dismissal(left_on, codes):
    evidence = {"ground": Ground.TWO_YEARS}

    assert found(K.DISMISSAL, evidence, status=StudentStatus.ON_LEAVE, left_on=left_on) == codes


@pytest.mark.parametrize(("lifted_on", "codes"), [(date(2028, 7, 9), ["STA-93"]), (date(2028, 7, 8), [])])
def test_in_the_graduating_year_a_record_is_removed_after_three_months(lifted_on, codes):
    changes = {"effective_on": date(2028, 10, 8)}

    assert found(K.SANCTION_REMOVAL, {"lifted_on": lifted_on}, **changes) == codes


def test_early_graduation_is_possible_on_application():
    assert found(K.GRADUATION, {"student_applied_on": PAST}, effective_on=date(2028, 12, 1)) == []


@pytest.mark.parametrize(("day", "codes"), [(date(2026, 2, 28), {"STA-61"}), (date(2026, 3, 1), set())])
def test_who_was_born_on_29_february_is_of_age_on_1_march(day, codes):
    assert {"STA-61"} & set(found(K.EXPULSION, birth_date=date(2008, 2, 29), effective_on=day)) == codes


@pytest.mark.parametrize(("left_on", "codes"), [(date(2025, 8, 31), []), (date(2025, 9, 1), ["STA-85"])])
def test_half_a_year_from_the_last_of_august_ends_with_february(left_on, codes):
    evidence = {"student_applied_on": left_on, "makeup_passed_on": left_on}

    assert found(K.DIPLOMA_EXCHANGE, evidence, left_on=left_on, effective_on=date(2026, 2, 28)) == codes


def test_every_rule_has_an_article_a_statement_and_a_code_of_its_own():
    rules = [rule for book in BOOKS.values() for rule in book.own]

    assert len({rule.code for rule in rules}) == len(rules)
    assert all(rule.article and rule.statement.en and rule.message.en for rule in rules)
    assert {rule.severity for rule in rules} == {Severity.BLOCK, Severity.GATE, Severity.WARN}


def test_a_refusal_quotes_the_article_and_only_the_law_where_the_number_is_uncertain():
    minor = BOOKS[K.EXPULSION].findings(facts(K.EXPULSION, birth_date=DAY))[0]
    early = BOOKS[K.TRANSFER_OUT].findings(facts(K.TRANSFER_OUT, status=StudentStatus.ON_LEAVE))[0]

    assert minor.as_sentence() == (
        "STA-61 学生未成年，不得开除（《浙江省中等职业学校学生学籍管理实施细则（试行）》第40条）"
    )
    assert early.as_sentence().endswith("（《中等职业学校学生学籍管理办法》）")


@pytest.mark.parametrize(
    ("regulation", "article", "codes"),
    [
        (NATIONAL, "15", "01 02 03 04 05 06"),
        (NATIONAL, "16", "09 10 11 12 13 14 15"),
        (NATIONAL, "24", "16 17"),
        (ZHEJIANG, "20", "21 22 23 24 25"),
        (ZHEJIANG, "21", "31 32 33 34"),
        (ZHEJIANG, "22", "41 51 52 53 55 56"),
        (ZHEJIANG, "23", "71"),
        (ZHEJIANG, "40", "61 62 63 64 65"),
    ],
)
def test_every_refusal_of_a_change_of_status_names_the_article_it_stands_in(regulation, article, codes):
    rules = {rule.code: rule for book in BOOKS.values() for rule in book.own}

    for code in codes.split():
        rule = rules[f"STA-{code}"]
        assert (rule.regulation, rule.article) == (regulation, article), rule.code

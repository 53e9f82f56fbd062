from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from exchange.demo.people import PER_DAY, people, resident_id
from exchange.students.models import Sex

BORN = date(2009, 9, 1)


def test_people_are_the_same_for_the_same_seed_and_others_for_another():
    first, second, other = (list(people(30, seed=seed, born_from=BORN, days=10)) for seed in (1, 1, 2))

    assert first == second
    assert first != other


def test_people_never_share_a_resident_id():
    numbers = [person.resident_id for person in people(5000, seed=1, born_from=BORN, days=20)]

    assert len(set(numbers)) == 5000


@given(
    birth_date=st.dates(date(1990, 1, 1), date(2015, 12, 31)),
    sex=st.sampled_from(Sex),
    serial=st.integers(0, PER_DAY - 1),
)
def test_resident_id_passes_the_check_digit_and_tells_birth_date_and_sex(birth_date, sex, serial):
    number = resident_id(birth_date, sex=sex, serial=serial)

    assert number[-1] == ric.calc_check_digit(number)
    assert ric.get_birth_date(number) == birth_date
    assert (int(number[16]) % 2 == 1) == (sex == Sex.MALE)

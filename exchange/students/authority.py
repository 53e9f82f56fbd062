"""Until when a guardian has legal authority: dates only, so that pages, jobs and other features cannot disagree."""

from datetime import date

AGE_OF_MAJORITY = 18  # 《民法典》第十七条
AGE_OF_OWN_CONSENT = 14  # 《个人信息保护法》第三十一条


def birthday(birth_date: date, age: int) -> date:
    """The day on which somebody is so old; who was born on 29 February is a year older on 1 March of a common year."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:
        return date(birth_date.year + age, 3, 1)


def of_age_on(birth_date: date) -> date:
    """The day of the 18th birthday: from this day on a person acts alone."""
    return birthday(birth_date, AGE_OF_MAJORITY)


def is_of_age(birth_date: date, *, on: date) -> bool:
    """Whether somebody born that day acts alone."""
    return on >= of_age_on(birth_date)


def latest_birth_of_age(on: date) -> date:
    """The last birth date of those who are of age that day, as the other side of ``is_of_age`` for queries."""
    try:
        return on.replace(year=on.year - AGE_OF_MAJORITY)
    except ValueError:
        return date(on.year - AGE_OF_MAJORITY, 2, 28)


def holds(begins_on: date | None, until: date | None, *, on: date) -> bool:
    """Whether a relation with these ends holds that day; an open end holds."""
    return (begins_on is None or begins_on <= on) and (until is None or on < until)


def authority_until(birth_date: date, until: date | None) -> date:
    """The first day without the guardian's authority: the end of the guardianship or the day of majority."""
    majority = of_age_on(birth_date)
    return min(majority, until) if until else majority

"""The pages of students, their guardians, consents, portraits and corrections."""

from exchange.students.views import consents, corrections, guardians, links, mine, photos, records
from exchange.students.views.records import bp

__all__ = ["bp", "consents", "corrections", "guardians", "links", "mine", "photos", "records"]

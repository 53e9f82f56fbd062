"""The pages of enrolment: intakes, applicants, arrivals, registration, and each term's registration."""

from exchange.enrolment.views import applicants, arrivals, groups, intakes, registration, terms
from exchange.enrolment.views.blueprint import bp

__all__ = ["applicants", "arrivals", "bp", "groups", "intakes", "registration", "terms"]

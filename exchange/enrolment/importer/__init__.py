"""Brings a county's list of applicants into an intake: what ``imports`` asks of a feature, for applications."""

from exchange.enrolment.importer.applicants import ApplicantImporter

__all__ = ["ApplicantImporter"]

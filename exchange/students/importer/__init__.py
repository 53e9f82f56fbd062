"""Brings rosters into the database: what ``imports`` asks of a feature, for students."""

from exchange.students.importer.rosters import RosterImporter

__all__ = ["RosterImporter"]

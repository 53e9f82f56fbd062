"""Photographs from outside: what a ZIP holds, what an image is, and whom a file name means. Knows no database."""

from exchange.students.photos.archive import Archive, Entry, UnusableArchive, open_archive
from exchange.students.photos.images import Portrait, Unfit, portrait_from
from exchange.students.photos.names import Clues, clues_in

__all__ = [
    "Archive",
    "Clues",
    "Entry",
    "Portrait",
    "Unfit",
    "UnusableArchive",
    "clues_in",
    "open_archive",
    "portrait_from",
]

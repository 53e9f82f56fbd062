"""What can be done in the life of students. Functions change, flush and record; the request, job or command commits."""

from exchange.welfare.service.absences import end_absence, note_absence, withdraw_absence
from exchange.welfare.service.contacts import note_contact

__all__ = ["end_absence", "note_absence", "note_contact", "withdraw_absence"]

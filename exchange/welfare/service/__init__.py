"""What can be done in the life of students. Functions change, flush and record; the request, job or command commits."""

from exchange.welfare.service.absences import end_absence, note_absence, withdraw_absence
from exchange.welfare.service.contacts import note_contact
from exchange.welfare.service.dormitory import (
    assign_bed,
    assign_room,
    change_room,
    create_building,
    create_rooms,
    fill_beds,
    free_beds_of_leavers,
    move_out,
)

__all__ = [
    "assign_bed",
    "assign_room",
    "change_room",
    "create_building",
    "create_rooms",
    "end_absence",
    "fill_beds",
    "free_beds_of_leavers",
    "move_out",
    "note_absence",
    "note_contact",
    "withdraw_absence",
]

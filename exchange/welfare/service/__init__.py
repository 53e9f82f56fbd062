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
    move_out,
)
from exchange.welfare.service.leavers import free_beds_of_leavers, settle_bed
from exchange.welfare.service.tally import count_candidates
from exchange.welfare.service.travel import (
    change_group,
    confirm_arrival,
    create_group,
    create_trip,
    let_stay,
    print_list,
    send_with,
    set_tickets,
)
from exchange.welfare.service.visits import (
    AlreadyFilled,
    add_photo,
    fill_sheet,
    plan_visits,
    print_sheets,
    supplement_sheet,
)

__all__ = [
    "AlreadyFilled",
    "add_photo",
    "assign_bed",
    "assign_room",
    "change_group",
    "change_room",
    "confirm_arrival",
    "count_candidates",
    "create_building",
    "create_group",
    "create_rooms",
    "create_trip",
    "end_absence",
    "fill_beds",
    "fill_sheet",
    "free_beds_of_leavers",
    "let_stay",
    "move_out",
    "note_absence",
    "note_contact",
    "plan_visits",
    "print_list",
    "print_sheets",
    "send_with",
    "set_tickets",
    "settle_bed",
    "supplement_sheet",
    "withdraw_absence",
]

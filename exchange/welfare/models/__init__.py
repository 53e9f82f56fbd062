"""What is kept of the life of students: one module per noun."""

from exchange.welfare.models.absences import WITHOUT_LEAVE, Absence, AbsenceKind
from exchange.welfare.models.contacts import WITH_FAMILY, ContactKind, ContactNote
from exchange.welfare.models.dormitory import BedStay, DormitoryBuilding, DormitoryRoom, StayEnd
from exchange.welfare.models.tally import MorningTally
from exchange.welfare.models.travel import HolidayStay, Leg, Seat, TravelGroup, Trip
from exchange.welfare.models.visits import VisitReport, VisitSheet

__all__ = [
    "WITHOUT_LEAVE",
    "WITH_FAMILY",
    "Absence",
    "AbsenceKind",
    "BedStay",
    "ContactKind",
    "ContactNote",
    "DormitoryBuilding",
    "DormitoryRoom",
    "HolidayStay",
    "Leg",
    "MorningTally",
    "Seat",
    "StayEnd",
    "TravelGroup",
    "Trip",
    "VisitReport",
    "VisitSheet",
]

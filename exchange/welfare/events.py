"""What the audit trail can say about the life of students. What was said in a talk never stands in it."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class WelfareEvent(LabelledEnum):
    ABSENCE_NOTED = "absence.noted", _("记缺勤")
    ABSENCE_ENDED = "absence.ended", _("登记返校")
    ABSENCE_WITHDRAWN = "absence.withdrawn", _("撤回缺勤")
    CONTACT_NOTED = "contact_note.noted", _("记联系")
    BUILDING_CREATED = "dormitory_building.created", _("登记宿舍楼")
    ROOMS_CREATED = "dormitory_room.created", _("登记房间")
    ROOM_CHANGED = "dormitory_room.changed", _("修改房间")
    BED_ASSIGNED = "bed_stay.assigned", _("安排床位")
    BED_FREED = "bed_stay.freed", _("退宿")
    BED_GIVEN_BACK = "bed_stay.given_back", _("恢复床位")
    TRIP_CREATED = "trip.created", _("安排返乡")
    GROUP_CREATED = "travel_group.created", _("编返乡组")
    GROUP_CHANGED = "travel_group.changed", _("修改返乡组")
    TICKETS_SET = "travel_group.tickets_set", _("登记车票")
    LIST_PRINTED = "travel_group.list_printed", _("打印带队名单")
    SEAT_TAKEN = "seat.taken", _("编入返乡组")
    STAY_PLANNED = "holiday_stay.planned", _("安排假期留下")
    ARRIVAL_CONFIRMED = "seat.arrival_confirmed", _("确认到达")
    VISIT_PLANNED = "visit_sheet.planned", _("安排家访")
    SHEET_PRINTED = "visit_sheet.printed", _("打印家访表")
    VISIT_REPORTED = "visit_report.written", _("填家访表")

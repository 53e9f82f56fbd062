"""Whether a sheet means a guardian who is known, and what it then says of the family."""

from collections.abc import Sequence

from exchange.students.values import Values


def meant_by(members: Sequence[Values], known: Sequence[Values]) -> list[int | None]:
    """For each member the place of the known one who is meant; None where it is somebody else.

    The resident ID tells first, then the phone of the same relation, then the name: a name is spelt in many ways.
    """
    places: list[int | None] = [None] * len(members)
    for is_same in (_has_number_of, _has_everything_of, _has_phone_of, _has_name_of):
        for number, member in enumerate(members):
            if places[number] is None:
                free = (place for place in range(len(known)) if place not in places and is_same(known[place], member))
                places[number] = next(free, None)
    return places


def merged_members(old: list[Values], new: list[Values]) -> list[Values]:
    """The family as it is after the sheet: an empty cell empties nothing, and whom it does not name stays.

    Only who is named in somebody's place, 母亲 for 母亲, takes it.
    """
    places = meant_by(new, old)
    told = {place: member for place, member in zip(places, new, strict=True) if place is not None}
    added = [member for place, member in zip(places, new, strict=True) if place is None]
    taken = {member.get("relation") for member in added} - {None, ""}
    present = [
        {**member, **told.get(place, {})}
        for place, member in enumerate(old)
        if place in told or member.get("relation") not in taken
    ]
    return present + added


def _has_number_of(known: Values, member: Values) -> bool:
    return bool(member.get("resident_id")) and member["resident_id"] == known.get("resident_id")


def _has_everything_of(known: Values, member: Values) -> bool:
    return _has_name_of(known, member) and _has_phone_of(known, member)


def _has_phone_of(known: Values, member: Values) -> bool:
    numbers = {known.get("resident_id"), member.get("resident_id")} - {None, ""}
    relations = {known.get("relation"), member.get("relation")} - {None, ""}
    same = bool(member.get("phone")) and member["phone"] == known.get("phone")
    return same and len(numbers) < 2 and len(relations) < 2


def _has_name_of(known: Values, member: Values) -> bool:
    return bool(member.get("name")) and member["name"] == known.get("name")

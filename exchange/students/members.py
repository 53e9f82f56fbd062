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


def carried_over(present: Sequence[Values], old: Sequence[Values], new: Sequence[Values]) -> list[Values]:
    """What leads from old to new, done to the family as it is now: a sibling's row may have told more of them since."""
    family = [dict(member) for member in present]
    places, now = meant_by(new, old), meant_by(old, present)
    gone = {now[place] for place in range(len(old)) if place not in places}
    added = []
    for member, place in zip(new, places, strict=True):
        at = None if place is None else now[place]
        if place is None or at is None:
            added.append(member)
        else:
            family[at] |= _told(member, old[place])
    return [member for at, member in enumerate(family) if at not in gone] + added


def overtaken(present: Sequence[Values], old: Sequence[Values], new: Sequence[Values]) -> bool:
    """Whether somebody has said something else of what leads from old to new."""
    places, now = meant_by(new, old), meant_by(old, present)
    if len(present) < len(old) and None in now:
        return True
    for member, place in zip(new, places, strict=True):
        if place is not None and (at := now[place]) is not None:
            told = _told(member, old[place])
            if any(present[at].get(field) not in (old[place].get(field), value) for field, value in told.items()):
                return True
    return False


def _told(member: Values, before: Values) -> Values:
    return {field: value for field, value in member.items() if before.get(field) != value}


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

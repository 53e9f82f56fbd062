from enum import StrEnum

import pytest

from exchange.core.workflow import InvalidTransition, Transition, Workflow


class Status(StrEnum):
    OPEN = "open"
    SHUT = "shut"


class Somebody:
    def __init__(self, *permissions):
        self.permissions = permissions

    def may(self, permission):
        return permission in self.permissions


DOOR = Workflow(
    Transition("close", "关", {Status.OPEN}, Status.SHUT, "doors:close", "door.closed"),
    Transition("open", "开", {Status.SHUT}, Status.OPEN, "doors:open", "door.opened"),
)


def test_find_gives_the_transition_of_this_status():
    assert DOOR.find("close", Status.OPEN).target == Status.SHUT


@pytest.mark.parametrize(("name", "status"), [("close", Status.SHUT), ("burn", Status.OPEN)])
def test_find_refuses_what_the_table_does_not_hold(name, status):
    with pytest.raises(InvalidTransition):
        DOOR.find(name, status)


@pytest.mark.parametrize(
    ("permissions", "status", "names"),
    [
        (["doors:close", "doors:open"], Status.OPEN, ["close"]),
        (["doors:open"], Status.OPEN, []),
        (["doors:open"], Status.SHUT, ["open"]),
    ],
)
def test_available_are_the_steps_of_this_person_from_this_status(permissions, status, names):
    assert [step.name for step in DOOR.available(status, Somebody(*permissions))] == names

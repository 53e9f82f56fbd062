from exchange.operations import machine
from exchange.operations.machine import Need

PRESENT = Need("make", "building", lambda: True)
ABSENT = Need("no-such-package", "nothing", lambda: False)


def test_provide_says_nothing_where_all_is_there():
    assert machine.provide([PRESENT]) == ""


def test_provide_names_the_exact_command_to_an_ordinary_user(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)

    sentence = machine.provide([PRESENT, ABSENT])

    assert "sudo apt-get install -y --no-install-recommends no-such-package" in sentence
    assert "make" not in sentence


def test_provide_installs_nothing_where_there_is_no_apt(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _name: None)
    monkeypatch.setattr(machine, "_install", lambda _packages: (_ for _ in ()).throw(AssertionError))

    assert "apt-get" in machine.provide([ABSENT])


def test_main_ends_with_status_2_and_one_line(monkeypatch, capsys):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setitem(machine.PURPOSES, "run", (ABSENT,))

    status = machine.main("run")

    assert status == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_font_and_library_probes_tell_presence_from_absence():
    assert machine.has_library("libc.so.6")
    assert not machine.has_library("libnothing.so.9")
    assert not machine.has_font("NoSuchFont.ttf")


def test_answers_is_false_for_a_closed_port(unused_port):
    assert not machine.answers(unused_port)

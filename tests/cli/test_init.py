"""A first house, made whole or not at all; what is missing or wrong is told and nothing is made."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import termios
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.cli.conftest import COMMAND, FIRST, Ended, Place

Typed = Callable[..., Ended]


def without(option: str) -> list[str]:
    """The words of a first start but for one option and its value."""
    words = list(FIRST)
    at = words.index(option)
    return words[:at] + words[at + 2 :]


def changed(option: str, value: str) -> list[str]:
    """The words of a first start with another value of one option."""
    words = list(FIRST)
    words[words.index(option) + 1] = value
    return words


def made_nothing(typed: Typed) -> bool:
    """Whether there is neither a community nor an account."""
    return typed("verify", "--json").data["communities"] == [] and typed("user", "list", "--json").data == []


def test_a_first_house_stands_and_its_first_person_works_there(empty: Place) -> None:
    ended = empty.did(*FIRST)
    assert "Willow House is open under tc-residential@" in ended.out
    assert "Nadia Rahman can sign in as nadia, as manager" in ended.out
    assert empty.verified()["willow-house"][0] == 2
    (account,) = empty.did("user", "list", "--json").data
    assert (account["login"], account["works"]) == (
        "nadia", [{"community": "willow-house", "community_name": "Willow House", "role": "manager"}],
    )  # fmt: skip


def test_the_password_is_kept_as_a_hash_only(house: Place) -> None:
    ((kept,),) = house.sql("SELECT password FROM account")
    assert kept.startswith("argon2$")


@pytest.mark.sqlite
def test_nobody_else_may_read_the_database(empty: Place) -> None:
    empty.did(*FIRST)
    assert empty.file.stat().st_mode & 0o077 == 0


def test_a_person_is_asked_for_what_is_left_out_and_again_for_a_weak_password(empty: Place) -> None:
    answers = [
        ("What is the community called", "Oak House"), ("Programme (", ""), ("Who signs in first", "Ada Bell"),
        ("Sign-in name", ""), ("Who runs it", "Open Door"), ("Password", "short"), ("Repeat", "short"),
        ("Password", "nine-red-kites"), ("Repeat", "nine-red-kites"),
    ]  # fmt: skip
    code, said = talk(empty, ("init",), answers)
    assert code == 0, said
    assert "Make the password at least 10 characters long." in said
    assert "nine-red-kites" not in said
    assert empty.heads()["oak-house"][0] == 2
    (account,) = empty.did("user", "list", "--json").data
    assert (account["login"], account["name"]) == ("ada", "Ada Bell")


def talk(place: Place, words: tuple[str, ...], answers: list[tuple[str, str]]) -> tuple[int, str]:
    """Type a command at a terminal and answer what it asks; its exit code and all that stood on the screen."""
    mine, its = pty.openpty()

    def sit_down() -> None:
        os.setsid()
        fcntl.ioctl(its, termios.TIOCSCTTY, 0)

    environment = {name: value for name, value in place.environment.items() if name != "MILIEU_PASSWORD"}
    process = subprocess.Popen(
        [COMMAND, *words], env=environment, stdin=its, stdout=its, stderr=its, preexec_fn=sit_down
    )
    os.close(its)
    said, seen = "", 0
    for question, answer in answers:
        while question not in said[seen:]:
            assert select.select([mine], [], [], 60)[0], f"never asked: {question}; said: {said}"
            said += os.read(mine, 4096).decode()
        seen = len(said)
        time.sleep(0.1)  # a hidden prompt throws away what was typed before it began to listen
        os.write(mine, f"{answer}\n".encode())
    with suppress(OSError):
        while part := os.read(mine, 4096):
            said += part.decode()
    os.close(mine)
    return process.wait(timeout=30), said


@pytest.mark.parametrize("option", ["--organisation", "--community", "--programme", "--name", "--login"])
def test_what_is_left_out_cannot_be_asked_where_nobody_sits(typed: Typed, option: str) -> None:
    ended = typed(*without(option))
    assert ended.code == 2
    assert f"Give {option}: nobody is here to be asked." in ended.err
    assert made_nothing(typed)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--programme", "castle", "There is no ready programme 'castle'. There are: outpatient-group,"),
        ("--zone", "Mars/Base", "There is no time zone 'Mars/Base'. Write it like Europe/Berlin."),
        ("--login", "na dia", "A sign-in name has 2 to 120 letters"),
        ("--community", "  ", "Give the community a name"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(typed: Typed, option: str, value: str, said: str) -> None:
    ended = typed(*changed(option, value))
    assert ended.code == 2
    assert said in ended.err
    assert made_nothing(typed)


def test_a_weak_password_is_refused(typed: Typed) -> None:
    ended = typed(*FIRST, "--password", "geese")
    assert (ended.code, ended.err.startswith("Make the password at least 10 characters long.")) == (2, True)
    assert made_nothing(typed)


def test_a_role_nobody_knows_is_refused_and_nothing_is_made(typed: Typed) -> None:
    ended = typed(*FIRST, "--role", "emperor")
    assert ended.code == 2
    assert "There is no role 'emperor'. Use one of: admin," in ended.err
    assert made_nothing(typed)


def test_the_short_name_of_another_community_is_refused(house: Place) -> None:
    ended = house.run(*FIRST)
    assert ended.code == 2
    assert "There is a community called 'willow-house' already." in ended.err
    assert list(house.heads()) == ["willow-house"]


def test_a_further_community_opens_in_the_organisation_of_its_first_person(house: Place) -> None:
    house.did(
        "init",
        "--community",
        "Beech Ward",
        "--programme",
        "psych-inpatient",
        "--name",
        "Nadia Rahman",
        "--login",
        "nadia",
    )
    assert sorted(house.heads()) == ["beech-ward", "willow-house"]
    assert len(house.did("user", "list", "--json").data[0]["works"]) == 2
    assert house.sql("SELECT COUNT(*) FROM organisation") == [(1,)]


def test_tables_alone_are_made_before_a_restore(empty: Place) -> None:
    assert "are those of this version" in empty.did("init", "--tables-only").out
    assert empty.did("verify", "--json").data == {"communities": [], "ok": True}


@pytest.mark.parametrize(
    "words", [["verify"], ["user", "list"], ["backup", "x.tar.gz"], ["export", "--to", "x"], ["serve"]]
)
def test_without_a_house_the_way_to_one_is_told(empty: Place, words: list[str]) -> None:
    ended = empty.run(*words)
    assert ended.code == 2
    assert "There is no house in" in ended.err
    assert "milieu init" in ended.err


def test_a_house_of_a_newer_version_is_left_alone(house: Place) -> None:
    house.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '0999_later', '2030-01-01 00:00:00')"
    )
    ended = house.run("verify")
    assert ended.code == 2
    assert "This database was used by a newer Milieu (0999_later). Update this one before you start it." in ended.err

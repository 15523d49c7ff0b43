"""How a door is kept: waits, passwords, PINs and the steps of one-time codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import sign_in
from milieu.rules.sign_in import Limit

AT = datetime(2026, 10, 6, 13, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LIMIT = Limit(3, timedelta(minutes=10), 10 * SECOND, 60 * SECOND)


def ago(*seconds: int) -> list[datetime]:
    return [AT - second * SECOND for second in seconds]


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        # the free ones
        ([], None), (ago(1, 2), None),
        # each further one doubles the wait, counted from the newest
        (ago(0, 1, 2), 10), (ago(4, 5, 6), 6), (ago(0, 1, 2, 3), 20), (ago(0, 1, 2, 3, 4), 40),
        # up to the longest
        (ago(0, 1, 2, 3, 4, 5), 60), (ago(*range(40)), 60),
        # what is long past does not count, and a wait that is over is over
        (ago(600, 601, 602), None), (ago(0, 1, 600, 601), None), (ago(11, 12, 13), None),
    ],
)  # fmt: skip
def test_each_failure_over_the_free_ones_doubles_the_wait(failures: list[datetime], wait: int | None) -> None:
    until = sign_in.wait_until(failures, AT, LIMIT)
    assert until == (None if wait is None else AT + wait * SECOND)


@given(st.lists(st.integers(0, 5000), max_size=60), st.sampled_from([sign_in.LOGIN, sign_in.ADDRESS, sign_in.PIN]))
def test_nobody_waits_longer_than_the_longest_wait(seconds: list[int], limit: Limit) -> None:
    until = sign_in.wait_until(ago(*seconds), AT, limit)
    assert until is None or AT < until <= AT + limit.longest


def test_a_wait_is_said_in_whole_units() -> None:
    assert str(sign_in.waiting(AT + SECOND, AT)) == "That was tried too often. Try again in 1 second."
    assert str(sign_in.waiting(AT + 44.2 * SECOND, AT)) == "That was tried too often. Try again in 45 seconds."
    assert "in 2 minutes, or ask" in str(sign_in.waiting(AT + 91 * SECOND, AT))


@pytest.mark.parametrize("login", ["nadia", "nadia.r", "o'neill", "zoë", "n-r_1+x@example.org", "12"])
def test_a_sign_in_name_may_be_any_plain_word(login: str) -> None:
    assert sign_in.login_problem(sign_in.plain_login(login)) is None


@pytest.mark.parametrize("login", ["", "n", "nadia r", "na/dia", "x" * 119 + " y", "a\x00b", "<b>"])
def test_a_sign_in_name_has_no_spaces_or_signs(login: str) -> None:
    assert sign_in.login_problem(sign_in.plain_login(login)) is not None


def test_a_sign_in_name_has_one_spelling() -> None:
    assert sign_in.plain_login("  NADIA ") == "nadia"
    assert sign_in.plain_login("ｎａｄｉａ") == "nadia"
    assert sign_in.plain_login("zoe\u0308") == sign_in.plain_login("ZO\u00cb")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("green teapot morning", ""), ("nadia likes teapots", ""), ("пароль-для-дома", ""), ("x9!kQ2#vTz", ""),
        ("", "password.short"), ("teapot123", "password.short"), ("x" * 201, "password.long"),
        ("aaaaaaaaaaaa", "password.common"), ("ababababab", "password.common"),
        ("nadiarahman", "password.own_name"), ("Nadia Rahman 1984!", "password.own_name"), ("nadia.r.2026", "password.own_name"),
    ],
)  # fmt: skip
def test_a_password_is_long_and_not_a_name(password: str, code: str) -> None:
    problem = sign_in.password_problem(password, "nadia.r", "Nadia Rahman", is_common=False)
    assert (problem.code if problem else "") == code


def test_a_password_many_people_use_is_refused() -> None:
    problem = sign_in.password_problem("qwertyuiop1", "nadia", "Nadia Rahman", is_common=True)
    assert problem is not None
    assert problem.code == "password.common"


@pytest.mark.parametrize("pin", ["8316", "4719", "5093", "0417"])
def test_a_pin_is_four_digits(pin: str) -> None:
    assert sign_in.pin_problem(pin) is None


@pytest.mark.parametrize("pin", ["", "123", "12345", "12a4", "١٢٣٥", " 8316", "8316\n"])
def test_a_pin_of_another_shape_is_refused(pin: str) -> None:
    problem = sign_in.pin_problem(pin)
    assert problem is not None
    assert problem.code == "pin.shape"


@pytest.mark.parametrize(
    "pin", ["0000", "1111", "1234", "4321", "7890", "2468", "9753", "1212", "2580", "1984", "2026"]
)
def test_a_pin_that_is_guessed_first_is_refused(pin: str) -> None:
    problem = sign_in.pin_problem(pin)
    assert problem is not None
    assert problem.code == "pin.easy"


def test_a_code_counts_now_and_one_step_either_side() -> None:
    step = sign_in.code_step(AT)
    assert sign_in.code_steps(AT, 0) == (step, step - 1, step + 1)


def test_a_code_used_before_counts_no_more_nor_any_older_one() -> None:
    step = sign_in.code_step(AT)
    assert sign_in.code_steps(AT, step - 1) == (step, step + 1)
    assert sign_in.code_steps(AT, step) == (step + 1,)
    assert sign_in.code_steps(AT, step + 1) == ()


def test_a_token_is_kept_as_a_digest() -> None:
    assert sign_in.digest("token") == "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0"

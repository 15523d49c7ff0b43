"""How is a door kept? Slowing of guesses, what makes a password or PIN good enough, which one-time codes still count.

Pure rules about facts and `at`. Hashing, cookies and tables are left to the actions.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from milieu.rules.moments import to_ms
from milieu.rules.words import Refusal, Sentence, refuse, say

OWN_LASTS = timedelta(hours=12)
SHARED_LASTS = timedelta(hours=12)
SECOND_STEP_LASTS = timedelta(minutes=10)
TOUCH_EVERY = timedelta(seconds=30)

NO_FIT = say("sign_in.no_fit", "That name and password do not fit together. Try again, or ask the person in charge.")
NO_FIT_HERE = say(
    "sign_in.no_fit_here", "That is not the password you sign in with here. Try again, or ask the person in charge."
)
NO_FIT_PIN = say("sign_in.no_fit_pin", "That PIN does not fit. Try again, or choose your name again.")
NO_FIT_CODE = say("sign_in.no_fit_code", "That code does not fit. Wait for the next one to appear, then type it.")
NO_FIT_PASSKEY = say("sign_in.no_fit_passkey", "This passkey is not known here. Sign in with your name and password.")
HELP_COMES = say(
    "sign_in.help_comes",
    "Three PINs did not fit. The person in charge has been told and will come to you. Nobody is locked out: you can try again soon.",
)


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failures within `within`, each further one doubles the wait, from `first` up to `longest`."""

    free: int
    within: timedelta
    first: timedelta
    longest: timedelta


# The wait for an address is short and known browsers pass it by, so that nobody can shut out a whole house.
LOGIN = Limit(5, timedelta(hours=1), timedelta(seconds=15), timedelta(minutes=5))
ADDRESS = Limit(30, timedelta(minutes=15), timedelta(seconds=5), timedelta(seconds=60))
PIN = Limit(3, timedelta(minutes=15), timedelta(seconds=20), timedelta(minutes=2))
CODE = Limit(5, timedelta(hours=1), timedelta(seconds=30), timedelta(minutes=5))


def wait_until(failures: Sequence[datetime], at: datetime, limit: Limit) -> datetime | None:
    """When the next try may be made, or None when it may be made now."""
    counted = [failure for failure in failures if at - failure < limit.within]
    over = len(counted) - limit.free
    if over < 0:
        return None
    wait = min(limit.first * 2 ** min(over, 20), limit.longest)
    until = max(counted) + wait
    return until if until > at else None


def waiting(until: datetime, at: datetime) -> Sentence:
    """What is said to somebody who has to wait."""
    seconds = max(1, -((at - until) // timedelta(seconds=1)))
    if seconds <= 90:
        return say(
            "sign_in.wait_seconds", "That was tried too often. Try again in {n} second.",
            many="That was tried too often. Try again in {n} seconds.", n=seconds,
        )  # fmt: skip
    return say(
        "sign_in.wait_minutes", "That was tried too often. Try again in {n} minute, or ask the person in charge.",
        many="That was tried too often. Try again in {n} minutes, or ask the person in charge.", n=-(-seconds // 60),
    )  # fmt: skip


def digest(token: str) -> str:
    """How a cookie's token is kept: its SHA-256. The token itself is random, so nothing slower is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_login(text: str) -> str:
    """A sign-in name as it is compared: one spelling of each letter, small, without spaces around."""
    return storable(unicodedata.normalize("NFKC", text)).strip().lower()[:120]


def storable(text: str) -> str:
    """The text with a sign for what a database refuses to hold: NUL, and halves of characters."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def login_problem(login: str) -> Refusal | None:
    """Why this cannot be a sign-in name."""
    if re.fullmatch(r"[\w.@+'-]{2,120}", login):
        return None
    return refuse("account.login", "A sign-in name has 2 to 120 letters, digits, or any of . @ + - _ and no spaces.")


SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200


def password_problem(password: str, login: str, name: str, is_common: bool) -> Refusal | None:
    """Why this password would be guessed (NIST SP 800-63B: length and known lists, no rules about kinds of letters)."""
    squeezed = "".join(password.lower().split())
    own = {login.lower(), "".join(name.lower().split()), *name.lower().split()}
    if len(password) < SHORTEST_PASSWORD:
        return refuse(
            "password.short",
            "Make the password at least {least} characters long. Three or four words are easy to remember.",
            least=SHORTEST_PASSWORD,
        )
    if len(password) > LONGEST_PASSWORD:
        return refuse("password.long", "Keep the password under {most} characters.", most=LONGEST_PASSWORD)
    if is_common or len(set(squeezed)) < 4:
        return refuse("password.common", "Many people use this password, so it is guessed first. Choose another.")
    if any(part and squeezed.strip("0123456789!.?-_") == part for part in own):
        return refuse("password.own_name", "Your name is guessed first. Choose a password that is not your name.")
    return None


def pin_problem(pin: str) -> Refusal | None:
    """Why this PIN would be seen or guessed: not four digits, a row, a repeat, a column of the pad, a year."""
    if not re.fullmatch(r"[0-9]{4}", pin):
        return refuse("pin.shape", "A PIN has 4 digits.")
    digits = [int(digit) for digit in pin]
    steps = {(later - earlier) % 10 for earlier, later in pairwise(digits)}
    if len(steps) == 1 or pin[:2] == pin[2:] or pin in {"2580", "0852"} or pin[:2] in {"19", "20"}:
        return refuse("pin.easy", "This PIN is guessed first. Choose 4 digits that are no row, no repeat and no year.")
    return None


CODE_STEP = timedelta(seconds=30)


def code_step(at: datetime) -> int:
    """The number of the half minute a one-time code is for (RFC 6238)."""
    return to_ms(at) // 30_000


def code_steps(at: datetime, last: int) -> tuple[int, ...]:
    """The steps whose code is accepted at `at`: now, and one either side for clocks that differ; each works once."""
    now = code_step(at)
    return tuple(step for step in (now, now - 1, now + 1) if step > last)

"""Keeping passwords and PINs: only argon2 hashes are stored, and a wrong name costs as much time as a wrong password."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import Semaphore

from django.contrib.auth import hashers
from django.contrib.auth.password_validation import CommonPasswordValidator


class Argon2(hashers.Argon2PasswordHasher):
    """argon2id with the first set of parameters OWASP names: 46 MiB, one pass."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1


# A flood of guesses waits here, so that it takes neither all memory nor all processors from those at work.
_ROOM = Semaphore(2)


def hashed(secret: str) -> str:
    """The hash to keep of a password or PIN."""
    with _ROOM:
        return hashers.make_password(secret)


def fits(secret: str, kept: str, keep: Callable[[str], None]) -> bool:
    """Whether `secret` is the one kept. `keep` gets a fresh hash when the parameters have grown since.

    With nothing kept, the same work is done for nothing: time does not tell whether somebody has an account.
    """
    if not kept:
        hashed(secret)
        return False
    with _ROOM:
        is_right, is_old = hashers.verify_password(secret, kept)
    if is_right and is_old:
        keep(hashed(secret))
    return is_right


@cache
def _common() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def is_common(password: str) -> bool:
    """Whether the password stands on the list of the twenty thousand most used."""
    return password.lower().strip() in _common().passwords

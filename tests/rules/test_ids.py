"""Ids are UUIDs of version 7, in the order they were made."""

from __future__ import annotations

from random import Random
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milieu.rules import ids

MILLISECONDS = st.integers(0, 2**48 - 1)


@given(at=MILLISECONDS, seed=st.integers())
def test_the_bits_are_those_of_rfc_9562(at: int, seed: int) -> None:
    made = ids.new_id(at, Random(seed))
    uuid = UUID(hex=made)
    assert made == uuid.hex
    assert (uuid.version, uuid.variant) == (7, RFC_4122)
    assert uuid.int >> 80 == at
    assert ids.new_id(at, Random(seed)) == made


@given(first=MILLISECONDS, second=MILLISECONDS)
def test_a_later_id_sorts_later(first: int, second: int) -> None:
    if first < second:
        assert ids.new_id(first) < ids.new_id(second)


def test_all_other_bits_are_chance() -> None:
    made = [int(ids.new_id(0, Random(seed)), 16) for seed in range(400)]
    seen_one = seen_zero = 0
    for value in made:
        seen_one |= value
        seen_zero |= ~value
    fixed = 0xF << 76 | 0b11 << 62
    everywhere = (1 << 80) - 1
    assert (seen_one & seen_zero & everywhere) == everywhere & ~fixed


def test_ids_of_one_moment_differ() -> None:
    assert len({ids.new_id(1) for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("0190A3B4-C5D6-7E8F-9012-3456789ABCDE", "0190a3b4c5d67e8f90123456789abcde"),
        ("  0190a3b4c5d67e8f90123456789abcde\n", "0190a3b4c5d67e8f90123456789abcde"),
        ("", None), ("seven", None), ("0" * 31, None), ("0" * 33, None), ("g" * 32, None), ("٣" * 32, None),
        ("0190a3b4c5d67e8f90123456789abcde\x00", None),
    ],
)  # fmt: skip
def test_other_spellings_are_read_and_other_things_are_not(text: str, clean: str | None) -> None:
    assert ids.clean_id(text) == clean


@given(st.text(max_size=60))
def test_whatever_is_sent_is_an_id_or_nothing(text: str) -> None:
    clean = ids.clean_id(text)
    assert clean is None or (len(clean) == ids.ID_LENGTH and UUID(hex=clean).hex == clean)

"""What an id is: a UUIDv7 (RFC 9562) as 32 lowercase hex digits, made where the thing was recorded.

Time-ordered, so that indexes grow at one end. Randomness comes in as an argument: the same seed gives the same ids.
"""

from __future__ import annotations

import re
from random import Random, SystemRandom

ID_LENGTH = 32
_HEX = re.compile(r"[0-9a-f]{32}")
_SYSTEM = SystemRandom()


def new_id(at_ms: int, random: Random = _SYSTEM) -> str:
    """A fresh id whose first 48 bits are the milliseconds `at_ms`."""
    bits = random.getrandbits(74)
    value = (at_ms & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1
    return f"{value:032x}"


def clean_id(text: str) -> str | None:
    """`text` as an id here (hyphens and capitals of other spellings removed), or None when it is not a UUID."""
    squeezed = text.strip().replace("-", "").lower()
    return squeezed if _HEX.fullmatch(squeezed) else None

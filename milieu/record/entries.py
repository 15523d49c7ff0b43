"""What an entry is as it stands in the ledger, and how a row of the table becomes one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COLUMNS = (
    "id", "community", "n", "kind", "about", "others", "happened_at", "entered_at", "by", "role", "device",
    "programme", "act", "corrects", "body", "prev", "hash",
)  # fmt: skip
NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
BODY = COLUMNS.index("body")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the ledger; `body` is opened JSON, times are milliseconds UTC."""

    id: str
    community: str
    n: int
    kind: str
    about: str
    others: str
    happened_at: int
    entered_at: int
    by: str
    role: str
    device: str
    programme: str
    act: str
    corrects: str
    body: Mapping[str, Any]
    prev: str
    hash: str


def opened(values: Sequence[Any]) -> Entry:
    """The entry of a table row whose columns stand in the order of COLUMNS."""
    return Entry(*values[:BODY], json.loads(values[BODY]), *values[BODY + 1 :])  # type: ignore[call-arg]

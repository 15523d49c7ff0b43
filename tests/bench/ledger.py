"""How fast the year can be rebuilt from its ledger, and verified whole: every hash, every row of state."""

from __future__ import annotations

import time

from milieu.record import folds, reading, verify
from milieu.record.entries import opened
from milieu.record.state import MemoryState
from tests.bench.rows import Row


def rows(community: str) -> list[Row]:
    """Rebuild and verify one house."""
    began = time.perf_counter()
    state, count = MemoryState(), 0
    for values in reading.stream(community):
        folds.apply(state, opened(values))
        count += 1
    rebuilt = count / (time.perf_counter() - began)
    began = time.perf_counter()
    verdict = verify.community(community)
    taken = time.perf_counter() - began
    assert verdict.is_true, f"{verdict.findings[:3]}: made by other code? Remove var/bench and measure again."
    rate = verdict.entries / taken
    return [
        Row("State rebuilt from the ledger", per_second=rebuilt, value=f"{count / rebuilt:.0f} s", aim="≥ 20,000 a second",
            met=rebuilt >= 20_000, note=f"{count:,} entries"),
        Row("The ledger verified whole", per_second=rate, value=f"{taken:.0f} s", note="rebuilt, every hash computed, every row compared"),
    ]  # fmt: skip

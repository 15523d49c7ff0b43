"""What a process keeps between requests: things made of the record as it stood at one entry of a chain.

Every key holds the number of the chain's newest entry, read in the same request: a write makes a new key, so nothing kept
is ever out of date. Dropped when not asked for in a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

MOST = 48  # of some 300 kB each: the newest board of every role and community, and what was looked at a moment ago

_T = TypeVar("_T")
_made: OrderedDict[tuple[str, ...], Any] = OrderedDict()
_lock = Lock()


def kept(key: tuple[str, ...], make: Callable[[], _T]) -> _T:
    """What `make` gives, made once for each key."""
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            found: _T = _made[key]
            return found
    made = make()
    with _lock:
        _made[key] = made
        while len(_made) > MOST:
            _made.popitem(last=False)
    return made

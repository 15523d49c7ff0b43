"""How many checks wait now: the number on Rounds in the rail, the same on every screen.

What the boards say of each person stands in `today` and `rounds`.
"""

from __future__ import annotations

from datetime import datetime

from milieu.queries import houses, parts
from milieu.queries.viewers import Here
from milieu.record import keeping, programmes
from milieu.rules.permissions import May, Viewer


def checks_due(here: Here, viewer: Viewer, at: datetime) -> int:
    """The people somebody should look in on now; none for whom it is not to look in."""
    if not viewer.may(May.RECORD_CHECK):
        return 0
    second = at.replace(microsecond=0)
    key = (here.id, str(here.n), viewer.role, "checks_due", second.isoformat())
    return keeping.kept(key, lambda: _checks_due(here, viewer, second))


def _checks_due(here: Here, viewer: Viewer, at: datetime) -> int:
    programme = programmes.in_force(here.programme)
    residents = houses.load(here, viewer, at).residents
    return sum(parts.needs_someone(parts.due_of(one, programme, at), at) for one in residents)

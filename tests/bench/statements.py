"""How many statements a page asks of the database, in houses of ten and of forty, with a year behind them and with days."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.rows import Row
from tests.bench.visitor import Visitor, new_ids

BOARD_MOST = 5


def count(visitor: Visitor) -> dict[str, int]:
    """Statements of each page and act right after a write."""
    stay = visitor.stays[0]
    pages = {
        "today": "/today", "rounds": "/rounds", "log": "/log", "residents": "/residents", "timeline": f"/residents/{stay}",
        "checks": f"/residents/{stay}?show=checks",
    }  # fmt: skip
    found = {name: _asked(visitor, "get", path, {}, 200) for name, path in pages.items()}
    one, other = new_ids(2)
    found["seen"] = _asked(visitor, "post", "/rounds", {"stay": stay, "seen_as": "settled", "id": one}, 302)
    noticed = {"kind": "noticed", "who": stay, "strength": "spoke-up", "words": "", "id": other}
    found["noticed"] = _asked(visitor, "post", "/log", noticed, 302)
    return found


def _asked(visitor: Visitor, method: str, path: str, form: dict[str, str], expect: int) -> int:
    client = Client()
    client.cookies["milieu_in"] = visitor.token
    getattr(client, method)(path, form)  # programme and templates are read once in the life of a process
    another = {"stay": visitor.stays[0], "seen_as": "settled", "id": new_ids(1)[0]}
    assert client.post("/rounds", another).status_code == 302  # after a write nothing kept can be used
    if "id" in form:
        form = {**form, "id": new_ids(1)[0]}
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(client, method)(path, form)
    assert answer.status_code == expect, (path, answer.status_code, answer.content[:300])
    return sum(not _is_bracket(query["sql"]) for query in asked.captured_queries)


def _is_bracket(sql: str) -> bool:
    return sql.split(" ")[0].upper() in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}


def rows(counted: dict[str, dict[str, int]]) -> list[Row]:
    """One row for the board's limit, one for everything being the same in every house."""
    houses = list(counted)
    board = max(counted[house]["today"] for house in houses)
    differing = [name for name in counted[houses[0]] if len({counted[house][name] for house in houses}) > 1]
    told = ", ".join(
        f"{name} {'/'.join(str(counted[house][name]) for house in houses)}"
        for name in (differing or counted[houses[0]])
    )
    return [
        Row("Statements of the board, nothing kept", statements=board, value=str(board), aim=f"at most {BOARD_MOST}", met=board <= BOARD_MOST),
        Row("Statements in every house", value="the same" if not differing else "differ", aim="constant in residents and history",
            met=not differing, note=f"{told} (in {', '.join(houses)})"),
    ]  # fmt: skip

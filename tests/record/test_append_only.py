"""What is recorded cannot be changed or removed: not through the model, not through a queryset, not by SQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction

from milieu.record.models.entry import AppendOnly, Entry
from tests.house import House

ENTRIES = 'id, community, n, kind, about, others, happened_at, entered_at, "by", role, device, programme, act, corrects, body, prev, hash'


def count(table: str) -> int:
    """How many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        return int(cursor.fetchone()[0])


def refused_by_the_database(sql: str) -> str:
    """Run a statement that must not work; what the database said."""
    with pytest.raises(DatabaseError) as told, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(told.value)


MODEL: dict[str, Callable[[Entry], object]] = {
    "save": lambda entry: entry.save(),
    "save one field": lambda entry: entry.save(update_fields=["body"]),
    "save as new": lambda entry: entry.save(force_insert=True),
    "delete": lambda entry: entry.delete(),
}


@pytest.mark.parametrize("attempt", MODEL.values(), ids=MODEL)
def test_the_model_refuses(willow: House, attempt: Callable[[Entry], object]) -> None:
    entry = Entry.objects.filter(community=willow.id).first()
    assert entry is not None
    entry.body = '{"level":4,"reason":"mine"}'
    with pytest.raises(AppendOnly, match="only grows"):
        attempt(entry)


MANY: dict[str, Callable[[models.QuerySet[Entry]], object]] = {
    "update": lambda rows: rows.update(role="nobody"),
    "delete": lambda rows: rows.delete(),
    "create": lambda rows: rows.create(id="1"),
    "bulk_create": lambda rows: rows.bulk_create([Entry(id="1")]),
    "bulk_update": lambda rows: rows.bulk_update([Entry(id="1")], ["body"]),
    "get_or_create": lambda rows: rows.get_or_create(id="1"),
    "update_or_create": lambda rows: rows.update_or_create(id="1"),
    "manager": lambda rows: Entry.objects.create(id="1"),
}


@pytest.mark.parametrize("attempt", MANY.values(), ids=MANY)
def test_a_queryset_refuses(willow: House, attempt: Callable[[models.QuerySet[Entry]], object]) -> None:
    before = count("entry")
    with pytest.raises(AppendOnly, match="correction"):
        attempt(Entry.objects.filter(community=willow.id))
    assert count("entry") == before


@pytest.mark.parametrize("table", ["entry", "programme_text"])
@pytest.mark.parametrize(
    "sql",
    ["UPDATE {table} SET {column} = 'x'", "DELETE FROM {table}", "DELETE FROM {table} WHERE {column} <> ''"],
)
def test_the_database_refuses_to_change_and_to_remove(willow: House, table: str, sql: str) -> None:
    before = count(table)
    told = refused_by_the_database(sql.format(table=table, column="body" if table == "entry" else "text"))
    assert "cannot be changed or removed" in told
    assert before == count(table) > 0


@pytest.mark.sqlite
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"])
def test_sqlite_refuses_to_put_another_entry_in_the_place_of_one(willow: House, how: str, recursive: str) -> None:
    columns = ENTRIES.replace("body,", "'{}' AS body,")
    taken = f"{how} INTO entry ({ENTRIES}) SELECT {columns} FROM entry WHERE n = 3"
    other_id = taken.replace("SELECT id,", "SELECT 'other',")
    before = [entry.hash for entry in willow.entries()]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    for sql in (taken, other_id):
        assert "cannot be changed or removed" in refused_by_the_database(sql)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
    assert [entry.hash for entry in willow.entries()] == before


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_refuses_to_put_another_text_in_the_place_of_a_programme(willow: House, how: str) -> None:
    sql = f"{how} INTO programme_text (id, sha256, text) SELECT id, sha256, 'changed' FROM programme_text"
    assert "cannot be changed or removed" in refused_by_the_database(sql)


@pytest.mark.sqlite
def test_sqlite_refuses_an_upsert(willow: House) -> None:
    sql = f"INSERT INTO entry ({ENTRIES}) SELECT {ENTRIES} FROM entry WHERE true ON CONFLICT (id) DO UPDATE SET body = 'x'"
    assert "cannot be changed or removed" in refused_by_the_database(sql)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "sql",
    [
        "TRUNCATE entry",
        "TRUNCATE entry CASCADE",
        "TRUNCATE programme_text",
        f"INSERT INTO entry ({ENTRIES}) SELECT {ENTRIES} FROM entry ON CONFLICT (id) DO UPDATE SET body = 'x'",
        "WITH gone AS (DELETE FROM entry RETURNING 1) SELECT * FROM gone",
        "MERGE INTO entry e USING (SELECT 1) one ON true WHEN MATCHED THEN UPDATE SET body = 'x'",
        "UPDATE entry SET body = 'x' WHERE false",
    ],
)
def test_postgresql_refuses_every_other_way(willow: House, sql: str) -> None:
    before = count("entry")
    assert "cannot be changed or removed" in refused_by_the_database(sql)
    assert count("entry") == before


@pytest.mark.postgres
def test_postgresql_refuses_a_second_entry_of_the_same_number(willow: House) -> None:
    columns = ENTRIES.replace("id,", "repeat('f', 32),", 1)
    told = refused_by_the_database(f"INSERT INTO entry ({ENTRIES}) SELECT {columns} FROM entry WHERE n = 3 LIMIT 1")
    assert "entry_n" in told

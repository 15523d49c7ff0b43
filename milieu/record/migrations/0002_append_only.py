"""The databases themselves refuse to change or remove an entry, and to change a stored programme version."""

from django.db import migrations

GUARDED = ("entry", "programme_text")
WHY = "What has been recorded cannot be changed or removed. Record a correction."


def _guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WHY}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        for table in GUARDED:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table in GUARDED:
        for what in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
            )
    # INSERT OR REPLACE deletes without firing a delete trigger unless recursive triggers are on, so it is refused here
    schema_editor.execute(
        "CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry WHEN EXISTS "
        "(SELECT 1 FROM entry WHERE id = NEW.id OR (community = NEW.community AND n = NEW.n)) "
        f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("record", "0001_start")]
    operations = [migrations.RunPython(_guard, migrations.RunPython.noop)]

"""SQLite refuses to put another text in the place of a stored programme version (INSERT OR REPLACE fires no delete trigger)."""

from django.db import migrations

WHY = "What has been recorded cannot be changed or removed. Give the changed programme a new version date."


def _guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER programme_text_no_replace BEFORE INSERT ON programme_text WHEN EXISTS "
            "(SELECT 1 FROM programme_text WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("record", "0002_append_only")]
    operations = [migrations.RunPython(_guard, migrations.RunPython.noop)]

"""Whoever was not there when somebody looked in is being looked for: the need that says so stands beside their watch."""

from django.db import migrations

import milieu.record.models.fields


class Migration(migrations.Migration):
    dependencies = [("record", "0004_device_shows_people")]
    operations = [
        migrations.AddField(
            "watch", "search",
            milieu.record.models.fields.IdField(help_text="the need that says the person is being looked for"),
        ),
        migrations.AlterField(
            "watch", "recent",
            milieu.record.models.fields.JsonTextField(
                help_text="last looks: [[id, happened_at, code, by, place, entered_at, was not there], …] newest first"
            ),
        ),
    ]

"""A shared tablet may hide its list of people; then a first name is typed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0003_no_replace")]
    operations = [
        migrations.AddField("device", "shows_people", models.BooleanField(default=True, help_text="false: no list of people, a first name is typed")),
    ]

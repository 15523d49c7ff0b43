"""The one Django app that has tables."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """What happened and what is so."""

    name = "milieu.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

"""Opening a community under a programme."""

from __future__ import annotations

import re
from datetime import datetime
from random import Random
from zoneinfo import available_timezones

from django.db import connection, transaction

from milieu.actions.refused import refuse
from milieu.record import ledger, programmes
from milieu.record.ledger import Author
from milieu.rules import ids, moments


def organisation(name: str, at: datetime, random: Random | None = None) -> str:
    """Make an organisation; its id."""
    if not name.strip():
        raise refuse("organisation.name", "Give the organisation a name.")
    made = ids.new_id(moments.to_ms(at), random) if random else ids.new_id(moments.to_ms(at))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO organisation (id, name) VALUES (%s, %s)", [made, name.strip()[:120]])
    return made


def open_(
    organisation_id: str, name: str, programme: str, zone: str, at: datetime, *, slug: str = "", language: str = "en",
    random: Random | None = None,
) -> str:  # fmt: skip
    """Open a community under a ready programme: its chain begins; the community's id."""
    if not name.strip():
        raise refuse("community.name", "Give the community a name, as people there call it.")
    if zone not in available_timezones():
        raise refuse("community.zone", "There is no time zone '{zone}'. Write it like Europe/Berlin.", zone=zone)
    slug = (slug or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "house")[:60]
    found, text = programmes.from_folder(programme)
    made = ids.new_id(moments.to_ms(at), random) if random else ids.new_id(moments.to_ms(at))
    with transaction.atomic():
        _refuse_taken(slug)
        kept = programmes.keep(found, text)
        ledger.begin_chain(made)
        with ledger.writing(made, Author(), at, programme=kept, random=random) as write:
            body = {
                "name": name.strip()[:120], "slug": slug, "organisation": organisation_id, "zone": zone,
                "language": language, "programme": kept,
            }  # fmt: skip
            write.append("community_opened", body)
    return made


def _refuse_taken(slug: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM community WHERE slug = %s", [slug])
        if cursor.fetchone():
            raise refuse(
                "community.slug",
                "There is a community called '{slug}' already. Give this one another short name.",
                slug=slug,
            )

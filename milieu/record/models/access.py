"""Who may come in and who looked: accounts, passkeys, devices, sign-ins, tries and the access log.

Not rebuilt from a ledger: secrets and openings of pages are no part of what happened in the community.
"""

from __future__ import annotations

from django.db import models

from milieu.record.models.fields import IdField, MomentField, WordField


class Account(models.Model):
    """Somebody who can sign in. Holds secrets as hashes only; the TOTP secret is sealed with the site's key."""

    id = IdField(primary_key=True)
    organisation = IdField()
    login = WordField(unique=True, help_text="lowercase")
    name = WordField()
    password = WordField(max_length=200)
    pin = WordField(max_length=200)
    totp = WordField(max_length=300)
    totp_last = models.BigIntegerField(default=0, help_text="last accepted time step, so a code works once")
    language = WordField(max_length=12, default="en")
    theme = WordField(max_length=12, default="auto")
    hand = WordField(max_length=5, default="right")
    active = models.BooleanField(default=True)
    picture = WordField(max_length=8, help_text="initial shown on a shared device")

    class Meta:
        db_table = "account"


class Passkey(models.Model):
    """A public key a person's device keeps the other half of (WebAuthn)."""

    id = WordField(primary_key=True, max_length=400, help_text="credential id, base64url")
    account = IdField(db_index=True)
    public_key = models.TextField()
    sign_count = models.BigIntegerField(default=0)
    label = WordField()
    made_at = MomentField()

    class Meta:
        db_table = "passkey"


class Device(models.Model):
    """A shared tablet or kiosk that a nurse in charge has registered for one community."""

    id = IdField(primary_key=True)
    community = IdField()
    label = WordField()
    kind = WordField(max_length=12, default="tablet", help_text="tablet, kiosk, wall")
    token = WordField(max_length=64, unique=True, help_text="SHA-256 of the cookie")
    registered_at = MomentField()
    registered_by = IdField()
    removed_at = MomentField(null=True)
    shows_people = models.BooleanField(default=True, help_text="false: no list of people, a first name is typed")

    class Meta:
        db_table = "device"


class SignIn(models.Model):
    """One signed-in browser. The cookie holds a random token; only its SHA-256 is kept here."""

    token = WordField(primary_key=True, max_length=64)
    account = IdField(db_index=True)
    staff = IdField(help_text="the assignment being worked under; empty until chosen")
    device = IdField()
    started_at = MomentField()
    seen_at = MomentField()
    ends_at = MomentField()
    locked_at = MomentField(null=True)
    waits_for = WordField(max_length=20, help_text="totp while the second step is open")

    class Meta:
        db_table = "sign_in"


class Try(models.Model):
    """A failed attempt to sign in, for slowing guesses; `key` is a keyed hash of name or address, never the text."""

    id = models.BigAutoField(primary_key=True)
    key = WordField(max_length=64)
    at = MomentField()

    class Meta:
        db_table = "try"
        indexes = [models.Index(fields=["key", "at"], name="try_key")]


class Opening(models.Model):
    """The access log: who opened which page about whom, when, in what role. Read by the person it is about."""

    id = models.BigAutoField(primary_key=True)
    community = IdField()
    stay = IdField()
    account = IdField()
    staff = IdField()
    role = WordField(max_length=40)
    page = WordField(max_length=60)
    at = MomentField()
    device = IdField()

    class Meta:
        db_table = "opening"
        indexes = [models.Index(fields=["stay", "at"], name="opening_stay")]

"""The life of the community as it stands now. State tables: each row is moved by folds and rebuilt by `milieu verify`."""

from __future__ import annotations

from django.db import models

from milieu.record.models.fields import IdField, JsonTextField, MomentField, WordField


class Person(models.Model):
    """A human being who stays, has stayed or will stay in a community."""

    id = IdField(primary_key=True)
    community = IdField(help_text="the community that first recorded the person")
    given_name = WordField()
    family_name = WordField()
    pronouns = WordField(max_length=40)
    born = WordField(max_length=10, help_text="YYYY-MM-DD")
    languages = WordField(max_length=60)

    class Meta:
        db_table = "person"


class Stay(models.Model):
    """One person's stay in one community: who they are here, their room, level and close people."""

    id = IdField(primary_key=True)
    community = IdField()
    person = IdField()
    name = WordField(help_text="the name they use, with the initial of the family name: Carl D.")
    full_name = WordField()
    pronouns = WordField(max_length=40)
    room = WordField(max_length=40)
    bed = WordField(max_length=10)
    level = models.SmallIntegerField(default=1)
    level_since = MomentField(null=True)
    arrived_at = MomentField()
    left_at = MomentField(null=True)
    buddy = IdField(help_text="the stay of the buddy")
    key_worker = IdField(help_text="the staff assignment")
    post = WordField(help_text="what they do for the house: Community leader, Lunch crew lead")
    likes = JsonTextField()
    helps = JsonTextField()
    avoids = JsonTextField()
    night_plan = JsonTextField(help_text="how the person asked to be checked, line by line")
    night_plan_at = MomentField(null=True)
    needs = JsonTextField(help_text="communication and daily-living needs")
    safety = JsonTextField(help_text="[{line, review_at}]")
    keep_apart = JsonTextField(help_text="[{stay, why, until}]")
    adapted = JsonTextField(default="{}", help_text="expectation code to this person's adaptation")
    goals = JsonTextField(help_text="strength codes this person works on")

    class Meta:
        db_table = "stay"
        indexes = [models.Index(fields=["community", "left_at"], name="stay_here")]


class Whereabouts(models.Model):
    """Where a resident is now, as last recorded."""

    id = IdField(primary_key=True, help_text="the stay")
    community = IdField()
    place = WordField(max_length=40)
    since = MomentField()
    doing = WordField(help_text="resting, work crew, dentist …")
    with_staff = IdField()
    back_at = MomentField(null=True, help_text="expected return when out")
    before = JsonTextField(default="[]", help_text="what it was before, newest first, for taking back")

    class Meta:
        db_table = "whereabouts"


class Watch(models.Model):
    """How often someone looks in on a resident, and when they were last seen."""

    id = IdField(primary_key=True, help_text="the stay")
    community = IdField()
    level = WordField(max_length=20, help_text="observation level code of the programme")
    every = models.IntegerField(null=True, help_text="minutes; null when continuous or none")
    since = MomentField()
    until = MomentField(null=True)
    ordered_by = IdField()
    reason = WordField(max_length=300)
    sleep_from = MomentField(null=True, help_text="agreed sleep without checks")
    sleep_until = MomentField(null=True)
    one_to_one = IdField(help_text="staff member who is with the person now")
    seen_at = MomentField(null=True)
    seen_as = WordField(max_length=40, help_text="pad code")
    seen_by = IdField()
    search = IdField(help_text="the need that says the person is being looked for")
    recent = JsonTextField(
        help_text="last looks: [[id, happened_at, code, by, place, entered_at, was not there], …] newest first"
    )

    class Meta:
        db_table = "watch"


class Attendance(models.Model):
    """One person's part in one occurrence of an activity."""

    id = WordField(primary_key=True, max_length=160, help_text="community:day:slot:stay")
    community = IdField()
    day = WordField(max_length=10)
    slot = WordField(max_length=60)
    stay = IdField()
    status = WordField(max_length=20, help_text="here, late, declined, excused, left_early, elsewhere")
    said = WordField(max_length=300, help_text="their own words when they chose not to")
    took_part = WordField(max_length=20, help_text="quiet, took_part, led")
    at = MomentField()
    before = JsonTextField(default="[]")

    class Meta:
        db_table = "attendance"
        indexes = [
            models.Index(fields=["community", "day", "slot"], name="attendance_day"),
            models.Index(fields=["stay", "day"], name="attendance_stay"),
        ]


class Need(models.Model):
    """Something that needs a person: a relief, a tension to plan for, an own view to ask for, a call for help."""

    id = IdField(primary_key=True, help_text="the entry that raised it")
    community = IdField()
    kind = WordField(max_length=40, help_text="relief, tension, own_view, help, talk")
    about = IdField()
    other = IdField(help_text="second person, for a tension")
    staff = IdField(help_text="staff member concerned, for a relief")
    text = WordField(max_length=300)
    due_at = MomentField(null=True)
    raised_at = MomentField()
    raised_by = IdField()
    taken_by = IdField()
    taken_at = MomentField(null=True)
    plan = WordField(max_length=300)
    done_at = MomentField(null=True)

    class Meta:
        db_table = "need"
        indexes = [models.Index(fields=["community", "done_at"], name="need_open")]


class Staff(models.Model):
    """One person's assignment to work in a community, in one role, and what they are doing on this shift."""

    id = IdField(primary_key=True)
    community = IdField()
    account = IdField()
    name = WordField(help_text="Nadia R.")
    full_name = WordField()
    role = WordField(max_length=40)
    since = MomentField()
    until = MomentField(null=True)
    on_from = MomentField(null=True, help_text="on duty since; null when off")
    on_until = MomentField(null=True)
    doing = WordField(max_length=60, help_text="floor, group, kitchen, one to one, out")
    place = WordField(max_length=40)
    with_stay = IdField()

    class Meta:
        db_table = "staff"
        indexes = [
            models.Index(fields=["community", "until"], name="staff_here"),
            models.Index(fields=["account"], name="staff_account"),
        ]


class Tally(models.Model):
    """How often something happened on a day of the community, for one stay or for all (stay empty)."""

    id = WordField(primary_key=True, max_length=160, help_text="community:day:what:stay")
    community = IdField()
    day = WordField(max_length=10)
    what = WordField(
        max_length=60, help_text="noticed, correction, redirection, took_part, expected, asleep, noticed.CODE"
    )
    stay = IdField()
    n = models.IntegerField(default=0)

    class Meta:
        db_table = "tally"
        indexes = [
            models.Index(fields=["community", "day", "stay"], name="tally_day"),
            models.Index(fields=["stay", "day"], name="tally_stay"),
        ]

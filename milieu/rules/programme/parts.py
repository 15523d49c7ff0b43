"""Which keys does each part of a programme have? One table a part, for the reader and for the JSON Schema.

The order of the keys is the order in which a manual would tell them. How parts must fit together
(a space that exists, a week without clashes) is for the checks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from milieu.rules.programme import care_parts as care
from milieu.rules.programme import shape, vocabulary
from milieu.rules.programme.amounts import Amount, SourceOf, Sources
from milieu.rules.programme.fields import Field, Part
from milieu.rules.programme.freedoms import Freedom
from milieu.rules.programme.kinds import (
    Code,
    Date,
    Days,
    ListOf,
    OneOf,
    Plain,
    Schema,
    TimeOfDay,
    WholeNumber,
    Words,
    YesNo,
)
from milieu.rules.programme.notes import Notes, Path
from milieu.rules.programme.problem import choice
from milieu.rules.programme.tree import Node
from milieu.rules.words import Text

_CODE = Field(Code(), "a short name other places refer to")
_TITLE = Field(Words(), "what people see")
_OWN_SOURCE = Field(SourceOf(), "where the numbers come from; left out: this programme", None)


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """Words under known names; those left out are said in the usual words."""

    known: Mapping[str, str]
    what: str

    @property
    def usual(self) -> Mapping[str, Text]:
        return MappingProxyType({name: Text(words) for name, words in self.known.items()})

    def read(self, node: Node, path: Path, notes: Notes) -> Mapping[str, Text]:
        words = dict(self.usual)
        for name, said in (node.entries or {}).items():
            if name in self.known:
                words[name] = Words().read(said, (*path, name), notes)
            else:
                notes.wrong(node.keys[name], path, f"{self.what} of this name is not known", choice(name, self.known))
        if node.entries is None and not node.is_empty:
            notes.wrong(node, path, "a name and its words belong here", f"'{next(iter(self.known))}: …'")
        return MappingProxyType(words)

    def schema(self) -> Schema:
        properties = {
            name: {"$ref": "#/$defs/words", "description": f"left out: {default}"}
            for name, default in self.known.items()
        }
        return {"type": "object", "additionalProperties": False, "properties": properties}


CRITERION = Part("a criterion", shape.Criterion, {
    "code": _CODE,
    "text": Field(Words(), "what can be observed, for the team"),
    "easy": Field(Words(), "the same in easy words, for the resident"),
    "measure": Field(
        OneOf(tuple(vocabulary.MEASURES), "nothing is counted by this name",
              {name: about for name, (_, about) in vocabulary.MEASURES.items()}),
        "what is counted"),
    "at_least": Field(Amount(may_be_zero=True), "met from this much", None),
    "at_most": Field(Amount(may_be_zero=True), "met up to this much", None),
    "window": Field(Amount(("day", "month")), "over the last …; left out: since arrival", None),
    "excusable": Field(YesNo(), "may someone be excused from it, with a reason", False),
    "source": _OWN_SOURCE,
})  # fmt: skip

LEVEL = Part("a level", shape.Level, {
    "number": Field(WholeNumber(1), "from 1 up"),
    "name": _TITLE,
    "needs": Field(Words(), "what people need most here"),
    "support": Field(Words(), "what staff and peers give"),
    "criteria": Field(ListOf(CRITERION), "what shows that someone is here; empty for the first level", ()),
    "freedoms": Field(ListOf(Freedom()), "what comes with this level, never a right", ()),
    "duties": Field(ListOf(Freedom()), "what is expected at this level", ()),
})  # fmt: skip


def _role(code: str, is_staff: bool | None, **values: Any) -> shape.Role:
    known = vocabulary.ROLES.get(code, False)
    return shape.Role(code=code, is_staff=known if is_staff is None else is_staff, **values)


ROLE = Part("a role", _role, {
    "code": Field(OneOf(tuple(vocabulary.ROLES), "this role is not known"), "which of the known roles"),
    "title": _TITLE,
    "description": Field(Words(), "what this person does here, for a manager to read"),
    "is_staff": Field(YesNo(), "left out: as the role usually is", None),
})  # fmt: skip


def _slot(starts: int, ends: int, kind: str, **values: Any) -> shape.Slot:
    # Only the night runs over midnight; any other slot that ends before it starts is a mistake (week checks).
    over_midnight = kind == "lights_out" and ends <= starts
    return shape.Slot(starts=starts, ends=ends + 1440 if over_midnight else ends, kind=kind, **values)


SLOT = Part("a slot of the week", _slot, {
    "code": _CODE,
    "title": _TITLE,
    "kind": Field(OneOf(vocabulary.SLOT_KINDS, "this kind of slot is not known"), "what kind of thing it is"),
    "days": Field(Days(), "daily, weekdays, weekends, or [mon, thu]"),
    "starts": Field(TimeOfDay(), "HH:MM"),
    "ends": Field(TimeOfDay(), "HH:MM; only lights_out may end the next day"),
    "space": Field(Code(), "where: a code under spaces", ""),
    "led_by": Field(Code(), "who leads: a code under roles", ""),
    "expected": Field(
        Plain(r"all|none|signed_up|level:\d+[+-]", "'all', 'signed_up', 'none', 'level:2+' or 'level:2-'"),
        "who is expected: all, signed_up, none, level:2+ (2 and up), level:2- (2 and below)", "all"),
    "capacity": Field(Amount(("person",)), "how many fit", None),
    "on_line": Field(YesNo(), "is it a stop on the day line", False),
    "counts_as_check": Field(YesNo(), "does attendance count as having been seen", False),
})  # fmt: skip

SPACE = Part("a space", shape.Space, {
    "code": _CODE,
    "title": _TITLE,
    "kind": Field(OneOf(vocabulary.SPACE_KINDS, "this kind of space is not known"), "what kind of place it is"),
    "capacity": Field(WholeNumber(1), "how many fit; beds, for a bedroom", None),
    "walk": Field(WholeNumber(), "place in the walking order of a round"),
    "privacy": Field(OneOf(tuple(vocabulary.PRIVACY), "this is not known", vocabulary.PRIVACY), "whose it is", "open"),
})  # fmt: skip

STRENGTH = Part("a strength", shape.Strength, {
    "code": _CODE,
    "title": Field(Words(), "the chip: what was seen, such as 'asked for a break'"),
    "said": Field(Words(names=True), "the sentence, with {name}"),
})  # fmt: skip

EXPECTATION = Part("an expectation", shape.Expectation, {
    "code": _CODE,
    "title": Field(Words(), "the chip, such as 'Quiet voices'"),
    "norm": Field(Words(), "what we have agreed"),
    "guidance": Field(Words(), "what we say: one or two spoken sentences"),
    "because": Field(Words(), "why, for everyone to read"),
    "offer": Field(ListOf(Words(), 1), "other ways to offer"),
    "agreed": Field(Date(), "the day the house agreed on it"),
    "binds": Field(OneOf(vocabulary.BINDS, "this is not known"), "whom it binds", "everyone"),
})  # fmt: skip

POLICY = Part("a policy", shape.Policy, {
    "code": Field(
        OneOf(tuple(vocabulary.POLICIES), "no rule knows a policy of this name",
              {name: about for name, (_, about) in vocabulary.POLICIES.items()}),
        "which number this is"),
    "title": _TITLE,
    "at_least": Field(Amount(), "never less", None),
    "at_most": Field(Amount(), "never more", None),
    "source": Field(SourceOf(), "where the number comes from"),
})  # fmt: skip

DECISION_RIGHT = Part("a decision right", shape.DecisionRight, {
    "code": _CODE,
    "what": Field(Words(), "what is decided"),
    "who": Field(OneOf(vocabulary.DECIDERS, "this is not known"), "who decides"),
    "consulted": Field(ListOf(Code()), "roles heard before", ()),
    "told": Field(ListOf(Code()), "roles told after", ()),
})  # fmt: skip

NORM = Part("a line of the agreement", shape.Norm, {
    "code": _CODE,
    "text": Field(Words(), "the line, in we-form"),
    "because": Field(Words(), "why"),
    "expectation": Field(Code(), "the expectation it belongs to", ""),
})  # fmt: skip

JOB = Part("a job", shape.Job, {
    "code": _CODE,
    "title": _TITLE,
    "described": Field(Words(), "what is done"),
    "skills": Field(ListOf(Words(), 1), "what it builds"),
    "places": Field(WholeNumber(1), "how many people at once", 1),
    "rotates_after": Field(Amount(("day", "month")), "when it goes to someone else", None),
    "paid": Field(YesNo(), "is it paid", False),
    "leads": Field(YesNo(), "does it lead others", False),
})  # fmt: skip

CONTACT = Part("a contact after leaving", shape.Contact, {
    "code": _CODE,
    "title": _TITLE,
    "after": Field(Amount(("day",)), "how long after leaving"),
    "asks": Field(Words(), "what we ask, in one sentence"),
})  # fmt: skip


_WORDS = Named(vocabulary.WORDS, "a word")
_RIGHTS = Named(vocabulary.RIGHTS, "a right")


def _programme(rights: Mapping[str, Text], **values: Any) -> shape.Programme:
    return shape.Programme(rights=tuple(shape.Right(code, text) for code, text in rights.items()), **values)


PROGRAMME = Part("a programme", _programme, {
    "code": _CODE,
    "version": Field(Date(), "the day this version was written; entries name it"),
    "title": _TITLE,
    "setting": Field(OneOf(tuple(vocabulary.SETTINGS), "this setting is not known", vocabulary.SETTINGS), "where"),
    "summary": Field(Words(), "a paragraph for someone choosing a programme"),
    "language": Field(
        Plain(r"[a-z]{2}(-[A-Z]{2})?", "a code such as 'en' or 'de'"),
        "the language of plain words", "en"),
    "time_zone_default": Field(
        Plain(r"UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+)+", "a time zone such as 'Europe/Berlin'"),
        "where the house is"),
    "day_starts": Field(TimeOfDay(), "when the day begins; the night belongs to the day before"),
    "sources": Field(Sources(), "where numbers come from, each under a name"),
    "words": Field(_WORDS, "the words this house uses", _WORDS.usual),
    "rights": Field(_RIGHTS, "what everyone has at every level, in your words", _RIGHTS.usual),
    "capacity": Field(Amount(("person",)), "how many people belong at once"),
    "noticed_aim": Field(Amount(("count",)), "how many noticed for one correction"),
    "levels": Field(ListOf(LEVEL, 1), "steps of responsibility, from 1 up"),
    "roles": Field(ListOf(ROLE, 1), "who is here"),
    "spaces": Field(ListOf(SPACE, 1), "the places"),
    "week": Field(ListOf(SLOT, 1), "the recurring week"),
    "strengths": Field(ListOf(STRENGTH, 1), "what we like to notice"),
    "expectations": Field(ListOf(EXPECTATION, 1), "what we expect, and what we say"),
    "observation": Field(care.OBSERVATION, "how people are looked in on"),
    "shifts": Field(ListOf(care.SHIFT), "who is on duty when", ()),
    "staffing": Field(ListOf(care.STAFFING), "how many staff for how many residents", ()),
    "calming": Field(ListOf(care.CALMING_STEP, 1), "the calming ladder, gentlest first"),
    "clocks": Field(ListOf(care.CLOCK), "legal and house clocks", ()),
    "policies": Field(ListOf(POLICY), "numbers set by the house or the law", ()),
    "decision_rights": Field(ListOf(DECISION_RIGHT, 1), "who decides what"),
    "agreement": Field(ListOf(NORM, 1), "the agreement a new community starts from"),
    "jobs": Field(ListOf(JOB), "work for the house", ()),
    "aftercare": Field(ListOf(CONTACT), "contacts after leaving", ()),
})  # fmt: skip

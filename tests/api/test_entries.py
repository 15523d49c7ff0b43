"""The batch door: what belongs to it is recorded once, and everything else is refused with a sentence and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milieu.actions import entries as batch_door
from milieu.rules.checks import OLDEST
from tests.api import door
from tests.api.door import CSRF, Tablet, ago, check, new_id, noticed
from tests.house import NOBODY, House


@pytest.fixture
def tablet(willow: House) -> Tablet:
    return door.tablet(willow)


def of_every_kind(house: House) -> list[dict[str, Any]]:
    """One entry of each kind that may come in."""
    reminded = {"expectation": "phones", "way": "agreed", "went": "settled", "words": "Put it away at once."}
    today = {"day": "2026-10-06", "slot": "seminar", "status": "here", "took_part": "led"}
    kinds = {
        "check": {"as": "settled", "place": "lounge", "chips": []}, "noticed": {"strength": "spoke-up"},
        "correction": reminded, "redirection": reminded, "moved": {"place": "garden", "doing": "reading"}, "attended": today,
    }  # fmt: skip
    assert set(kinds) == set(batch_door._DOORS)
    return [check(house.carl, kind=kind, body=body) for kind, body in kinds.items()]


def test_every_kind_comes_in_and_comes_in_once(tablet: Tablet) -> None:
    sent = of_every_kind(tablet.house)
    ids = [one["id"] for one in sent]
    assert tablet.outcome(*sent) == {"accepted": ids, "already": [], "refused": []}
    recorded = {entry.id: entry for entry in tablet.house.entries()}
    assert [recorded[one["id"]].kind for one in sent] == [one["kind"] for one in sent]
    n = tablet.n
    assert tablet.outcome(*sent) == {"accepted": [], "already": ids, "refused": []}
    assert tablet.n == n
    tablet.assert_true()


def test_an_id_in_another_spelling_is_the_same_id(tablet: Tablet) -> None:
    one = check(tablet.house.carl)
    tablet.outcome(one)
    spelled = f"{one['id'][:8]}-{one['id'][8:12]}-{one['id'][12:16]}-{one['id'][16:20]}-{one['id'][20:]}".upper()
    assert tablet.outcome({**one, "id": spelled})["already"] == [one["id"]]


@pytest.mark.parametrize(("name", "other"), [("body", {"as": "alone"}), ("happened_at", ago(2)), ("about", "maya")])
def test_other_content_under_a_used_id_is_refused(tablet: Tablet, name: str, other: Any) -> None:
    one = check(tablet.house.carl)
    tablet.outcome(one)
    n = tablet.n
    other = tablet.house.maya if other == "maya" else other
    assert "under the id of another entry. Nothing was recorded." in tablet.sentence({**one, name: other})
    assert tablet.n == n


def test_the_same_id_twice_in_one_batch_is_one_entry(tablet: Tablet) -> None:
    one, n = check(tablet.house.carl), tablet.n
    assert tablet.outcome(one, one) == {"accepted": [one["id"]], "already": [one["id"]], "refused": []}
    assert tablet.n == n + 1


@pytest.mark.parametrize("kind", ["weather", "community_opened", "stay_ended", "taken_back", "", None, 5, ["check"]])
def test_an_unknown_kind_is_refused_and_told_which_there_are(tablet: Tablet, kind: Any) -> None:
    n = tablet.n
    assert "Use one of: attended, check, correction, moved, noticed, redirection." in tablet.sentence(
        check(tablet.house.carl, kind=kind)
    )
    assert tablet.n == n


@pytest.mark.parametrize("kind", sorted(batch_door._DOORS))
def test_what_is_yet_to_happen_is_refused(tablet: Tablet, kind: str) -> None:
    one = next(one for one in of_every_kind(tablet.house) if one["kind"] == kind)
    n = tablet.n
    assert "in the future. Set the clock of this device" in tablet.sentence({**one, "happened_at": ago(-3)})
    assert tablet.n == n
    assert tablet.outcome({**one, "happened_at": ago(-1)})["accepted"]  # a clock may be a little ahead


@pytest.mark.parametrize("kind", sorted(batch_door._DOORS))
def test_somebody_of_another_house_is_as_unknown_as_nobody(tablet: Tablet, birch: House, kind: str) -> None:
    one = next(one for one in of_every_kind(tablet.house) if one["kind"] == kind)
    n, there = tablet.n, birch.here.n
    told = {
        tablet.sentence({**one, "id": new_id(), "about": about})
        for about in (birch.liam, NOBODY, "", "x" * 9999, "\x00", "\ud800", 5, None)
    }
    assert told == {"There is no such resident here. Choose somebody from the list."}
    assert (tablet.n, birch.here.n) == (n, there)


MOMENTS = [
    "", "now", "2026-10-14", "2026-10-14T03:15:00", "2026-13-14T03:15:00+00:00", "2026-10-14T03:15:00+25:00", None, True, [], {},
    1.5, -1, 1 << 43, 1 << 70, "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", 0,
]  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS, ids=repr)
@pytest.mark.parametrize("make", [check, noticed], ids=["check", "noticed"])
def test_a_time_that_is_none_is_refused(tablet: Tablet, make: Any, moment: Any) -> None:
    n = tablet.n
    sentence = tablet.sentence(make(tablet.house.carl, happened_at=moment))
    assert sentence.endswith(".")
    assert tablet.n == n


BODIES = [
    None, [], "settled", {}, {"as": None}, {"as": 5}, {"as": ["settled"]}, {"as": "nonsense"}, {"as": "settled", "mood": "good"},
    {"as": "settled", "chips": "drink"}, {"as": "settled", "chips": [5]}, {"as": "settled", "chips": ["nonsense"]},
    {"as": "settled", "place": "x" * 41}, {"as": "settled", "place": "\x00"}, {"as": "settled", "place": "\ud800"},
    {"as": "settled", "late_because": "x" * 4001}, {"as": "settled", "late_because": "a\x00b"}, {"as": "settled", "via": "attendance"},
    {"as": "settled", "late_because": {"deep": {"deeper": []}}}, {"as": "sett\ud800led"}, {"": ""}, {"\ud800": 1},
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: ascii(body)[:50])
def test_a_body_that_does_not_fit_is_refused(tablet: Tablet, body: Any) -> None:
    n = tablet.n
    sentence = tablet.sentence(check(tablet.house.carl, body=body))
    assert len(sentence) > 15
    assert sentence.endswith((".", "?"))
    assert tablet.n == n


@pytest.mark.parametrize(
    "entry_id", ["", "x", "1" * 31, "1" * 33, "g" * 32, None, 5, [], "\x00", "\ud800", "9" * 10_000]
)
def test_an_id_that_is_none_is_refused_by_name(tablet: Tablet, entry_id: Any) -> None:
    n = tablet.n
    assert "UUID" in tablet.sentence(check(tablet.house.carl, id=entry_id))
    assert tablet.n == n


@pytest.mark.parametrize("item", [None, 5, "check", [], True, 1.5, [[[]]]])
def test_an_entry_that_is_none_is_refused(tablet: Tablet, item: Any) -> None:
    assert "Each entry is a group of named values" in tablet.sentence(item)


def test_a_group_entered_too_late_for_a_check_is_no_half_entry(tablet: Tablet) -> None:
    """A tick in a meeting is a check too; where the check cannot be, what is answered is still what is recorded."""
    late = ago(OLDEST.total_seconds() / 60 + 60)
    n = tablet.n
    slot = next(slot for slot in tablet.house.programme.week if slot.counts_as_check and slot.is_on(1))
    body = {"day": "2026-10-06", "slot": slot.code, "status": "here"}
    one = check(tablet.house.carl, kind="attended", body=body, happened_at=late)
    assert tablet.outcome(one)["accepted"] == [one["id"]]
    assert [entry.kind for entry in tablet.house.entries(after=n)] == ["attended"]
    tablet.assert_true()


UNREADABLE = {
    "nothing": b"", "an open brace": b"{", "no UTF-8": b'{"entries": "\xff\xfe"}', "very deep": b"[" * 200_000,
    "deep and closed": b'{"entries":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "a number of 5,000 digits": b'{"entries": [' + b"9" * 5000 + b"]}",
    "two of them": b'{"entries": []}{"entries": []}', "a form": b"entries=1", "UTF-7": b"+AHs-", "zeros": b"\x00" * 64,
}  # fmt: skip


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_json_is_refused(tablet: Tablet, body: bytes) -> None:
    n = tablet.n
    answer = tablet.send(body)
    assert answer.status_code == 400
    assert "Nothing was recorded" in json.loads(answer.content)["sentence"]
    assert tablet.n == n


@pytest.mark.parametrize(
    "sent", [[], {}, "x", 5, None, True, {"entries": None}, {"entries": {}}, {"entries": "check"}, {"Entries": []}]
)
def test_json_that_is_no_batch_is_refused(tablet: Tablet, sent: Any) -> None:
    answer = tablet.send(json.dumps(sent))
    assert answer.status_code == 400
    assert json.loads(answer.content)["sentence"] == 'Send {"entries": [...]}, a list of entries. Nothing was recorded.'


def test_not_a_number_and_repeated_names_are_harmless(tablet: Tablet) -> None:
    n = tablet.n
    one = json.dumps(check(tablet.house.carl))
    for text in (one.replace('"settled"', "NaN"), one.replace('"settled"', "1e999"), one[:-1] + ', "kind": "weather"}'):
        answer = tablet.send('{"entries": [' + text + "]}")
        assert answer.status_code == 200
        assert len(json.loads(answer.content)["refused"]) == 1
    assert tablet.n == n


def test_more_than_may_come_at_once_is_refused_whole(tablet: Tablet) -> None:
    answer = tablet.send(json.dumps({"entries": [1] * (batch_door.MOST + 1)}))
    assert answer.status_code == 409
    assert json.loads(answer.content)["sentence"] == "That is 20001 entries. Send at most 20000 at once."


def test_a_body_too_large_is_refused_before_it_is_read(tablet: Tablet) -> None:
    n = tablet.n
    answer = tablet.send(json.dumps({"entries": [check(tablet.house.carl)], "padding": "x" * 4 * 1024 * 1024}))
    assert answer.status_code == 413
    assert "Nothing was recorded. Send it in smaller parts." in answer.content.decode()
    assert tablet.n == n


@pytest.mark.parametrize("secret", ["", "d" * 32, "short", "c" * 64, "\x00", "ü"])
def test_without_the_right_secret_nothing_is_recorded(tablet: Tablet, secret: str) -> None:
    n = tablet.n
    answer = tablet.send(json.dumps({"entries": [check(tablet.house.carl)]}), **{"X-CSRFToken": secret})
    assert answer.status_code == 403
    assert "Nothing was recorded" in answer.content.decode()
    assert tablet.n == n


def test_from_another_origin_nothing_is_recorded(tablet: Tablet) -> None:
    n = tablet.n
    answer = tablet.send(json.dumps({"entries": [check(tablet.house.carl)]}), Origin="https://elsewhere.example")
    assert answer.status_code == 403
    assert tablet.n == n


def test_nobody_signed_in_is_told_so(tablet: Tablet) -> None:
    tablet.browser.cookies["milieu_in"] = "nobody"
    answer = tablet.send(json.dumps({"entries": [check(tablet.house.carl)]}))
    assert answer.status_code == 401
    assert "Sign in again" in answer.content.decode()


KINDS = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "application/xml",
         "application/json; charset=utf-16", "", "nonsense", "application/x-www-form-urlencoded; charset=utf-16"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_another_type_of_content_is_read_as_json_or_refused(tablet: Tablet, kind: str) -> None:
    one, n = check(tablet.house.carl), tablet.n
    answer = tablet.send(json.dumps({"entries": [one]}), kind)
    if answer.status_code == 200:
        assert json.loads(answer.content)["accepted"] == [one["id"]]
        assert tablet.n == n + 1
    else:
        assert answer.status_code == 400, answer.content
        assert "Nothing was recorded" in answer.content.decode()
        assert tablet.n == n


def test_a_role_that_may_not_is_refused_entry_by_entry(willow: House) -> None:
    tablet = door.tablet(willow, "family", "fay")
    n = tablet.n
    answer = tablet.send(json.dumps({"entries": of_every_kind(willow)}))
    assert answer.status_code in (200, 403, 409)
    if answer.status_code == 200:
        assert [one["sentence"][:23] for one in json.loads(answer.content)["refused"]] == [
            "In your role here you c"
        ] * 6
    assert tablet.n == n


def test_the_good_of_ten_thousand_are_recorded_and_the_bad_are_named(tablet: Tablet) -> None:
    stays, n = tablet.house.everybody, tablet.n
    sent: list[Any] = [
        check(stays[nth % 6], happened_at=ago(2 + nth / 100), body={"as": "settled", "late_because": "offline"})
        for nth in range(10_000)
    ]
    for nth in range(0, 10_000, 100):
        sent[nth] = [
            None,
            check(NOBODY),
            check(stays[0], kind="weather"),
            check(stays[0], body={}),
            check(stays[0], happened_at="x"),
        ][nth // 100 % 5]
    outcome = tablet.outcome(*sent)
    assert outcome["accepted"] == [one["id"] for nth, one in enumerate(sent) if nth % 100]
    assert len(outcome["refused"]) == 100
    assert tablet.n == n + 9_900
    tablet.assert_true()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20), # lone surrogates too
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FIELDS = ("id", "kind", "about", "happened_at", "body")
DETAILS = ("as", "chips", "place", "late_because", "strength", "words", "expectation", "way", "went", "doing", "day", "slot", "status",
           "said", "took_part", "via", "of")  # fmt: skip


def assert_accounted_for(tablet: Tablet, *sent: Any) -> None:
    """Whatever was sent: every entry has an outcome, every accepted one is in the ledger, and nothing else is."""
    n = tablet.n
    answer = tablet.send(json.dumps({"entries": sent}))
    assert answer.status_code == 200, answer.content
    outcome = json.loads(answer.content)
    assert sum(map(len, outcome.values())) == len(sent)
    assert all(one["sentence"].strip() for one in outcome["refused"])
    recorded = {entry.id for entry in tablet.house.entries(after=n)}
    assert set(outcome["accepted"]) <= recorded
    assert tablet.n - n >= len(outcome["accepted"])
    assert (tablet.n > n) == bool(outcome["accepted"])


INVENTED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@INVENTED
@given(sent=st.lists(ANYTHING, max_size=4))
def test_any_json_at_all_gets_an_answer(tablet: Tablet, sent: list[Any]) -> None:
    assert_accounted_for(tablet, *sent)


@INVENTED
@given(field=st.sampled_from(FIELDS), value=ANYTHING, nth=st.integers(0, 5))
def test_any_value_in_any_field_gets_an_answer(tablet: Tablet, field: str, value: Any, nth: int) -> None:
    one = of_every_kind(tablet.house)[nth]
    assert_accounted_for(tablet, {**one, field: value}, check(tablet.house.carl))


@INVENTED
@given(detail=st.sampled_from(DETAILS), value=ANYTHING, nth=st.integers(0, 5))
def test_any_value_in_any_detail_gets_an_answer(tablet: Tablet, detail: str, value: Any, nth: int) -> None:
    one = of_every_kind(tablet.house)[nth]
    assert_accounted_for(tablet, {**one, "body": {**one["body"], detail: value}}, check(tablet.house.carl))
    tablet.assert_true()


@INVENTED
@given(body=st.binary(max_size=60))
def test_any_bytes_at_all_get_an_answer(tablet: Tablet, body: bytes) -> None:
    n = tablet.n
    answer = tablet.send(body)
    assert answer.status_code in (200, 400)
    assert json.loads(answer.content)
    assert tablet.n == n


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_only_posting_is_answered(tablet: Tablet, method: str) -> None:
    n = tablet.n
    body = json.dumps({"entries": [check(tablet.house.carl)]})
    headers = {"X-CSRFToken": CSRF, "X-HTTP-Method-Override": "POST"}
    answer = tablet.browser.generic(method, "/api/entries", body, "application/json", headers=headers)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert tablet.n == n

"""Every screen in a language nobody speaks: no word of ours is on a page, in an answer or in a script untranslated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from milieu import urls
from milieu.queries.viewers import digest
from milieu.record import programmes, reading
from milieu.record.models import Account, Device, SignIn
from milieu.rules.moments import to_ms
from tests.journeys.seed import Seed
from tests.words import pseudo

SCRIPTS = Path(settings.BASE_DIR) / "milieu" / "web" / "static" / "js"
DOORS = ("home", "find_index", "rail", "second_step", "unlock", "lock", "sign_out")
NOW = "2026-12-01T09:00:00+00:00"


@dataclass
class Asked:
    """A house in that language, somebody in it, and what needs no translation."""

    seed: Seed
    community: str
    browser: Client
    own: re.Pattern[str]

    def left_over(self, texts: list[str]) -> list[str]:
        return pseudo.left_over(texts, self.own)

    def stay(self, name: str) -> str:
        return self.seed.stays[name]


def sign_in(login: str, staff: str, token: str, **more: Any) -> Client:
    account, now = Account.objects.get(login=login), datetime.now(UTC)
    Account.objects.filter(id=account.id).update(language=pseudo.LANGUAGE)
    SignIn.objects.create(
        token=digest(token), account=account.id, staff=staff, started_at=to_ms(now), seen_at=to_ms(now),
        ends_at=to_ms(now + timedelta(hours=1)), **more,
    )  # fmt: skip
    browser = Client(headers={"accept-language": pseudo.LANGUAGE}, raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = token
    return browser


def asked_at(hour: int, folder: Path) -> Iterator[Asked]:
    seed = Seed(hour, datetime.now(UTC))
    community = seed.build()
    with pseudo.spoken(folder):
        browser = sign_in("nadia", seed.staff["nadia"], "token")
        bodies = [
            json.loads(row["body"]) if isinstance(row["body"], str) else row["body"] for row in _bodies(community)
        ]
        programme, _ = programmes.from_folder("tc-residential")
        yield Asked(seed, community, browser, pseudo.own_words(programme, bodies, "zzz"))


def _bodies(community: str) -> Iterator[dict[str, Any]]:
    from milieu.record.entries import COLUMNS

    for values in reading.stream(community, after=0):
        yield dict(zip(COLUMNS, values, strict=True))


@contextmanager
def thrown_away(blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database for a whole file: filling a house takes seconds. What is done in it is undone at the end."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def morning(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Asked]:
    with thrown_away(django_db_blocker):
        yield from asked_at(10, tmp_path_factory.mktemp("morning"))


@pytest.fixture
def night(db: None, tmp_path: Path) -> Iterator[Asked]:
    yield from asked_at(2, tmp_path)


def walked(stay: str) -> list[str]:
    """Every path that is opened with GET by somebody signed in, about this person where it is about one."""
    return [
        "/" + re.sub(r"<\w+:\w+>", stay, str(one.pattern))
        for one in urls.urlpatterns
        if "GET" in one.declared.methods
        and one.declared.audience not in ("public", "machine")
        and one.name not in DOORS
    ]


def slots_of(asked: Asked) -> list[str]:
    """The activities of the seeded day."""
    programme, _ = programmes.from_folder("tc-residential")
    return [slot.code for slot in programme.day_line(asked.seed.wall.weekday())]


def screens(asked: Asked) -> list[str]:
    carl, tom, dee = (asked.stay(name) for name in ("Carl Dunn", "Tom Wells", "Dee Adams"))
    about = f"/log?who={carl}"
    past = (asked.seed.now - timedelta(minutes=30)).isoformat(timespec="minutes").replace("+", "%2B")
    return [
        "/today", "/today?view=names", f"/today?peek={carl}", f"/today?at={past}", "/rounds", f"/rounds?stay={carl}",
        f"/rounds?stay={tom}", "/log", about, f"{about}&kind=noticed", f"{about}&kind=correction&expectation=quiet-voices",
        f"{about}&who={tom}&kind=correction", f"{about}&who={tom}&kind=noticed", f"{about}&kind=redirection",
        f"{about}&saved=correction", f"{about}&saved=noticed", f"{about}&kind=calming", f"/log?who={dee}&kind=calming",
        "/log?search=zzz", "/residents", "/residents?left=1", "/residents?search=zzz", f"/residents/{carl}", f"/residents/{tom}",
        *(f"/residents/{carl}?tab={tab}" for tab in ("plan", "level", "circle")), f"/residents/{tom}?tab=plan", f"/residents/{dee}",
        *(f"/residents/{carl}?show={show}" for show in ("noticed", "groups", "checks", "reminders", "places", "stay")),
        f"/residents/{asked.stay('Jonah Berg')}", f"/residents/{carl}/who-looked", "/programme", "/more", "/community", "/handover",
        "/where", "/duty", f"/duty/{asked.seed.staff['sam']}", "/needs/new", f"/needs/new?about={carl}", "/admit",
        *(f"/residents/{carl}/{form}" for form in ("move", "order", "describe", "level", "leave")),
        *(f"/today/groups/{slot}{filled}" for slot in slots_of(asked) for filled in ("", "?all=here")),
        "/settings", "/settings?done=looks", "/devices", "/choose", "/residents/nobody", "/nowhere", *walked(carl),
    ]  # fmt: skip


def test_by_day_every_word_on_every_screen_can_be_translated(morning: Asked) -> None:
    wrong = {}
    for path in screens(morning):
        answer = morning.browser.get(path, follow=True)
        assert answer.status_code in (200, 403, 404), path
        assert answer.headers["Content-Language"] == pseudo.LANGUAGE
        page = answer.content.decode()
        assert f'<html lang="{pseudo.LANGUAGE}"' in page
        assert "⟦" in page
        if left := morning.left_over(pseudo.texts_of(page)):
            wrong[path] = left
    assert wrong == {}


def test_at_night_every_word_on_the_board_and_the_round_can_be_translated(night: Asked) -> None:
    wrong = {}
    for path in (
        "/today",
        "/rounds",
        f"/rounds?stay={night.stay('Elena Rossi')}",
        f"/residents/{night.stay('Luca Gatti')}",
    ):
        if left := night.left_over(pseudo.texts_of(night.browser.get(path).content.decode())):
            wrong[path] = left
    assert wrong == {}


def test_what_was_recorded_is_offered_back_in_the_language(morning: Asked) -> None:
    carl = morning.stay("Carl Dunn")
    acts: list[tuple[str, dict[str, Any]]] = [
        ("/today/seen", {"stay": carl}),
        ("/rounds", {"stay": carl, "seen_as": "settled"}),
        ("/log", {"who": carl, "kind": "noticed", "strength": "listened"}),
        ("/log", {"who": carl, "kind": "correction", "expectation": "quiet-voices", "way": "agreed"}),
        (f"/residents/{carl}/one-to-one", {}),
        (f"/residents/{carl}/move", {"place": "garden"}),
    ]
    for path, form in acts:
        answer = morning.browser.post(path, form, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, (path, pseudo.texts_of(page))
        undo = re.search(r'<(\w+) class="undo[^>]*data-undo.*?</\1>', page, re.DOTALL)
        assert undo is not None, path
        assert morning.left_over(pseudo.texts_of(undo.group())) == []


def test_every_refusal_can_be_translated(morning: Asked) -> None:
    carl = morning.stay("Carl Dunn")
    refused: list[tuple[str, dict[str, Any]]] = [
        ("/today/seen", {"stay": "0" * 32}),
        ("/today/needs/" + "0" * 32, {}),
        ("/rounds", {"stay": carl, "seen_as": "nothing"}),
        ("/rounds", {"stay": carl, "seen_as": "settled", "happened": "99:99"}),
        ("/log", {"kind": "noticed", "strength": "listened"}),
        ("/log", {"who": carl, "kind": "correction", "expectation": "quiet-voices"}),
        ("/log", {"who": carl, "kind": "question"}),
        ("/log", {"who": carl, "kind": "went", "went": "settled", "of": "0" * 32}),
        (f"/residents/{carl}/move", {"place": "moon"}),
        (f"/residents/{morning.stay('Dee Adams')}/one-to-one", {"do": "end"}),
        (f"/residents/{carl}/order", {"level": "q15", "sleep_from": "22:00"}),
        (f"/residents/{carl}/level", {"level": "1", "reason": ""}),
        (f"/residents/{carl}/leave", {}),
        ("/where", {"place": "garden"}),
        ("/needs/new", {"kind": "tension", "about": carl}),
        ("/admit", {"level": "1"}),
        ("/settings", {"do": "nothing"}),
        ("/settings", {"do": "pin", "password": "wrong", "pin": "1111"}),
        ("/settings", {"do": "looks", "language": "xx", "theme": "auto", "hand": "left"}),
        ("/devices", {"label": ""}),
        ("/choose", {"staff": "nobody"}),
        ("/undo/" + "0" * 32, {}),
    ]
    quoted = re.compile(r"'[^']*'|: (\w+, )*\w+\.")
    for path, form in refused:
        answer = morning.browser.post(path, form)
        assert answer.status_code in (403, 409), (path, form, answer.status_code)
        texts = [quoted.sub("", text) for text in pseudo.texts_of(answer.content.decode())]
        assert morning.left_over(texts) == [], path


def test_the_batch_door_answers_in_the_language(morning: Asked) -> None:
    carl = morning.stay("Carl Dunn")
    body = {"strength": "listened"}
    items: list[Any] = [
        "text", {"id": "x"}, {}, {"id": "a" * 32, "kind": "flying"}, {"id": "a" * 32, "kind": "noticed", "body": []},
        {"id": "a" * 32, "kind": "noticed", "body": body}, _entry("1", carl, {"strength": 5}), _entry("2", carl, {"colour": "x"}),
        _entry("3", carl, {"strength": "listened", "words": "x" * 5000}), _entry("4", carl, {"strength": "unknown"}),
        _entry("5", "nobody", body), _entry("6", carl, body, "2099-01-01T00:00:00+00:00"),
    ]  # fmt: skip
    answer = morning.browser.post("/api/entries", json.dumps({"entries": items}), content_type="application/json")
    refused = answer.json()["refused"]
    assert len(refused) == len(items)
    for one in refused:
        assert one["sentence"].startswith("⟦"), one
    for sent in ("{", "[]"):
        answer = morning.browser.post("/api/entries", sent, content_type="application/json")
        assert answer.json()["sentence"].startswith("⟦")


def _entry(n: str, about: str, body: dict[str, Any], at: str = NOW) -> dict[str, Any]:
    return {
        "id": f"0198a000-0000-7000-8000-00000000000{n}",
        "kind": "noticed",
        "about": about,
        "happened_at": at,
        "body": body,
    }


def test_the_palette_searches_words_of_the_language(morning: Asked) -> None:
    entries = morning.browser.get("/find/index.json").json()["entries"]
    assert {one["kind"] for one in entries} == {"do", "person", "place", "page", "words"}
    assert morning.left_over([one["title"] for one in entries]) == []
    assert morning.left_over([one["hint"] for one in entries]) == []


def test_the_doors_can_be_translated(morning: Asked) -> None:
    outside = Client(headers={"accept-language": pseudo.LANGUAGE}, enforce_csrf_checks=False)
    wrong = {}
    locked = sign_in("amara", morning.seed.staff["amara"], "locked", locked_at=to_ms(datetime.now(UTC)))
    half = sign_in("sam", morning.seed.staff["sam"], "half", waits_for="totp")
    nowhere = sign_in("peter", "", "nowhere")
    tablet = Client(headers={"accept-language": pseudo.LANGUAGE})
    Device.objects.create(id="d" * 32, community=morning.community, label="Kiosk", kind="tablet", token=digest("d"),
                          registered_at=to_ms(morning.seed.now), registered_by=morning.seed.staff["nadia"])  # fmt: skip
    tablet.cookies[settings.DEVICE_COOKIE_NAME] = "d"
    pages = [
        outside.get("/sign-in"), outside.post("/sign-in", {"login": "nadia", "password": "wrong"}), locked.get("/unlock"),
        half.get("/sign-in/second-step"), half.post("/sign-in/second-step", {"code": "000000"}), nowhere.get("/choose"),
        tablet.get("/sign-in"), tablet.get(f"/sign-in/pin?who={morning.seed.staff['nadia']}"),
        tablet.post("/sign-in/pin", {"who": morning.seed.staff["nadia"], "pin": "0000"}),
        outside.generic("POST", "/sign-in", CONTENT_LENGTH=str(10**9)),
    ]  # fmt: skip
    own = re.compile(morning.own.pattern + "|Kiosk", re.IGNORECASE)
    for answer in pages:
        page = answer.content.decode()
        assert "⟦" in page, page[:300]
        assert f'<html lang="{pseudo.LANGUAGE}"' in page
        if left := pseudo.left_over(pseudo.texts_of(page), own):
            wrong[answer.request["PATH_INFO"]] = left
    assert wrong == {}


def test_a_role_that_may_not_is_told_so_in_the_language(morning: Asked) -> None:
    peter = sign_in("peter", morning.seed.staff["peter"], "peter")
    answer = peter.get("/rounds")
    assert answer.status_code == 403
    assert morning.left_over(pseudo.texts_of(answer.content.decode())) == []
    page = peter.get(f"/residents/{morning.stay('Carl Dunn')}").content.decode()
    assert morning.left_over(pseudo.texts_of(page)) == []


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_no_script_speaks_words_of_its_own(path: Path) -> None:
    code = re.sub(r"^\s*//.*$|\s// .*$|console\.\w+\([^)]*\)", "", path.read_text(), flags=re.MULTILINE)
    spoken = [
        text
        for text in re.findall(r"'([^'\n]*)'|`([^`\n]*)`", code)
        for text in text
        if re.search(r"[A-Z][a-z]+ [a-z]+ ", text)
    ]
    assert spoken == []
    asked = set(re.findall(r"\bsay\('(\w+)'", code)) | set(re.findall(r"'(k_\w+)'", code))
    page = (Path(settings.BASE_DIR) / "milieu/web/shared/templates/shared/parts/words.html").read_text()
    assert asked <= set(re.findall(r"'(\w+)':", page))


def test_a_wide_word_is_told_from_a_plain_one() -> None:
    own = re.compile("Carl")
    assert pseudo.widened("Seen by %(name)s, {n}%%") == "⟦Ｓｅｅｎ ｂｙ %(name)s, {n}%%⟧"
    assert pseudo.left_over(["⟦Ｓｅｅｎ Carl⟧", "12:30", "Saved"], own) == ["Saved"]

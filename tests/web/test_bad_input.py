"""What browsers never send and others do: broken forms, wrong secrets, odd addresses and headers. A sentence, and nothing recorded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api import door
from tests.api.door import CSRF, Tablet, new_id
from tests.house import NOBODY, House

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def desk(willow: House) -> Tablet:
    """The nurse's browser; its forms are sent as bytes."""
    return door.tablet(willow)


def post(desk: Tablet, path: str, form: dict[str, Any] | bytes, kind: str = FORM, **headers: str) -> Any:
    body = form if isinstance(form, bytes) else urlencode({"csrfmiddlewaretoken": CSRF, **form}, doseq=True).encode()
    return desk.browser.generic("POST", path, body, kind, headers=headers)


def forms(house: House) -> dict[str, dict[str, Any]]:
    """A form of each act, as its screen sends it."""
    carl = house.carl
    return {
        "/rounds": {"stay": carl, "seen_as": "settled", "id": new_id(), "happened": "", "late_because": ""},
        "/today/seen": {"stay": carl},
        "/log": {"kind": "noticed", "who": [carl, house.maya], "strength": "spoke-up", "words": "", "id": new_id()},
        f"/residents/{carl}/move": {"place": "garden", "doing": "reading"},
        f"/residents/{carl}/one-to-one": {"do": "begin"},
    }  # fmt: skip


PATHS = ("/rounds", "/today/seen", "/log", "move", "one-to-one")


def form_of(house: House, ending: str) -> tuple[str, dict[str, Any]]:
    return next((path, form) for path, form in forms(house).items() if path.endswith(ending))


def assert_refused(desk: Tablet, answer: Any, n: int, *statuses: int) -> None:
    assert answer.status_code in statuses, (answer.status_code, answer.content[:500])
    assert len(answer.content.decode()) > 40
    assert "Traceback" not in answer.content.decode()
    assert desk.n == n


@pytest.mark.parametrize("ending", PATHS)
def test_each_act_is_recorded_as_its_screen_sends_it(desk: Tablet, ending: str) -> None:
    n, (path, form) = desk.n, form_of(desk.house, ending)
    assert post(desk, path, form).status_code == 302
    assert desk.n > n
    desk.assert_true()


@pytest.mark.parametrize("ending", PATHS)
@pytest.mark.parametrize("secret", ["", "d" * 32, "short", "\x00" * 32, "ü" * 32])
def test_without_the_right_secret_no_act_is_recorded(desk: Tablet, ending: str, secret: str) -> None:
    n, (path, form) = desk.n, form_of(desk.house, ending)
    assert_refused(desk, post(desk, path, {**form, "csrfmiddlewaretoken": secret}), n, 403)


@pytest.mark.parametrize("ending", PATHS)
def test_somebody_of_another_house_is_as_unknown_as_nobody(desk: Tablet, birch: House, ending: str) -> None:
    n, (path, form) = desk.n, form_of(desk.house, ending)
    told = set()
    for about in (birch.liam, NOBODY):
        other = {name: about if name in ("stay", "who") else value for name, value in form.items()}
        answer = post(desk, path.replace(desk.house.carl, about), other, **{"X-Act": "1"})
        assert_refused(desk, answer, n, 404, 409)
        told.add(answer.content)
    assert len(told) == 1
    assert birch.here.n == birch.here.n


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("/rounds", {"stay": ""}), ("/rounds", {"stay": "x" * 5000}), ("/rounds", {"seen_as": ""}), ("/rounds", {"seen_as": "nonsense"}),
    ("/rounds", {"id": "nonsense"}), ("/rounds", {"id": "é" * 32}), ("/rounds", {"happened": "25:00"}), ("/rounds", {"happened": "3"}),
    ("/rounds", {"happened": "03:15:00:00:99x", "seen_as": "nonsense"}), ("/rounds", {"chip": "nonsense"}), ("/rounds", {"happened": "٣:١٥", "seen_as": ""}),
    ("/rounds", {"late_because": "x" * 5000}), ("/rounds", {"late_because": "a\x00b"}), ("/rounds", {"happened": "-1:30"}),
    ("/today/seen", {"stay": "\x00"}), ("/today/seen", {"stay": ["", ""]}),
    ("/log", {"kind": ""}), ("/log", {"kind": "weather"}), ("/log", {"who": []}), ("/log", {"who": "nobody"}), ("/log", {"strength": ""}),
    ("/log", {"strength": "\x00"}), ("/log", {"words": "x" * 601}), ("/log", {"words": "a\x00b"}), ("/log", {"id": "nonsense"}),
    ("/log", {"kind": "correction"}), ("/log", {"kind": "correction", "expectation": "phones"}), ("/log", {"kind": "went", "of": "nonsense"}),
    ("/log", {"kind": "question", "words": " "}), ("/log", {"kind": "correction", "expectation": "phones", "way": "shouting"}),
    ("move", {"place": ""}), ("move", {"place": "moon"}), ("move", {"doing": "a\x00b"}),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "differing"), WRONG, ids=lambda value: ascii(value)[:60])
def test_a_form_that_does_not_fit_is_refused(desk: Tablet, ending: str, differing: dict[str, Any]) -> None:
    n, (path, form) = desk.n, form_of(desk.house, ending)
    assert_refused(desk, post(desk, path, {**form, **differing}), n, 409)


def test_a_form_of_one_id_for_two_acts_is_recorded_once(desk: Tablet) -> None:
    _, form = form_of(desk.house, "/rounds")
    assert post(desk, "/rounds", form).status_code == 302
    n = desk.n
    assert post(desk, "/rounds", form).status_code == 302  # the same again: harmless
    assert_refused(desk, post(desk, "/rounds", {**form, "stay": desk.house.maya}), n, 409)


SECRET = f"csrfmiddlewaretoken={CSRF}&".encode()
BROKEN = {
    "nothing": (b"", FORM), "no UTF-8": (SECRET + b"stay=%ff%fe&seen_as=\xff\xfe", FORM), "half an escape": (SECRET + b"stay=%4&seen_as=%", FORM),
    "too many fields": (SECRET + b"a=1&" * 600, FORM), "another alphabet": (SECRET + b"stay=1", FORM + "; charset=utf-16"),
    "no boundary": (b"x", "multipart/form-data"), "a torn part": (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    "a boundary of dots": (b"--\r\n", "multipart/form-data; boundary=" + "." * 300), "JSON": (b"{}", "application/json"),
    "no type": (SECRET, ""), "zeros": (b"\x00" * 100, FORM), "a part without a name": (b"--x\r\n\r\nv\r\n--x--", "multipart/form-data; boundary=x"),
}  # fmt: skip


@pytest.mark.parametrize("path", ["/rounds", "/today/seen", "/log"])
@pytest.mark.parametrize(("body", "kind"), BROKEN.values(), ids=BROKEN)
def test_a_broken_form_is_refused(desk: Tablet, path: str, body: bytes, kind: str) -> None:
    n = desk.n
    assert_refused(desk, post(desk, path, body, kind), n, 400, 403, 409)


@pytest.mark.parametrize("path", ["/rounds", "/log", "/api/entries", "/sign-in"])
def test_a_body_too_large_is_refused(desk: Tablet, path: str) -> None:
    n = desk.n
    answer = post(desk, path, SECRET + b"words=" + b"x" * 4 * 1024 * 1024)
    assert_refused(desk, answer, n, 413)
    assert "Send it in smaller parts" in answer.content.decode()


def test_a_length_that_is_no_number_is_no_length(desk: Tablet) -> None:
    n = desk.n
    for length in ("-5", "nonsense", "9" * 5000, "4194305"):
        answer = desk.browser.generic("POST", "/rounds", SECRET, FORM, CONTENT_LENGTH=length)
        assert_refused(desk, answer, n, 400, 403, 409, 413)


ADDRESSES = [
    "/today?view=x&peek=" + "x" * 3000, "/today?peek=%ff%fe", "/today?" + "a=1&" * 400,
    "/today?done=nonsense", "/today?done=%F0%9F%A6%8A", "/rounds?stay=nonsense", "/rounds?stay=%ff", "/log?who=x&who=y&kind=weather&expectation=x&search=%ff",
    "/log?kind=correction&search=" + "x" * 3000, "/residents?search=%25%27%22%3B--", "/residents?search=" + "%F0%9F%A6%8A" * 200, "/residents?left=2",
    "/residents/{carl}?before=-1", "/residents/{carl}?before=99999999999999999999", "/residents/{carl}?before=x&show=x&tab=x",
    "/residents/{carl}?before=999999999999999", "/residents/{carl}?at=2026-11-01T00:00&show=checks", "/residents/{carl}?show=checks&before=0",
    "/residents/{carl}?before=99999999999999999999-1", "/residents/{carl}?before=1-99999999999999999999", "/find/index.json?x=%ff", "/programme?x=1", "/?to=//elsewhere.example",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:60])
def test_nonsense_in_an_address_is_left_aside(desk: Tablet, address: str) -> None:
    answer = desk.browser.get(address.format(carl=desk.house.carl), follow=True)
    assert answer.status_code == 200, answer.content[:500]


NO_MOMENT = [
    "nonsense",
    "2026-99-99T00:00",
    "0001-01-01T00:00",
    "0001-01-01T00:00%2B23:59",
    "9999-12-31T23:59",
    "2026-10-01T03:00%2B99:00",
]


@pytest.mark.parametrize("moment", NO_MOMENT)
@pytest.mark.parametrize("path", ["/today", "/rounds", "/residents", "/residents/{carl}"])
def test_a_moment_that_is_none_is_refused_and_the_present_does_not_pass_for_it(
    desk: Tablet, path: str, moment: str
) -> None:
    answer = desk.browser.get(f"{path.format(carl=desk.house.carl)}?at={moment}")
    assert answer.status_code == 400
    assert "has not come yet" in answer.content.decode()


NOWHERE = ["/nothing", "/residents/nobody", f"/residents/{NOBODY}", "/residents/%ff%fe", "/%ff", "/..%2f..%2fetc/passwd", "/static/../milieu/settings.py",
           "/static/%2e%2e/settings.py", "/today/", "/residents/" + "x" * 8000, "/residents/%00", "/undo/%0d%0aSet-Cookie:x", "/%E2%80%AE"]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE, ids=lambda path: path[:40])
def test_nowhere_is_a_page_that_says_so(desk: Tablet, path: str) -> None:
    answer = desk.browser.get(path)
    assert answer.status_code in (400, 404, 405), answer.status_code
    assert "SECRET_KEY" not in answer.content.decode()
    assert len(answer.content) > 40


HEADERS: dict[str, dict[str, str]] = {
    "a region elsewhere": {"X-Region": "../../../../etc/passwd"}, "a region with a line": {"X-Region": "needs\nX: y"}, "no language": {"Accept-Language": "\x00;q=x,,,,;;;" * 50},
    "another method": {"X-HTTP-Method-Override": "DELETE"}, "another host": {"X-Forwarded-Host": "elsewhere.example"}, "another scheme": {"X-Forwarded-Proto": "https"},
    "old": {"If-Modified-Since": "nonsense", "If-None-Match": "*"}, "a range": {"Range": "bytes=0-0,-1"}, "a rewrite": {"X-Original-URL": "/settings", "X-Rewrite-URL": "/settings"},
}  # fmt: skip


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_odd_headers_change_nothing(desk: Tablet, headers: dict[str, str]) -> None:
    answer = desk.browser.get("/today", headers=headers)
    assert answer.status_code == 200
    assert "Carl D." in answer.content.decode()
    assert "elsewhere.example" not in answer.content.decode()


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1@elsewhere.example", "[::1", "a b", "", "127.0.0.1:99999999"]
)
def test_another_host_is_refused(desk: Tablet, host: str) -> None:
    answer = desk.browser.get("/today", headers={"Host": host})
    assert answer.status_code in (200, 400)
    if host and not host.startswith("127.0.0.1:"):
        assert answer.status_code == 400
    assert "elsewhere.example" not in answer.content.decode()


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "\x00", "ü", "' OR 1=1 --", '"quoted; path=/"'])
def test_a_cookie_nobody_gave_lets_nobody_in(desk: Tablet, cookie: str) -> None:
    browser = Client()
    answer = browser.get("/today", HTTP_COOKIE=f"milieu_in={cookie}; =; a; {'b=c; ' * 200}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("target", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:x", "\t//elsewhere.example",
                                    "/today\r\nSet-Cookie: a=b", "///elsewhere.example", "/%0d%0aX: y", "\x00/today"])  # fmt: skip
def test_after_an_act_nobody_is_sent_elsewhere(desk: Tablet, target: str) -> None:
    _, form = form_of(desk.house, "/rounds")
    answer = post(desk, "/rounds", {**form, "next": target})
    assert answer.status_code == 302
    location = answer.headers["Location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert "\n" not in location
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer.headers["Set-Cookie"]


INVENTED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", "\x00", "NaN", "-1", "9" * 400, "\u202e", "{name}", "%s", "%(x)s", "{0}"]
)


@INVENTED
@given(ending=st.sampled_from(PATHS), field=st.integers(0, 9), value=TEXTS)
def test_any_text_in_any_field_is_recorded_or_refused(desk: Tablet, ending: str, field: int, value: str) -> None:
    n, (path, form) = desk.n, form_of(desk.house, ending)
    name = [*form, "chip", "next", "went", "expectation", "way"][field % (len(form) + 5)]
    answer = post(desk, path, {**form, name: value})
    assert answer.status_code in (302, 409), answer.content[:500]
    assert answer.status_code == 302 or desk.n == n
    if answer.status_code == 409:
        assert len(answer.content.decode()) > 40


@INVENTED
@given(body=st.binary(max_size=80))
def test_any_bytes_as_a_form_are_refused(desk: Tablet, body: bytes) -> None:
    n = desk.n
    assert_refused(desk, post(desk, "/rounds", SECRET + body), n, 302, 400, 409)


@INVENTED
@given(
    query=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    name=st.sampled_from(["at", "before", "peek", "show", "tab", "search", "view", "done"]),
)
def test_any_text_in_an_address_gets_a_page(desk: Tablet, query: str, name: str) -> None:
    for path in ("/today", "/residents", f"/residents/{desk.house.carl}"):
        answer = desk.browser.get(f"{path}?{urlencode({name: query})}")
        assert answer.status_code in (200, 400), answer.content[:500]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/today", "/rounds", "/log", "/today/seen"])
def test_another_method_does_nothing(desk: Tablet, path: str, method: str) -> None:
    n = desk.n
    answer = desk.browser.generic(method, path, SECRET, FORM, headers={"X-CSRFToken": CSRF})
    assert answer.status_code == 405
    assert desk.n == n

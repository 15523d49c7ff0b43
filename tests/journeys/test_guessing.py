"""Somebody guesses at the door with many hands at once, and goes on after the server was killed."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from tests.journeys.living import LiveHouse

HANDS = 16
FREE = 5


def guess(house: LiveHouse, login: str, password: str) -> str:
    """One try, as a program would make it; the sentence of the refusal, empty when it came in."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = opener.open(f"{house.url}/sign-in", timeout=30).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found is not None
    form = {"login": login, "password": password, "csrfmiddlewaretoken": found[1]}
    try:
        opener.open(f"{house.url}/sign-in", urllib.parse.urlencode(form).encode(), timeout=60).read()
    except urllib.error.HTTPError as refused:
        said = re.search(r"data-refusal>(.*?)</p>", refused.read().decode(), re.DOTALL)
        assert said is not None
        return re.sub(r"<[^>]*>", "", said[1]).strip()
    return ""


def test_many_hands_guess_no_more_than_one(own_house: LiveHouse) -> None:
    with ThreadPoolExecutor(HANDS) as hands:
        said = list(hands.map(lambda n: guess(own_house, "peter", f"a guess, number {n}"), range(HANDS)))
    judged = [sentence for sentence in said if sentence.startswith("That name and password do not fit")]
    slowed = [sentence for sentence in said if sentence.startswith("That was tried too often.")]
    # At the very same moment a try may see one that is still being refused, so fewer may be judged; never more.
    assert 1 <= len(judged) <= FREE
    assert len(judged) + len(slowed) == HANDS


def test_the_count_outlives_the_server(own_house: LiveHouse) -> None:
    for n in range(FREE):
        assert guess(own_house, "peter", f"a guess, number {n}").startswith("That name and password do not fit")
    own_house.kill()
    own_house.start()
    assert guess(own_house, "peter", "one more").startswith("That was tried too often.")

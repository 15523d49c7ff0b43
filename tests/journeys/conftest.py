"""The houses and the people of the journeys. A journey that ends its house asks for one of its own with `own_house`.

Screens are the same on both engines: what only looks at them is marked `sqlite` and runs once; the board, the live line and
the power cut run on PostgreSQL too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys import living
from tests.journeys.living import LiveHouse
from tests.journeys.reader import Reader, reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Open = Callable[..., Reader]


@pytest.fixture(scope="session")
def live_house() -> Iterator[LiveHouse]:
    """Willow House at mid-morning, shared: a journey adds to it and undoes or ends nothing of another's."""
    with living.live_house() as house:
        yield house


@pytest.fixture(scope="session")
def night_house() -> Iterator[LiveHouse]:
    """The same house in the deep of the night."""
    with living.live_house(living.NIGHT) as house:
        yield house


@pytest.fixture
def own_house() -> Iterator[LiveHouse]:
    """A house that this journey may break."""
    with living.live_house() as house:
        yield house


@pytest.fixture
def own_night() -> Iterator[LiveHouse]:
    """The night as the seed left it, with somebody late and somebody due."""
    with living.live_house(living.NIGHT) as house:
        yield house


@pytest.fixture
def open_(chromium: Browser) -> Iterator[Open]:
    """Open a browser at a house; when the journey is over its console must have been silent."""
    opened: list[Reader] = []

    def at(house: LiveHouse, **more: Any) -> Reader:
        opened.append(reader(chromium, house.url, **more))
        return opened[-1]

    yield at
    for one in opened:
        one.context.close()
    for one in opened:
        one.at_peace()


@pytest.fixture(scope="session")
def nadia_state(chromium: Browser, live_house: LiveHouse) -> Any:
    """Nadia's sign-in, once for all journeys that neither lock nor leave."""
    return _signed_in(chromium, live_house)


@pytest.fixture(scope="session")
def night_state(chromium: Browser, night_house: LiveHouse) -> Any:
    """The same at night."""
    return _signed_in(chromium, night_house)


def _signed_in(chromium: Browser, house: LiveHouse) -> Any:
    one = reader(chromium, house.url)
    one.sign_in("nadia")
    state = one.context.storage_state()
    one.context.close()
    return state


@pytest.fixture
def nadia(open_: Open, live_house: LiveHouse, nadia_state: Any) -> Reader:
    """Nadia, signed in at her tablet by day."""
    return open_(live_house, state=nadia_state)

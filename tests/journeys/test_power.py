"""The power goes while many things are being written: what was acknowledged is there, nothing is half there, all goes on."""

from __future__ import annotations

import http.client
import json
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open
from tests.journeys.living import LiveHouse
from tests.journeys.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser
BATCH = 20


class Tablet(threading.Thread):
    """A tablet that sends batches through the door for machines until nobody answers."""

    def __init__(self, house: LiveHouse, context: BrowserContext, token: str) -> None:
        super().__init__(daemon=True)
        self.port, self.stays = house.port, list(house.known["stays"].values())
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
        self.headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/json"}
        self.acknowledged: list[str] = []
        self.refused: list[str] = []
        self.sent: list[list[dict[str, Any]]] = []

    def run(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        while True:
            batch = [self.entry(n) for n in range(BATCH)]
            self.sent.append(batch)
            try:
                line.request("POST", "/api/entries", json.dumps({"entries": batch}), self.headers)
                answer = line.getresponse()
                said = json.loads(answer.read())
            except (OSError, http.client.HTTPException, ValueError):
                return
            self.refused += [one["sentence"] for one in said.get("refused", [said])]
            self.acknowledged += said.get("accepted", [])
            if self.refused:
                return

    def entry(self, n: int) -> dict[str, Any]:
        """One check, with an id made here."""
        at = datetime.now(UTC)
        made = f"{int(at.timestamp() * 1000):012x}7{uuid.uuid4().hex[:3]}8{uuid.uuid4().hex[:15]}"
        about = self.stays[n % len(self.stays)]
        return {"id": made, "kind": "check", "about": about, "happened_at": at.isoformat(), "body": {"as": "settled"}}


class TestThePowerGoes:
    """The server is killed in the middle of a write, while a nurse at a screen presses a button."""

    def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(self, open_: Open, own_house: LiveHouse) -> None:
        self.given_a_nurse_and_a_busy_tablet(open_, own_house)
        self.when_the_server_is_killed_in_mid_write()
        self.then_the_nurses_button_stays_lit_and_says_so()
        self.when_it_is_started_again()
        self.then_the_record_is_whole_and_holds_all_that_was_acknowledged()
        self.then_the_last_batch_can_be_sent_again_without_harm()
        self.then_the_nurse_presses_once_more_and_it_is_recorded()

    def given_a_nurse_and_a_busy_tablet(self, open_: Open, house: LiveHouse) -> None:
        self.house = house
        self.nurse: Reader = open_(house)
        self.page = self.nurse.sign_in("nadia")
        # The form is rendered before anything is sent; what the button sends must hold later too.
        token = str(self.page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value"))
        self.tablet = Tablet(house, self.nurse.context, token)
        self.tablet.start()

    def when_the_server_is_killed_in_mid_write(self) -> None:
        limit = time.monotonic() + 15
        while len(self.tablet.acknowledged) < 5 * BATCH and time.monotonic() < limit:
            time.sleep(0.02)
        self.house.kill()
        self.tablet.join(10)
        assert not self.tablet.refused
        assert len(self.tablet.acknowledged) >= 5 * BATCH

    def then_the_nurses_button_stays_lit_and_says_so(self) -> None:
        self.nurse.need("Jonah and Carl").get_by_role("button").click()
        expect(self.page.locator(".need button.lit")).to_have_count(1)
        expect(self.page.locator(".refusal")).to_be_visible()

    def when_it_is_started_again(self) -> None:
        self.house.start()

    def then_the_record_is_whole_and_holds_all_that_was_acknowledged(self) -> None:
        found = self.house.verify()
        assert found["exit"] == 0, found
        acknowledged = set(self.tablet.acknowledged)
        sent = [one for batch in self.tablet.sent for one in batch if one["id"] in acknowledged]
        assert set(self.send(sent[-400:])["already"]) == {one["id"] for one in sent[-400:]}

    def then_the_last_batch_can_be_sent_again_without_harm(self) -> None:
        said = self.send(self.tablet.sent[-1])
        # Either all of it was written before the power went, or none of it.
        assert len(said["accepted"]) in (0, BATCH)
        assert len(said["accepted"]) + len(said["already"]) == BATCH
        assert self.house.verify()["exit"] == 0

    def send(self, entries: list[dict[str, Any]]) -> dict[str, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=10)
        line.request("POST", "/api/entries", json.dumps({"entries": entries}), self.tablet.headers)
        said: dict[str, Any] = json.loads(line.getresponse().read())
        return said

    def then_the_nurse_presses_once_more_and_it_is_recorded(self) -> None:
        expect(self.page.locator("#live")).to_have_attribute("data-state", "live", timeout=15000)
        self.nurse.need("Jonah and Carl").get_by_role("button").click()
        expect(self.nurse.need("Jonah and Carl")).to_contain_text("Nadia has it")

"""A passkey: added in my settings, used at the door instead of name and password, taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.living import LiveHouse
from tests.journeys.people import PASSWORD
from tests.journeys.reader import Reader, reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PHONE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def amara(chromium: Browser, live_house: LiveHouse) -> Iterator[Reader]:
    """Amara with a phone that keeps passkeys. They are made for names, not numbers, so the house is localhost here."""
    one = reader(chromium, f"http://localhost:{live_house.port}")
    phone = one.context.new_cdp_session(one.page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    yield one
    one.context.close()
    one.at_peace()


def leave(page: Page) -> None:
    page.goto(page.url.split("/settings")[0] + "/more")
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_used_and_taken_away(amara: Reader) -> None:
    page = amara.sign_in("amara")
    amara.go("/settings")
    form = page.locator("form[data-passkey]")
    form.get_by_label("Name of this device").fill("my phone")
    form.get_by_label("Your password").fill("not my password")
    form.get_by_role("button", name="Add a passkey").click()
    expect(form.get_by_role("alert")).to_have_text(
        "That is not the password you sign in with here. Try again, or ask the person in charge."
    )
    form.get_by_label("Your password").fill(PASSWORD)
    form.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkeys li")).to_contain_text("my phone")
    amara.axe("my settings")
    leave(page)

    amara.go("/sign-in?to=/residents")
    with page.expect_request("**/sign-in/passkey") as sent:
        page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".me-name")).to_contain_text("Amara")
    assert page.url.endswith("/residents")

    # the same answer a second time opens nothing
    again = page.evaluate(
        """async (body) => (await fetch('/sign-in/passkey', {method: 'POST', body, headers: {
             'X-CSRFToken': document.querySelector('[name=csrfmiddlewaretoken]').value}})).status""",
        sent.value.post_data,
    )
    assert again == 403

    amara.go("/settings")
    page.get_by_role("button", name="Take away my phone").click()
    expect(page.locator("#passkeys li")).to_have_count(0)
    leave(page)
    amara.go("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey] .field-error")).to_have_text(
        "This passkey is not known here. Sign in with your name and password."
    )
    amara.axe("the door")

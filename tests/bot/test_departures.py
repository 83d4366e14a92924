"""Thirty days after the app was taken away: what its people had here opens with nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters.delivery import Delivery
from adapters.slack.app import SlackApp
from adapters.slack.installations import DAY, label
from adapters.slack.tokens import FixedTokens
from bot import wiring
from bot.departures import destroy_what_left
from conversations.errors import StoreError
from storage.destruction import destroy_organisation
from storage.epoch_files import EPOCHS, listed
from storage.identities import Identities
from tests.support import slack
from tests.support.reception import PreparedReception
from tests.support.slack import FakeSlack, Fault
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MONDAY = 1_700_438_400.0
OTHER = "T0OTHER"


class House:
    """Two organisations with a secret each; the app was taken away from the first."""

    def __init__(self, app: SlackApp, api: FakeSlack, vault: MemoryVault, keys: Path) -> None:
        self.app, self.api, self.vault, self.keys = app, api, vault, keys
        self.now = MONDAY
        self.roots = wiring.root_keys(keys, {})
        identities = Identities(self.roots, keys / EPOCHS, lambda: self.now)
        for tenant in (slack.TEAM, OTHER):
            identities.identify("slack", tenant, slack.PERSON)

    def secrets(self) -> int:
        return len(listed(self.keys / EPOCHS))

    async def look(self, days: float) -> bool:
        self.now = MONDAY + days * DAY
        return await destroy_what_left(self.app, (slack.TEAM, OTHER), self._destroy)

    def _destroy(self, tenant: str) -> int:
        return destroy_organisation(self.keys, self.roots().present, "slack", tenant)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    wiring.make_root(tmp_path)
    vault, found = MemoryVault(), list[House]()
    async with FakeSlack() as api, aiohttp.ClientSession() as session:
        app = SlackApp(
            reception=PreparedReception(homes=(("slack", slack.TEAM),)),
            delivery=Delivery(),
            tokens=FixedTokens({slack.TEAM: slack.TOKEN}),
            vault=vault,
            signing_secret=slack.SECRET,
            session=session,
            clock=lambda: found[0].now if found else MONDAY,
            api_url=api.url,
        )
        found.append(House(app, api, vault, tmp_path))
        vault.kept[label(slack.TEAM)] = str((int(MONDAY // DAY) + 3) // 7).encode()
        yield found[0]


GONE = Fault(200, "account_inactive")


async def test_its_secrets_are_destroyed_after_30_days_and_nobody_elses(house: House) -> None:
    house.api.fail("auth.test", GONE)
    assert house.secrets() == 2

    assert await house.look(36)
    assert house.secrets() == 2
    assert await house.look(37)
    assert house.secrets() == 1


async def test_an_app_that_is_there_again_stops_the_clock(house: House) -> None:
    assert await house.look(40)

    assert house.secrets() == 2
    assert house.vault.kept == {}


async def test_where_no_token_is_left_nobody_is_asked_and_what_was_told_holds(
    house: House,
) -> None:
    uninstalled = slack.told("app_uninstalled")
    await house.app.installations.uninstalled(uninstalled)

    assert await house.look(36)
    assert house.secrets() == 2
    assert await house.look(37)
    assert house.secrets() == 1
    assert house.api.calls == []


@pytest.mark.parametrize(
    "said", [Fault(503), Fault(429, "ratelimited"), Fault(200, "access_denied"), Fault(drop=True)]
)
async def test_while_slack_does_not_say_nothing_is_destroyed(house: House, said: Fault) -> None:
    house.api.fail("auth.test", said, GONE)

    assert not await house.look(40)
    assert house.secrets() == 2
    assert await house.look(40)
    assert house.secrets() == 1


async def test_a_vault_that_cannot_be_read_destroys_nothing(house: House) -> None:
    house.vault.errors.append(StoreError("OperationalError"))

    with pytest.raises(StoreError):
        await house.look(40)
    assert house.secrets() == 2

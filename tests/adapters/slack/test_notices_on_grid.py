"""Notices where each workspace of an enterprise has a token of its own: the one that reaches the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters.delivery import UndeliveredError
from adapters.notices import Notices
from adapters.slack import inbound
from adapters.slack.api import SlackApi
from adapters.slack.notices import SlackNotices
from adapters.slack.pace import Pace
from adapters.slack.tokens import VaultTokens, label, reached
from conversations import library
from conversations.caseports import Address, ReturnAddress
from tests.support import slack
from tests.support.slack import FakeSlack
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

OTHER = "T0OTHER"
MILL, BUREAU, WHOLE = "xoxb-of-the-mill", "xoxb-of-the-bureau", "xoxb-of-all"


@pytest.fixture
async def house() -> AsyncIterator[tuple[FakeSlack, Notices, MemoryVault]]:
    vault = MemoryVault()
    vault.kept = {label(slack.TEAM): MILL.encode(), label(OTHER): BUREAU.encode()}
    async with FakeSlack() as fake, aiohttp.ClientSession() as session:
        tokens = VaultTokens(vault, lambda: 0.0)
        api = SlackApi(tokens=tokens, session=session, url=fake.url, pace=Pace(0))
        yield fake, Notices(library.load().desk, {"slack": SlackNotices(api)}), vault


def on_grid(event: dict[str, Any]) -> inbound.Arrival:
    event["authorizations"][0]["enterprise_id"] = slack.ENTERPRISE
    arrival = inbound.message(event)
    assert arrival is not None
    return arrival


def test_an_address_names_the_workspace_only_where_there_are_several() -> None:
    one = inbound.message(slack.message_event("hello"))
    assert one is not None
    assert one.address == slack.PERSON.encode()
    assert on_grid(slack.message_event("hello")).address == f"{slack.TEAM}/{slack.PERSON}".encode()


def test_what_is_written_is_read_back() -> None:
    address = on_grid(slack.message_event("hello")).address.decode()
    assert reached(slack.ENTERPRISE, address) == ((slack.ENTERPRISE, slack.TEAM), slack.PERSON)
    assert reached(slack.TEAM, slack.PERSON) == ((slack.TEAM, None), slack.PERSON)


async def test_each_is_told_with_the_token_of_their_own_workspace(
    house: tuple[FakeSlack, Notices, MemoryVault],
) -> None:
    fake, notices, _ = house
    person = on_grid(slack.message_event("hello")).address
    await notices.answer_is_here(ReturnAddress("slack", slack.ENTERPRISE, person))
    await notices.notify(Address("slack", slack.ENTERPRISE, f"{OTHER}/U0ANNE"))
    await notices.notify(Address("slack_channel", slack.ENTERPRISE, f"{OTHER}/C0COACHES"))

    sent = [(each.arguments["channel"], each.authorization) for each in fake.calls]
    assert sent == [
        (slack.PERSON, f"Bearer {MILL}"),
        ("U0ANNE", f"Bearer {BUREAU}"),
        ("C0COACHES", f"Bearer {BUREAU}"),
    ]


async def test_without_one_of_its_own_that_of_the_whole_organisation_is_used(
    house: tuple[FakeSlack, Notices, MemoryVault],
) -> None:
    fake, notices, vault = house
    vault.kept = {label(slack.ENTERPRISE): WHOLE.encode()}
    await notices.notify(Address("slack", slack.ENTERPRISE, f"{OTHER}/U0ANNE"))
    await notices.notify(Address("slack_channel", slack.ENTERPRISE, "C0COACHES"))
    assert {each.authorization for each in fake.calls} == {f"Bearer {WHOLE}"}


async def test_a_workspace_without_a_token_gets_nothing_with_that_of_another(
    house: tuple[FakeSlack, Notices, MemoryVault],
) -> None:
    fake, notices, _ = house
    with pytest.raises(UndeliveredError):
        await notices.notify(Address("slack", slack.ENTERPRISE, "T0THIRD/U0ANNE"))
    assert fake.calls == []

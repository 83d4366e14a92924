"""What Slack tells about the installation: tokens taken back, the app taken away, and there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.incoming import week
from adapters.slack.installations import DAY, Installations, label
from adapters.slack.tokens import FixedTokens, Site, VaultTokens
from adapters.slack.tokens import label as token_label
from conversations.errors import StoreError
from tests.support import slack
from tests.support.slack import Fault
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door

SITE = Site(slack.TEAM, slack.TEAM)
GRID = Site(slack.ENTERPRISE, slack.TEAM)
MONDAY = 1_700_438_400.0  # 20 November 2023


class Clock:
    def __init__(self, now: float = MONDAY) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


async def test_a_revoked_token_only_stops_posting(door: Door) -> None:
    revoked = slack.told("tokens_revoked", tokens={"oauth": [], "bot": [slack.BOT]})

    assert (await door.workspace.send(revoked)).status == 200
    await door.workspace.send(slack.message_event("hello"))

    assert door.slack.calls == []
    assert door.vault.kept == {}
    assert len(door.reception.taken) == 1


async def test_a_revoked_token_of_a_person_is_nothing_to_us(door: Door) -> None:
    await door.workspace.send(slack.told("tokens_revoked", tokens={"oauth": [slack.PERSON]}))
    await door.workspace.send(slack.message_event("hello"))

    assert len(door.slack.messages) == 1


async def test_an_app_taken_away_is_noted_with_its_week_and_nothing_of_anybody(door: Door) -> None:
    assert (await door.workspace.send(slack.told("app_uninstalled"))).status == 200

    assert set(door.vault.kept) == {label(slack.TEAM)}
    assert door.vault.kept[label(slack.TEAM)].decode().isdecimal()
    await door.workspace.send(slack.message_event("hello"))
    assert door.slack.calls == []


async def test_what_could_not_be_noted_is_told_again_by_slack(door: Door) -> None:
    event = slack.told("app_uninstalled")
    door.vault.errors.append(StoreError("OperationalError"))

    first = await door.workspace.send(event)
    again = await door.workspace.send(event, retry=1)

    assert (first.status, again.status) == (503, 200)
    assert set(door.vault.kept) == {label(slack.TEAM)}


async def test_the_clock_of_30_days_runs_from_the_end_of_that_week() -> None:
    clock = Clock()
    told = Installations(tokens=FixedTokens({}), vault=MemoryVault(), clock=clock)
    await told.uninstalled(slack.told("app_uninstalled"))
    since = await told.left(slack.TEAM)
    assert since == week(MONDAY)

    for days, over in ((0, False), (30, False), (36.99, False), (37, True)):
        clock.now = MONDAY + days * DAY
        assert told.over(since) is over


async def test_a_second_telling_does_not_begin_the_clock_anew() -> None:
    clock, vault = Clock(), MemoryVault()
    told = Installations(tokens=FixedTokens({}), vault=vault, clock=clock)
    await told.uninstalled(slack.told("app_uninstalled"))
    before = dict(vault.kept)
    clock.now += 14 * DAY
    await told.uninstalled(slack.told("app_uninstalled"))

    assert vault.kept == before


async def test_being_installed_again_stops_the_clock() -> None:
    told = Installations(tokens=FixedTokens({}), vault=MemoryVault(), clock=Clock())
    await told.uninstalled(slack.told("app_uninstalled"))
    await told.installed(slack.TEAM)

    assert await told.left(slack.TEAM) is None


async def test_a_kept_token_is_looked_up_once_in_five_minutes() -> None:
    vault, clock = MemoryVault(), Clock()
    tokens = VaultTokens(vault, clock)
    await tokens.keep(slack.TEAM, "xoxb-one")
    assert await tokens.of(SITE) == "xoxb-one"

    vault.errors = [StoreError("gone")]
    assert await tokens.of(SITE) == "xoxb-one"
    clock.now += 301
    with pytest.raises(StoreError):
        await tokens.of(SITE)


async def test_on_enterprise_grid_a_workspace_has_its_own_token_before_that_of_the_whole() -> None:
    tokens = VaultTokens(MemoryVault(), Clock())
    await tokens.keep(slack.ENTERPRISE, "xoxb-whole")
    assert await tokens.of(GRID) == "xoxb-whole"

    await tokens.keep(slack.TEAM, "xoxb-own")
    assert await tokens.of(GRID) == "xoxb-own"
    assert await tokens.of(Site(slack.ENTERPRISE, "T0OTHER")) == "xoxb-whole"


async def test_a_revoked_token_is_taken_out_of_the_vault_and_a_newer_one_is_not() -> None:
    vault = MemoryVault()
    one, other = VaultTokens(vault, Clock()), VaultTokens(vault, Clock())
    await one.keep(slack.TEAM, "xoxb-older")
    assert [await each.of(SITE) for each in (one, other)] == ["xoxb-older"] * 2
    await one.keep(slack.TEAM, "xoxb-newer")

    assert await other.refused(SITE) is True
    assert await other.of(SITE) == "xoxb-newer"
    assert await other.refused(SITE) is False
    assert token_label(slack.TEAM) not in vault.kept


async def test_another_process_uses_the_token_of_a_new_installation_at_once(door: Door) -> None:
    """The call with the token that Slack took back was not carried out, so it is made once more."""
    vault = MemoryVault()
    one, other = VaultTokens(vault, Clock()), VaultTokens(vault, Clock())
    await one.keep(slack.TEAM, "xoxb-older")
    await other.of(SITE)
    await one.keep(slack.TEAM, "xoxb-newer")
    door.app.api._tokens = other
    door.slack.fail("chat.postMessage", Fault(200, "token_revoked"))

    await door.workspace.send(slack.message_event("hello"))

    made = [call.authorization for call in door.slack.made("chat.postMessage")]
    assert made == ["Bearer xoxb-older", "Bearer xoxb-newer"]


async def test_what_slack_tells_takes_the_token_out_whether_or_not_it_was_used() -> None:
    vault = MemoryVault()
    tokens = VaultTokens(vault, Clock())
    await tokens.keep(slack.TEAM, "xoxb-own")
    await tokens.keep(slack.ENTERPRISE, "xoxb-whole")

    await tokens.forget(GRID)

    assert vault.kept == {token_label(slack.ENTERPRISE): b"xoxb-whole"}
    assert await tokens.of(GRID) == "xoxb-whole"


def of_grid(kind: str, *, whole: bool = False, **event: object) -> slack.Json:
    """Told of one workspace of the enterprise, or of an installation on all of it."""
    telling = slack.told(kind, **event)
    (authorization,) = telling["authorizations"]
    authorization |= {"enterprise_id": slack.ENTERPRISE, "is_enterprise_install": whole}
    return telling


async def test_one_workspace_of_an_enterprise_takes_nothing_from_the_others() -> None:
    vault = MemoryVault()
    tokens = VaultTokens(vault, Clock())
    told = Installations(tokens=tokens, vault=vault, clock=Clock())
    for home in (slack.TEAM, "T0OTHER", slack.ENTERPRISE):
        await tokens.keep(home, f"xoxb-{home}")

    await told.revoked(of_grid("tokens_revoked", tokens={"bot": [slack.BOT]}))
    await told.uninstalled(of_grid("app_uninstalled"))

    assert set(vault.kept) == {token_label("T0OTHER"), token_label(slack.ENTERPRISE)}
    assert await told.left(slack.ENTERPRISE) is None


async def test_an_app_taken_away_from_a_whole_enterprise_starts_its_clock() -> None:
    vault = MemoryVault()
    tokens = VaultTokens(vault, Clock())
    told = Installations(tokens=tokens, vault=vault, clock=Clock())
    await tokens.keep(slack.ENTERPRISE, "xoxb-whole")

    await told.uninstalled(of_grid("app_uninstalled", whole=True))

    assert set(vault.kept) == {label(slack.ENTERPRISE)}


async def test_a_token_of_the_settings_outlives_one_workspace_of_its_enterprise() -> None:
    tokens = FixedTokens({slack.ENTERPRISE: "xoxb-whole"})
    await tokens.forget(GRID)
    assert await tokens.of(GRID) == "xoxb-whole"
    assert await tokens.refused(GRID) is False
    assert await tokens.of(GRID) is None

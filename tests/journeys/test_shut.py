"""Somebody whose row does not open any more, on Slack and in Teams: told, asked, and free to begin anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from conversations import library
from tests.journeys.test_slack import Person as SlackPerson
from tests.support import slack
from tests.support.installation import installed
from tests.support.slack import FakeSlack, Workspace
from tests.support.storage import SqlTable
from tests.support.teams import APP_ID, PASSWORD, TENANT, FakeCloud
from tests.support.teams_person import TeamsPerson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def on_slack(tmp_path: Path, database: str) -> AsyncIterator[SlackPerson]:
    async with FakeSlack() as api, aiohttp.ClientSession() as http:
        env = {
            "SLACK_BOT_TOKEN": slack.TOKEN,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "LUWTE_SLACK_TEAM": slack.TEAM,
            "LUWTE_SLACK_API_URL": api.url,
            "LUWTE_DATABASE": database,
        }
        async with installed(tmp_path, env) as house:
            yield SlackPerson(Workspace(http, f"{house.url}/slack/events"), api)
        assert api.problems == []


@pytest.fixture
async def in_teams(tmp_path: Path, database: str) -> AsyncIterator[TeamsPerson]:
    async with FakeCloud() as cloud, aiohttp.ClientSession() as http:
        env = {
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": TENANT,
            "LUWTE_TEAMS_METADATA_URL": cloud.metadata_url,
            "LUWTE_TEAMS_TOKEN_URL": cloud.token_url,
            "LUWTE_DATABASE": database,
        }
        async with installed(tmp_path, env) as house:
            yield TeamsPerson(http, f"{house.url}/api/messages", cloud, "nl-NL")


def damage(database: str) -> None:
    table = SqlTable(database)
    (row,) = table.rows()
    table.change(row.locator, sealed=row.sealed[:-1] + bytes([row.sealed[-1] ^ 1]))


async def test_on_slack_they_are_told_and_their_yes_erases(
    on_slack: SlackPerson, database: str
) -> None:
    phrases = library.load().phrases
    await on_slack.say("hallo")
    for button in ("Nederlands", "Hier in de chat", "4"):
        await on_slack.press(button)
    damage(database)

    await on_slack.say("hallo")
    assert phrases.shut.nl in str(on_slack.last["blocks"])
    assert len(SqlTable(database).rows()) == 1
    await on_slack.say("ja")

    assert phrases.forgotten.nl in str(on_slack.last["blocks"])
    assert SqlTable(database).rows() == []


async def test_in_teams_they_are_told_and_their_yes_erases(
    in_teams: TeamsPerson, database: str
) -> None:
    phrases = library.load().phrases
    await in_teams.send(in_teams.me.added())
    await in_teams.press("chat")
    await in_teams.say("4")
    damage(database)

    await in_teams.say("hallo")
    assert phrases.shut.nl in in_teams.words
    await in_teams.press("forget_yes")

    assert phrases.forgotten.nl in in_teams.words
    assert SqlTable(database).rows() == []

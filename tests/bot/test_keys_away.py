"""A key folder that cannot be read while people talk: told by its code, and over when it is back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import aiohttp
import pytest

from tests.support import slack
from tests.support.installation import installed
from tests.support.slack import FakeSlack, Workspace
from tests.support.storage import Clock

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_795_000_000.0


@pytest.mark.parametrize("harm", ["gone", "open to others"])
async def test_a_key_folder_that_goes_away_and_comes_back(tmp_path: Path, harm: str) -> None:
    clock, keys = Clock(NOW), tmp_path / "keys"
    root = keys / "root.key"
    async with FakeSlack() as api, aiohttp.ClientSession() as http:
        env = {
            "SLACK_BOT_TOKEN": slack.TOKEN,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "LUWTE_SLACK_TEAM": slack.TEAM,
            "LUWTE_SLACK_API_URL": api.url,
        }
        async with installed(tmp_path, env, clock) as house:

            async def say(words: str) -> int:
                body = json.dumps(slack.message_event(words))
                headers = slack.signed(body, timestamp=clock())
                url = f"{house.url}/slack/events"
                return (await Workspace(http, url).raw(body, headers)).status

            assert await say("hallo") == 200
            if harm == "gone":
                keys.rename(tmp_path / "elsewhere")
            else:
                root.chmod(0o444)
            clock.seconds += 61
            assert await say("hallo") == 503
            assert await say("ik wil dood") == 200
            assert "112" in str(api.messages[-1]["blocks"])
            if harm == "gone":
                (tmp_path / "elsewhere").rename(keys)
            else:
                root.chmod(0o400)
            clock.seconds += 61
            assert await say("hallo") == 200

        assert '"event": "turn_not_kept", "from": "luwte.slack", "code": "keys"' in (
            house.log.getvalue()
        )

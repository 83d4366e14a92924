"""Nothing about a person is in a log line, and the SDK stays behind its seam."""

from __future__ import annotations

import ast
import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import adapters.teams
from conversations.errors import StoreError
from tests.support.reception import a_sheet, a_turn
from tests.support.teams import Answer
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    import pytest

    from tests.support.colleague import Colleague
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock

HOME = Path(adapters.teams.__file__).parent
ORDINARY = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
MICROSOFT = (
    "botbuilder",
    "botframework",
    "microsoft_agents",
    "msrest",
    "msal",
    "urllib3",
    "requests",
)


async def test_no_log_line_tells_about_a_person(
    cloud: FakeCloud, colleague: Colleague, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    said = "numbat-typed-words"
    reception = prepared(a_turn("Hello.", sheet=a_sheet()))
    cloud.answers.extend([Answer(429, {"Retry-After": "0"}), Answer(400), Answer(403), Answer(500)])

    async with running(cloud, reception, clock) as bot:
        cloud.token_status = 503
        await bot.take(colleague.added())
        cloud.token_status = 200
        clock.now += 10
        for _ in range(5):
            await bot.take(colleague.message(said))
        await bot.take(colleague.invoke("task/fetch", {"press": "window", "token": "a1.3"}))
        await bot.take(colleague.invoke("task/submit", {"words": said, "token": "a1.3"}))
        pressed = {"action": {"data": {"press": said, "token": "a1.3"}}}
        execute = {"name": "adaptiveCard/action", "value": pressed, "replyToId": "numbat-card"}
        cloud.answers.extend([Answer(501), Answer(400), Answer(502)])
        for _ in range(3):
            await bot.take(colleague.activity("invoke", **execute))
        reception.errors.extend([StoreError(said), RuntimeError(said), RuntimeError(said)])
        await bot.take(colleague.message(said))
        await bot.take(colleague.message(said))
        await bot.take(colleague.invoke("task/submit", {"words": said, "token": "a1.3"}))
        await bot.take(colleague.message(said, serviceUrl="http://127.0.0.1:1/"))
        await bot.take(colleague.message(said, channelData={"tenant": {"id": "numbat-tenant"}}))
        body = json.dumps(colleague.message(said)).encode()
        await bot.post(body, {"Authorization": f"Bearer {cloud.token(kid='numbat-key')}"})
        cloud.metadata_status = 500
        clock.now += 100_000
        await bot.take(colleague.message(said))

    ours = [each for each in caplog.records if each.name.startswith("luwte")]
    assert {each.message for each in ours} == {
        "reply_refused",
        "request_refused",
        "signing_keys_not_loaded",
        "token_refused",
        "turn_failed",
        "turn_not_kept",
    }
    for each in ours:
        assert re.fullmatch(r"[a-z_]+", str(each.msg))
        assert (each.args, each.exc_info, each.stack_info) == ((), None, None)
        assert set(vars(each)) - ORDINARY <= {"code", "status"}
    assert not [each.name for each in caplog.records if each.name.startswith(MICROSOFT)]
    secrets = (
        *(said, colleague.user, colleague.name, colleague.directory_id, colleague.conversation),
        *(
            colleague.tenant,
            "numbat",
            "quokka",
            "invented-access-token",
            "a1.3",
            cloud.token()[:40],
        ),
    )
    for secret in secrets:
        assert not [each for each in ours if secret in str(vars(each))]
        assert secret not in caplog.text


def test_only_the_seams_know_an_sdk() -> None:
    knowing = {path.name for path in HOME.glob("*.py") if _imports(path) & set(MICROSOFT)}

    assert knowing == {"auth_botbuilder.py", "seam_agents.py", "seam_botbuilder.py"}


def test_no_class_of_the_sdk_that_keeps_something_is_used() -> None:
    used = {name for path in HOME.glob("*.py") for name in _names(path)}

    assert used == {
        "Activity",
        "AuthenticateRequestResult",
        "BotFrameworkAuthentication",
        "ChannelAccount",
        "ChannelId",
        "ChannelServiceAdapter",
        "ClaimsIdentity",
        "CloudAdapterBase",
        "ConnectorFactory",
        "ConversationAccount",
        "ResourceResponse",
        "TurnContext",
    }


def _imports(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    found: set[str] = set()
    for node in tree:
        match node:
            case ast.Import():
                found |= {alias.name.split(".")[0] for alias in node.names}
            case ast.ImportFrom():
                found.add((node.module or "").split(".")[0])
    return found


def _names(path: Path) -> set[str]:
    return {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(MICROSOFT)
        for alias in node.names
    }

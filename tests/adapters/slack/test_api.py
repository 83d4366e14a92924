"""One attempt at Slack's Web API: done, later, or never; and never a word of why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters.delivery import UndeliveredError
from adapters.slack import api
from adapters.slack.api import SlackApi
from tests.support.slack import CHANNEL, TOKEN, FakeSlack, Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.slack import Json

MESSAGE: Json = {
    "text": "hello",
    "blocks": [{"type": "divider"}],
    "unfurl_links": False,
    "unfurl_media": False,
}
VIEW: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A title"},
    "blocks": [{"type": "divider"}],
}
POST = "chat.postMessage"


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
async def slack(fake: FakeSlack) -> AsyncIterator[SlackApi]:
    async with aiohttp.ClientSession() as session:
        yield SlackApi(token=TOKEN, session=session, url=fake.url)


async def refused(slack: SlackApi) -> UndeliveredError:
    with pytest.raises(UndeliveredError) as caught:
        await slack.post(CHANNEL, MESSAGE)
    return caught.value


async def test_a_message_is_posted_once_as_it_is(slack: SlackApi, fake: FakeSlack) -> None:
    await slack.post(CHANNEL, MESSAGE)

    (call,) = fake.calls
    assert call.arguments == {"channel": CHANNEL, **MESSAGE}


@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [("7", 7.0), ("0", 0.0), ("86400", 300.0), ("soon", None), (None, None)],
)
async def test_a_busy_slack_says_how_long_to_wait(
    slack: SlackApi, fake: FakeSlack, retry_after: str | None, pause: float | None
) -> None:
    fake.fail(POST, Fault(429, "ratelimited", retry_after=retry_after))

    error = await refused(slack)

    assert (error.retry_after, error.final) == (pause, False)


@pytest.mark.parametrize(
    ("fault", "final"),
    [
        (Fault(500, "internal_error"), False),
        (Fault(502, body="<html>"), False),
        (Fault(200, body="{not json"), False),
        (Fault(200, body='"word"'), False),
        (Fault(200, "service_unavailable"), False),
        (Fault(drop=True), False),
        (Fault(200, "invalid_auth"), True),
        (Fault(200, "an_error_yet_unknown"), True),
        (Fault(404, "unknown_method"), True),
    ],
)
async def test_a_refusal_is_for_now_or_for_good(
    slack: SlackApi, fake: FakeSlack, fault: Fault, final: bool
) -> None:
    fake.fail(POST, fault)

    error = await refused(slack)

    assert (error.retry_after, error.final) == (None, final)
    assert len(fake.calls) == 1


async def test_a_slack_that_never_answers_is_left(
    slack: SlackApi, fake: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "POST_SECONDS", 0.05)
    fake.fail(POST, Fault(hang=True))

    assert not (await refused(slack)).final


async def test_the_error_holds_nothing_of_what_slack_said(slack: SlackApi, fake: FakeSlack) -> None:
    fake.fail(POST, Fault(200, "quoting numbat-words"))

    error = await refused(slack)

    assert str(error) == "final"
    assert error.__cause__ is None
    assert error.__suppress_context__


async def test_a_window_is_opened_by_its_trigger_and_changed_by_its_id(
    slack: SlackApi, fake: FakeSlack
) -> None:
    await slack.open_window("a-trigger", VIEW)
    await slack.update_window("V1", VIEW)

    assert [(call.method, call.arguments) for call in fake.calls] == [
        ("views.open", {"trigger_id": "a-trigger", "view": VIEW}),
        ("views.update", {"view_id": "V1", "view": VIEW}),
    ]

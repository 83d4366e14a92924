"""One attempt at Slack's Web API: done, later, or never; and never a word of why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from adapters.delivery import UndeliveredError
from adapters.slack import api
from adapters.slack.api import SlackApi, StaleError
from adapters.slack.pace import Pace
from adapters.slack.tokens import FixedTokens, Site
from tests.support.slack import CHANNEL, TEAM, TOKEN, FakeSlack, Fault

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
HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}
POST = "chat.postMessage"
SITE = Site(TEAM, TEAM)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack


@pytest.fixture
async def slack(fake: FakeSlack) -> AsyncIterator[SlackApi]:
    async with aiohttp.ClientSession() as session:
        tokens = FixedTokens({TEAM: TOKEN})
        yield SlackApi(tokens=tokens, session=session, url=fake.url, pace=Pace(0))


async def refused(slack: SlackApi) -> UndeliveredError:
    with pytest.raises(UndeliveredError) as caught:
        await slack.post(SITE, CHANNEL, MESSAGE)
    return caught.value


async def test_a_message_is_posted_once_as_it_is(slack: SlackApi, fake: FakeSlack) -> None:
    await slack.post(SITE, CHANNEL, MESSAGE)

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
    await slack.open_window(SITE, "a-trigger", VIEW)
    await slack.update_window(SITE, "V1", None, VIEW)

    assert [(call.method, call.arguments) for call in fake.calls] == [
        ("views.open", {"trigger_id": "a-trigger", "view": VIEW}),
        ("views.update", {"view_id": "V1", "view": VIEW}),
    ]


async def test_a_window_that_shows_something_newer_is_left_as_it_is(
    slack: SlackApi, fake: FakeSlack
) -> None:
    await slack.open_window(SITE, "a-trigger", VIEW)
    shown = fake.views[-1]

    await slack.update_window(SITE, shown["id"], shown["hash"], VIEW)
    with pytest.raises(StaleError):
        await slack.update_window(SITE, shown["id"], shown["hash"], VIEW)


async def test_a_home_is_published_to_one_person(slack: SlackApi, fake: FakeSlack) -> None:
    await slack.publish(SITE, "U0INVENTED", HOME)

    assert [(call.method, call.arguments) for call in fake.calls] == [
        ("views.publish", {"user_id": "U0INVENTED", "view": HOME})
    ]


async def test_a_token_that_was_revoked_is_not_used_again(slack: SlackApi, fake: FakeSlack) -> None:
    fake.fail(POST, Fault(200, "token_revoked"))

    assert (await refused(slack)).final
    assert (await refused(slack)).final
    assert len(fake.calls) == 1


async def test_whether_the_app_is_still_installed_is_asked_of_slack(
    slack: SlackApi, fake: FakeSlack
) -> None:
    answers = (Fault(), Fault(503), Fault(200, "access_denied"), Fault(200, "account_inactive"))
    fake.fail("auth.test", *answers)

    assert [await slack.installed(SITE) for _ in range(5)] == [True, None, None, False, False]
    assert len(fake.calls) == len(answers)

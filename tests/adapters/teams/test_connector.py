"""What becomes of an answer when the Connector does not simply take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters import delivery
from tests.support.reception import a_turn
from tests.support.teams import Answer
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    from tests.support.colleague import Colleague
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock

SOON = {"Retry-After": "0"}


async def test_an_answer_is_addressed_to_the_chat_and_the_message(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    asked = colleague.message("hi")

    async with running(cloud, prepared(), clock) as bot:
        await bot.take(asked)

    (post,) = cloud.posts
    assert post.conversation == colleague.conversation
    assert post.reply_to == asked["id"]
    assert post.authorization == "Bearer invented-access-token-1"
    addressed = {k: v for k, v in post.activity.items() if k not in ("attachments", "summary")}
    assert addressed == {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": cloud.base,
        "conversation": {"id": colleague.conversation},
        "from": {"id": asked["recipient"]["id"]},
        "recipient": {"id": colleague.user},
        "replyToId": asked["id"],
    }


@pytest.mark.parametrize("status", [401, 412, 429, 500, 502, 503, 504])
async def test_an_answer_is_sent_again_where_that_may_help(
    status: int, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    cloud.answers.extend([Answer(status, SOON), Answer(status, SOON)])

    async with running(cloud, prepared(a_turn("Hello")), clock) as bot:
        answered = await bot.take(colleague.message("hi"))
        posts = await cloud.arrived(1)

    assert answered.status == 200
    assert len(posts) == 1
    assert cloud.attempts == 3


async def test_a_token_that_the_connector_refuses_is_replaced(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    cloud.answers.append(Answer(401, SOON))

    async with running(cloud, prepared(), clock) as bot:
        await bot.take(colleague.message("hi"))
        posts = await cloud.arrived(1)

    assert posts[0].authorization == "Bearer invented-access-token-2"


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_an_answer_that_can_never_arrive_is_given_up(
    status: int, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    cloud.answers.append(Answer(status, SOON))

    async with running(cloud, prepared(), clock) as bot:
        refused = await bot.take(colleague.message("hi"))
        await bot.take(colleague.message("and now?"))

    assert refused.status == 200
    assert cloud.attempts == 2
    assert len(cloud.posts) == 1


@pytest.mark.parametrize(("status", "noted"), [(403, []), (404, []), (400, [400])])
async def test_that_somebody_left_is_noted_nowhere(
    status: int,
    noted: list[int],
    cloud: FakeCloud,
    colleague: Colleague,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG", "luwte")
    cloud.answers.append(Answer(status))

    async with running(cloud, prepared(), clock) as bot:
        await bot.take(colleague.message("hi"))

    ours = [each for each in caplog.records if each.name.startswith("luwte")]
    assert [vars(each)["status"] for each in ours] == noted


async def test_a_slow_connector_holds_no_request_and_gets_the_answer_later(
    cloud: FakeCloud, colleague: Colleague, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "IN_REQUEST", 0.05)
    cloud.answers.extend([Answer(429, {"Retry-After": "1"}), Answer(hangs=True)])

    async with running(cloud, prepared(), clock) as bot:
        first = await bot.take(colleague.message("one"))
        hung = await bot.take(colleague.message("two"))
        assert (first.status, hung.status) == (200, 200)
        posts = await cloud.arrived(1)

    assert posts[0].reply_to == "invented-activity-1"


async def test_no_token_means_later_and_not_never(
    cloud: FakeCloud, colleague: Colleague, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.token.AFTER_FAILURE", 0.0)
    cloud.token_status = 503

    async with running(cloud, prepared(), clock) as bot:
        answered = await bot.take(colleague.message("hi"))
        cloud.token_status = 200
        await cloud.arrived(1)

    assert answered.status == 200

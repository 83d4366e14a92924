"""Notices to coaches over HTTP: where they lead, when they leave, and what a day without a platform does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support import slack
from tests.support.coaching import (
    DESK,
    QUESTION,
    a_coach,
    at_the_case,
    notices_to_the_coach,
    passphrase,
    plain,
    write_a_card,
)
from tests.support.slack import Fault
from tests.support.teams import Answer
from tests.support.towns import DAY, towns

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.support.towns import Towns
    from tests.support.townspeople import InSlack, Townsman

CHANNEL = "C0COACHES"
ATTEMPTS = 5_000
"""More than there are in a day."""


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Towns]:
    async with towns(tmp_path, monkeypatch) as made:
        yield made


async def asked(both: Towns, platform: str = "slack", user: str = "kwikzilver") -> Townsman:
    both.clock.seconds += 61
    me = both.somebody(platform, "mill", user, "nl")
    await me.ask()
    await write_a_card(me, "nl")
    await me.press("send")
    return me


async def test_a_notice_in_the_coaches_channel_opens_the_window_for_whoever_presses_it(
    both: Towns,
) -> None:
    coach: InSlack = await a_coach(both, "slack", f"slack-channel:{CHANNEL}", "nl")  # type: ignore[assignment]
    await asked(both)
    await both.to_hour(16)
    (notice,) = [each for each in both.api.messages if each["channel"] == CHANNEL]
    pressed = slack.click(notice, "desk", user=coach.user)
    pressed["channel"] = {"id": CHANNEL, "name": "coaches"}
    posted = len(both.api.messages)
    await coach.town.send(pressed)
    coach.view = both.api.views[-1]
    await coach.fill(passphrase(coach))
    assert any(name.startswith("dk_open:") for name in coach.names)

    stranger: InSlack = both.somebody("slack", "bureau", "vreemdeling", "nl")  # type: ignore[assignment]
    pressed = slack.click(notice, "desk", user=stranger.user)
    pressed["channel"] = {"id": CHANNEL, "name": "coaches"}
    await stranger.town.send(pressed)
    stranger.view = both.api.views[-1]
    assert DESK.ask_code.nl in plain(stranger)
    assert len(both.api.messages) == posted


async def test_ten_messages_before_the_coach_looks_are_one_notice_and_none_at_night(
    both: Towns,
) -> None:
    coach = await a_coach(both, "teams", "teams", "nl")
    me = await asked(both)
    await both.to_hour(16)
    await at_the_case(coach)
    await coach.press("dk_claim")
    assert len(coach.notices) == 1
    for number in range(3):
        await me.look("coach")
        await me.press("write")
        await me.fill(f"nog iets, {number}")
        await me.press("send")
        await both.to_hour(13)
    assert len(coach.notices) == 2
    await both.pass_hours(48)
    assert len(coach.notices) == 2


def told(both: Towns, coach: Townsman) -> list[bytes]:
    """Notices that arrived: at the coach's own address, or in the coaches' channel."""
    posts = both.api.made("chat.postMessage")
    there = [each for each in posts if each.answer["ok"] and each.arguments["channel"] == CHANNEL]
    in_channel = [json.dumps(each.arguments, sort_keys=True).encode() for each in there]
    return [*notices_to_the_coach(both, coach), *in_channel]


def slack_is_down(both: Towns) -> Callable[[], None]:
    both.api.fail("chat.postMessage", *[Fault(503, "internal_error")] * ATTEMPTS)
    return both.api.recover


def the_network_is_down(both: Towns) -> Callable[[], None]:
    both.api.fail("chat.postMessage", *[Fault(error="lost", drop=True)] * ATTEMPTS)
    both.cloud.answers.extend([Answer(503)] * ATTEMPTS)
    both.mails.down = True

    def back() -> None:
        both.api.recover()
        both.cloud.answers.clear()
        both.mails.down = False

    return back


def teams_is_down(both: Towns) -> Callable[[], None]:
    both.cloud.answers.extend([Answer(503)] * ATTEMPTS)
    return both.cloud.answers.clear


def the_mail_server_is_down(both: Towns) -> Callable[[], None]:
    both.mails.down = True

    def back() -> None:
        both.mails.down = False

    return back


@pytest.mark.parametrize(
    ("platform", "notices", "outage"),
    [
        ("slack", "slack", slack_is_down),
        ("slack", "slack", the_network_is_down),
        ("teams", "teams", teams_is_down),
        ("slack", f"slack-channel:{CHANNEL}", slack_is_down),
        ("slack", "email:anne@bureau.example", the_mail_server_is_down),
        ("teams", "email:anne@bureau.example", the_network_is_down),
    ],
)
async def test_after_a_day_without_it_every_notice_arrives_once(
    both: Towns, platform: str, notices: str, outage: Callable[[Towns], Callable[[], None]]
) -> None:
    coach = await a_coach(both, platform, notices, "nl")
    people = [await asked(both, user=f"kwikzilver{number}") for number in range(3)]
    route = notices.partition(":")[0].replace("-", "_")
    series = f'luwte_notices_failing{{route="{route}"}}'
    assert await both.figure(series) == 0
    back = outage(both)
    await both.pass_hours(24)
    assert told(both, coach) == []
    assert await both.figure(series) == 1
    status, said = await both.ran("coach", "list")
    assert status == 1
    assert "the last one did NOT arrive" in said

    back()
    await both.to_hour(13)
    assert len(told(both, coach)) == 1
    assert await both.figure(series) == 0
    await both.to_hour(9)
    assert len(told(both, coach)) == 1
    await coach.look("desk")
    await coach.fill(passphrase(coach))
    cases = [name for name in coach.names if name.startswith("dk_open:")]
    assert len(set(cases)) == len(people)
    await told_of_every_answer(both, coach, cases, outage)


async def told_of_every_answer(
    both: Towns,
    coach: Townsman,
    cases: list[str],
    outage: Callable[[Towns], Callable[[], None]],
) -> None:
    """Answers go out during another day of it; each person is told once, when it is over."""
    for case in cases:
        await coach.press(case)
        await coach.press("dk_claim")
        await coach.press("dk_answer")
        await coach.fill("wat zou je missen?")
        await coach.press("dk_look")
    before = len(answers(both))
    back = outage(both)
    await both.pass_hours(24)
    back()
    await both.pass_hours(24)
    assert len(answers(both)) - before == len(cases)


def answers(both: Towns) -> list[str]:
    """Notices to people that something waits for them."""
    posts = both.api.made("chat.postMessage")
    taken = [json.dumps(each.arguments) for each in posts if each.answer["ok"]]
    return [each for each in taken if DESK.answer_notice.nl in each]


async def test_two_days_of_traffic_hold_no_question_and_only_one_text(both: Towns) -> None:
    coach = await a_coach(both, "slack", "slack", "nl")
    for number in range(4):
        await asked(both, user=f"kwikzilver{number}")
    both.clock.seconds += DAY
    await both.to_hour(16)
    sent = notices_to_the_coach(both, coach)
    assert len({len(each) for each in sent}) == 1
    assert QUESTION["nl"][:20] not in str(both.api.messages)

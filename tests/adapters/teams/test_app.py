"""From a genuine request to what Teams gets: messages, dialogs, and one answer for each event."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from adapters import delivery
from adapters.incoming import BusyError, Incoming
from conversations.errors import StoreError
from tests.support.colleague import action, buttons, card, parts, words
from tests.support.reception import OWN_WORDS, a_choice, a_sheet, a_turn
from tests.support.teams import TENANT, Answer
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    from conversations.turn import Turn
    from tests.support.colleague import Colleague
    from tests.support.teams import FakeCloud
    from tests.support.teams_bot import Clock

GROUP = {"conversation": {"id": "19:group", "conversationType": "groupChat"}}


def written(turn: Turn) -> Turn:
    return replace(turn, fate="write")


async def test_an_installed_bot_greets_once(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn("Welcome."))

    async with running(cloud, reception, clock) as bot:
        installed = await bot.take(colleague.activity("installationUpdate", action="add"))
        added = await bot.take(colleague.added())

    assert (installed.status, added.status) == (200, 200)
    (post,) = cloud.posts
    assert words(post.activity)[0] == "Welcome."
    assert post.reply_to is None
    ((who, incoming),) = reception.taken
    assert (who.platform, who.tenant, who.user) == ("teams", TENANT, colleague.user)
    assert replace(incoming, address=None) == Incoming(
        event=incoming.event, language="en", surface="chat"
    )


async def test_a_pressed_button_brings_the_next_question(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn(prompt=a_choice()), a_turn())

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        pressed = await bot.take(colleague.submit(cloud.posts[0].activity, "In town"))

    assert (pressed.status, pressed.body) == (200, b"")
    incoming = reception.taken[1][1]
    assert (incoming.pressed, incoming.token) == ("town", "a1b2c3d4.4")
    assert words(cloud.posts[1].activity) == ["What did you see?"]


async def test_an_answer_can_be_given_in_a_dialog(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn(), a_turn(), written(a_turn(prompt=a_choice())))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        opened = await bot.take(colleague.fetch(cloud.posts[0].activity, "answer_privately en"))
        sent = await bot.take(colleague.send(opened.json, "send en", words="A quokka."))

    assert opened.status == 200
    assert (sent.status, sent.body) == (200, b"")
    assert [incoming.pressed for _, incoming in reception.taken] == [None, "window", None]
    assert (reception.taken[2][1].said, reception.taken[2][1].token) == ("A quokka.", "a1b2c3d4.3")
    assert [words(post.activity)[-1] for post in cloud.posts] == ["What did you see?", "Where to?"]


async def test_an_answer_that_is_not_taken_is_answered_in_the_dialog(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn(), a_turn(), a_turn("too_long en"))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        opened = await bot.take(colleague.fetch(cloud.posts[0].activity, "answer_privately en"))
        told = await bot.take(colleague.send(opened.json, "send en", words="A quokka."))

    assert words(told.json) == ["too_long en"]
    assert [p["value"] for p in parts(card(told.json)) if p.get("type") == "Input.Text"] == [
        "A quokka."
    ]
    assert len(cloud.posts) == 1


async def test_a_summary_opens_in_a_dialog_and_nowhere_else(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    summed = written(a_turn(sheet=a_sheet(), prompt=a_choice()))

    async with running(cloud, prepared(summed), clock) as bot:
        await bot.take(colleague.message("done"))
        opened = await bot.take(colleague.fetch(cloud.posts[0].activity, "Read it"))

    assert OWN_WORDS in words(opened.json)
    assert len(cloud.posts) == 1
    assert OWN_WORDS not in str(cloud.posts[0].activity)


async def test_an_activity_that_comes_twice_is_answered_once(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    said = colleague.message("hi")

    async with running(cloud, prepared(), clock) as bot:
        both = [await bot.take(said), await bot.take(said)]

    assert [answered.status for answered in both] == [200, 200]
    assert len(cloud.posts) == 1


async def test_a_form_that_comes_twice_is_answered_alike_both_times(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(
        a_turn(), a_turn(), a_turn("Too long."), written(a_turn(prompt=a_choice()))
    )

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        opened = await bot.take(colleague.fetch(cloud.posts[0].activity, "answer_privately en"))
        long = colleague.send(opened.json, "send en", words="quokka")
        told = [await bot.take(long), await bot.take(long)]
        short = colleague.send(opened.json, "skip it")
        closed = [await bot.take(short), await bot.take(short)]

    assert told[0] == told[1]
    assert words(told[0].json) == ["Too long."]
    assert [answered.body for answered in closed] == [b"", b""]
    assert [words(post.activity)[-1] for post in cloud.posts] == ["What did you see?", "Where to?"]


async def test_a_second_delivery_sends_what_is_still_on_its_way(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    said = colleague.message("hi")
    cloud.answers.append(Answer(429, {"Retry-After": "600"}))

    async with running(cloud, prepared(), clock) as bot:
        await bot.take(said)
        await bot.take(said)

    assert len(cloud.posts) == 1


async def test_a_turn_that_shows_nothing_sends_nothing(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with running(cloud, prepared(a_turn(prompt=None)), clock) as bot:
        said = await bot.take(colleague.message("hi"))
        opened = await bot.take(colleague.invoke("task/fetch", {"press": "window"}))

    assert [(said.status, said.body), (opened.status, opened.body)] == [(200, b"")] * 2
    assert cloud.attempts == 0


async def test_a_picture_is_answered_with_the_open_question(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn(language="nl"))
    picture = colleague.message("", attachments=[{"contentType": "image/png"}])

    async with running(cloud, reception, clock) as bot:
        await bot.take(picture)

    assert words(cloud.posts[0].activity) == ["not_a_text nl", "What did you see?"]
    assert reception.taken[0][1].said is None


@pytest.mark.parametrize(
    ("locale", "told"),
    [("nl-BE", "not_here nl"), ("en-GB", "not_here en"), (None, "not_here nl\n\nnot_here en")],
)
async def test_a_group_is_told_kindly_that_this_is_no_place_to_talk(
    locale: str | None, told: str, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    colleague.locale = locale
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("<at>Luwte</at> hi", **GROUP))
        opened = await bot.take(colleague.invoke("task/fetch", {"press": "window"}, **GROUP))

    assert cloud.posts[0].activity["text"] == told
    assert opened.json == {"task": {"type": "message", "value": told}}
    assert reception.taken == []
    assert len(cloud.posts) == 1


@pytest.mark.parametrize(
    ("kind", "parts_of_it", "status"),
    [
        ("typing", {}, 200),
        ("messageReaction", {"reactionsAdded": [{"type": "like"}]}, 200),
        ("messageUpdate", {"text": "edited"}, 200),
        ("messageDelete", {}, 200),
        ("installationUpdate", {"action": "remove-upgrade"}, 200),
        ("conversationUpdate", {"membersAdded": [{"id": "29:else"}]}, 200),
        ("invoke", {"name": "composeExtension/query", "value": {}}, 501),
        ("invoke", {"name": None}, 501),
    ],
)
async def test_what_asks_nothing_gets_no_answer(
    kind: str,
    parts_of_it: dict[str, object],
    status: int,
    cloud: FakeCloud,
    colleague: Colleague,
    clock: Clock,
) -> None:
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        answered = await bot.take(colleague.activity(kind, **parts_of_it))

    assert (answered.status, answered.body) == (status, b"")
    assert reception.taken == []
    assert cloud.attempts == 0


@pytest.mark.parametrize("error", [None, BusyError(), StoreError("OperationalError")])
async def test_whoever_removes_the_bot_is_sent_nothing_whatever_becomes_of_it(
    error: Exception | None, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn("Never to be seen."))
    reception.errors.extend([error] if error else [])

    async with running(cloud, reception, clock) as bot:
        answered = await bot.take(colleague.activity("installationUpdate", action="remove"))

    assert (answered.status, answered.body) == (200, b"")
    assert [incoming.gone for _, incoming in reception.taken] == [True]
    assert cloud.attempts == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [(BusyError(), "B2"), (StoreError("OperationalError", "unreachable"), "S1")],
)
async def test_trouble_is_told_kindly_wherever_the_person_is(
    error: Exception, code: str, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared()
    reception.errors.extend([error] * 4)

    async with running(cloud, reception, clock) as bot:
        said = await bot.take(colleague.message("hi"))
        opened = await bot.take(
            colleague.invoke("task/fetch", {"press": "window", "token": "a1.3"})
        )
        sent = await bot.take(colleague.invoke("task/submit", {"words": "quokka", "token": "a1.3"}))
        again = await bot.take(colleague.send(sent.json, "send en", words="quokka"))

    told = f"trouble en (code {code})"
    assert said.status == 200
    assert [post.activity["text"] for post in cloud.posts] == [told]
    assert opened.json == {"task": {"type": "message", "value": told}}
    assert words(sent.json) == [told]
    assert again == sent
    assert (reception.taken[3][1].said, reception.taken[3][1].token) == ("quokka", "a1.3")


async def test_an_error_of_our_own_is_an_empty_500(
    cloud: FakeCloud, colleague: Colleague, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    reception = prepared()
    reception.errors.append(RuntimeError("quokka"))

    async with running(cloud, reception, clock) as bot:
        answered = await bot.take(colleague.message("hi"))

    assert (answered.status, answered.body) == (500, b"")
    assert [each.message for each in caplog.records] == ["turn_failed"]
    assert "quokka" not in caplog.text


async def test_a_hanging_connector_does_not_hold_the_next_person(
    cloud: FakeCloud, colleague: Colleague, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "IN_REQUEST", 5.0)
    cloud.answers.append(Answer(hangs=True))
    neighbour = replace(colleague, user="29:invented-numbat", conversation="a:invented;numbat")

    async with running(cloud, prepared(), clock) as bot:
        held = asyncio.create_task(bot.take(colleague.message("hi")))
        await cloud.until(lambda: cloud.attempts == 1)
        answered = await bot.take(neighbour.message("hi"))
        assert not held.done()
        held.cancel()

    assert answered.status == 200
    assert [post.conversation for post in cloud.posts] == ["a:invented;numbat"]


async def test_every_button_of_a_message_comes_back_as_it_was_named(
    cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared(a_turn(prompt=a_choice()))

    async with running(cloud, reception, clock) as bot:
        await bot.take(colleague.message("hi"))
        shown = cloud.posts[0].activity
        labels = [each["title"] for each in buttons(shown) if "title" in each]
        for label in labels:
            await bot.take(colleague.submit(shown, label))

    pressed = [incoming.pressed for _, incoming in reception.taken[1:]]
    assert pressed == [action(shown, label)["data"]["press"] for label in labels]
    assert pressed[:2] == ["wood", "town"]

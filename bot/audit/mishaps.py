"""What goes wrong in real life: forged and malformed requests, a platform that fails, a locked database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.audit.slack import Refusal
from bot.audit.slack_person import FORM, JSON
from storage.database import engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.audit.slack_person import SlackPerson
    from bot.audit.stage import Stage
    from bot.audit.teams_person import TeamsPerson

LOCK = {"postgresql": "LOCK TABLE person IN ACCESS EXCLUSIVE MODE", "sqlite": "SELECT 1"}
CRISIS = {"nl": "ik wil dood, {}", "en": "i want to kill myself, {}"}
TOO_LONG = 9_000
ODD: tuple[object, ...] = (None, 7, [], {"text": "x"}, "x" * TOO_LONG, "\ud800", True)


async def in_slack(me: SlackPerson) -> int:
    """Everything that can be wrong with a request of Slack, or with its answer; how many things."""
    words = me.person.words(0, "en")
    message = me.message(words)
    statuses = [
        await me.raw(json.dumps(message).encode(), JSON, signature=f"v0={words}"),
        await me.raw(json.dumps(message).encode()[:-9], JSON),
        await me.raw(f"payload={words}".encode(), FORM),
        await me.raw(words.encode(), "text/plain"),
        await me.raw(json.dumps([words]).encode(), JSON),
        await me.raw(words.encode() * TOO_LONG, JSON),
        await me.send({**message, "team_id": words, "authorizations": []}),
        await me.send(me.command(f"{words} payload")),
        await me.say(
            f"{words} <@{me.person.slack_user}|{me.person.name}> <mailto:{me.person.mail}>"
        ),
        await me.say(words, subtype="file_share", files=[{"name": words, "url_private": words}]),
        await me.say(words, subtype="message_changed", previous_message={"text": words}),
        await me.say(CRISIS["en"].format(words)),
        await me.say(words * 200),
        await me.say("hello", event_ts=words),
    ]
    for odd in ODD:
        for place in ("text", "user", "channel", "ts", "channel_type"):
            statuses += [await me.send(me.message(words, **{place: odd}))]
        statuses.append(await me.send({**me.message(words), "event": odd}))
        statuses.append(await me.send({"type": "block_actions", "actions": odd, "user": odd}))
    refusals = (
        Refusal(),
        Refusal(429),
        Refusal(200, words),
        Refusal(200, "{}"),
        Refusal(drop=True),
    )
    for refusal in refusals:
        me.slack.refusals.append(refusal)
        statuses.append(await me.say(words))
    me.slack.refusals.clear()
    return len(statuses)


async def in_teams(me: TeamsPerson) -> int:
    """The same in Teams."""
    words = me.person.words(0, "nl")
    activity = me.activity("message", text=words)
    body = json.dumps(activity).encode()
    bearer = {"Authorization": f"Bearer {me.teams.token()}"}
    statuses = [
        await me.raw(body, {}),
        await me.raw(body, {"Authorization": f"Bearer {me.person.name}"}),
        await me.raw(body, {"Authorization": f"Bearer {me.teams.token(kid=me.person.mail)}"}),
        await me.raw(body[:-9], bearer),
        await me.raw(json.dumps([words]).encode(), bearer),
        await me.raw(words.encode() * TOO_LONG, bearer),
        await me.say(words, channelData={"tenant": {"id": me.person.mail}}),
        await me.say(words, serviceUrl="http://127.0.0.1:1/"),
        await me.say(words, attachments=[{"contentUrl": words, "name": words}]),
        await me.say(
            words, conversation={"id": me.person.conversation, "conversationType": "channel"}
        ),
        await me.send(me.activity("messageUpdate", text=words)),
        await me.send(me.activity("invoke", name=words, value={"data": words})),
        await me.say(CRISIS["nl"].format(words)),
        await me.say(words * 200),
    ]
    for odd in ODD:
        for place in ("text", "from", "conversation", "recipient", "id", "timestamp", "value"):
            statuses += [await me.send({**activity, place: odd})]
        statuses.append(await me.send(me.activity("invoke", name="task/submit", value=odd)))
    for status in (500, 429, 403, 400):
        me.teams.statuses.append(status)
        statuses.append(await me.say(words))
    me.teams.statuses.clear()
    return len(statuses)


@contextmanager
def locked(stage: Stage) -> Iterator[None]:
    """Another process holds the database, and nobody else can write."""
    database = engine(stage.database)
    with database.begin() as connection:
        connection.exec_driver_sql(LOCK[database.dialect.name])
        yield
    database.dispose()

"""The same conversation written the ordinary way: Bolt, SQLAlchemy's async ORM, aiosqlite.

    python -m tests.bench.ordinary_bolt PORT API_URL DATABASE_URL

As the tutorials show it: a row a person with their answers as JSON, one session and one commit a
message, questions as blocks with buttons. Nothing is encrypted, and nobody listens or looks for danger.
The one thing that no tutorial says is here all the same: a shared session for what goes out.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, String, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench.bare_bolt import bolt, run

if TYPE_CHECKING:
    from aiohttp import web

CONTROLS = ("skip", "help", "mydata", "back")
QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Nederlands of Engels?", ("nl", "en")),
    ("Waar wil je praten?", ("private", "chat")),
    ("Hoe helder is het voor je wat je nu met je werk wilt?", tuple(map(str, range(11)))),
    ("Waar wil je het over hebben?", ("t1", "t4", "t5")),
    ("Wat maakt dat lastig om hardop te zeggen?", ("plan", "should", "silly", "leaving")),
    ("Van wie moet je het eigenlijk weten?", ("self", "boss", "home", "colleagues", "unsure")),
    ("Wat zou je terugzeggen?", ("not_bad", "may_try", "take_time", "me_too")),
    ("Hoe zwaar is het om hiermee rond te lopen?", tuple(map(str, range(11)))),
    ("Wanneer is het even wat lichter?", ("finishing", "certain_people", "off_work")),
    ("Wat wil je in elk geval niet meer?", ("rush", "same_week", "alone", "pretending")),
    ("Waar ben je nieuwsgierig naar?", ("others", "other_craft", "own_thing")),
)


class Base(DeclarativeBase):
    pass


class Conversation(Base):
    __tablename__ = "conversation"

    channel: Mapped[str] = mapped_column(String, primary_key=True)
    step: Mapped[int]
    answers: Mapped[list[str]] = mapped_column(JSON)


def question(step: int) -> dict[str, Any]:
    text, options = QUESTIONS[step]

    def row(name: str, names: tuple[str, ...]) -> dict[str, Any]:
        buttons = [
            {
                "type": "button",
                "action_id": f"press:{each}",
                "value": f"q.{step}",
                "text": {"type": "plain_text", "text": each},
            }
            for each in names
        ]
        return {"type": "actions", "block_id": name, "elements": buttons}

    asked = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{text}*"}}
    return {"text": text, "blocks": [asked, row("options", options), row("controls", CONTROLS)]}


def safe(connection: Any, _: Any) -> None:
    """What is committed survives a power cut, and whoever finds the file locked waits."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def main(port: int, api_url: str, database: str) -> None:
    engine = create_async_engine(database)
    event.listen(engine.sync_engine, "connect", safe)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    app = bolt(api_url)

    async def answered(channel: str, answer: str) -> dict[str, Any]:
        async with sessions() as session:
            conversation = await session.get(Conversation, channel)
            if conversation is None:
                conversation = Conversation(channel=channel, step=0, answers=[])
                session.add(conversation)
            else:
                conversation.answers = [*conversation.answers, answer]
                conversation.step = (conversation.step + 1) % len(QUESTIONS)
            step = conversation.step
            await session.commit()
        return question(step)

    @app.event("message")
    async def message(event: Any, say: Any) -> None:
        await say(**await answered(event["channel"], event["text"]))

    @app.action(re.compile("press:.*"))
    async def pressed(ack: Any, body: Any, action: Any, say: Any) -> None:
        await ack()
        await say(**await answered(body["channel"]["id"], action["action_id"]))

    async def made(_: web.Application) -> None:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)

    run(app, port, made)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])

"""Leaks of a lock: its code, what the code leads to, or the ticket of an open window."""

from __future__ import annotations

import base64
import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.audit.replacing import replaced
from bot.audit.seeds.planting import Seed, write
from conversations.passphrase import grouped, tidy
from conversations.session import Answer
from storage.database import engine
from storage.inspection import sqlite_file
from storage.sealing import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.seeds.planting import Plant
    from bot.audit.stage import Stage

    Leak = Callable[[Stage, str], None]


def of_locks() -> Iterator[Seed]:
    yield Seed("a code in a log line", "logs/.*code of a lock, plain",
               _entered(lambda s, code: write(s.logs / "app.log", f"DEBUG entered {code}")), locks=True)  # fmt: skip
    yield Seed("a code left in clear in the row", "column person.sealed.*code of a lock, plain",
               _in_the_row, locks=True)  # fmt: skip
    yield Seed("a code left inside the sealed row", "inside a sealed row.*code of a lock, plain",
               _in_the_session, locks=True)  # fmt: skip
    yield Seed("a code hashed without salt", "code of a lock.* as unsalted sha256",
               _entered(lambda s, code: write(s.data / "known", _hashed(code))), locks=True)  # fmt: skip
    yield Seed("the key that a code leads to, in a file", "the key behind a code",
               _at_the_end(lambda s: (s.data / "cache").write_bytes(_key(s))), locks=True)  # fmt: skip
    yield Seed("a code in a chat message", "request chat.postMessage.*code of a lock, plain",
               _in_the_chat, locks=True)  # fmt: skip
    yield Seed("a code shown once more when the lock has closed", "answer to .*code of a lock, plain",
               _shown_again, locks=True)  # fmt: skip
    yield Seed("a ticket in a file of outcomes", "state/.*ticket of a lock, plain",
               _taken(lambda s, ticket: write(s.data / "outcomes", ticket)), locks=True)  # fmt: skip
    yield Seed("a ticket, decoded, in a temporary file", "temporary/.*ticket of a lock, decoded",
               _taken(lambda s, ticket: write(s.temporary / "t", _untied(ticket).hex())), locks=True)  # fmt: skip
    yield Seed("the end of a ticket in a log line", "logs/.*the end of a ticket",
               _taken(lambda s, ticket: write(s.logs / "app.log", f"ticket …{ticket[-20:]}")), locks=True)  # fmt: skip


def _entered(leak: Leak) -> Plant:
    """Leaks every code that somebody types into its field."""

    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        def make(secret: Any) -> Any:
            async def leaky(self: Any, scripts: Any, who: Any, person: Any, *given: Any) -> Any:
                leak(stage, given[0].said or "")
                return await secret(self, scripts, who, person, *given)

            return leaky

        with replaced("adapters.locker:Locker.secret", make):
            yield

    return plant


def _taken(leak: Leak) -> Plant:
    """Leaks every ticket that a turn carries to its window."""

    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        def make(take: Any) -> Any:
            async def leaky(self: object, who: Any, incoming: Any) -> Any:
                taken = await take(self, who, incoming)
                leak(stage, taken.turn.ticket or "")
                return taken

            return leaky

        with replaced("adapters.reception:Reception.take", make):
            yield

    return plant


def _at_the_end(leak: Callable[[Stage], object]) -> Plant:
    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        yield
        leak(stage)

    return plant


@contextmanager
def _in_the_row(stage: Stage) -> Iterator[None]:
    """Somebody keeps the code where the row is, to be able to tell it later."""
    yield
    code = grouped(stage.town.person(0).code()).encode()
    database = engine(stage.database)
    update = "UPDATE person SET sealed = ?"
    if sqlite_file(stage.database) is None:
        update = update.replace("?", "%s")
    with database.begin() as connection:
        value = b"\x01" + secrets.token_bytes(SEALED - 1 - len(code)) + code
        connection.exec_driver_sql(update, (value,))
    database.dispose()


@contextmanager
def _in_the_session(stage: Stage) -> Iterator[None]:
    """The code is kept among the answers, sealed like those, while it waits to be typed back."""
    code = stage.town.person(0).code()

    def make(propose: Any) -> Any:
        def leaky(scripts: Any, session: Any) -> Any:
            turn = propose(scripts, session)
            slots = {**session.slots, "frame.code": Answer(words=code)}
            return replace(turn, session=replace(session, slots=slots), fate="write")

        return leaky

    with replaced("conversations.locking:propose", make), _by_button(make):
        yield


def _by_button(make: Callable[[Any], Any]) -> Any:
    """The same for the table of buttons, which holds the function itself."""
    from conversations.engine import ANSWERS

    @contextmanager
    def changed() -> Iterator[None]:
        before = ANSWERS["lock_yes"]
        ANSWERS["lock_yes"] = make(before)
        try:
            yield
        finally:
            ANSWERS["lock_yes"] = before

    return changed()


@contextmanager
def _in_the_chat(stage: Stage) -> Iterator[None]:
    """The window with the code is opened, and the code is sent as a message too."""

    def make(open_window: Any) -> Any:
        async def leaky(self: Any, arrival: Any, taken: Any) -> Any:
            code = stage.town.person(int(arrival.who.user[-2:])).code()
            message = {"text": code, "blocks": []}
            await self._shows._slack.post(arrival.site, arrival.where.channel, message)  # noqa: SLF001
            return await open_window(self, arrival, taken)

        return leaky

    with replaced("adapters.slack.router:Router._open", make):
        yield


@contextmanager
def _shown_again(stage: Stage) -> Iterator[None]:
    code = grouped(stage.town.person(0).code())
    with replaced("conversations.locking:closed_behind",
                  lambda close: lambda *given: _saying(close(*given), code)):  # fmt: skip
        yield


def _saying(turn: Any, words: str) -> Any:
    return replace(turn, says=(words, *turn.says))


def _hashed(code: str) -> str:
    return hashlib.sha256((tidy(code) or "").encode()).hexdigest()


def _untied(ticket: str) -> bytes:
    written = ticket.partition(".")[2] or ticket
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _key(stage: Stage) -> bytes:
    return next(key for held in stage.noted.keys.values() for _, key in held)

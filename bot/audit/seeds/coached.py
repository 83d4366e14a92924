"""Leaks around somebody who asks a coach: what passes between the two, and whose it is."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.audit import coached
from bot.audit.replacing import replaced
from bot.audit.seeds.planting import Seed, write
from conversations.passphrase import tidy
from storage.database import engine
from storage.inspection import sqlite_file
from storage.sealing import SEALED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.audit.stage import Stage


MESSAGE = "(chat.postMessage|Teams message).*typed words"


def of_coaches() -> Iterator[Seed]:
    for name, expects, plant in (
        ("words of a card in a notice", MESSAGE, _in_a_notice),
        ("an answer in the notice of it", MESSAGE, _in_an_answer),
        ("a person's id in a file of the spool", "keys/spool.*platform id", _in_the_spool),
        ("the id of a case in the row of its person", "the id of a case", _in_the_row),
        ("an alias in a log line", "logs/.*an alias", _in_the_log),
        ("the passphrase of a desk in a log line", "logs/.*passphrase of a desk", _passphrase),
        ("somebody's other words at a desk", "somebody else's words", _mixed_up),
    ):
        yield Seed(name, expects, plant, coaches=True)


@contextmanager
def _in_a_notice(_: Stage) -> Iterator[None]:
    """The words that came in last stand in the next notice to a coach."""
    with _heard() as last, replaced("adapters.notices:Notices.notify", _adding(last, "_desk")):
        yield


@contextmanager
def _in_an_answer(_: Stage) -> Iterator[None]:
    changed = _adding(last := [""], "_answer")
    with _heard(last), replaced("adapters.notices:Notices.answer_is_here", changed):
        yield


@contextmanager
def _heard(last: list[str] | None = None) -> Iterator[list[str]]:
    """What was typed last, by anybody."""
    known = [""] if last is None else last

    def make(take: Any) -> Any:
        async def listening(self: object, who: Any, incoming: Any) -> Any:
            known[0] = incoming.said or known[0]
            return await take(self, who, incoming)

        return listening

    with replaced("adapters.reception:Reception.take", make):
        yield known


def _adding(last: list[str], which: str) -> Callable[[Any], Any]:
    def make(send: Any) -> Any:
        async def leaky(self: Any, address: Any) -> None:
            notice = getattr(self, which)
            notice.text, before = f"{notice.text} {last[0]}", notice.text
            try:
                await send(self, address)
            finally:
                notice.text = before

        return leaky

    return make


@contextmanager
def _in_the_spool(stage: Stage) -> Iterator[None]:
    yield
    folder = next(each for each in (stage.keys / "spool").rglob("0") if each.is_dir())
    path = folder / f"m-{secrets.token_hex(16)}"
    path.write_bytes(secrets.token_bytes(64) + stage.town.person(0).slack_user.encode())
    path.chmod(0o400)


@contextmanager
def _in_the_row(stage: Stage) -> Iterator[None]:
    """Behind what is sealed, in a row that is as long as any other."""
    yield
    made = engine(stage.database)
    with made.begin() as connection:
        (case,) = connection.exec_driver_sql('SELECT id FROM "case"').first() or (b"",)
        row = connection.exec_driver_sql("SELECT locator, sealed FROM person").first()
        locator, sealed = (b"", b"") if row is None else row
        marked = bytes(sealed)[: SEALED - len(case)] + bytes(case)
        question = "?" if sqlite_file(stage.database) else "%s"
        connection.exec_driver_sql(
            f"UPDATE person SET sealed = {question} WHERE locator = {question}",  # noqa: S608  constants
            (marked, locator),
        )
    made.dispose()


@contextmanager
def _in_the_log(stage: Stage) -> Iterator[None]:
    def make(alias: Any) -> Any:
        def leaky(*given: Any) -> str:
            made: str = alias(*given)
            write(stage.logs / "app.log", f"DEBUG case of {made}\n")
            return made

        return leaky

    with replaced("conversations.handoff.request:alias", make):
        yield


@contextmanager
def _passphrase(stage: Stage) -> Iterator[None]:
    def make(enter: Any) -> Any:
        async def leaky(self: object, platform: str, tenant: str, user: str, code: str) -> Any:
            write(stage.logs / "app.log", f"DEBUG entered {tidy(code)}\n")
            return await enter(self, platform, tenant, user, code)

        return leaky

    with replaced("storage.deskdoor:DeskDoor.enter", make):
        yield


@contextmanager
def _mixed_up(stage: Stage) -> Iterator[None]:
    """A case shows what its person typed elsewhere and never sent."""
    never_sent = stage.town.person(0).words(coached.SENT_FROM - 1, "nl")

    def make(case: Any) -> Any:
        def leaky(scripts: Any, place: Any, request: Any, said: Any = (), page: Any = None) -> Any:
            return case(scripts, place, request, (*said, never_sent), page)

        return leaky

    with replaced("conversations.desk.screens:case", make):
        yield

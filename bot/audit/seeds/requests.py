"""Leaks into what goes out to a platform."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.audit.replacing import replaced
from bot.audit.seeds.planting import Seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.audit.seeds.planting import Plant
    from bot.audit.stage import Stage


def of_requests() -> Iterator[Seed]:
    yield Seed("somebody's own words in a chat message", "request chat.postMessage.*typed words",
               _in_message("adapters.slack.router:Router._take", "words"))  # fmt: skip
    yield Seed("a name in a chat message", "request chat.postMessage.*name or e-mail",
               _in_message("adapters.slack.router:Router._take", "name"))  # fmt: skip
    yield Seed("an id in a card", "request Teams message.*platform id", _in_card)
    yield Seed("a button that tells when somebody came", "tokens in buttons", _timed_tokens)
    yield Seed("an answer sent to somebody else", "sent to somebody else", _misdirected)


def _in_message(where: str, what: str) -> Plant:
    """The message shows what it must not."""

    @contextmanager
    def plant(stage: Stage) -> Iterator[None]:
        def post(original: Any) -> Any:
            async def leaky(self: Any, arrival: Any) -> Any:
                person = stage.town.person(int(arrival.who.user[-2:]))
                shown = (arrival.incoming.said or "") if what == "words" else person.name
                message: Any = {"text": shown, "blocks": []}
                channel, slack = arrival.where.channel, self._shows._slack  # noqa: SLF001
                await slack.post(arrival.site, channel, message)
                return await original(self, arrival)

            return leaky

        with replaced(where, post):
            yield

    return plant


@contextmanager
def _in_card(stage: Stage) -> Iterator[None]:
    user = stage.town.person(0).teams_user
    with replaced("adapters.teams.cards:message",
                  lambda of: lambda *given: {**(of(*given) or {"type": "message"}), "summary": user}):  # fmt: skip
        yield


@contextmanager
def _misdirected(stage: Stage) -> Iterator[None]:
    """The address of one person, the conversation of another."""
    other = stage.town.person(0)
    with replaced(
        "adapters.teams.connector:Connector.post",
        lambda post: (
            lambda self, url, at, to, body: post(
                self, url, at, to, {**body, "recipient": {"id": other.teams_user}}
            )
        ),
    ):
        yield


@contextmanager
def _timed_tokens(stage: Stage) -> Iterator[None]:
    """The random start of a session is made of the time."""

    def timed(reply: Any) -> Any:
        return lambda *given: replace(reply(*given), seed=f"{int(stage.clock()):08x}")

    with replaced("adapters.reception:Reception._reply", timed):
        yield

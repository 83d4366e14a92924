"""Keeps the Home tabs of people up to date: one at a time a person, and always the newest.

What a Home shows is asked of the engine at the moment it is published, so a second wish that comes
in while one is on its way is served by one more look. Ids live here as long as that takes.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.delivery import UndeliveredError
from adapters.faults import noted
from adapters.incoming import BusyError, Incoming
from adapters.slack import hometab
from adapters.slack.inbound import LOBBY
from conversations.errors import StoreError
from conversations.script import LANGUAGES
from conversations.tokens import NEW

if TYPE_CHECKING:
    from adapters.identity import PlatformId
    from adapters.slack.api import SlackApi
    from adapters.slack.inbound import Arrival
    from adapters.slack.receives import Receives
    from conversations.script import Language
    from conversations.turn import Turn

KEEP_TRYING = 60.0
"""Seconds after which a Home is left as it is; it is looked at anew when the person opens it."""

MOST = 1_000
"""People whose Home may be on its way at the same time."""

BEGINNING = 1
"""The number of the question after the first answer; one that is typed in the chat has no token to tell."""

CASE = "case"
"""The screen of a case that was sent; what is shown there counts as read, so Home need not tell it."""

PAUSE = 1.0

_log = logging.getLogger("luwte.slack")


def changes(incoming: Incoming, turn: Turn) -> bool:
    """Whether after this turn the Home reads differently: at the start, the end, keep, wipe, forget,
    whatever is done or read in a case, and a code: it closes a lock, or opens a coach's desk.

    Not at every question, since Slack limits how often a Home may be published.
    """
    if turn.fate == "erase" or incoming.pressed in ("language", *LANGUAGES):
        return True
    if incoming.secret is not None:
        return True
    session = turn.session
    if session is None or turn.fate != "write":
        return False
    if turn.act is not None or (session.draft is not None and session.draft.screen == CASE):
        return True
    token = incoming.token
    begins = session.turn <= BEGINNING if token is None else token.startswith(f"{NEW}.")
    return begins or session.paused == "stopped" or incoming.pressed in ("keep", "wipe")


class Homes:
    """`refresh` returns at once; what it began is finished behind the request."""

    def __init__(self, *, reception: Receives, slack: SlackApi) -> None:
        self._reception, self._slack = reception, slack
        self._wanted: dict[tuple[str, str], tuple[Arrival, Incoming]] = {}
        self._running: dict[tuple[str, str], asyncio.Task[None]] = {}

    def refresh(self, arrival: Arrival, language: Language | None = None) -> None:
        """Publish this person's Home anew, in `language` where nothing else tells which."""
        key = (arrival.who.tenant, arrival.who.user)
        token = arrival.incoming.token if arrival.where.home and language is None else None
        look = Incoming(pressed=LOBBY, token=token, language=language, surface="private")
        if key not in self._running and len(self._running) >= MOST:
            return
        self._wanted[key] = (arrival, look)
        if key not in self._running:
            self._running[key] = asyncio.create_task(self._publish(key))

    async def close(self, seconds: float = 2.0) -> None:
        """Give what is on its way a last moment, then let go."""
        tasks = list(self._running.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _publish(self, key: tuple[str, str]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + KEEP_TRYING
        try:
            while (wanted := self._wanted.pop(key, None)) is not None:
                pause = await self._tried(*wanted)
                if pause is None or loop.time() + pause >= until:
                    continue
                self._wanted.setdefault(key, wanted)
                await asyncio.sleep(pause)
        except Exception as error:  # noqa: BLE001 - nobody waits for it; its text must reach no log
            noted(_log, error)
        finally:
            self._wanted.pop(key, None)
            del self._running[key]

    async def _tried(self, arrival: Arrival, look: Incoming) -> float | None:
        """Seconds after which to try again; None when it is done, or not to be done."""
        who: PlatformId = arrival.who
        try:
            taken = await self._reception.take(who, look)
            await self._slack.publish(arrival.site, who.user, hometab.view(taken.turn))
        except UndeliveredError as error:
            if error.final:
                return None
            return error.retry_after if error.retry_after is not None else PAUSE
        except (BusyError, StoreError):
            return PAUSE
        return None

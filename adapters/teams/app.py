"""Teams from the request to the answer in it: verify, read, take the turn, show it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from adapters.reception import BusyError
from adapters.teams import cards, dialog
from adapters.teams.connector import Connector
from adapters.teams.inbound import PLATFORM, Elsewhere, Visit, read
from adapters.teams.keyset import METADATA, KeySet
from adapters.teams.seam import Seam
from adapters.teams.token import LOGIN, OutgoingToken
from conversations.errors import LuwteError
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from aiohttp import web

    from adapters.delivery import Delivery
    from adapters.identity import PlatformId
    from adapters.reception import Incoming, Taken
    from adapters.teams.activity import Json
    from adapters.teams.seam import Out, Outcome
    from conversations.phrases import Phrases
    from conversations.script import Language, Text

CLOSE: Outcome = (200, None)
"""An empty answer to a submitted form closes the dialog."""

UNKNOWN: Outcome = (501, None)
"""The answer to an invoke that is none of ours, as the protocol wants it."""


class Content(Protocol):
    """What an organisation's people read."""

    @property
    def phrases(self) -> Phrases: ...


class Desk(Protocol):
    """Who takes the turns: `adapters.reception.Reception`."""

    def knows(self, platform: str, tenant: str) -> bool: ...

    def scripts(self, platform: str, tenant: str) -> Content: ...

    def take(self, who: PlatformId, incoming: Incoming) -> Awaitable[Taken]: ...


class TeamsApp:
    """`handle` answers `POST /api/messages`; `close` ends what runs behind the requests.

    `app_tenant` is where the bot is registered, `tenants` are those whose people may use it.
    `session` and `delivery` belong to the caller. `clock` gives seconds since the Unix epoch.
    """

    def __init__(  # noqa: PLR0913  wiring: each part has its name at the one place that calls it
        self,
        *,
        reception: Desk,
        delivery: Delivery,
        app_id: str,
        app_password: str,
        app_tenant: str,
        tenants: frozenset[str],
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        metadata_url: str = METADATA,
        token_url: str | None = None,
    ) -> None:
        """Raises ValueError when a part of the registration is missing: it would let anyone in."""
        if not (app_id and app_password and app_tenant):
            raise ValueError("Teams needs an app id, a password and the tenant of the registration")
        if not tenants or not all(reception.knows(PLATFORM, tenant) for tenant in tenants):
            raise ValueError("Teams needs tenants, and an organisation for each of them")
        self._reception, self._delivery = reception, delivery
        self._keys = KeySet(session, clock, metadata_url)
        self._token = OutgoingToken(
            session,
            clock,
            app_id=app_id,
            password=app_password,
            url=token_url or LOGIN.format(tenant=app_tenant),
        )
        self._seam = Seam(
            self._answer,
            app_id=app_id,
            tenants=tenants,
            keys=self._keys,
            connector=Connector(session, self._token),
            clock=clock,
        )

    async def handle(self, request: web.Request) -> web.Response:
        return await self._seam.process(request)

    async def close(self) -> None:
        await self._keys.close()
        await self._token.close()

    async def _answer(self, activity: Json, out: Out) -> Outcome:
        match read(activity):
            case Visit() as visit:
                return await self._visit(visit, out)
            case Elsewhere() as elsewhere:
                return await self._refuse(elsewhere, out)
            case None:
                return UNKNOWN if activity["type"] == "invoke" else None

    async def _visit(self, visit: Visit, out: Out) -> Outcome:
        phrases = self._reception.scripts(PLATFORM, visit.who.tenant).phrases
        try:
            taken = await self._reception.take(visit.who, visit.incoming)
        except (BusyError, LuwteError):
            return await self._excuse(visit, phrases, out)
        turn = taken.turn
        if visit.unread:
            turn = replace(turn, says=(phrases.not_a_text.to(turn.language), *turn.says))
        if visit.via == "fetch" or (visit.via == "submit" and dialog.stays(turn, visit.incoming)):
            return 200, dialog.question(turn, phrases, visit.incoming.said or "")
        message = cards.message(turn, phrases)
        if message is not None and (not taken.again or self._delivery.pending(taken.key)):
            await self._delivery.send(taken.key, lambda: out.send(message))
        return CLOSE if visit.via == "submit" else None

    async def _excuse(self, visit: Visit, phrases: Phrases, out: Out) -> Outcome:
        """Nothing was kept, so nothing was answered: the same button or words are the next try."""
        if visit.via == "submit":
            return 200, dialog.again(visit.incoming, phrases)
        return await self._aside(
            phrases.trouble, visit.incoming.language, out, invoked=visit.via == "fetch"
        )

    async def _refuse(self, elsewhere: Elsewhere, out: Out) -> Outcome:
        told = self._reception.scripts(PLATFORM, elsewhere.tenant).phrases.not_here
        return await self._aside(told, elsewhere.language, out, invoked=elsewhere.invoked)

    async def _aside(
        self, told: Text, language: Language | None, out: Out, *, invoked: bool
    ) -> Outcome:
        """A line beside the conversation; in every language where the person's is not known."""
        line = "\n\n".join(told.to(each) for each in ([language] if language else LANGUAGES))
        if invoked:
            return 200, dialog.notice(line)
        await self._delivery.send(secrets.token_hex(8), lambda: out.send(cards.line(line)))
        return None

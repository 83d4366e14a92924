"""Teams from the request to the answer in it: verify, read, take the turn, show it."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from adapters.faults import coded, noted
from adapters.incoming import BusyError
from adapters.limits import LimitedError
from adapters.teams import cards, dialog
from adapters.teams.auth import StrictAuth
from adapters.teams.connector import Connector
from adapters.teams.credentials import LOGIN
from adapters.teams.development import NoToken, Unproved
from adapters.teams.inbound import PLATFORM, Elsewhere, Visit, read
from adapters.teams.keyset import METADATA, KeySet
from adapters.teams.notices import reference
from adapters.teams.sdk import chosen
from adapters.teams.seam import Seam
from adapters.teams.token import OutgoingToken
from adapters.teams.twice import Twice
from conversations.errors import LuwteError
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import aiohttp
    from aiohttp import web

    from adapters.delivery import Delivery
    from adapters.faults import Fault
    from adapters.identity import PlatformId
    from adapters.incoming import Incoming, Taken
    from adapters.teams.activity import Json
    from adapters.teams.credentials import Ask, Credential
    from adapters.teams.inbound import Via
    from adapters.teams.sdk import Choice
    from adapters.teams.seam import Doorkeeper, Out, Outcome
    from conversations.phrases import Phrases
    from conversations.script import Language, Text
    from conversations.turn import Turn

_log = logging.getLogger("luwte.teams")

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


@dataclass(frozen=True, slots=True)
class Registration:
    """Who the bot is to Microsoft: an app in a tenant, and how it proves that.

    The two addresses are Microsoft's own unless a test puts its own there.
    """

    app_id: str
    app_tenant: str
    credential: Credential
    metadata_url: str = METADATA
    token_url: str | None = None

    def ask(self, now: float) -> Ask:
        """The request for a token at this moment, in seconds since the Unix epoch."""
        url = self.token_url or LOGIN.format(tenant=self.app_tenant)
        return self.credential.ask(self.app_id, url, now)


class TeamsApp:
    """`handle` answers `POST /api/messages`; `close` ends what runs behind the requests.

    `tenants` are those whose people may use it. Without a registration nobody proves anything: for
    an emulator on this machine only. `session` and `delivery` belong to the caller. `clock` gives
    seconds since the Unix epoch. `sdk` is that of Microsoft's SDKs which runs the turns.
    """

    def __init__(  # noqa: PLR0913  wiring: each part has its name at the one place that calls it
        self,
        *,
        reception: Desk,
        delivery: Delivery,
        registration: Registration | None,
        tenants: frozenset[str],
        session: aiohttp.ClientSession,
        clock: Callable[[], float],
        sdk: Choice = "botbuilder",
    ) -> None:
        """Raises ValueError when something is missing that would let anyone in.

        Raises ImportError when the SDK is not installed.
        """
        if registration and not (registration.app_id and registration.app_tenant):
            raise ValueError("Teams needs an app id and the tenant of the registration")
        if not tenants or not all(reception.knows(PLATFORM, tenant) for tenant in tenants):
            raise ValueError("Teams needs tenants, and an organisation for each of them")
        self._reception, self._delivery = reception, delivery
        self._twice = Twice(clock)
        self._keys: KeySet | None = None
        self._token: OutgoingToken | NoToken = NoToken()
        auth: Doorkeeper = Unproved(tenants)
        if registration is not None:
            self._keys = KeySet(session, clock, registration.metadata_url)
            self._token = OutgoingToken(session, clock, registration.ask)
            auth = StrictAuth(
                app_id=registration.app_id, tenants=tenants, keys=self._keys, clock=clock
            )
        self.connector = Connector(session, self._token)
        runs = chosen(sdk, self.connector)
        self._seam = Seam(self._answer, auth=auth, sdk=runs, clock=clock)

    async def handle(self, request: web.Request) -> web.Response:
        return await self._seam.process(request)

    async def close(self) -> None:
        if self._keys is not None:
            await self._keys.close()
        await self._token.close()

    async def _answer(self, activity: Json, out: Out) -> Outcome:
        match read(activity):
            case Visit() as visit:
                brought = replace(visit.incoming, address=reference(activity))
                return await self._visit(replace(visit, incoming=brought), out)
            case Elsewhere() as elsewhere:
                return await self._refuse(elsewhere, out)
            case None:
                return UNKNOWN if activity["type"] == "invoke" else None

    async def _visit(self, visit: Visit, out: Out) -> Outcome:
        phrases = self._reception.scripts(PLATFORM, visit.who.tenant).phrases
        incoming = self._twice.joined(visit.who, visit.incoming)
        try:
            taken = await self._reception.take(visit.who, incoming)
        except (BusyError, LimitedError, LuwteError) as error:
            return await self._excuse(visit, phrases, out, noted(_log, error))
        if visit.via == "nowhere":
            return None
        if visit.unread:
            told = phrases.not_a_text.to(taken.turn.language)
            taken = replace(taken, turn=replace(taken.turn, says=(told, *taken.turn.says)))
        turn = taken.turn
        if visit.via == "fetch" or (visit.via == "submit" and dialog.stays(turn, incoming)):
            typed = dialog.kept(turn, incoming, phrases)
            return 200, dialog.question(turn, phrases, typed, held=_held(visit, turn))
        message = cards.message(turn, phrases)
        if visit.via == "execute":
            return await self._replace(visit, taken, message, phrases, out)
        if message is not None and (not taken.again or self._delivery.pending(taken.key)):
            await self._delivery.send(taken.key, lambda: out.send(message))
        return CLOSE if visit.via == "submit" else None

    async def _replace(
        self, visit: Visit, taken: Taken, message: Json | None, phrases: Phrases, out: Out
    ) -> Outcome:
        """The next card in the place of the one that was pressed, here and in what Teams keeps.

        The answer to the request changes it in this window only, and not for long; what Teams keeps
        is changed behind it, and a host that cannot do that has lost nothing.
        """
        if message is None:
            return 200, cards.beside(phrases.stopped.to(taken.turn.language))
        card = visit.card
        if card is not None and not taken.again:
            key = self._twice.named(visit.who, card)
            await self._delivery.send(key, lambda: out.update(card, message), within=0, newest=True)
        return 200, cards.in_place(message)

    async def _excuse(self, visit: Visit, phrases: Phrases, out: Out, what: Fault) -> Outcome:
        """Nothing was kept, so nothing was answered: the same button or words are the next try.

        Somebody who is limited causes no call of ours.
        """
        told = coded(phrases.trouble, what)
        if visit.via == "submit":
            return 200, dialog.again(visit.incoming, phrases, told, held=visit.held)
        if what == "limited" and visit.via == "chat":
            return None
        return await self._aside(told, visit.incoming.language, out, visit.via)

    async def _refuse(self, elsewhere: Elsewhere, out: Out) -> Outcome:
        told = self._reception.scripts(PLATFORM, elsewhere.tenant).phrases.not_here
        return await self._aside(told, elsewhere.language, out, elsewhere.via)

    async def _aside(self, told: Text, language: Language | None, out: Out, via: Via) -> Outcome:
        """A line beside the conversation; in every language where the person's is not known."""
        line = "\n\n".join(told.to(each) for each in ([language] if language else LANGUAGES))
        match via:
            case "fetch" | "submit":
                return 200, dialog.notice(line)
            case "execute":
                return 200, cards.beside(line)
            case "chat":
                await self._delivery.send(secrets.token_hex(8), lambda: out.send(cards.line(line)))
                return None
            case "nowhere":
                return None


def _held(visit: Visit, turn: Turn) -> bool:
    """Whether the dialog of this turn holds the whole conversation from now on."""
    if visit.held or visit.incoming.surface != "private":
        return visit.held
    return turn.session is not None and turn.session.surface == "private"

"""A coach at the door of the desk: an invitation's code, the passphrase, the ticket of an open desk.

The desk keeps nothing here but how often a code was tried. Every request carries the desk's ticket;
without one that opens, the passphrase is asked and nothing is done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.attempts import Attempts
from adapters.deskwork import DeskWork
from conversations.desk import places, screens
from conversations.desk.places import Place
from conversations.passphrase import tidy
from conversations.turn import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from adapters.identity import PlatformId
    from adapters.incoming import Incoming
    from conversations.caseports import DeskKey, Desks, Door
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.turn import Turn

NAME = "desk"
"""The button that leads to a desk, or to becoming a coach."""


def belongs(incoming: Incoming) -> bool:
    """Whether this is the affair of a desk, and of no conversation."""
    return incoming.pressed == NAME or places.read(incoming.token) is not None


def beside(scripts: Scripts, turn: Turn, door: Door | None) -> Turn:
    """The Home tab of somebody who is a coach has one button more, and tells when something waits."""
    if door is None or turn.prompt is None:
        return turn
    button = Button(NAME, scripts.desk.open_desk.to(turn.language))
    prompt = replace(turn.prompt, options=(*turn.prompt.options, button))
    told = (scripts.desk.waits.to(turn.language),) if door.waits else ()
    return replace(turn, prompt=prompt, says=(*told, *turn.says))


class DeskDoor:
    """`clients` is the content as each organisation reads it, by label; `clock` gives Unix seconds."""

    def __init__(
        self, desks: Desks, clients: Mapping[str, Scripts], clock: Callable[[], float]
    ) -> None:
        self._desks, self._clients, self._clock = desks, clients, clock
        self._attempts = Attempts(clock)

    async def door(self, who: PlatformId) -> Door | None:
        """What is known of this coach with the desk shut; None for anybody else. Raises StoreError."""
        return await self._desks.door(who.platform, who.tenant, who.user)

    async def take(
        self, scripts: Scripts, who: PlatformId, mark: bytes, incoming: Incoming
    ) -> Turn:
        """One step at the desk; `mark` is by what attempts are counted, in memory only.

        Raises StoreError; then nothing was done.
        """
        known = places.read(incoming.token)
        place = known or Place(incoming.language or "nl", "list")
        if incoming.pressed == "dk_language":
            place = replace(place, language="en" if place.language == "nl" else "nl")
        door = await self.door(who)
        if door is not None and known is None:
            place = replace(place, language=door.coach.languages[0])
        if incoming.secret is not None:
            if door is not None and place.screen == "renew":
                return await self._renewed(scripts, who, mark, place, door, incoming)
            return await self._code(scripts, who, mark, place, door, incoming)
        if door is None:
            return screens.code(scripts, place)
        if incoming.ticket is None or incoming.pressed == NAME:
            return screens.passphrase(scripts, place)
        return await self._at_desk(scripts, who, place, door, incoming)

    async def _at_desk(
        self, scripts: Scripts, who: PlatformId, place: Place, door: Door, incoming: Incoming
    ) -> Turn:
        """One button or one text, with the ticket of an open desk."""
        ticket = incoming.ticket or ""
        key = await self._desks.opened(who.platform, who.tenant, who.user, ticket)
        if key is None:
            return screens.passphrase(scripts, place, (scripts.desk.closed,))
        if incoming.pressed == screens.RENEW and door.confirmed:
            return await self._proposed(scripts, who, place, key.ticket)
        turn = await self._work(scripts, place, door, key).step(incoming)
        return replace(turn, ticket=key.ticket)

    async def _proposed(
        self,
        scripts: Scripts,
        who: PlatformId,
        place: Place,
        ticket: str,
        said: tuple[Text, ...] = (),
    ) -> Turn:
        """Another passphrase, shown once; the ticket that goes along knows it and the present one."""
        made = await self._desks.propose(who.platform, who.tenant, who.user, ticket)
        if made is None:
            return screens.passphrase(scripts, place, (scripts.desk.closed,))
        code, noted = made
        return replace(screens.renewing(scripts, place, code, said), ticket=noted)

    async def _renewed(
        self,
        scripts: Scripts,
        who: PlatformId,
        mark: bytes,
        place: Place,
        door: Door,
        incoming: Incoming,
    ) -> Turn:
        """It was entered, so it counts from now on; what was not it changes nothing.

        Where the ticket leads nowhere it may have been entered before, so that it opens the desk.
        """
        ticket, entered = incoming.ticket or "", incoming.secret or ""
        if await self._desks.opened(who.platform, who.tenant, who.user, ticket) is None:
            there = replace(place, screen="list")
            return await self._code(scripts, who, mark, there, door, incoming)
        key = await self._desks.renew(who.platform, who.tenant, who.user, ticket, entered)
        if key is None:
            return await self._proposed(scripts, who, place, ticket, (scripts.desk.not_renewed,))
        turn = await self._work(scripts, place, door, key).begin(scripts.desk.renewed)
        return replace(turn, ticket=key.ticket)

    async def _code(
        self,
        scripts: Scripts,
        who: PlatformId,
        mark: bytes,
        place: Place,
        door: Door | None,
        incoming: Incoming,
    ) -> Turn:
        """A passphrase opens the desk, an invitation's code makes somebody a coach of one more place."""
        again = screens.code if door is None else screens.passphrase
        if self._attempts.spent(mark):
            return again(scripts, place, (scripts.desk.too_often,))
        entered = tidy(incoming.secret or "") or ""
        key = None
        if door is not None:
            key = await self._desks.enter(who.platform, who.tenant, who.user, entered)
        if door is not None and key is not None:
            self._attempts.clear(mark)
            turn = await self._work(scripts, place, door, key).begin()
            return replace(turn, ticket=key.ticket)
        invited = await self._desks.invited(entered)
        if invited is not None:
            address = incoming.address.decode("utf-8", "replace") if incoming.address else None
            new = await self._desks.register(who.platform, who.tenant, who.user, entered, address)
            if new is not None:
                return screens.registered(scripts, place, new, invited.organisations)
        self._attempts.add(mark)
        told = scripts.desk.no_code if door is None else scripts.desk.not_open
        return again(scripts, place, (told,))

    def _work(self, scripts: Scripts, place: Place, door: Door, key: DeskKey) -> DeskWork:
        return DeskWork(self._desks, self._clients, self._clock, scripts, place, door, key)

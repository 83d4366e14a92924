"""A coach at an open desk: one button or one text, carried out, and the screen that follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from adapters.incoming import week
from conversations import paging
from conversations.asides import help_card
from conversations.cases import ANSWER_BYTES, Times, size_of
from conversations.desk import places, screens
from conversations.phrasing import clean, visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from adapters.incoming import Incoming
    from conversations.caseports import DeskKey, Desks, Door, Outcome
    from conversations.desk.places import Place
    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.turn import Turn

SHOWN: Final[dict[str, Callable[[Scripts, Place], Turn]]] = {
    "dk_answer": screens.answer,
    "dk_offer": screens.ways,
    "dk_help": screens.help_asked,
    "dk_hand_back": screens.back_asked,
    "dk_close": screens.closing,
}
"""Buttons that only lead to another screen."""


@dataclass(frozen=True, slots=True, repr=False)
class DeskWork:
    """Lives as long as one request; `key` is the open desk, `place` where its window stands."""

    desks: Desks
    clients: Mapping[str, Scripts]
    clock: Callable[[], float]
    scripts: Scripts
    place: Place
    door: Door
    key: DeskKey

    async def begin(self, said: Text | None = None) -> Turn:
        """The desk was just opened: the protocol before anything else, once."""
        if not self.door.confirmed:
            return screens.protocol(self.scripts, self.place)
        return await self._list(said)

    async def step(self, incoming: Incoming) -> Turn:
        """Raises StoreError; then nothing was done."""
        name = incoming.pressed or ""
        if name == "dk_confirm":
            await self.desks.confirm(self.key)
            return await self._list()
        if not self.door.confirmed:
            return screens.protocol(self.scripts, self.place)
        if incoming.said is not None:
            return await self._typed(clean(incoming.said))
        if name.startswith(screens.OPEN):
            return await self._case(case=name.removeprefix(screens.OPEN))
        if name == "dk_language" and self.place.case:
            return await self._case()
        if name in SHOWN:
            return SHOWN[name](self.scripts, self.place)
        return await self._pressed(name)

    async def _pressed(self, name: str) -> Turn:
        kind, _, rest = name.partition(":")
        match kind, rest:
            case "dk_way", _ if rest in places.WAYS:
                way = next(each for each in places.WAYS if each == rest)
                return screens.offer(self.scripts, replace(self.place, way=way))
            case "dk_away", _ if rest in {str(weeks) for weeks in screens.WEEKS_AWAY}:
                return await self._holiday(week(self.clock()) + int(rest))
            case "dk_holiday", _:
                return screens.holiday(self.scripts, self.place, week(self.clock()))
            case "dk_back", _:
                return await self._holiday(None)
            case "dk_list", _:
                return await self._list(page=paging.number(rest))
            case "dk_letters", _ if self.place.case:
                return await self._case(page=paging.number(rest))
            case (("dk_claim" | "dk_note" | "dk_yes"), _) if self.place.case:
                return await self._act(kind, rest)
            case _:
                return await self._list()

    async def _act(self, kind: str, rest: str) -> Turn:
        """What changes a case."""
        desks, key, case, texts = self.desks, self.key, self.place.case, self.scripts.desk
        if kind == "dk_claim":
            return await self._stay(desks.claim(key, case), texts.claimed)
        if kind == "dk_note" and rest in texts.note_labels:
            return await self._leave(desks.close_case(key, case, rest), texts.closed_case)
        if kind == "dk_yes" and self.place.screen == "back":
            return await self._leave(desks.hand_back(key, case), texts.handed_back)
        if kind == "dk_yes" and self.place.screen == "help":
            return await self._help()
        return await self._list()

    async def _typed(self, words: str) -> Turn:
        texts, screen, way = self.scripts.desk, self.place.screen, self.place.way
        if screen == "answer":
            if not visible(words):
                return self._again(screens.answer, self.scripts.phrases.empty)
            if size_of(words) > ANSWER_BYTES:
                return self._again(screens.answer, texts.too_long, words)
            answered = self.desks.answer(self.key, self.place.case, words)
            return await self._stay(answered, texts.answered)
        if screen == "offer" and way is not None:
            lines = [line.strip() for line in words.splitlines() if line.strip()]
            times = Times(tuple(lines[1:]), way, lines[0] if lines else "")
            if not times.fits:
                return self._again(screens.offer, texts.offer_bad, words)
            offered = self.desks.offer(self.key, self.place.case, times)
            return await self._stay(offered, texts.offered)
        return await self._list()

    async def _help(self) -> Turn:
        """The help card of the person's organisation, in their language, as an answer."""
        request = await self.desks.read(self.key, self.place.case)
        if request is None:
            return await self._list(self.scripts.desk.refused)
        client = self.clients.get(request.listed.organisation, self.scripts)
        card = "\n\n".join(help_card(client, request.listed.language))
        if size_of(card) > ANSWER_BYTES:
            card = self.scripts.desk.help_short.to(request.listed.language)
        answered = self.desks.answer(self.key, self.place.case, card)
        return await self._stay(answered, self.scripts.desk.answered)

    async def _holiday(self, until: int | None) -> Turn:
        await self.desks.holiday(self.key, until)
        texts = self.scripts.desk
        desk, door = await self.desks.look(self.key), replace(self.door, away_until=until)
        told = self._told(texts.holiday_over if until is None else texts.holiday_set)
        return screens.listing(self.scripts, self.place, desk, door, told)

    async def _stay(self, doing: Awaitable[Outcome], done: Text) -> Turn:
        """In the case, told how it went."""
        return await self._case(self._outcome(await doing, done))

    async def _leave(self, doing: Awaitable[Outcome], done: Text) -> Turn:
        """At the desk, told how it went."""
        return await self._list(self._outcome(await doing, done))

    def _outcome(self, outcome: Outcome, done: Text) -> Text:
        texts = self.scripts.desk
        return {"done": done, "taken": texts.taken, "refused": texts.refused}[outcome]

    async def _case(
        self, said: Text | None = None, *, case: str | None = None, page: int | None = None
    ) -> Turn:
        request = await self.desks.read(self.key, self.place.case if case is None else case)
        if request is None:
            return await self._list(said or self.scripts.desk.refused)
        return screens.case(self.scripts, self.place, request, self._told(said), page)

    async def _list(self, said: Text | None = None, page: int | None = None) -> Turn:
        desk = await self.desks.look(self.key)
        return screens.listing(self.scripts, self.place, desk, self.door, self._told(said), page)

    def _again(self, screen: Callable[..., Turn], said: Text, words: str = "") -> Turn:
        """The same once more, with what could not be taken in its field."""
        return screen(self.scripts, self.place, self._told(said), words)

    def _told(self, said: Text | None) -> tuple[str, ...]:
        return () if said is None else (said.to(self.place.language),)

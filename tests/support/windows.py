"""Somebody with the private window open, at the reception: what a window carries is carried along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.reception import Reception
from conversations import library
from conversations.organisation import Organisation
from storage.lock import Locks

if TYPE_CHECKING:
    from conversations.desk.places import Place
    from conversations.scripts import Scripts
    from conversations.turn import Turn
    from tests.support.cases import World


def reception(world: World, *labels: str, scripts: Scripts | None = None) -> Reception:
    """Of these organisations, each in the Slack workspace `T<label>`; the bureau's own is `TBUREAU`."""
    tenants = {("slack", f"T{label}"): Organisation(label, "bureau", "NL") for label in labels}
    return Reception(
        identities=world.identities,
        locks=Locks(world.identities, world.clock),
        sessions=world.sessions,
        scripts=scripts or library.load(),
        organisations={**tenants, ("slack", "TBUREAU"): Organisation("bureau", "bureau", "NL")},
        clock=world.clock,
        coaches=world.coaches,
        desks=world.desks,
    )


class Window:
    """`tenant` is the workspace, `user` the raw id."""

    def __init__(self, desk: Reception, tenant: str, user: str, language: str = "nl") -> None:
        self.reception = desk
        self.who = PlatformId("slack", tenant, user)
        self.language = language
        self.last: Turn | None = None
        self.passphrase = ""

    async def press(self, name: str) -> Turn:
        return await self._take(pressed=name)

    async def say(self, words: str) -> Turn:
        return await self._take(said=words)

    async def enter(self, secret: str) -> Turn:
        return await self._take(secret=secret)

    async def at_place(
        self,
        place: Place,
        ticket: str | None,
        *,
        pressed: str | None = None,
        said: str | None = None,
    ) -> Turn:
        """As from a window that somebody made: at this place of a desk, with this ticket."""
        taken = await self.reception.take(
            self.who,
            Incoming(
                pressed=pressed, said=said, token=place.token, ticket=ticket, surface="private"
            ),
        )
        return taken.turn

    async def _take(
        self, *, pressed: str | None = None, said: str | None = None, secret: str | None = None
    ) -> Turn:
        prompt = self.last.prompt if self.last is not None else None
        taken = await self.reception.take(
            self.who,
            Incoming(
                pressed=pressed,
                said=said,
                secret=secret,
                token=prompt.token if prompt is not None else None,
                ticket=self.last.ticket if self.last is not None else None,
                language="nl" if self.language == "nl" else "en",
                surface="private",
                address=self.who.user.encode(),
            ),
        )
        self.last = taken.turn
        return taken.turn

    @property
    def names(self) -> tuple[str, ...]:
        """The buttons below what is shown."""
        assert self.last is not None
        assert self.last.prompt is not None
        return tuple(button.name for button in self.last.prompt.options)

    @property
    def sheet(self) -> dict[str, str]:
        assert self.last is not None
        assert self.last.sheet is not None
        return {line.label: line.words for line in self.last.sheet.lines}

    def told(self) -> str:
        assert self.last is not None
        return "\n".join(self.last.says)

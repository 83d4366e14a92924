"""The two fixed notices: something lies on a desk, something waits for you. Never a word more.

The same text in every language, for everybody and always, so that neither its words nor its length
tell anything about a case. Which platform sends it is decided by the address alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from adapters.delivery import UndeliveredError
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.caseports import Address, ReturnAddress
    from conversations.desktexts import DeskTexts

Kind = Literal["desk", "coach"]
"""Named after the button below it, which opens a private window: to a coach, and to a person."""

ROUTES: Mapping[str, str] = {
    "slack": "slack",
    "slack_channel": "slack",
    "teams": "teams",
    "email": "email",
}
"""Who sends what goes by a route."""


class Sender(Protocol):
    """One way to reach somebody. Raises UndeliveredError when it was not done."""

    async def send(self, tenant: str, to: str, kind: Kind, notice: Notice) -> None: ...


class Notice:
    """The text of both languages, and the label of the button below it."""

    def __init__(self, texts: DeskTexts, kind: Kind) -> None:
        told = texts.notice if kind == "desk" else texts.answer_notice
        self.text = " · ".join(told.to(each) for each in LANGUAGES)
        self.label = " · ".join(texts.look_here.to(each) for each in LANGUAGES)


class Notices:
    """Implements `conversations.caseports.Notifier` with the senders that are configured."""

    def __init__(self, texts: DeskTexts, senders: Mapping[str, Sender]) -> None:
        self._senders = senders
        self._desk, self._answer = Notice(texts, "desk"), Notice(texts, "coach")

    async def notify(self, address: Address) -> None:
        """To a coach. Raises UndeliveredError, also where that route is not configured."""
        sender = self._senders.get(ROUTES[address.route])
        if sender is None:
            raise UndeliveredError
        await sender.send(address.tenant, address.to, "desk", self._desk)

    async def answer_is_here(self, address: ReturnAddress) -> None:
        """To a person who asked for it. Raises UndeliveredError."""
        sender = self._senders.get(address.platform)
        if sender is None:
            raise UndeliveredError
        to = address.to.decode("utf-8", "replace")
        await sender.send(address.tenant, to, "coach", self._answer)

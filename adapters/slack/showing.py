"""How a turn reaches a person: as a message, in a window, or as a kind line."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from adapters.delivery import UndeliveredError
from adapters.faults import coded, noted
from adapters.slack import render, window
from adapters.slack.api import StaleError

if TYPE_CHECKING:
    from adapters.delivery import Delivery
    from adapters.incoming import Taken
    from adapters.slack.api import SlackApi
    from adapters.slack.inbound import Arrival
    from adapters.slack.receives import Content, Receives
    from adapters.slack.render import Message
    from adapters.slack.window import View
    from conversations.script import Text
    from conversations.turn import Turn

_log = logging.getLogger("luwte.slack")


class Showing:
    """What goes out through the Web API, within the request or, where Slack is slow, behind it."""

    def __init__(self, *, reception: Receives, delivery: Delivery, slack: SlackApi) -> None:
        self._reception, self._delivery, self._slack = reception, delivery, slack

    def content(self, arrival: Arrival) -> Content:
        return self._reception.scripts(arrival.who.platform, arrival.who.tenant)

    def view(self, arrival: Arrival, turn: Turn) -> View | None:
        """The turn as the window in which it belongs; None when there is nothing to show."""
        held = arrival.incoming.surface == "private"
        shown = window.view(turn, self.content(arrival).phrases, held=held)
        return shown if shown["blocks"] else None

    async def post(self, arrival: Arrival, taken: Taken) -> bool:
        """As a message; whether it arrived, or nothing had to be sent."""
        if taken.again and not self._delivery.pending(taken.key):
            return True
        shown = render.message(taken.turn, self.content(arrival).phrases)
        return shown is None or await self._send(arrival, taken.key, shown)

    async def say(self, arrival: Arrival, text: Text) -> None:
        """A kind line outside any turn; nobody knows the language then, so it is said in both."""
        await self._send(arrival, f"line:{arrival.incoming.event}", render.line(both(text)))

    async def open(self, arrival: Arrival, view: View) -> bool:
        """As a new window. When that is not possible, a kind line says so, and pressing again helps."""
        try:
            await self._slack.open_window(arrival.site, arrival.where.trigger or "", view)
        except UndeliveredError as error:
            await self._not_shown(arrival, error)
            return False
        return True

    async def update(self, arrival: Arrival, view_id: str, taken: Taken, *, stays: bool) -> None:
        """As the next view of the window in which a button was pressed.

        Where a newer view stands already, that one stays. When the window is gone, the turn comes
        as a message if it may be one; if it `stays` in the window, only a kind line does.
        """
        view = self.view(arrival, taken.turn)
        if view is None:
            return
        attempt = partial(self._updated, arrival, view_id, view, taken, stays=stays)
        await self._delivery.send(f"view:{taken.key}", attempt)

    async def _updated(
        self, arrival: Arrival, view_id: str, view: View, taken: Taken, *, stays: bool
    ) -> None:
        version = arrival.where.version
        try:
            await self._slack.update_window(arrival.site, view_id, version, view)
        except StaleError:
            return
        except UndeliveredError as error:
            if not error.final:
                raise
            if stays:
                await self._not_shown(arrival, error)
            else:
                await self.post(arrival, taken)

    async def _not_shown(self, arrival: Arrival, error: UndeliveredError) -> None:
        trouble = self.content(arrival).phrases.trouble
        await self.say(arrival, coded(trouble, noted(_log, error)))

    async def _send(self, arrival: Arrival, key: str, shown: Message) -> bool:
        post = partial(self._slack.post, arrival.site, arrival.where.channel, shown)
        return await self._delivery.send(key, post)


def both(text: Text) -> str:
    return f"{text.nl}\n{text.en}"

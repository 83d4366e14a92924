"""What follows when somebody types, clicks or sends a window: one turn, and one message or view.

Bolt has no part in this: payloads come in, answers to the request go out, and nothing is raised.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adapters.faults import coded, noted
from adapters.incoming import stays
from adapters.slack import homes, inbound, window
from adapters.slack.showing import Showing, both
from conversations.answering import LONGEST_BYTES, LONGEST_CHARACTERS
from conversations.phrasing import visible
from conversations.replacing import replace
from conversations.turn import PRIVATE, base

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.delivery import Delivery
    from adapters.faults import Fault
    from adapters.incoming import Incoming, Taken
    from adapters.slack.api import SlackApi
    from adapters.slack.envelope import Payload
    from adapters.slack.inbound import Arrival
    from adapters.slack.installations import Installations
    from adapters.slack.receives import Content, Receives
    from conversations.phrases import Phrases
    from conversations.script import Text
    from conversations.turn import Turn

_log = logging.getLogger("luwte.slack")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to the request itself; what a person reads goes out through the Web API."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)


DONE = Answer()
LATER = Answer(503)
"""Slack sends an event again after this; it sends a click or a window only once."""

CLOSE = Answer(body={"response_action": "clear"})


class Router:
    """Takes payloads of organisations that are known; `app.py` turns all others away."""

    def __init__(
        self,
        *,
        reception: Receives,
        delivery: Delivery,
        slack: SlackApi,
        installations: Installations,
    ) -> None:
        self._reception = reception
        self._shows = Showing(reception=reception, delivery=delivery, slack=slack)
        self._homes = homes.Homes(reception=reception, slack=slack)
        self._events: dict[str, Callable[[Payload], Awaitable[Answer]]] = {
            "message": self._message,
            "app_home_opened": self._opened_home,
            "tokens_revoked": self._told(installations.revoked),
            "app_uninstalled": self._told(installations.uninstalled),
        }

    async def close(self) -> None:
        await self._homes.close()

    async def event(self, payload: Payload) -> Answer:
        """What Slack tells; any kind that was not asked for is nothing."""
        known = self._events.get(inbound.event_kind(payload) or "")
        return await known(payload) if known is not None else DONE

    async def press(self, payload: Payload) -> Answer:
        """A button. When it was not kept, the question stays open: pressing again is the retry."""
        arrival = inbound.press(payload)
        if arrival is None:
            return DONE
        name, where = arrival.incoming.pressed or "", arrival.where
        if where.home and name == inbound.LOBBY:
            self._homes.refresh(arrival, arrival.incoming.language)
            return DONE
        taken = await self._take(arrival)
        if isinstance(taken, str):
            await self._excuse(arrival, taken)
        elif where.view is not None:
            keeps = stays(taken.turn, arrival.incoming)
            await self._shows.update(arrival, where.view, taken, stays=keeps)
        elif where.home:
            await self._at_home(arrival, taken)
        elif base(name) in PRIVATE and _fills_a_window(taken.turn):
            await self._open(arrival, taken)
        else:
            await self._shows.post(arrival, taken)
        return DONE

    async def submission(self, payload: Payload) -> Answer:
        """A window that was sent: the next view when kept, else a remark, and its words stay.

        A window for one answer of a conversation in the chat closes, and the next question is a
        message; but it stays where what follows would tell the chat what was typed.
        """
        arrival = inbound.submission(payload)
        if arrival is None:
            return DONE
        refused = self._refusal(arrival)
        if refused is not None:
            return self._remark(arrival, refused)
        taken = await self._take(arrival)
        if isinstance(taken, str):
            return self._remark(arrival, coded(self._phrases(arrival).trouble, taken))
        if stays(taken.turn, arrival.incoming) or _unfinished(taken.turn, arrival.incoming):
            shown = self._shows.view(arrival, taken.turn)
            return CLOSE if shown is None else _update(shown)
        await self._shows.post(arrival, taken)
        return CLOSE

    async def entrance(self, payload: Payload) -> Answer:
        """The slash command or the global shortcut: the private window, and nothing in any channel."""
        arrival = inbound.entrance(payload)
        if arrival is None:
            return DONE
        taken = await self._take(arrival)
        if isinstance(taken, str):
            await self._excuse(arrival, taken)
        else:
            await self._open(arrival, taken)
        return DONE

    async def _message(self, payload: Payload) -> Answer:
        """Typed words. Not kept, or not delivered within two seconds: Slack sends them again."""
        arrival = inbound.message(payload)
        if arrival is None:
            return DONE
        if not arrival.readable and not self._dangerous(arrival):
            await self._shows.say(arrival, self._phrases(arrival).not_a_text)
            return DONE
        taken = await self._take(arrival)
        if isinstance(taken, str):
            return DONE if taken == "limited" else LATER
        return DONE if await self._shows.post(arrival, taken) else LATER

    async def _opened_home(self, payload: Payload) -> Answer:
        arrival = inbound.opened_home(payload)
        if arrival is not None:
            self._homes.refresh(arrival)
        return DONE

    def _told(
        self, tell: Callable[[Payload], Awaitable[None]]
    ) -> Callable[[Payload], Awaitable[Answer]]:
        """Something about the installation, which is kept before Slack gets its answer."""

        async def answer(payload: Payload) -> Answer:
            try:
                await tell(payload)
            except Exception as error:  # noqa: BLE001 - Slack tells it again
                noted(_log, error)
                return LATER
            return DONE

        return answer

    async def _take(self, arrival: Arrival) -> Taken | Fault:
        """The turn, or why there is none. Somebody who is limited causes no line and no call."""
        try:
            incoming = replace(arrival.incoming, address=arrival.address)
            taken = await self._reception.take(arrival.who, incoming)
        except Exception as error:  # noqa: BLE001 - a person waits; the question stays open
            return noted(_log, error)
        if not taken.again and homes.changes(arrival.incoming, taken.turn):
            self._homes.refresh(arrival, taken.turn.language)
        return taken

    async def _at_home(self, arrival: Arrival, taken: Taken) -> None:
        """Everything on the Home tab opens a window, but for the language: that changes the Home."""
        if arrival.incoming.pressed != "language":
            await self._open(arrival, taken)

    async def _open(self, arrival: Arrival, taken: Taken) -> None:
        shown = self._shows.view(arrival, taken.turn)
        if shown is not None:
            await self._shows.open(arrival, shown)

    async def _excuse(self, arrival: Arrival, fault: Fault) -> None:
        """Nothing was kept: said where the person is, in the window or the chat."""
        if fault == "limited":
            return
        phrases = self._phrases(arrival)
        trouble = coded(phrases.trouble, fault)
        fresh = arrival.where.view is None and arrival.incoming.surface == "private"
        if fresh and arrival.where.trigger is not None:
            await self._shows.open(arrival, window.notice(phrases.name.nl, both(trouble)))
        else:
            await self._shows.say(arrival, trouble)

    def _dangerous(self, arrival: Arrival) -> bool:
        """Words beside a file that ask for the help card are heard all the same."""
        return self._content(arrival).safety.crisis(arrival.incoming.said or "")

    def _refusal(self, arrival: Arrival) -> Text | None:
        """Why these words cannot be taken. Words that speak of danger are always taken."""
        said, content = arrival.incoming.said, self._content(arrival)
        if said is None or content.safety.level(said) != "none":
            return None
        if not visible(said):
            return content.phrases.empty
        long = len(said) > LONGEST_CHARACTERS
        if long or len(said.encode("utf-8", "replace")) > LONGEST_BYTES:
            return content.phrases.too_long
        return None

    def _remark(self, arrival: Arrival, text: Text) -> Answer:
        """Below the field that was filled in, or, in a window without one, as the window itself."""
        if arrival.where.block is not None:
            errors = {arrival.where.block: both(text)}
            return Answer(body={"response_action": "errors", "errors": errors})
        if arrival.incoming.pressed is None:
            return CLOSE
        return _push(window.notice(self._phrases(arrival).name.nl, both(text)))

    def _content(self, arrival: Arrival) -> Content:
        return self._shows.content(arrival)

    def _phrases(self, arrival: Arrival) -> Phrases:
        return self._shows.content(arrival).phrases


def _update(view: dict[str, Any]) -> Answer:
    return Answer(body={"response_action": "update", "view": view})


def _push(view: dict[str, Any]) -> Answer:
    """On top of the window, which is there again when this one is closed."""
    return Answer(body={"response_action": "push", "view": view})


def _fills_a_window(turn: Turn) -> bool:
    return turn.prompt is not None or turn.sheet is not None


def _unfinished(turn: Turn, incoming: Incoming) -> bool:
    """Whether the chat must not go on yet: a help card because of what was typed in private, or the
    same question, which was not answered.
    """
    if turn.prompt is None:
        return False
    helped = any(each.name == "go_on" for each in turn.prompt.options)
    return incoming.said is not None and (helped or turn.prompt.token == incoming.token)

"""What follows when somebody types, clicks or sends a window: one turn, and one message or view.

Bolt has no part in this: payloads come in, answers to the request go out, and nothing is raised.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from adapters.delivery import UndeliveredError
from adapters.reception import BusyError, stays
from adapters.slack import inbound, render, window
from conversations.answering import LONGEST_BYTES, LONGEST_CHARACTERS
from conversations.errors import StoreError
from conversations.phrasing import visible
from conversations.turn import PRIVATE, base

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.delivery import Delivery
    from adapters.identity import PlatformId
    from adapters.reception import Incoming, Taken
    from adapters.slack.api import SlackApi
    from adapters.slack.envelope import Payload
    from adapters.slack.inbound import Arrival
    from adapters.slack.render import Message
    from conversations.phrases import Phrases
    from conversations.safety import Safety
    from conversations.script import Text
    from conversations.turn import Turn

_log = logging.getLogger("luwte.slack")


class Content(Protocol):
    """What is needed of `conversations.scripts.Scripts`."""

    @property
    def phrases(self) -> Phrases: ...

    @property
    def safety(self) -> Safety: ...


class Receives(Protocol):
    """What is needed of `adapters.reception.Reception`."""

    def knows(self, platform: str, tenant: str) -> bool: ...

    def scripts(self, platform: str, tenant: str) -> Content: ...

    async def take(self, who: PlatformId, incoming: Incoming) -> Taken: ...


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

    def __init__(self, *, reception: Receives, delivery: Delivery, slack: SlackApi) -> None:
        self._reception, self._delivery, self._slack = reception, delivery, slack

    async def message(self, payload: Payload) -> Answer:
        """Typed words. Not kept, or not delivered within two seconds: Slack sends them again."""
        arrival = inbound.message(payload)
        if arrival is None:
            return DONE
        if not arrival.readable:
            await self._say(arrival, lambda phrases: phrases.not_a_text)
            return DONE
        taken = await self._take(arrival)
        if taken is None:
            return LATER
        return DONE if await self._post(arrival, taken) else LATER

    async def press(self, payload: Payload) -> Answer:
        """A button. When it was not kept, the question stays open: pressing again is the retry."""
        arrival = inbound.press(payload)
        if arrival is None:
            return DONE
        taken = await self._take(arrival)
        if taken is None:
            await self._say(arrival, lambda phrases: phrases.trouble)
        elif arrival.where.view is not None:
            await self._update_window(arrival, arrival.where.view, taken)
        elif base(arrival.incoming.pressed or "") in PRIVATE and _fills_a_window(taken.turn):
            await self._open_window(arrival, taken)
        else:
            await self._post(arrival, taken)
        return DONE

    async def submission(self, payload: Payload) -> Answer:
        """A window that was sent: closed when kept, else left open with a remark and its words."""
        arrival = inbound.submission(payload)
        if arrival is None:
            return DONE
        refused = self._refusal(arrival)
        if refused is not None:
            return self._remark(arrival, refused)
        taken = await self._take(arrival)
        if taken is None:
            return self._remark(arrival, self._content(arrival).phrases.trouble)
        if stays(taken.turn, arrival.incoming):
            shown = window.view(taken.turn, self._content(arrival).phrases)
            return Answer(body={"response_action": "update", "view": shown})
        await self._post(arrival, taken)
        return CLOSE

    async def command(self, payload: Payload) -> Answer:
        """A slash command, should one lead here: a line that only the person who typed it sees."""
        content = self._reception.scripts(inbound.PLATFORM, inbound.tenant(payload) or "")
        text = render.line(_both(content.phrases.not_here))["text"]
        return Answer(body={"response_type": "ephemeral", "text": text})

    async def _take(self, arrival: Arrival) -> Taken | None:
        try:
            return await self._reception.take(arrival.who, arrival.incoming)
        except BusyError:
            _log.info("turn_busy")
        except StoreError:
            _log.error("turn_not_kept")
        except Exception as error:  # noqa: BLE001 - a person waits; the question stays open
            _log.error("turn_failed", extra={"code": named(error)})
        return None

    async def _post(self, arrival: Arrival, taken: Taken) -> bool:
        """Whether the turn arrived, or nothing had to be sent."""
        if taken.again and not self._delivery.pending(taken.key):
            return True
        shown = render.message(taken.turn, self._content(arrival).phrases)
        return shown is None or await self._send(arrival, taken.key, shown)

    async def _say(self, arrival: Arrival, phrase: Callable[[Phrases], Text]) -> None:
        """A kind line outside any turn; nobody knows the language then, so it is said in both."""
        text = _both(phrase(self._content(arrival).phrases))
        await self._send(arrival, f"line:{arrival.incoming.event}", render.line(text))

    async def _send(self, arrival: Arrival, key: str, shown: Message) -> bool:
        channel = arrival.where.channel
        return await self._delivery.send(key, lambda: self._slack.post(channel, shown))

    async def _open_window(self, arrival: Arrival, taken: Taken) -> None:
        shown = window.view(taken.turn, self._content(arrival).phrases)
        try:
            await self._slack.open_window(arrival.where.trigger or "", shown)
        except UndeliveredError:
            await self._say(arrival, lambda phrases: phrases.trouble)

    async def _update_window(self, arrival: Arrival, view_id: str, taken: Taken) -> None:
        """The next turn in the same window; in the chat when the window is gone, if it may go there."""
        shown = window.view(taken.turn, self._content(arrival).phrases)
        try:
            await self._slack.update_window(view_id, shown)
        except UndeliveredError:
            if stays(taken.turn, arrival.incoming):
                await self._say(arrival, lambda phrases: phrases.trouble)
            else:
                await self._post(arrival, taken)

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
        if arrival.where.block is None:
            return CLOSE
        errors = {arrival.where.block: _both(text)}
        return Answer(body={"response_action": "errors", "errors": errors})

    def _content(self, arrival: Arrival) -> Content:
        return self._reception.scripts(arrival.who.platform, arrival.who.tenant)


def named(error: Exception) -> str:
    """The class of an error as a word for the log: `ValueError` is `value_error`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()


def _both(text: Text) -> str:
    return f"{text.nl}\n{text.en}"


def _fills_a_window(turn: Turn) -> bool:
    return turn.prompt is not None or turn.sheet is not None

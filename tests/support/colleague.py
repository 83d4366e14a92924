"""An invented colleague in Teams, and the activities that arrive when they do something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.support.teams import TENANT

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

BOT = "28:invented-bot"


@dataclass
class Colleague:
    """`service_url` is that of the cloud which carries the activities, as its tokens say.

    The name and directory id stand in every activity, as in real ones, and must go nowhere.
    """

    service_url: str
    user: str = "29:invented-quokka"
    name: str = "Quokka Canary"
    directory_id: str = "invented-directory-id-quokka"
    conversation: str = "a:invented;chat=1@quokka"
    tenant: str = TENANT
    locale: str | None = "en-GB"
    now: float = 1_760_000_000.0
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def activity(self, kind: str, **parts: object) -> Json:
        """One of this kind with `parts` in place of the usual; a part of None is left out."""
        number = f"invented-activity-{next(self._ids)}"
        usual: Json = {
            "type": kind,
            "id": number,
            "timestamp": datetime.fromtimestamp(self.now, UTC).isoformat().replace("+00:00", "Z"),
            "localTimezone": "Europe/Amsterdam",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": self.user, "name": self.name, "aadObjectId": self.directory_id},
            "recipient": {"id": BOT, "name": "Luwte"},
            "conversation": {
                "id": self.conversation,
                "conversationType": "personal",
                "tenantId": self.tenant,
            },
            "channelData": {"tenant": {"id": self.tenant}},
            "locale": self.locale,
            "entities": [{"type": "clientInfo", "country": "NL", "platform": "Windows"}],
        }
        return {key: value for key, value in (usual | parts).items() if value is not None}

    def message(self, words: str, **parts: object) -> Json:
        return self.activity("message", **{"text": words, "textFormat": "plain", **parts})

    def added(self, **parts: object) -> Json:
        """The bot was installed."""
        return self.activity("conversationUpdate", **{"membersAdded": [{"id": BOT}], **parts})

    def submit(self, message: Json, label: str, **parts: object) -> Json:
        """They press the button of this label on a card that was sent to them."""
        return self.activity("message", **{"value": action(message, label)["data"], **parts})

    def execute(self, message: Json, label: str, **parts: object) -> Json:
        """They press the button of this label, whose answer takes the place of the card."""
        pressed = action(message, label)
        assert (pressed["type"], pressed["verb"]) == ("Action.Execute", "press")
        asked = {"type": "Action.Execute", "verb": pressed["verb"], "data": pressed["data"]}
        value = {"action": asked, "trigger": "manual"}
        usual = {"name": "adaptiveCard/action", "value": value, "replyToId": "1612345678901"}
        return self.activity("invoke", **{**usual, **parts})

    def fetch(self, message: Json, label: str, **parts: object) -> Json:
        """They press the button of this label, which opens a dialog."""
        pressed = action(message, label)["data"]
        assert pressed["msteams"] == {"type": "task/fetch"}
        return self.invoke("task/fetch", pressed, **parts)

    def send(self, dialog: Json, label: str, **inputs: str) -> Json:
        """They fill in `inputs` of an open dialog and press the button of this label."""
        pressed = action(dialog, label)
        filled = {} if pressed.get("associatedInputs") == "none" else inputs
        return self.invoke("task/submit", {**filled, **pressed["data"]})

    def invoke(self, name: str, data: object, **parts: object) -> Json:
        value = {"data": data, "context": {"theme": "default"}}
        return self.activity("invoke", **{"name": name, "value": value, **parts})


def card(shown: Json) -> Json:
    """The card of a message, of the answer that opens a dialog, or of one that replaces a card."""
    if "statusCode" in shown:
        replaced: Json = shown["value"]
        return replaced
    attached = shown["task"]["value"]["card"] if "task" in shown else shown["attachments"][0]
    content: Json = attached["content"]
    return content


def action(shown: Json, label: str) -> Json:
    """The one action of this label on the card."""
    found = [part for part in buttons(shown) if part.get("title") == label]
    assert len(found) == 1, [part.get("title") for part in buttons(shown)]
    return found[0]


def buttons(shown: Json) -> list[Json]:
    """Every action of the card, without what stands in for it on an older client."""
    stand_ins = [part["fallback"] for part in parts(card(shown)) if "fallback" in part]
    found = [part for part in parts(card(shown)) if "data" in part]
    return [part for part in found if not any(part is each for each in stand_ins)]


def parts(value: object) -> Iterator[Json]:
    """Every object in a card, the card itself first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def words(shown: Json) -> list[str]:
    """All that is to be read on the card, in its order."""
    return [part["text"] for part in parts(card(shown)) if "text" in part]

"""From an activity to what the conversation needs; names and directory ids end here, unread."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from adapters.identity import PlatformId
from adapters.incoming import Incoming, holds_a_lock
from adapters.teams.activity import readable, tenant, text
from conversations.turn import HELD, base

if TYPE_CHECKING:
    from adapters.teams.activity import Json
    from conversations.script import Language

PLATFORM = "teams"

LONGEST_TEXT = 32_000
"""Characters of typed words that are looked at; Teams lets nobody type as many."""

LONGEST_NAME = 60
"""Characters of a button's name or token; ours stay below."""

Kind = Literal["message", "added", "removed", "fetch", "submit", "execute"]
Via = Literal["chat", "fetch", "submit", "execute", "nowhere"]

_MENTION = re.compile(r"<at\b[^<>]*>[^<]*</at>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """A person in their own chat with the bot. `via` says where they expect the answer, if they do.

    `unread`: they sent a picture, a file or a recording, and the answer must say so. `held`: what
    they pressed belongs to a dialog that holds the whole conversation. `card` is the message whose
    card the answer takes the place of.
    """

    who: PlatformId
    incoming: Incoming
    via: Via
    unread: bool = False
    held: bool = False
    card: str | None = None

    def __repr__(self) -> str:
        return "<visit>"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody met the bot in a group or a channel, where it holds no conversation."""

    tenant: str
    language: Language | None
    via: Via


def read(activity: Json) -> Visit | Elsewhere | None:
    """What this activity asks of us; None for all that asks nothing: edits, reactions, typing."""
    kind, of = _kind(activity), tenant(activity)
    user = text(activity, "from", "id")
    if kind is None or of is None or user is None or user == text(activity, "recipient", "id"):
        return None
    language = _language(activity)
    if text(activity, "conversation", "conversationType") != "personal":
        return None if kind == "removed" else Elsewhere(of, language, _via(kind))
    who = PlatformId(PLATFORM, of, user)
    event, value = _event(activity), activity.get("value")
    match kind:
        case "added" | "removed":
            gone = kind == "removed"
            brought = Incoming(event=event, language=language, surface="chat", gone=gone)
            return Visit(who, brought, _via(kind))
        case "fetch" | "submit":
            answer = value.get("data") if isinstance(value, dict) else None
            return _in_a_dialog(answer, _answer(answer, event, language), who, kind)
        case "execute":
            action = value.get("action") if isinstance(value, dict) else None
            answer = action.get("data") if isinstance(action, dict) else None
            card = text(activity, "replyToId")
            return Visit(who, _answer(answer, event, language), "execute", card=card)
        case "message" if text(value, "press") is not None:
            return Visit(who, _answer(value, event, language), "chat")
        case "message":
            return _typed(activity, who, event, language)


def _kind(activity: Json) -> Kind | None:
    match activity.get("type"), activity.get("name"):
        case "message", _:
            return "message"
        case "conversationUpdate", _:
            return "added" if _bot_was_added(activity) else None
        case "installationUpdate", _:
            return "removed" if activity.get("action") == "remove" else None
        case "invoke", "task/fetch":
            return "fetch"
        case "invoke", "task/submit":
            return "submit"
        case "invoke", "adaptiveCard/action":
            return "execute"
        case _:
            return None


def _via(kind: Kind) -> Via:
    match kind:
        case "message" | "added":
            return "chat"
        case "removed":
            return "nowhere"
        case _:
            return kind


def _bot_was_added(activity: Json) -> bool:
    added, bot = activity.get("membersAdded"), text(activity, "recipient", "id")
    return isinstance(added, list) and bot in [text(member, "id") for member in added]


def _typed(activity: Json, who: PlatformId, event: str | None, language: Language | None) -> Visit:
    said = _words(activity)
    if not said and activity.get("attachments"):
        shown = Incoming(pressed="window", event=event, language=language, surface="chat")
        return Visit(who, shown, "chat", unread=True)
    typed = Incoming(
        said=said, event=event, sent_at=_sent_at(activity), language=language, surface="chat"
    )
    return Visit(who, typed, "chat")


def _in_a_dialog(
    data: object, answer: Incoming, who: PlatformId, via: Literal["fetch", "submit"]
) -> Visit:
    """The conversation is held in a dialog where it was asked to be, and behind a lock."""
    marked = isinstance(data, dict) and data.get("held") is True
    held = marked or base(answer.pressed or "") in HELD
    if held or answer.secret is not None or holds_a_lock(answer):
        answer = replace(answer, surface="private")
    return Visit(who, answer, via, held=held)


def _answer(value: object, event: str | None, language: Language | None) -> Incoming:
    """A button's data with the inputs beside it. All of it is in the hands of whoever sends it.

    `press` names a button and `words` is what was typed; an empty form is an empty answer, and
    anything else just opens the bot. `secret` is a passphrase, and `ticket` what the dialog carries
    along while a lock is open.
    """
    token = text(value, "token", longest=LONGEST_NAME)
    pressed = text(value, "press", longest=LONGEST_NAME)
    brought = Incoming(
        token=token, event=event, language=language, ticket=text(value, "ticket"), surface="chat"
    )
    if pressed is not None:
        return replace(brought, pressed=pressed)
    secret, words = _typed_in(value, "secret"), _typed_in(value, "words")
    if secret is not None:
        return replace(brought, secret=secret)
    if words is not None:
        return replace(brought, said=words)
    return brought if token is None else replace(brought, said="")


def _typed_in(value: object, name: str) -> str | None:
    words = value.get(name) if isinstance(value, dict) else None
    return readable(words[:LONGEST_TEXT]) if isinstance(words, str) else None


def _words(activity: Json) -> str:
    """Typed words without mentions of the bot; Teams sends them with HTML entities in them."""
    raw = activity.get("text")
    if not isinstance(raw, str):
        return ""
    words = _MENTION.sub(" ", raw[:LONGEST_TEXT])
    if activity.get("textFormat") == "xml":
        words = _TAG.sub("", _BREAK.sub("\n", words))
    return readable(html.unescape(words)).replace("\xa0", " ").strip()


def _sent_at(activity: Json) -> float | None:
    """`timestamp` is ISO 8601 in UTC, with or without saying so."""
    try:
        sent = datetime.fromisoformat(text(activity, "timestamp") or "")
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        return None


def _event(activity: Json) -> str | None:
    """The delivery's own id under the kind of activity, since each kind counts for itself."""
    number = text(activity, "id")
    return None if number is None else f"{PLATFORM}:{activity['type']}:{number}"


def _language(activity: Json) -> Language | None:
    match (text(activity, "locale") or "").lower().partition("-")[0]:
        case "nl":
            return "nl"
        case "en":
            return "en"
        case _:
            return None

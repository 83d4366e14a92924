"""A Slack payload reduced to who, what and where. Nothing else of a payload leaves this file.

Names, team domains, response_url, the message that was clicked on and what an edited message said
before are never read. Slack's shapes: https://docs.slack.dev/reference/events/message.im and
https://docs.slack.dev/reference/interaction-payloads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.identity import PlatformId
from adapters.incoming import Incoming
from adapters.slack import carried
from adapters.slack.blocks import ANSWER, CHOICE, CODE, HOME, MORE, PRESS, WORDS
from adapters.slack.tokens import Site, reached_at
from conversations.script import LANGUAGES
from conversations.turn import HELD, base

if TYPE_CHECKING:
    from adapters.slack.carried import Carried
    from adapters.slack.envelope import Payload
    from conversations.session import Surface

PLATFORM = "slack"

OWN_WORDS = (None, "me_message", "thread_broadcast")
"""Subtypes under which a person's own typed words arrive: plain, `/me`, and a reply in a thread
that is also shown below it. Every other subtype is Slack's or a bot's, or an edit."""

TALKS = ("huddle_thread",)
"""Subtypes under which a person does something in the direct message that is no text."""

PRIVATE_DOOR = "private"
"""The button that leads into the private window, and what a command or shortcut stands for."""

LOBBY = "lobby"
"""What the Home tab asks of the engine."""

SLACKBOT = "USLACKBOT"

_MARKED = re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True, repr=False)
class Where:
    """Where the answer goes, for as long as the request lasts.

    `channel` is the direct message, or the person's id, which Slack takes for it. `trigger` opens a
    window within three seconds. `view` is the window in which a button was pressed, and `version` its
    hash, by which Slack knows whether something else was shown there since. `block` is the field that
    was filled in, so that a remark can be placed under it. `home` says that it came from the Home tab.
    `team` is the workspace, whose installation answers where an organisation has several.
    """

    channel: str
    trigger: str | None = None
    view: str | None = None
    version: str | None = None
    block: str | None = None
    home: bool = False
    team: str | None = None

    def __repr__(self) -> str:
        return "<where>"


@dataclass(frozen=True, slots=True, repr=False)
class Arrival:
    """Something a person did. `readable` is False for what holds no words of theirs: a file, a
    picture, a voice clip, a huddle, somebody else's message that was forwarded without a word.
    """

    who: PlatformId
    incoming: Incoming
    where: Where
    readable: bool = True

    @property
    def site(self) -> Site:
        """Where the app is installed that this came through."""
        return Site(self.who.tenant, self.where.team)

    @property
    def address(self) -> bytes:
        """Where this person is reached later, as `adapters.slack.notices` reads it."""
        return reached_at(self.site, self.who.user).encode()

    def __repr__(self) -> str:
        return "<arrival>"


def tenant(payload: Payload) -> str | None:
    """The organisation: the enterprise id on Enterprise Grid, else the workspace id.

    One person has one id in all workspaces of an enterprise, and events and clicks must come to the
    same organisation. An event says it in `authorizations` (the installation that receives it; the
    top level may name another workspace in a shared channel), an interaction in `enterprise`,
    `team` and, for an app installed on a whole enterprise, `user`.
    """
    authorizations = payload.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else {}
    return (
        _word(payload, "enterprise", "id")
        or _word(payload, "team", "enterprise_id")
        or _word(first, "enterprise_id")
        or _word(payload, "enterprise_id")
        or _word(payload, "team", "id")
        or _word(first, "team_id")
        or _word(payload, "team_id")
        or _word(payload, "user", "team_id")
    )


def workspace(payload: Payload) -> str | None:
    """The workspace (T…) in which this happened; None where Slack names only an enterprise."""
    authorizations = payload.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else {}
    return (
        _word(payload, "team", "id")
        or _word(first, "team_id")
        or _word(payload, "team_id")
        or _word(payload, "user", "team_id")
    )


def everywhere(payload: Payload) -> bool:
    """Whether this is told of an installation on a whole enterprise, and not of one workspace's."""
    authorizations = payload.get("authorizations")
    first = authorizations[0] if isinstance(authorizations, list) and authorizations else {}
    return _at(first, "is_enterprise_install") is True


def event_kind(payload: Payload) -> str | None:
    """What an event of the Events API is about: `message`, `app_home_opened`, …"""
    return _word(payload, "event", "type")


def revokes_a_bot(payload: Payload) -> bool:
    """Whether `tokens_revoked` is about a bot's token; the others are lists of people, never read."""
    return bool(_at(payload, "event", "tokens", "bot"))


def message(payload: Payload) -> Arrival | None:
    """Words typed in the direct message with the bot; None for whatever else an event can be.

    Replies in a thread count as ordinary messages. A channel that is shared with another
    organisation is never answered. What was forwarded is somebody else's and is never read.
    """
    event, home = payload.get("event"), tenant(payload)
    user, channel = _word(event, "user"), _word(event, "channel")
    if _at(event, "type") != "message" or _at(event, "channel_type") != "im":
        return None
    if _by_a_bot(payload, user) or payload.get("is_ext_shared_channel"):
        return None
    subtype, files = _at(event, "subtype"), bool(_at(event, "files"))
    if subtype not in (*OWN_WORDS, "file_share", *TALKS):
        return None
    if home is None or user is None or channel is None:
        return None
    delivery = _word(payload, "event_id")
    incoming = Incoming(
        said=plain(_word(event, "text") or ""),
        event=f"ev:{delivery}" if delivery else None,
        sent_at=_seconds(_word(event, "ts")),
        surface="chat",
    )
    wordless = bool(_at(event, "attachments")) and not incoming.said
    readable = not files and not wordless and subtype in OWN_WORDS
    where = Where(channel, team=workspace(payload))
    return Arrival(PlatformId(PLATFORM, home, user), incoming, where, readable)


def opened_home(payload: Payload) -> Arrival | None:
    """The Home tab was opened: what it shows is asked of the engine, which writes nothing for it."""
    event, home = payload.get("event"), tenant(payload)
    user = _word(event, "user")
    if home is None or user is None or _at(event, "tab") not in (None, "home"):
        return None
    incoming = Incoming(pressed=LOBBY, token=_carried(_at(event, "view")).token, surface="private")
    where = Where(user, home=True, team=workspace(payload))
    return Arrival(PlatformId(PLATFORM, home, user), incoming, where)


def entrance(payload: Payload) -> Arrival | None:
    """A slash command or the global shortcut: into the private window. Text behind it is not read."""
    home, user = tenant(payload), _word(payload, "user_id") or _word(payload, "user", "id")
    if home is None or user is None:
        return None
    incoming = Incoming(pressed=PRIVATE_DOOR, surface="private")
    where = Where(user, trigger=_word(payload, "trigger_id"), team=workspace(payload))
    return Arrival(PlatformId(PLATFORM, home, user), incoming, where)


def press(payload: Payload) -> Arrival | None:
    """A button or a menu entry of ours; None for anything else. Two clicks are two events."""
    actions, home = payload.get("actions"), tenant(payload)
    action = actions[0] if isinstance(actions, list) and actions else None
    user, name, token = _word(payload, "user", "id"), *_pressed(action)
    if home is None or user is None or name is None:
        return None
    moment, view = _word(action, "action_ts"), _at(payload, "view")
    at_home = _at(view, "type") == "home" or (_word(action, "block_id") or "").startswith(HOME)
    brought, modal = _carried(view), _at(view, "type") == "modal"
    language = next((each for each in LANGUAGES if at_home and each == name), None)
    incoming = Incoming(
        pressed=LOBBY if language else name,
        token=None if language else token,
        event=f"press:{moment}:{name}:{token}" if moment else None,
        language=language,
        ticket=brought.ticket,
        surface=_surface(name, held=at_home or brought.held),
    )
    channel = _word(payload, "channel", "id")
    where = Where(
        channel=channel if channel and channel.startswith("D") else user,
        trigger=_word(payload, "trigger_id"),
        view=_word(view, "id") if modal else None,
        version=_word(view, "hash") if modal else None,
        home=at_home,
        team=workspace(payload),
    )
    return Arrival(PlatformId(PLATFORM, home, user), incoming, where)


def submission(payload: Payload) -> Arrival | None:
    """A window that was sent; words left empty, or nothing chosen, is `said == ""`."""
    view, home, user = payload.get("view"), tenant(payload), _word(payload, "user", "id")
    if home is None or user is None or _at(view, "callback_id") != ANSWER:
        return None
    values = _at(view, "state", "values")
    view_id, brought = _word(view, "id"), _carried(view)
    token, ticket = brought.token, brought.ticket
    event = f"view:{view_id}:{_word(view, 'hash')}:{token}" if view_id else None
    who, team = PlatformId(PLATFORM, home, user), workspace(payload)
    block, secret = _entered(values)
    if secret is not None:
        surface = _surface(None, held=brought.held)
        incoming = Incoming(secret=secret, token=token, event=event, ticket=ticket, surface=surface)
        return Arrival(who, incoming, Where(user, block=block, team=team))
    block, said, chosen = _filled_in(values)
    chosen = chosen or brought.only
    incoming = Incoming(
        said=None if chosen else said or "",
        pressed=chosen,
        token=token,
        event=event,
        ticket=ticket,
        surface=_surface(chosen, held=brought.held),
    )
    return Arrival(who, incoming, Where(user, block=block, team=team))


def plain(text: str) -> str:
    """What was typed, without Slack's marks.

    A mention keeps its label and loses the colleague's id, which must not be stored; a link keeps
    the words that stood in the message. https://docs.slack.dev/messaging/formatting-message-text
    """
    unmarked = _MARKED.sub(lambda found: _unmarked(found[1]), text)
    return unmarked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unmarked(mark: str) -> str:
    target, _, label = mark.partition("|")
    sign = {"@": "@", "#": "#", "!": "@"}.get(target[:1])
    if sign is None:
        return label or target.removeprefix("mailto:")
    if label:
        return label if target.startswith(("!date", "!subteam")) else sign + label
    known = target in ("!here", "!channel", "!everyone")
    return sign + (target[1:] if known else "…")


def _by_a_bot(payload: Payload, user: str | None) -> bool:
    if _at(payload, "event", "bot_id") or user == SLACKBOT:
        return True
    listed = payload.get("authorizations")
    ours = listed if isinstance(listed, list) else []
    return any(_at(each, "is_bot") and _at(each, "user_id") == user for each in ours)


def _pressed(action: object) -> tuple[str | None, str | None]:
    action_id = _word(action, "action_id") or ""
    if action_id.startswith(PRESS):
        return action_id.removeprefix(PRESS) or None, _word(action, "value")
    if action_id == MORE:
        name, _, token = (_word(action, "selected_option", "value") or "").partition("|")
        return name or None, token or None
    return None, None


def _surface(name: str | None, *, held: bool) -> Surface:
    return "private" if held or base(name or "") in HELD else "chat"


def _carried(view: object) -> Carried:
    return carried.read(_word(view, "private_metadata") or "")


def _entered(values: object) -> tuple[str | None, str | None]:
    """The field for a passphrase and what was typed in it, if the window has one."""
    for block, fields in values.items() if isinstance(values, dict) else ():
        if _at(fields, CODE) is not None:
            return block, _word(fields, CODE, "value") or ""
    return None, None


def _filled_in(values: object) -> tuple[str | None, str | None, str | None]:
    """The field, the words in it, or what was chosen in it."""
    for block, fields in values.items() if isinstance(values, dict) else ():
        if _at(fields, WORDS) is not None:
            return block, _word(fields, WORDS, "value"), None
        if _at(fields, CHOICE) is not None:
            return block, None, _word(fields, CHOICE, "selected_option", "value")
    return None, None, None


def _at(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _word(value: Any, *path: str) -> str | None:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None


def _seconds(timestamp: str | None) -> float | None:
    """The moment of a message. Where what stands behind the point only numbers the messages of one
    second, the end of that second, so that an answer that came at once is not taken for a late one.
    """
    whole, _, rest = (timestamp or "").partition(".")
    if not (whole.isascii() and whole.isdecimal() and rest.isascii() and rest.isdecimal()):
        return None
    return int(whole) + (1.0 if rest.startswith("00") else float(f"0.{rest}"))

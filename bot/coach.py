"""`luwte coach`: who can be asked, invited by a one-time code that is entered in the bot."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, TypeVar, cast

from bot import settings, wiring
from bot.errors import SettingsError
from bot.organisations import organisations
from conversations.calendar import last_day
from conversations.caseports import Invitation
from conversations.passphrase import grouped
from conversations.script import LANGUAGES
from storage.casekeys import CaseKeys
from storage.casework import Casework
from storage.coaches import SqlCoaches
from storage.database import COMMAND_WAITS
from storage.epoch_files import EPOCHS
from storage.sessions import SqlSessions
from storage.spool import Spool

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable, Mapping

    from conversations.caseports import Entry, Platform, Route
    from conversations.script import Language

LONGEST_NAME, LONGEST_KNOWS, MOST_DAYS = 60, 200, 10
T = TypeVar("T")
SHORTEST_ID = 6
"""Characters of an id that must be typed at least."""

EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
CHANNEL = re.compile(r"(?:T[A-Z0-9]{6,20}/)?[CG][A-Z0-9]{6,20}")
"""A channel, on Enterprise Grid behind its workspace."""
ROUTES = {"slack": "Slack DM", "slack_channel": "Slack channel", "teams": "Teams chat"}


def run(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """One of the actions; the exit status."""
    match given.action:
        case "invite":
            return invite(given, env)
        case "list":
            return show(env)
        case _:
            return remove(given.id, env)


def invite(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print a one-time code. Raises SettingsError for an invitation with which nobody could work."""
    known = organisations(env)
    invitation = invited(given, {each.label for each in known.values()})
    if invitation.desk not in {platform for platform, _ in known}:
        raise SettingsError(
            f"--desk {invitation.desk}: no organisation here is in {invitation.desk}, so nobody could "
            "open a desk there; add the coach's own workspace or tenant to the settings first"
        )
    code = _with(env, lambda coaches: coaches.invite(invitation))
    desk = "Slack" if invitation.desk == "slack" else "Teams"
    print(f"The code for {invitation.name}: {grouped(code)}")
    print(f"It is good once, for two weeks. {invitation.name} enters it in the bot, in {desk}.")
    print("Give it to nobody else: whoever enters it becomes this coach.")
    return 0


def show(env: Mapping[str, str]) -> int:
    """Every coach and open invitation; 1 when notices to somebody fail."""
    entries = _with(env, lambda coaches: coaches.listed())
    if not entries:
        print("No coach is registered or invited. `luwte coach invite --help` shows how.")
    for entry in entries:
        print("\n".join(_lines(entry)))
    return int(any(entry.notice == "failing" for entry in entries))


def remove(id_: str, env: Mapping[str, str]) -> int:
    """Close a desk or take an invitation back. Raises SettingsError where nobody is meant by this id."""

    async def go(coaches: SqlCoaches) -> tuple[str, int | None]:
        found = [
            e for e in await coaches.listed() if len(id_) >= SHORTEST_ID and e.id.startswith(id_)
        ]
        if len(found) != 1:
            raise SettingsError(
                f"no single coach or invitation has an id that begins with {id_!r}; "
                "`luwte coach list` shows them"
            )
        return found[0].invitation.name, await coaches.remove(found[0].id)

    name, back = _with(env, go)
    print(f"{name} is removed.")
    if back:
        print(f"{back} open case(s) went back; their people are told at their next visit.")
    return 0


def invited(given: argparse.Namespace, known: set[str]) -> Invitation:
    """What was typed, checked. Raises SettingsError with the reason."""
    serves = _listed(given.organisations)
    unknown = [label for label in serves if label not in known]
    if unknown or not serves:
        raise SettingsError(
            f"--for: not an organisation here: {', '.join(unknown) or '(nothing given)'}; "
            f"known are {', '.join(sorted(known))}"
        )
    languages = _listed(given.languages)
    if not languages or not set(languages) <= set(LANGUAGES):
        raise SettingsError(f"--languages: one or more of {', '.join(LANGUAGES)}, with commas")
    desk, route, to = _places(given.desk, given.notices)
    return Invitation(
        name=_text("--name", given.name, LONGEST_NAME),
        languages=cast("tuple[Language, ...]", languages),
        knows=_text("--knows", given.knows, LONGEST_KNOWS),
        external=not given.internal,
        answers_within=_days(given.answers_within),
        organisations=serves,
        desk=desk,
        route=route,
        to=to,
    )


def _places(desk: str | None, notices: str) -> tuple[Platform, Route, str | None]:
    """Where the coach reads, and where notices go."""
    kind, _, to = notices.partition(":")
    if desk is None and kind == "email":
        raise SettingsError(
            "--desk slack or --desk teams is needed: an e-mail address is a place for notices only. "
            "What people write is read at a desk in Slack or Teams, and never sent by e-mail"
        )
    at: Platform = "teams" if (desk or kind) == "teams" else "slack"
    match kind:
        case "slack" | "teams" if not to and at == kind:
            return at, cast("Route", kind), None
        case "slack-channel" if CHANNEL.fullmatch(to) and at == "slack":
            return "slack", "slack_channel", to
        case "email" if EMAIL.fullmatch(to):
            return at, "email", to
    raise SettingsError(
        f"--notices {notices}: use slack or teams (the same as --desk), slack-channel:C0123ABCD "
        "(with --desk slack; on Enterprise Grid slack-channel:T0123ABCD/C0123ABCD), "
        "or email:NAME@EXAMPLE.ORG"
    )


def _lines(entry: Entry) -> list[str]:
    said = entry.invitation
    about = f"{', '.join(said.organisations)}; {', '.join(said.languages)}; desk in {said.desk}"
    notices = ROUTES.get(said.route, "e-mail")
    if entry.coach is None:
        until = last_day(entry.expires_week or 0)
        return [
            f"{entry.id[:8]}  {said.name}  (invited; the code is good until {until})",
            f"  {about}",
        ]
    state = "available" if entry.coach.available else "gets no new requests"
    if entry.away_until is not None:
        state += f", on holiday until {last_day(entry.away_until)}"
    whose = "from outside" if said.external else "from inside"
    told = {
        "failing": "the last one did NOT arrive; it is tried again, and a new `coach invite` that the "
        "coach enters at the desk says another address",
        "sent": "one is unread",
        "due": "one is due",
    }
    return [
        f"{entry.id[:8]}  {said.name}  ({state})",
        f"  {about}; {whose}; answers within {said.answers_within} working day(s)",
        f"  notices by {notices}: {told.get(entry.notice, 'none is open')}",
        f"  key {entry.coach.fingerprint}",
    ]


def _with(env: Mapping[str, str], work: Callable[[SqlCoaches], Awaitable[T]]) -> T:
    """Do this with the registry of this installation."""
    data = settings.data_folder(env)
    keys, database = settings.keys_folder(env, data), settings.database_url(env, data)
    read = wiring.root_keys(keys, env)

    async def go() -> T:
        casework = Casework(CaseKeys(read, keys / EPOCHS, time.time), Spool(keys), time.time)
        sessions = SqlSessions(database, casework, COMMAND_WAITS)
        try:
            return await work(SqlCoaches(sessions, casework, {}))
        finally:
            await sessions.close()

    return asyncio.run(go())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _text(option: str, text: str, longest: int) -> str:
    plain = text.strip()
    if not plain or len(plain) > longest or not plain.isprintable():
        raise SettingsError(f"{option}: one line of at most {longest} characters")
    return plain


def _days(given: int) -> int:
    if not 1 <= given <= MOST_DAYS:
        raise SettingsError(f"--answers-within: 1 to {MOST_DAYS} working days")
    return given

"""What both sides do until somebody has asked and a coach has the case, in an invented town over HTTP."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from conversations import library

if TYPE_CHECKING:
    from conversations.script import Language
    from tests.support.towns import Towns
    from tests.support.townspeople import Townsman

SCRIPTS = library.load()
TEXTS, DESK = SCRIPTS.coach, SCRIPTS.desk
CODE = re.compile(r"[0-9a-z]{4}-[0-9a-z]{5}-[0-9a-z]{4}")
QUESTION = {
    "nl": "mag ik kwikstaartig veranderen? kijk op https://wagtail.example <@U0MANAGER> @channel",
    "en": "may I change like a wagtail? look at https://wagtail.example <@U0MANAGER> @channel",
}


async def a_coach(
    both: Towns, platform: str, notices: str, language: str, user: str = "annehen"
) -> Townsman:
    """Invited on the command line, registered in the bot, and at the desk."""
    told = await both.luwte(
        "coach", "invite", "--for", "mill", "--name", "Anne", "--knows", "keuzes",
        "--notices", notices, "--desk", platform, "--languages", language,
    )  # fmt: skip
    coach = both.somebody(platform, "bureau", user, language)
    await coach.be_coach()
    code = CODE.search(told)
    assert code is not None
    await coach.fill(code[0])
    await coach.fill(passphrase(coach))
    assert DESK.protocol[0].to(spoken(language)) in plain(coach)
    await coach.press("dk_confirm")
    assert DESK.list_empty.to(spoken(language)) in plain(coach)
    return coach


def passphrase(coach: Townsman) -> str:
    """As it was shown, once, right after registering."""
    return next(code[0] for each in coach.seen if (code := CODE.search(each)))


def spoken(language: str) -> Language:
    return "nl" if language == "nl" else "en"


def plain(who: Townsman) -> str:
    """What is to be read, without the marks of either platform."""
    return who.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


async def write_a_card(me: Townsman, language: str, *, route: str = "notify") -> None:
    """From the explanation to the preview, to the one coach there is."""
    await me.press("go")
    await me.press(next(name for name in me.names if name.startswith("coach_") and len(name) > 30))
    await me.fill(QUESTION[language])
    for _ in range(3):
        await me.press("leave_out")
    await me.press("ready")
    await me.press("under_alias")
    await me.press(route)
    assert QUESTION[language] in plain(me)


async def at_the_case(coach: Townsman) -> None:
    """By the notice or where a coach always finds it: the desk, opened, and its first case."""
    await coach.look("desk")
    await coach.fill(passphrase(coach))
    await coach.press(next(name for name in coach.names if name.startswith("dk_open:")))


def notices_to_the_coach(both: Towns, coach: Townsman) -> list[bytes]:
    """Everything that was sent to their notice's address, as it was sent."""
    sent = [json.dumps(each, sort_keys=True).encode() for each in coach.notices]
    return sent + [each.encode() for each in both.mails.mails]

"""What may leave the house: own words to one's own window, an id in an address, a name nowhere."""

from __future__ import annotations

import pytest

from bot.audit.canaries import Town
from bot.audit.scanner import Scanner
from bot.audit.sent import Sent, problems
from conversations.passphrase import grouped

TOWN = Town("qzvxkwjb")
ME, OTHER = TOWN.person(1), TOWN.person(2)
WORDS = ME.words(0, "en")
CODE, TICKET, NOTE = grouped(ME.code()), f"AQAA{ME.ticket_mark}Xy-_", f"n.AQAB{ME.ticket_mark}Zz"
SLACK = {"private_metadata": f"0badcafe.4|{TICKET}"}

GOOD = [
    Sent(1, "chat.postMessage", {"channel": ME.slack_channel, "text": "What did you see?"}),
    Sent(1, "views.open", {"trigger_id": ME.trigger, "view": {"blocks": [WORDS]}}, window=True),
    Sent(1, "Teams message", {"conversation": {"id": ME.conversation}, "text": "Hello"}),
    Sent(1, "a window with a ticket", {"view": SLACK}, window=True),
    Sent(1, "a dialog with a code", {"data": {"ticket": NOTE}, "text": CODE}, window=True),
]

BAD = {
    "own words in a chat message": Sent(1, "chat.postMessage", {"text": WORDS}),
    "words of somebody else": Sent(2, "views.open", {"view": WORDS}, window=True),
    "a name in a window": Sent(1, "views.open", {"view": ME.name}, window=True),
    "an id in a text": Sent(1, "chat.postMessage", {"text": ME.slack_user}),
    "an answer to somebody else": Sent(1, "chat.postMessage", {"channel": OTHER.slack_channel}),
    "a window for nobody": Sent(None, "views.open", {"view": WORDS}, window=True),
    "a code in a chat message": Sent(1, "chat.postMessage", {"text": CODE}),
    "a code in a window that sets none": Sent(
        1, "views.update", {"view": {"text": CODE, **SLACK}}, window=True
    ),
    "a code in the window of somebody else": Sent(
        2, "a dialog", {"ticket": "n.", "text": CODE}, window=True
    ),
    "a ticket in a chat message": Sent(1, "Teams message", {"data": {"ticket": TICKET}}),
    "a ticket in a text": Sent(1, "views.open", {"view": {"text": TICKET}}, window=True),
    "a ticket of somebody else": Sent(2, "views.open", {"view": SLACK}, window=True),
    "an address used": Sent(1, "chat.postMessage", {"url": ME.response_url}),
}


def judge(sent: Sent) -> set[str]:
    scanner = Scanner.of(TOWN, [ME, OTHER])
    return {each.what for each in problems(TOWN, scanner, [sent])}


@pytest.mark.parametrize("sent", GOOD, ids=lambda sent: sent.where)
def test_what_the_person_may_see_is_let_through(sent: Sent) -> None:
    assert judge(sent) == set()


@pytest.mark.parametrize("what", BAD)
def test_what_must_not_leave_is_told(what: str) -> None:
    assert judge(BAD[what])

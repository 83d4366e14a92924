"""No log line says who somebody is or what they said, at any level, whatever goes wrong.

Our own loggers must never carry it. What third parties log is reduced to a place in the code by the
log set-up; the last test proves that the probe would see it otherwise.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from conversations.errors import StoreError
from tests.support import slack
from tests.support.reception import a_sheet, a_turn, an_open_question
from tests.support.slack import Fault

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from tests.adapters.slack.conftest import Door

    Situation = Callable[[Door], Awaitable[object]]

WORDS = "numbat-typed-words"
SECRETS = (
    WORDS,
    slack.PERSON,
    slack.NAME,
    slack.CHANNEL,
    slack.RESPONSE_URL,
    slack.TRIGGER,
    slack.TOKEN,
    slack.SECRET,
)
OURS = "luwte."


class Records(logging.Handler):
    """Every line as a log file would have it, with everything that hangs on it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = f"{self.format(record)} {vars(record)}"
        if record.exc_info:
            line += repr(record.exc_info[1])
        self.lines.append((record.name, line))

    def leaks(self, ours: bool) -> list[str]:
        return [
            name
            for name, line in self.lines
            if name.startswith(OURS) == ours and any(each in line for each in SECRETS)
        ]


@contextmanager
def everything_logged() -> Iterator[Records]:
    """All loggers at DEBUG, those that libraries made for themselves included."""
    records = Records()
    names = [*logging.root.manager.loggerDict, "slack_sdk.luwte", "slack_bolt.luwte"]
    loggers = [logging.root, *(logging.getLogger(name) for name in names)]
    before = [(each, each.level) for each in loggers]
    logging.root.addHandler(records)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    try:
        yield records
    finally:
        logging.root.removeHandler(records)
        for each, level in before:
            each.setLevel(level)


async def typed(door: Door, **event: str) -> None:
    await door.workspace.send(slack.message_event(WORDS, **event))


async def typed_with(door: Door, fault: Fault) -> None:
    door.slack.fail("chat.postMessage", fault)
    await typed(door)


async def wrongly_signed(door: Door) -> None:
    body = urlencode({"text": WORDS, "user": slack.PERSON})
    await door.workspace.raw(body, slack.signed(body, "wrong", content_type=slack.FORM))


async def badly_formed(door: Door) -> None:
    body = f'{{"text": "{WORDS}", "user": "{slack.PERSON}"'
    await door.workspace.raw(body, slack.signed(body))


async def of_strangers(door: Door) -> None:
    await door.workspace.send({**slack.slash_command(WORDS), "team_id": "T0ANOTHER"})


async def not_kept(door: Door) -> None:
    door.reception.errors.append(StoreError("OperationalError"))
    await typed(door)


async def failing(door: Door) -> None:
    door.reception.errors.append(ValueError(f"cannot take {WORDS} of {slack.PERSON}"))
    await typed(door)


async def clicked(door: Door) -> None:
    await typed(door)
    await door.workspace.send(slack.click(door.slack.messages[-1], "skip"))


async def opened(door: Door) -> None:
    door.reception.turns[0] = a_turn(sheet=a_sheet(), prompt=an_open_question())
    await typed(door)
    await door.workspace.send(slack.click(door.slack.messages[-1], "window"))


async def not_opened(door: Door) -> None:
    door.slack.fail("views.open", Fault(200, f"invalid {WORDS}"))
    await opened(door)


async def sent(door: Door) -> None:
    await opened(door)
    await door.workspace.send(slack.submit(door.slack.views[-1], WORDS))


async def sent_too_long(door: Door) -> None:
    await opened(door)
    await door.workspace.send(slack.submit(door.slack.views[-1], WORDS * 100))


async def pressed_in_a_window(door: Door) -> None:
    await opened(door)
    await door.workspace.send(slack.click_in_view(door.slack.views[-1], "help"))


async def commanded(door: Door) -> None:
    await door.workspace.send(slack.slash_command(f"{WORDS} payload"))


async def suggested(door: Door) -> None:
    who = {"user": {"id": slack.PERSON, "name": slack.NAME}, "team": {"id": slack.TEAM}}
    await door.workspace.send(
        {"type": "block_suggestion", "action_id": "x", "block_id": "y", "value": WORDS, **who}
    )


SITUATIONS: dict[str, Situation] = {
    "typed": typed,
    "typed by a bot": lambda door: typed(door, bot_id="B0INVENTED"),
    "edited": lambda door: typed(door, subtype="message_changed"),
    "an unknown event": lambda door: typed(door, type="app_mention"),
    "a file": lambda door: typed(door, subtype="file_share"),
    "wrongly signed": wrongly_signed,
    "badly formed": badly_formed,
    "of strangers": of_strangers,
    "not kept": not_kept,
    "failing": failing,
    "rate limited": lambda door: typed_with(door, Fault(429, "ratelimited", retry_after=60)),
    "refused with words": lambda door: typed_with(door, Fault(200, f"bad block: {WORDS}")),
    "answered with a page": lambda door: typed_with(door, Fault(500, body=f"<p>{WORDS}")),
    "dropped": lambda door: typed_with(door, Fault(drop=True)),
    "hanging": lambda door: typed_with(door, Fault(hang=True)),
    "clicked": clicked,
    "opened": opened,
    "not opened": not_opened,
    "sent": sent,
    "sent too long": sent_too_long,
    "pressed in a window": pressed_in_a_window,
    "commanded": commanded,
    "suggested": suggested,
}


@pytest.mark.parametrize("name", SITUATIONS)
async def test_our_own_log_lines_never_say_who_or_what(door: Door, name: str) -> None:
    with everything_logged() as records:
        await SITUATIONS[name](door)
        await door.delivery.close(0.1)

    assert records.leaks(ours=True) == []


@pytest.mark.parametrize("name", SITUATIONS)
async def test_bolt_has_nothing_to_tell(door: Door, name: str) -> None:
    with everything_logged() as records:
        await SITUATIONS[name](door)

    assert [each for each in records.leaks(ours=False) if each.startswith("slack_bolt")] == []


async def test_libraries_write_no_payloads_out_even_when_everybody_else_debugs(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await clicked(door)

    assert [each.name for each in caplog.records if each.name.startswith("slack_")] == []


async def test_errors_are_named_by_their_class_and_nothing_else(door: Door) -> None:
    with everything_logged() as records:
        await failing(door)

    (line,) = [line for name, line in records.lines if name == "luwte.slack"]
    assert line.startswith("turn_failed ")
    assert "'code': 'value_error'" in line


async def test_the_probe_sees_what_a_library_tells_at_debug(door: Door) -> None:
    """The SDK's own client, through which nothing of a conversation goes."""
    with everything_logged() as records:
        logger = logging.getLogger("slack_sdk.luwte")
        client = AsyncWebClient(slack.TOKEN, base_url=door.slack.url, logger=logger)
        await client.api_call("auth.test", json={"text": WORDS})

    assert "slack_sdk.luwte" in records.leaks(ours=False)

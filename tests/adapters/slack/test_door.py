"""Who may come in: only what Slack signed, lately, in a form that can be read, from one of ours."""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.delivery import Delivery
from adapters.slack.app import SlackApp
from adapters.slack.tokens import FixedTokens
from tests.support import slack
from tests.support.reception import PreparedReception, a_turn
from tests.support.vault import MemoryVault

if TYPE_CHECKING:
    from tests.adapters.slack.conftest import Door

HELLO = json.dumps(slack.message_event("hello"))


async def test_a_signed_event_is_taken(door: Door) -> None:
    answered = await door.workspace.raw(HELLO, slack.signed(HELLO))

    assert answered.status == 200
    assert len(door.reception.taken) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"X-Slack-Signature": None}, id="no signature"),
        pytest.param({"X-Slack-Request-Timestamp": None}, id="no timestamp"),
        pytest.param({"X-Slack-Signature": "v0=" + "0" * 64}, id="another signature"),
        pytest.param({"X-Slack-Signature": ""}, id="an empty signature"),
        pytest.param({"X-Slack-Signature": "v0=é\u20ac"}, id="a signature that is not ASCII"),
        pytest.param({"X-Slack-Request-Timestamp": "soon"}, id="a timestamp in words"),
        pytest.param({"X-Slack-Request-Timestamp": "-1"}, id="a negative timestamp"),
        pytest.param({"X-Slack-Request-Timestamp": "\u0661" * 10}, id="digits of another script"),
        pytest.param({"X-Slack-Request-Timestamp": "9" * 5000}, id="a timestamp without end"),
    ],
)
async def test_a_request_that_slack_did_not_sign_is_refused_without_a_word(
    door: Door, change: dict[str, str | None]
) -> None:
    headers = {**slack.signed(HELLO), **change}

    answered = await door.workspace.raw(
        HELLO, {name: value for name, value in headers.items() if value is not None}
    )

    assert (answered.status, answered.text) == (401, "")
    assert door.reception.taken == []


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(slack.signed(HELLO, secret="another secret"), id="another secret"),
        pytest.param(slack.signed(HELLO, timestamp="soon"), id="signed, timestamp in words"),
        pytest.param(slack.signed(HELLO + " "), id="another body"),
    ],
)
async def test_a_signature_of_something_else_is_refused(
    door: Door, headers: dict[str, str]
) -> None:
    answered = await door.workspace.raw(HELLO, headers)

    assert (answered.status, answered.text) == (401, "")
    assert door.reception.taken == []


@pytest.mark.parametrize(("age", "status"), [(-310, 401), (-290, 200), (290, 200), (310, 401)])
async def test_a_request_may_be_five_minutes_old_or_early(
    door: Door, age: int, status: int
) -> None:
    headers = slack.signed(HELLO, timestamp=time.time() + age)

    assert (await door.workspace.raw(HELLO, headers)).status == status


async def test_a_body_over_the_limit_is_refused_before_anything_looks_at_it(door: Door) -> None:
    body = json.dumps({"type": "event_callback", "filling": "x" * 300_000})

    answered = await door.workspace.raw(body, slack.signed(body))

    assert answered.status == 413


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{not json", slack.JSON, 400),
        ("[1, 2]", slack.JSON, 400),
        ("[" * 100_000, slack.JSON, 400),
        (b'{"type": "\xff\xfe"}', slack.JSON, 400),
        ("", slack.JSON, 400),
        ("payload={not json", slack.FORM, 400),
        ("payload=[]", slack.FORM, 400),
        ("payload=", slack.FORM, 400),
        (b"text=\xff", slack.FORM, 400),
        ("&".join(f"f{n}=1" for n in range(200)), slack.FORM, 400),
        (HELLO, "text/plain", 415),
        (HELLO, "multipart/form-data", 415),
    ],
)
async def test_signed_nonsense_is_a_bad_request_and_never_an_error(
    door: Door,
    body: str | bytes,
    content_type: str,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        answered = await door.workspace.raw(body, slack.signed(body, content_type=content_type))

    assert (answered.status, answered.text) == (status, "")
    assert caplog.records == []


async def test_unsigned_nonsense_is_not_even_read(door: Door) -> None:
    answered = await door.workspace.raw("{not json", {"Content-Type": slack.JSON})

    assert answered.status == 401


async def test_a_body_that_is_not_what_its_encoding_says_is_a_bad_request(door: Door) -> None:
    headers = {**slack.signed("no gzip"), "Content-Encoding": "gzip"}

    assert (await door.workspace.raw("no gzip", headers)).status == 400


async def test_the_check_of_the_address_is_answered_when_it_is_signed(door: Door) -> None:
    check = {"type": "url_verification", "challenge": "an-invented-challenge", "token": "x"}

    signed = await door.workspace.send(check)
    unsigned = await door.workspace.raw(json.dumps(check), {"Content-Type": slack.JSON})

    assert (signed.status, signed.json) == (200, {"challenge": "an-invented-challenge"})
    assert unsigned.status == 401


async def test_the_check_of_the_certificate_is_answered(door: Door) -> None:
    body = urlencode({"ssl_check": "1", "token": "invented"})

    answered = await door.workspace.raw(body, slack.signed(body, content_type=slack.FORM))

    assert answered.status == 200


async def test_an_event_of_an_unknown_organisation_is_dropped_so_that_slack_sends_no_more(
    door: Door,
) -> None:
    event = slack.message_event("hello")
    event["team_id"] = event["authorizations"][0]["team_id"] = "T0ANOTHER"

    answered = await door.workspace.send(event)

    assert (answered.status, answered.text) == (200, "")
    assert door.reception.taken == []
    assert door.slack.calls == []


async def test_anything_else_of_an_unknown_organisation_is_refused(door: Door) -> None:
    command = {**slack.slash_command("hello"), "team_id": "T0ANOTHER"}
    nowhere = {"type": "block_actions", "user": {"id": slack.PERSON}, "actions": []}

    assert (await door.workspace.send(command)).status == 403
    assert (await door.workspace.send(nowhere)).status == 403
    assert door.slack.calls == []


async def test_a_command_with_the_word_payload_is_still_a_command(door: Door) -> None:
    answered = await door.workspace.send(slack.slash_command("ask about payload work"))

    assert (answered.status, answered.text) == (200, "")
    assert len(door.slack.views) == 1


async def test_headers_cannot_steer_bolt(door: Door) -> None:
    steering = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "listen"}

    answered = await door.workspace.raw(HELLO, {**slack.signed(HELLO), **steering})

    assert answered.status == 200
    assert len(door.reception.taken) == 1
    assert len(door.slack.messages) == 1


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({"type": "event_callback", "event": {"type": "invented"}}, id="event"),
        pytest.param({"type": "event_callback", "event": {}}, id="event without type"),
        pytest.param({"type": "event_callback"}, id="no event"),
        pytest.param({"type": "invented"}, id="kind"),
        pytest.param({}, id="nothing"),
        pytest.param({"type": "shortcut", "callback_id": "x"}, id="shortcut"),
        pytest.param({"type": "message_action", "callback_id": "x"}, id="message shortcut"),
        pytest.param({"type": "view_closed", "view": {"callback_id": "answer"}}, id="closed"),
        pytest.param({"type": "block_suggestion", "action_id": "x", "value": "y"}, id="options"),
        pytest.param(
            {"type": "interactive_message", "callback_id": "x", "actions": [{}]}, id="attachment"
        ),
        pytest.param(
            {"type": "view_submission", "view": {"callback_id": "another"}}, id="another window"
        ),
        pytest.param(
            {"type": "block_actions", "actions": [{"action_id": "x", "type": "button"}]},
            id="another button",
        ),
    ],
)
async def test_what_is_not_known_is_accepted_and_nothing_follows(
    door: Door, payload: slack.Json
) -> None:
    answered = await door.workspace.send({"team_id": slack.TEAM, "user": {}, **payload})

    assert (answered.status, answered.text) == (200, "")
    assert door.reception.taken == []
    assert door.slack.calls == []


@pytest.mark.parametrize("odd", [None, 7, "word", [], [None], {}, {"id": 7}])
@pytest.mark.parametrize(
    "key", ["authorizations", "user", "team", "enterprise", "event", "actions", "view", "channel"]
)
@pytest.mark.parametrize("kind", ["event_callback", "block_actions", "view_submission"])
async def test_no_shape_of_payload_is_an_error(
    door: Door, kind: str, key: str, odd: object, caplog: pytest.LogCaptureFixture
) -> None:
    payload = {"type": kind, "team_id": slack.TEAM, "event": {"type": "message"}, key: odd}

    with caplog.at_level(logging.ERROR, "aiohttp.server"):
        answered = await door.workspace.send(payload)

    assert answered.status in (200, 403)
    assert [each for each in caplog.records if each.name == "aiohttp.server"] == []


@pytest.mark.parametrize("broken", ["knows", "scripts"])
async def test_an_error_of_our_own_is_one_word_in_the_log_and_slack_tries_again(
    door: Door, broken: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(slack.PERSON)

    monkeypatch.setattr(door.reception, broken, fail)

    with caplog.at_level(logging.INFO):
        answered = await door.workspace.raw(HELLO, slack.signed(HELLO))

    assert (answered.status, answered.text) == (503, "")
    (record,) = caplog.records
    assert (record.name, record.getMessage()) == ("luwte.slack", "request_failed")
    assert vars(record)["code"] == "runtime_error"
    assert record.exc_info is None


@pytest.mark.parametrize("secret", ["", None])
async def test_without_a_signing_secret_nothing_comes_in(secret: str | None) -> None:
    """Anybody could sign with an empty one."""
    reception = PreparedReception(homes=(("slack", slack.TEAM),))
    async with aiohttp.ClientSession() as session:
        app = SlackApp(
            reception=reception,
            delivery=Delivery(),
            tokens=FixedTokens({}),
            vault=MemoryVault(),
            signing_secret=secret,
            session=session,
            clock=time.time,
        )
        runner, port = await slack.serve(slack.mounted(app.handle))
        workspace = slack.Workspace(session, f"http://127.0.0.1:{port}/slack/events", secret="")

        answered = await workspace.send(slack.message_event("hello"))

        await runner.cleanup()
    assert answered.status == 401
    assert reception.taken == []


async def test_oauth_settings_of_another_program_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bolt takes these from the environment, and would look for tokens in files of its own."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "invented")
    reception = PreparedReception(a_turn(), homes=(("slack", slack.TEAM),))
    async with slack.FakeSlack() as fake, aiohttp.ClientSession() as session:
        app = SlackApp(
            reception=reception,
            delivery=Delivery(),
            tokens=FixedTokens({slack.TEAM: slack.TOKEN}),
            vault=MemoryVault(),
            signing_secret=slack.SECRET,
            session=session,
            clock=time.time,
            api_url=fake.url,
        )
        runner, port = await slack.serve(slack.mounted(app.handle))
        workspace = slack.Workspace(session, f"http://127.0.0.1:{port}/slack/events")

        answered = await workspace.send(slack.message_event("hello"))

        await runner.cleanup()
    assert answered.status == 200
    assert [call.method for call in fake.calls] == ["chat.postMessage"]
    assert fake.calls[0].authorization == f"Bearer {slack.TOKEN}"

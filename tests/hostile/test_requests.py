"""Games with HTTP itself: replays, headers, encodings, lengths. Refused or harmless, and in silence."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio

from bot import gate
from tests.support import slack
from tests.support.installation import Installation, installed
from tests.support.slack import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CANARY = "kanarievogel"


pytestmark = pytest.mark.asyncio(loop_scope="module")
"""One installation for all of them, since each must leave it as it was."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workspace() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def api(workspace: FakeSlack) -> FakeSlack:
    """What this test alone caused."""
    workspace.calls.clear()
    return workspace


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(
    tmp_path_factory: pytest.TempPathFactory, workspace: FakeSlack
) -> AsyncIterator[Installation]:
    env = {
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": workspace.url,
    }
    async with installed(tmp_path_factory.mktemp("requests"), env) as installation:
        yield installation
        log = installation.log.getvalue()
        assert CANARY not in log
        assert "Traceback" not in log
        assert "request_failed" not in log


async def posted(house: Installation, body: bytes, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession(auto_decompress=False) as http,
        http.post(f"{house.url}/slack/events", data=body, headers=headers) as answer,
    ):
        assert await answer.read() == b"" or answer.status == 200
        return answer.status


async def raw(house: Installation, request: bytes) -> bytes:
    """The first line of the answer to these very bytes; nothing when the connection was closed."""
    port = int(house.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    async with asyncio.timeout(5):
        line = await reader.readline()
    writer.close()
    return line


def message(**event: str) -> bytes:
    return json.dumps(slack.message_event(CANARY, **event)).encode()


async def test_a_request_that_somebody_recorded_is_answered_once_and_later_refused(
    house: Installation, api: FakeSlack
) -> None:
    body = message()
    headers = slack.signed(body)

    statuses = [await posted(house, body, headers) for _ in range(5)]
    late = await posted(house, body, slack.signed(body, timestamp=time.time() - 301))

    assert statuses == [200] * 5
    assert late == 401
    assert len(api.messages) == 1


async def test_a_recorded_click_does_not_move_anybody_on_twice(
    house: Installation, api: FakeSlack
) -> None:
    body = message(user="U0CLICKS", channel="D0CLICKS")
    await posted(house, body, slack.signed(body))
    shown = api.messages[-1]
    click = urlencode({"payload": json.dumps(slack.click(shown, "nl", user="U0CLICKS"))}).encode()
    headers = slack.signed(click, content_type=slack.FORM)

    for _ in range(4):
        assert await posted(house, click, headers) == 200

    assert len(api.messages) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "listen"},
        {"X-Slack-Retry-Num": "-1", "X-Slack-Retry-Reason": CANARY},
        {"X-Slack-Socket-Mode": "true"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Forwarded-For": CANARY, "Forwarded": f"for={CANARY}"},
        {"Expect": "100-continue"},
        {"Cookie": CANARY, "Authorization": f"Bearer {CANARY}"},
    ],
)
async def test_headers_beside_the_signature_steer_nothing(
    house: Installation, api: FakeSlack, headers: dict[str, str]
) -> None:
    body = message()

    assert await posted(house, body, {**slack.signed(body), **headers}) == 200
    assert len(api.messages) == 1


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "identity, gzip", "x"])
@pytest.mark.parametrize("honest", [True, False])
async def test_a_compressed_body_is_never_unpacked(
    house: Installation, api: FakeSlack, encoding: str, honest: bool
) -> None:
    body = b"[" * 5_000_000
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}.get(encoding, b"\0" * 99)
    sent = packed if honest else b"no such thing"
    headers = {**slack.signed(sent), "Content-Encoding": encoding}

    assert await posted(house, sent, headers) in (400, 415)
    assert api.calls == []


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 40_000,
        b'{"type": "event_callback", "event": ' + b'{"event":' * 20_000 + b"1" + b"}" * 20_001,
        b"9" * 200_000,
        b'{"type": ' + b"9" * 5_000 + b"}",
        b'"' + b"\\ud800" * 30_000 + b'"',
        b"{}" * 10_000,
        b" " * 200_000,
    ],
    ids=["lists", "objects", "an event", "digits", "a number", "surrogates", "many", "air"],
)  # fmt: skip
async def test_signed_json_of_any_depth_and_size_is_a_bad_request(
    house: Installation, api: FakeSlack, body: bytes
) -> None:
    assert await posted(house, body, slack.signed(body)) == 400
    assert api.calls == []


SIGNED = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (SIGNED + b"Content-Length: 99999999\r\n\r\n{}", b"413"),
        (SIGNED + b"Content-Length: -1\r\n\r\n{}", b"400"),
        (SIGNED + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", b"400"),
        (SIGNED + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", b"400"),
        (SIGNED + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
        (SIGNED + b"Content-Length: 2\r\n" + b"X: " + b"a" * 9_000 + b"\r\n\r\n{}", b"400"),
        (SIGNED + b"".join(b"X%d: a\r\n" % n for n in range(200)) + b"\r\n", b"400"),
        (SIGNED + b"X-Slack-Signature : v0=a\r\nContent-Length: 2\r\n\r\n{}", b"400"),
        (b"POST /slack/../slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"POST //slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"404"),
        (b"GET /slack/events HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
        (b"POST /slack/events HTTP/9.9\r\nHost: x\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200 + b"\r\n\r\n", b"400"),
        (b"CONNECT evil.invalid:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
    ],
)
async def test_requests_that_lie_about_themselves_are_refused(
    house: Installation, request_: bytes, status: bytes
) -> None:
    line = await raw(house, request_)

    assert line.split()[1:2] in ([status], [b"400"], [])


async def test_a_body_in_drips_is_given_up_and_holds_up_nobody(
    house: Installation, api: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BODY_WITHIN", 0.2)
    slow = asyncio.create_task(raw(house, SIGNED + b"Content-Length: 50\r\n\r\n{"))
    body = message()

    assert await posted(house, body, slack.signed(body)) == 200
    assert (await slow).split()[1] == b"400"
    assert len(api.messages) == 1


async def test_a_chunked_body_without_end_is_cut_at_the_limit(house: Installation) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"

    line = await raw(house, SIGNED + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 6)

    assert line.split()[1] == b"413"

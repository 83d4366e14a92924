"""Who is refused: every case is one request, answered without a word and without a turn."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.delivery import Delivery
from adapters.teams import envelope
from adapters.teams.app import Registration, TeamsApp
from adapters.teams.credentials import Password
from adapters.teams.envelope import MOST_BYTES
from tests.support.teams import APP_ID, FOREIGN_TENANT, PASSWORD, TENANT, FakeCloud, rsa_key
from tests.support.teams_bot import prepared, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tests.support.colleague import Colleague
    from tests.support.teams_bot import Clock

NOW = 1_760_000_000
EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"


def bearer(**claims: Any) -> Callable[[FakeCloud], str]:
    return lambda cloud: f"Bearer {cloud.token(**claims)}"


def fixed(header: str) -> Callable[[FakeCloud], str]:
    return lambda _: header


def part(value: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(cloud: FakeCloud) -> str:
    payload = cloud.token().split(".")[1]
    return f"Bearer {part({'alg': 'none', 'typ': 'JWT', 'kid': 'k1'})}.{payload}."


def signed_with_the_public_key(cloud: FakeCloud) -> str:
    public = rsa_key("k1").public_key()
    secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = part({"alg": "HS256", "typ": "JWT", "kid": "k1"})
    message = f"{head}.{cloud.token().split('.')[1]}"
    digest = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    return f"Bearer {message}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def tampered(cloud: FakeCloud) -> str:
    head, _, signature = cloud.token().split(".")
    other = cloud.token(exp=NOW + 9_999).split(".")[1]
    return f"Bearer {head}.{other}.{signature}"


def deeply_nested(_: FakeCloud) -> str:
    head = base64.urlsafe_b64encode(b"[" * 5_000).rstrip(b"=").decode()
    return f"Bearer {head}.e30.c2ln"


HEADERS: dict[str, Callable[[FakeCloud], str | None]] = {
    "no header": lambda _: None,
    "an empty header": fixed(""),
    "another scheme": fixed("Basic dTpw"),
    "no token": fixed("Bearer "),
    "garbage": fixed("Bearer abc"),
    "letters beyond ASCII": fixed("Bearer \xe9\xff"),
    "a header nested too deeply": deeply_nested,
    "another issuer": bearer(iss="https://issuer.example"),
    "the beginning of the issuer": bearer(iss="https://api"),
    "no issuer": bearer(without=["iss"]),
    "the issuer of the emulator": bearer(iss=EMULATOR, ver="1.0", appid=APP_ID),
    "another audience": bearer(aud="somebody-else"),
    "several audiences": bearer(aud=[APP_ID, "somebody-else"]),
    "no audience": bearer(without=["aud"]),
    "ended an hour ago": bearer(exp=NOW - 3600),
    "ended two minutes ago": bearer(exp=NOW - 120),
    "ended just beyond the leeway": bearer(exp=NOW - 60),
    "no end": bearer(without=["exp"]),
    "an end that is no number": bearer(exp="later"),
    "an end that is true": bearer(exp=True),
    "an end that never comes": bearer(exp=float("inf")),
    "an end that is not there": bearer(exp=float("nan")),
    "an end of four hundred digits": bearer(exp=10**400),
    "a beginning of four hundred digits": bearer(nbf=10**400),
    "not yet begun": bearer(nbf=NOW + 3600, exp=NOW + 7200),
    "issued in the future": bearer(iat=NOW + 3600, exp=NOW + 7200),
    "no serviceurl": bearer(without=["serviceurl"]),
    "another key under a known id": bearer(key=rsa_key("stranger")),
    "an unknown key": bearer(kid="k9"),
    "no key id": bearer(kid=None),
    "a key that is not endorsed for Teams": bearer(kid="webchat-only"),
    "a key without endorsements": bearer(kid="unendorsed"),
    "no signature": unsigned,
    "signed with the public key": signed_with_the_public_key,
    "another algorithm": bearer(algorithm="RS512"),
    "tampered claims": tampered,
}


@pytest.mark.parametrize("case", HEADERS)
async def test_a_token_that_is_not_genuine_is_refused(
    case: str, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    cloud.publish("webchat-only", endorsements=["webchat"])
    cloud.publish("unendorsed", endorsements=[])
    header = HEADERS[case](cloud)
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        headers = {} if header is None else {"Authorization": header}
        answered = await bot.post(json.dumps(colleague.message("hi")).encode(), headers)

    assert (answered.status, answered.body) == (401, b"")
    assert reception.taken == []
    assert cloud.attempts == 0


BODIES: dict[str, dict[str, object]] = {
    "serviceUrl is not that of the token": {"serviceUrl": "http://127.0.0.1:1/"},
    "serviceUrl is missing": {"serviceUrl": None},
    "serviceUrl is no text": {"serviceUrl": ["http://127.0.0.1:1/"]},
    "another channel": {"channelId": "slack"},
    "no channel": {"channelId": None},
    "a foreign tenant": {
        "channelData": {"tenant": {"id": FOREIGN_TENANT}},
        "conversation": {"id": "a:1", "conversationType": "personal"},
    },
    "a foreign tenant in the conversation only": {
        "channelData": None,
        "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": FOREIGN_TENANT},
    },
    "two tenants": {"channelData": {"tenant": {"id": FOREIGN_TENANT}}},
    "no tenant": {
        "channelData": None,
        "conversation": {"id": "a:1", "conversationType": "personal"},
    },
    "a tenant that is no text": {
        "channelData": {"tenant": {"id": {"$ne": ""}}},
        "conversation": {"id": "a:1", "conversationType": "personal"},
    },
    "channelData is a list": {"channelData": [TENANT], "conversation": {"id": "a:1"}},
}


@pytest.mark.parametrize("case", BODIES)
async def test_an_activity_that_the_token_does_not_vouch_for_is_refused(
    case: str, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        answered = await bot.take(colleague.message("hi", **BODIES[case]))

    assert (answered.status, answered.body) == (401, b"")
    assert reception.taken == []
    assert cloud.attempts == 0


UNREADABLE: dict[str, tuple[bytes, dict[str, str], int]] = {
    "no JSON": (b"{", {}, 400),
    "an empty body": (b"", {}, 400),
    "no UTF-8": (b'{"type": "\xff\xfe\xff"}', {}, 400),
    "no object": (b"[]", {}, 400),
    "a number that JSON does not know": (b'{"type": NaN}', {}, 400),
    "a number without end": (b"9" * 5_000, {}, 400),
    "nested too deeply": (b"[" * 100_000, {}, 400),
    "compressed": (b"{}", {"Content-Encoding": "gzip"}, 415),
    "another type": (b"type=message", {"Content-Type": "text/plain"}, 415),
    "no type": (b"{}", {"Content-Type": ""}, 415),
    "too large": (b" " * (MOST_BYTES + 1), {}, 413),
}


@pytest.mark.parametrize("case", UNREADABLE)
async def test_a_body_that_is_no_activity_is_refused(
    case: str, cloud: FakeCloud, clock: Clock
) -> None:
    body, headers, status = UNREADABLE[case]
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        answered = await bot.post(body, {**cloud.signed_headers(), **headers})

    assert (answered.status, answered.body) == (status, b"")
    assert reception.taken == []


@pytest.mark.parametrize("missing", ["type", "from", "recipient", "conversation"])
async def test_an_activity_without_an_address_is_refused(
    missing: str, cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    async with running(cloud, prepared(), clock) as bot:
        answered = await bot.take(colleague.message("hi", **{missing: None}))

    assert (answered.status, answered.body) == (400, b"")


async def test_a_large_body_without_a_length_is_not_read_to_its_end(
    cloud: FakeCloud, clock: Clock
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * (MOST_BYTES // 10)

    headers = {"Content-Type": "application/json", **cloud.signed_headers()}
    async with (
        running(cloud, prepared(), clock) as bot,
        ClientSession() as session,
        session.post(bot.url, data=chunks(), headers=headers) as response,
    ):
        assert response.status == 413


async def test_a_body_that_does_not_come_is_not_waited_for(
    cloud: FakeCloud, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envelope, "PATIENCE", 0.05)
    answered = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"{"
        await answered.wait()

    headers = {"Content-Type": "application/json", **cloud.signed_headers()}
    async with running(cloud, prepared(), clock) as bot, ClientSession() as session:
        async with session.post(bot.url, data=chunks(), headers=headers) as response:
            assert response.status == 408
        answered.set()


async def test_the_token_is_looked_at_before_the_body(cloud: FakeCloud, clock: Clock) -> None:
    async with running(cloud, prepared(), clock) as bot:
        answered = await bot.post(b"{", {"Authorization": f"Bearer {cloud.token(kid='k9')}"})

    assert answered.status == 401


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({}, id="an ordinary one"),
        pytest.param({"exp": NOW - 59}, id="ended within the leeway"),
        pytest.param({"nbf": NOW + 59}, id="begins within the leeway"),
        pytest.param({"without": ["nbf"]}, id="without a beginning"),
    ],
)
async def test_a_genuine_token_is_taken(
    claims: dict[str, Any], cloud: FakeCloud, colleague: Colleague, clock: Clock
) -> None:
    reception = prepared()

    async with running(cloud, reception, clock) as bot:
        body = json.dumps(colleague.message("hi")).encode()
        answered = await bot.post(body, cloud.signed_headers(**claims))

    assert (answered.status, answered.body) == (200, b"")
    assert len(reception.taken) == 1
    assert len(cloud.posts) == 1


async def test_a_flood_of_refusals_writes_one_line_a_minute(
    cloud: FakeCloud, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(cloud, prepared(), clock) as bot:
        for _ in range(5):
            await bot.post(b"{}", {"Authorization": "Basic dTpw"})
        clock.now += 61
        await bot.post(b"{}", {"Authorization": "Basic dTpw"})

    noted = [each for each in caplog.records if each.message == "request_refused"]
    assert [(each.levelno, vars(each)["code"]) for each in noted] == [
        (logging.WARNING, "no_token"),
        (logging.WARNING, "no_token"),
    ]


@pytest.mark.parametrize(
    "missing",
    [
        {"registration": Registration("", TENANT, Password(PASSWORD))},
        {"registration": Registration(APP_ID, "", Password(PASSWORD))},
        {"tenants": frozenset()},
        {"tenants": frozenset({TENANT, FOREIGN_TENANT})},
    ],
    ids=["app id", "tenant of the app", "any tenant", "organisation of a tenant"],
)
async def test_without_a_whole_registration_there_is_no_route(missing: dict[str, Any]) -> None:
    whole: dict[str, Any] = {
        "registration": Registration(APP_ID, TENANT, Password(PASSWORD)),
        "tenants": frozenset({TENANT}),
    }
    async with ClientSession() as session:
        with pytest.raises(ValueError, match="Teams needs"):
            TeamsApp(
                reception=prepared(),
                delivery=Delivery(),
                session=session,
                clock=lambda: 0.0,
                **whole | missing,
            )

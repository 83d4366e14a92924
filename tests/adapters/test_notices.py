"""Notices: one fixed text, by the route that was asked for, and an error where it did not arrive."""

from __future__ import annotations

import json
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.delivery import UndeliveredError
from adapters.mail import MailNotices, MailServer
from adapters.notices import Notice, Notices
from adapters.slack.notices import SlackNotices
from adapters.teams.notices import TeamsNotices, reference
from conversations import library
from conversations.caseports import Address, ReturnAddress
from tests.support.mail import MailHost

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = library.load().desk
DESK, ANSWER = Notice(TEXTS, "desk"), Notice(TEXTS, "coach")


class Platform:
    """Stands for Slack's API and for Teams' connector: keeps what was posted, or refuses it."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.posted: list[tuple[Any, ...]] = []

    async def post(self, *given: Any) -> None:
        if self.refuses:
            raise UndeliveredError
        self.posted.append(given)


def every(slack: Platform, teams: Platform) -> Notices:
    return Notices(TEXTS, {"slack": SlackNotices(slack), "teams": TeamsNotices(teams)})  # type: ignore[arg-type]


async def test_every_notice_is_one_fixed_text() -> None:
    slack, teams = Platform(), Platform()
    notices = every(slack, teams)
    chat = json.dumps(["https://smba.example/", "a:1"])
    for user in ("UANNE", "UBRAM"):
        await notices.notify(Address("slack", "TBUREAU", user))
        await notices.answer_is_here(ReturnAddress("slack", "TMILL", user.encode()))
    await notices.notify(Address("slack_channel", "TBUREAU", "CCOACHES"))
    await notices.notify(Address("teams", "tenant", chat))
    await notices.answer_is_here(ReturnAddress("teams", "tenant", chat.encode()))
    told = {given[2]["text"] for given in slack.posted}
    assert told == {DESK.text, ANSWER.text}
    assert {str(given[3]["summary"]) for given in teams.posted} == {DESK.text, ANSWER.text}
    assert "alias" not in json.dumps([slack.posted, teams.posted], default=str).lower()


async def test_the_button_below_opens_a_private_window() -> None:
    slack, teams = Platform(), Platform()
    notices = every(slack, teams)
    await notices.notify(Address("slack", "TBUREAU", "UANNE"))
    await notices.answer_is_here(
        ReturnAddress("teams", "tenant", json.dumps(["https://smba.example/", "a:1"]).encode())
    )
    assert "press:desk" in json.dumps(slack.posted[0][2])
    url, conversation, reply_to, message = teams.posted[0]
    assert (url, conversation, reply_to) == ("https://smba.example/", "a:1", None)
    assert '"task/fetch"' in json.dumps(message)
    assert '"press": "coach"' in json.dumps(message)


async def test_what_does_not_arrive_or_has_no_route_is_an_error() -> None:
    notices = every(Platform(refuses=True), Platform())
    with pytest.raises(UndeliveredError):
        await notices.notify(Address("slack", "TBUREAU", "UANNE"))
    with pytest.raises(UndeliveredError):
        await notices.notify(Address("email", "TBUREAU", "anne@bureau.example"))
    with pytest.raises(UndeliveredError):
        await notices.answer_is_here(ReturnAddress("terminal", "-", b""))
    with pytest.raises(UndeliveredError):
        await notices.notify(Address("teams", "tenant", "no reference"))


def test_a_chat_that_cannot_be_reached_later_has_no_reference() -> None:
    assert reference({"serviceUrl": "https://smba.example/", "conversation": {"id": "a:1"}}) == (
        b'["https://smba.example/","a:1"]'
    )
    assert reference({"serviceUrl": "https://smba.example/"}) is None
    long = {"serviceUrl": "https://smba.example/", "conversation": {"id": "a" * 390}}
    assert reference({**long, "serviceUrl": "https://smba.example/" + "b" * 100}) is None


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for 127.0.0.1, and the file by which a client trusts it."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public


def sender(host: MailHost, authority: Path | None) -> MailNotices:
    return MailNotices(
        MailServer("localhost", host.port, "luwte@bureau.example", authority=authority)
    )


async def test_a_mail_goes_encrypted_and_holds_the_notice_only(
    certificate: tuple[ssl.SSLContext, Path],
) -> None:
    context, public = certificate
    async with MailHost(context).listening() as host:
        await sender(host, public).send("-", "anne@bureau.example", "desk", DESK)
        await sender(host, public).send("-", "bram@bureau.example", "desk", DESK)
    assert host.encrypted == [True, True]
    bodies = {mail.partition("\r\n\r\n")[2] for mail in host.mails}
    assert len(bodies) == 1
    assert "Subject: Luwte" in host.mails[0]


async def test_a_server_without_starttls_gets_no_mail() -> None:
    async with MailHost(None).listening() as host:
        with pytest.raises(UndeliveredError):
            await sender(host, None).send("-", "anne@bureau.example", "desk", DESK)
    assert host.mails == []


async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    certificate: tuple[ssl.SSLContext, Path],
) -> None:
    async with MailHost(certificate[0]).listening() as host:
        with pytest.raises(UndeliveredError):
            await sender(host, None).send("-", "anne@bureau.example", "desk", DESK)
    assert host.mails == []


async def test_what_the_server_says_about_an_address_is_not_repeated(
    certificate: tuple[ssl.SSLContext, Path], caplog: pytest.LogCaptureFixture
) -> None:
    context, public = certificate
    async with MailHost(context, refuses=True).listening() as host:
        with pytest.raises(UndeliveredError) as error:
            await sender(host, public).send("-", "anne@bureau.example", "desk", DESK)
    assert "anne" not in f"{error.value}{caplog.text}"
    assert error.value.__cause__ is None


async def test_a_server_that_is_not_there_is_an_error() -> None:
    server = MailNotices(MailServer("localhost", 1, "luwte@bureau.example"))
    with pytest.raises(UndeliveredError):
        await server.send("-", "anne@bureau.example", "desk", DESK)

"""The ways in which the bot proves to Microsoft who it is."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from adapters.teams.credentials import INSTANCE, Certificate, ManagedIdentity, Password
from tests.support.teams import APP_ID, rsa_key

NOW = 1_760_000_000.0
URL = "https://login.example/t/oauth2/v2.0/token"
CLIENT = {
    "grant_type": "client_credentials",
    "client_id": APP_ID,
    "scope": "https://api.botframework.com/.default",
}


def certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "luwte")])
    begin = datetime(2025, 1, 1, tzinfo=UTC)
    key = rsa_key("certificate")
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7)
    builder = builder.not_valid_before(begin).not_valid_after(begin.replace(year=2035))
    return builder.sign(key, hashes.SHA256())


def pem() -> str:
    key = rsa_key("certificate").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (certificate().public_bytes(Encoding.PEM) + key).decode()


def test_a_password_goes_in_a_form() -> None:
    ask = Password("quokka").ask(APP_ID, URL, NOW)

    assert (ask.method, ask.url, ask.headers) == ("POST", URL, {})
    assert ask.fields == {**CLIENT, "client_secret": "quokka"}
    assert "quokka" not in repr(ask)


def test_a_certificate_signs_who_asks_whom_and_until_when() -> None:
    ask = Certificate(pem()).ask(APP_ID, URL, NOW)
    assertion = ask.fields["client_assertion"]
    claims = jwt.decode(
        assertion,
        rsa_key("certificate").public_key(),
        algorithms=["PS256"],
        audience=URL,
        options={"verify_exp": False, "verify_iat": False, "verify_nbf": False},
    )

    assert {name: ask.fields[name] for name in CLIENT} == CLIENT
    assert ask.fields["client_assertion_type"].endswith("jwt-bearer")
    assert (claims["iss"], claims["sub"]) == (APP_ID, APP_ID)
    assert (claims["nbf"], claims["exp"]) == (NOW, NOW + 300)
    digest = hashlib.sha256(certificate().public_bytes(Encoding.DER)).digest()
    mark = urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert jwt.get_unverified_header(assertion)["x5t#S256"] == mark


def test_no_assertion_is_used_twice() -> None:
    proof = Certificate(pem())
    one, other = (proof.ask(APP_ID, URL, NOW).fields["client_assertion"] for _ in range(2))

    assert one != other


def wrong() -> dict[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    elliptic = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {
        "nothing": "",
        "only the key": pem().partition("-----BEGIN PRIVATE")[2],
        "only the certificate": certificate().public_bytes(Encoding.PEM).decode(),
        "another kind of key": certificate().public_bytes(Encoding.PEM).decode() + elliptic,
        "a broken key": pem().replace("MII", "nii"),
    }


@pytest.mark.parametrize("case", wrong())
def test_half_a_certificate_is_refused_at_once_and_not_quoted(case: str) -> None:
    with pytest.raises(ValueError, match="key") as refused:
        Certificate(wrong()[case])
    assert "MII" not in str(refused.value)


def test_an_empty_password_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="empty"):
        Password("")


def test_a_machine_of_azure_asks_at_the_address_that_only_it_can_reach() -> None:
    ask = ManagedIdentity().ask(APP_ID, URL, NOW)

    assert (ask.method, ask.url, ask.headers) == ("GET", INSTANCE, {"Metadata": "true"})
    assert ask.fields["resource"] == "https://api.botframework.com"
    assert ask.fields["client_id"] == APP_ID


def test_app_service_asks_where_it_was_told_to_with_its_header() -> None:
    ask = ManagedIdentity("http://127.0.0.1:41/msi/token", "quokka").ask(APP_ID, URL, NOW)

    assert (ask.url, ask.headers) == (
        "http://127.0.0.1:41/msi/token",
        {"X-IDENTITY-HEADER": "quokka"},
    )
    assert "quokka" not in repr(ManagedIdentity("http://127.0.0.1:41/", "quokka"))

"""How the bot proves to Microsoft who it is, when it asks for its ticket to the Connector.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
"""

from __future__ import annotations

import hashlib
import re
import ssl
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Literal, Protocol

import jwt

LOGIN = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
AUDIENCE = "https://api.botframework.com"
SCOPE = f"{AUDIENCE}/.default"

INSTANCE = "http://169.254.169.254/metadata/identity/oauth2/token"
"""Where a virtual machine of Azure asks for the token of its identity; reachable from it alone."""

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = 300
"""Seconds for which an assertion is valid."""

_KEY = re.compile(
    r"-----BEGIN (?:RSA )?PRIVATE KEY-----.+?-----END (?:RSA )?PRIVATE KEY-----", re.DOTALL
)
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True, repr=False)
class Ask:
    """One request for a token: `fields` are the form of a POST or the query of a GET."""

    method: Literal["GET", "POST"]
    url: str
    fields: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "<ask>"


class Credential(Protocol):
    def ask(self, app_id: str, url: str, now: float) -> Ask:
        """The request to make at `now` (seconds since the Unix epoch), `url` being LOGIN's."""


class Password:
    """A client secret."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        """Raises ValueError for an empty one: Microsoft would refuse it a thousand times a day."""
        if not secret:
            raise ValueError("the client secret is empty")
        self._secret = secret

    def ask(self, app_id: str, url: str, now: float) -> Ask:
        del now
        return Ask("POST", url, {**_client(app_id), "client_secret": self._secret})


class Certificate:
    """An RSA key and its certificate, both in one PEM text; the registration knows the certificate.

    https://learn.microsoft.com/entra/identity-platform/certificate-credentials
    """

    __slots__ = ("_key", "_mark")

    def __init__(self, pem: str) -> None:
        """Raises ValueError when either is missing or the key does not open."""
        key, certificate = _KEY.search(pem), _CERTIFICATE.search(pem)
        if key is None or certificate is None:
            raise ValueError("needs an unencrypted private key and its certificate, as PEM")
        digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(certificate[0])).digest()
        self._key, self._mark = key[0], urlsafe_b64encode(digest).rstrip(b"=").decode()
        try:
            self._assertion("", "", 0.0)
        except (jwt.PyJWTError, ValueError, TypeError):
            raise ValueError("the private key is no RSA key that can be read") from None

    def ask(self, app_id: str, url: str, now: float) -> Ask:
        proof = {
            "client_assertion_type": ASSERTION,
            "client_assertion": self._assertion(app_id, url, now),
        }
        return Ask("POST", url, {**_client(app_id), **proof})

    def _assertion(self, app_id: str, url: str, now: float) -> str:
        claims = {
            "aud": url,
            "iss": app_id,
            "sub": app_id,
            "jti": str(uuid.uuid4()),
            "nbf": int(now),
            "iat": int(now),
            "exp": int(now) + LASTS,
        }
        return jwt.encode(claims, self._key, "PS256", {"x5t#S256": self._mark})


@dataclass(frozen=True, slots=True, repr=False)
class ManagedIdentity:
    """An identity that Azure gives to the machine, so that there is no secret to keep.

    `endpoint` and `header` are what App Service and Container Apps set as `IDENTITY_ENDPOINT` and
    `IDENTITY_HEADER`; a virtual machine has neither.
    """

    endpoint: str | None = None
    header: str | None = None

    def ask(self, app_id: str, url: str, now: float) -> Ask:
        del url, now
        wanted = {"resource": AUDIENCE, "client_id": app_id}
        if self.endpoint is None or self.header is None:
            fields = {"api-version": "2018-02-01", **wanted}
            return Ask("GET", self.endpoint or INSTANCE, fields, {"Metadata": "true"})
        fields = {"api-version": "2019-08-01", **wanted}
        return Ask("GET", self.endpoint, fields, {"X-IDENTITY-HEADER": self.header})

    def __repr__(self) -> str:
        return "<managed identity>"


def _client(app_id: str) -> dict[str, str]:
    return {"grant_type": "client_credentials", "client_id": app_id, "scope": SCOPE}

"""The settings of Teams: a registration with one proof of who it is, or the development switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.environment import Secret, loopback_url, secret, text
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.organisations import Tenant
    from conversations.organisation import Organisation

Sdk = Literal["botbuilder", "agents"]
SDKS: tuple[Sdk, ...] = ("botbuilder", "agents")

SWITCH = "LUWTE_TEAMS_DEVELOPMENT"
KINDS = ("SingleTenant", "UserAssignedMSI")


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """A registration that proves itself by password, certificate or managed identity.

    `identity` holds what App Service and Container Apps set for it, each None on a virtual machine.
    `development`: nobody proves anything, and there is no registration. The two addresses replace
    Microsoft's in tests, on loopback only.
    """

    app_id: str
    app_tenant: str
    tenants: frozenset[str]
    password: Secret | None = None
    certificate: Secret | None = None
    identity: tuple[str | None, Secret | None] | None = None
    metadata_url: str | None = None
    token_url: str | None = None
    sdk: Sdk = "botbuilder"
    development: bool = False


def teams(env: Mapping[str, str], known: Mapping[Tenant, Organisation]) -> TeamsSettings | None:
    """None where nothing of Teams is set. Raises SettingsError for half a configuration."""
    app, tenant = text(env, "MicrosoftAppId"), text(env, "MicrosoftAppTenantId")
    password = secret(env, "MicrosoftAppPassword")
    certificate = secret(env, "MicrosoftAppCertificate")
    tenants = frozenset(t for platform, t in known if platform == "teams")
    sdk = next((each for each in SDKS if each == (text(env, "LUWTE_TEAMS_SDK") or SDKS[0])), None)
    if sdk is None:
        raise SettingsError(f"LUWTE_TEAMS_SDK must be one of {', '.join(SDKS)}")
    if text(env, SWITCH) is not None:
        if text(env, SWITCH) != "unproved" or app or password or certificate:
            raise SettingsError(
                f"{SWITCH} must be the word unproved, and takes no registration: with it anybody on "
                "this machine can speak in anybody's name"
            )
        return TeamsSettings("", "", _some(tenants), sdk=sdk, development=True)
    if not (app or password or certificate or tenant):
        return None
    identity = _identity(env, password, certificate)
    if app is None or tenant is None or not (password or certificate or identity):
        raise SettingsError(
            "set MicrosoftAppId, MicrosoftAppTenantId and one of MicrosoftAppPassword and "
            "MicrosoftAppCertificate together, or none"
        )
    return TeamsSettings(
        app,
        tenant,
        _some(tenants),
        password=password,
        certificate=certificate,
        identity=identity,
        metadata_url=loopback_url(env, "LUWTE_TEAMS_METADATA_URL"),
        token_url=loopback_url(env, "LUWTE_TEAMS_TOKEN_URL"),
        sdk=sdk,
    )


def _some(tenants: frozenset[str]) -> frozenset[str]:
    if not tenants:
        raise SettingsError("no organisation has a teams_tenant: nobody could talk to the bot")
    return tenants


def _identity(
    env: Mapping[str, str], password: Secret | None, certificate: Secret | None
) -> tuple[str | None, Secret | None] | None:
    """The managed identity, when that is what the registration is; one proof and no two."""
    kind = text(env, "MicrosoftAppType") or KINDS[0]
    if kind not in KINDS:
        raise SettingsError(
            f"MicrosoftAppType must be {' or '.join(KINDS)}: Azure makes no others any more"
        )
    given = sum((password is not None, certificate is not None, kind == "UserAssignedMSI"))
    if given > 1:
        raise SettingsError(
            "keep one of MicrosoftAppPassword, MicrosoftAppCertificate and "
            "MicrosoftAppType=UserAssignedMSI: each is a proof by itself"
        )
    if kind != "UserAssignedMSI":
        return None
    return text(env, "IDENTITY_ENDPOINT"), secret(env, "IDENTITY_HEADER")

"""Teams from its settings: the registration, and the route that answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.teams.app import Registration, TeamsApp
from adapters.teams.credentials import Certificate, ManagedIdentity, Password
from adapters.teams.keyset import METADATA
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

    from adapters.delivery import Delivery
    from adapters.reception import Reception
    from adapters.teams.credentials import Credential
    from bot.teamssettings import TeamsSettings


def teams_app(
    given: TeamsSettings,
    reception: Reception,
    delivery: Delivery,
    session: aiohttp.ClientSession,
    clock: Callable[[], float],
) -> TeamsApp:
    """Raises SettingsError for a certificate that cannot be used and an SDK that is not installed."""
    own = registration(given)
    try:
        return TeamsApp(
            reception=reception,
            delivery=delivery,
            registration=own,
            tenants=given.tenants,
            session=session,
            clock=clock,
            sdk=given.sdk,
        )
    except ImportError:
        raise SettingsError(
            f"LUWTE_TEAMS_SDK={given.sdk} needs a package that is not installed: "
            "pip install 'luwte[agents]'"
        ) from None


def registration(given: TeamsSettings) -> Registration | None:
    """Who the bot is to Microsoft; None with the development switch. Raises SettingsError."""
    if given.development:
        return None
    return Registration(
        given.app_id,
        given.app_tenant,
        _credential(given),
        given.metadata_url or METADATA,
        given.token_url,
    )


def _credential(given: TeamsSettings) -> Credential:
    if given.password is not None:
        return Password(given.password.reveal())
    if given.certificate is not None:
        try:
            return Certificate(given.certificate.reveal())
        except ValueError as error:
            raise SettingsError(f"MicrosoftAppCertificate: {error}") from None
    if given.identity is None:
        raise SettingsError("the registration of Teams proves itself in no way")
    endpoint, header = given.identity
    return ManagedIdentity(endpoint, None if header is None else header.reveal())

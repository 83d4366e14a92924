"""Everything that can be set, read once into frozen values; refused when half-configured.

The table of all settings is in `bot/README.md`; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.environment import Secret, loopback_url, number, secret, text
from bot.errors import SettingsError
from bot.organisations import Tenant, organisations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.organisation import Organisation

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """One workspace by its bot token. `team` is T… (or E… on Enterprise Grid)."""

    bot_token: Secret
    signing_secret: Secret
    team: str
    api_url: str | None


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """A single-tenant registration. The two addresses replace Microsoft's in tests, on loopback only."""

    app_id: str
    app_password: Secret
    app_tenant: str
    tenants: frozenset[str]
    metadata_url: str | None
    token_url: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What `luwte serve` runs with."""

    data: Path
    database: str
    keys: Path
    host: str
    port: int
    log_level: str
    organisations: Mapping[Tenant, Organisation]
    slack: SlackSettings | None
    teams: TeamsSettings | None


def data_folder(env: Mapping[str, str]) -> Path:
    """`LUWTE_DATA`, else the user's data folder (XDG Base Directory), never the source tree."""
    given = text(env, "LUWTE_DATA")
    if given:
        return Path(given).expanduser().absolute()
    shared = text(env, "XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "luwte"


def database_url(env: Mapping[str, str], data: Path) -> str:
    """`LUWTE_DATABASE` (`sqlite:///…` or `postgresql://…`), else one SQLite file in the data folder."""
    given = secret(env, "LUWTE_DATABASE")
    url = given.reveal() if given else f"sqlite:///{data / 'luwte.db'}"
    if url.startswith("postgresql://"):
        return "postgresql+psycopg://" + url.removeprefix("postgresql://")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError("LUWTE_DATABASE must begin with sqlite:/// or postgresql://")
    return url


def keys_folder(env: Mapping[str, str], data: Path) -> Path:
    given = text(env, "LUWTE_KEYS")
    return Path(given).expanduser().absolute() if given else data / "keys"


def read(env: Mapping[str, str]) -> Settings:
    """The settings of `luwte serve`. Raises SettingsError with what is missing and how to mend it."""
    data = data_folder(env)
    known = organisations(env)
    slack, teams = _slack(env, known), _teams(env, known)
    if slack is None and teams is None:
        raise SettingsError(
            "no platform is configured: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, "
            "or MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId"
        )
    level = (text(env, "LUWTE_LOG_LEVEL") or "INFO").upper()
    if level not in LEVELS:
        raise SettingsError(f"LUWTE_LOG_LEVEL must be one of {', '.join(LEVELS)}")
    return Settings(
        data=data,
        database=database_url(env, data),
        keys=keys_folder(env, data),
        host=text(env, "LUWTE_HOST") or "127.0.0.1",
        port=number(env, "LUWTE_PORT", 8080, low=0, high=65535),
        log_level=level,
        organisations=known,
        slack=slack,
        teams=teams,
    )


def _slack(env: Mapping[str, str], known: Mapping[Tenant, Organisation]) -> SlackSettings | None:
    token, signing = secret(env, "SLACK_BOT_TOKEN"), secret(env, "SLACK_SIGNING_SECRET")
    if token is None and signing is None:
        return None
    if token is None or signing is None:
        raise SettingsError("set both SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or neither")
    teams = [tenant for platform, tenant in known if platform == "slack"]
    if len(teams) != 1:
        raise SettingsError(
            "say which workspace the bot token belongs to: set LUWTE_SLACK_TEAM (T…), "
            "or slack_team in exactly one [organisations.…] of the file"
        )
    return SlackSettings(token, signing, teams[0], loopback_url(env, "LUWTE_SLACK_API_URL"))


def _teams(env: Mapping[str, str], known: Mapping[Tenant, Organisation]) -> TeamsSettings | None:
    app, password = text(env, "MicrosoftAppId"), secret(env, "MicrosoftAppPassword")
    tenant = text(env, "MicrosoftAppTenantId")
    kind = text(env, "MicrosoftAppType") or "SingleTenant"
    if app is None and password is None and tenant is None:
        return None
    if app is None or password is None or tenant is None:
        raise SettingsError(
            "set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId together, or none"
        )
    if kind != "SingleTenant":
        raise SettingsError(
            "MicrosoftAppType must be SingleTenant, the kind that Azure still makes"
        )
    tenants = frozenset(t for platform, t in known if platform == "teams")
    if not tenants:
        raise SettingsError("no organisation has a teams_tenant: nobody could talk to the bot")
    return TeamsSettings(
        app,
        password,
        tenant,
        tenants,
        loopback_url(env, "LUWTE_TEAMS_METADATA_URL"),
        loopback_url(env, "LUWTE_TEAMS_TOKEN_URL"),
    )

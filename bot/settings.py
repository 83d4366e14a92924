"""Everything that can be set, read once into frozen values; refused when half-configured.

The table of all settings is in `bot/README.md`; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.limits import PER_MINUTE
from bot.environment import number, public_url, secret, text
from bot.errors import SettingsError
from bot.mailsettings import mail
from bot.organisations import Tenant, organisations
from bot.slacksettings import SlackSettings, slack
from bot.teamssettings import TeamsSettings, teams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from adapters.mail import MailServer
    from conversations.organisation import Organisation

ADMIN_PORT = 9090

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Admin:
    """Where the operator's own listener is. Without `port` 9090 is taken, and nothing where it is not free."""

    host: str
    port: int | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What `luwte serve` runs with."""

    data: Path
    database: str
    keys: Path
    host: str
    port: int
    admin: Admin
    public_url: str | None
    drain: int
    person_limit: int
    log_level: str
    organisations: Mapping[Tenant, Organisation]
    slack: SlackSettings | None
    teams: TeamsSettings | None
    mail: MailServer | None = None


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
    public = public_url(env, "LUWTE_PUBLIC_URL")
    in_slack, in_teams = slack(env, known, public), teams(env, known)
    if in_slack is None and in_teams is None:
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
        host=_host(env, in_teams),
        port=number(env, "LUWTE_PORT", 8080, low=0, high=65535),
        admin=_admin(env),
        public_url=public,
        drain=number(env, "LUWTE_DRAIN_SECONDS", 0, low=0, high=60),
        person_limit=number(env, "LUWTE_PERSON_LIMIT", PER_MINUTE, low=20, high=1_000_000),
        log_level=level,
        organisations=known,
        slack=in_slack,
        teams=in_teams,
        mail=mail(env),
    )


def _host(env: Mapping[str, str], in_teams: TeamsSettings | None) -> str:
    """Where to listen; with nobody proving anything that is this machine, and nothing else."""
    if in_teams is not None and in_teams.development:
        return "127.0.0.1"
    return text(env, "LUWTE_HOST") or "127.0.0.1"


def _admin(env: Mapping[str, str]) -> Admin:
    given = text(env, "LUWTE_ADMIN_PORT") is not None
    port = number(env, "LUWTE_ADMIN_PORT", ADMIN_PORT, low=0, high=65535)
    return Admin(text(env, "LUWTE_ADMIN_HOST") or "127.0.0.1", port if given else None)

"""Which organisations may talk to the bot: a TOML file, or one by the environment."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import roundsettings as rounds
from bot.contacts import listed
from bot.environment import number, text
from bot.errors import SettingsError
from bot.leadership import published
from conversations.organisation import Operator, Organisation, Surfaces

if TYPE_CHECKING:
    from collections.abc import Mapping

Tenant = tuple[str, str]
"""A platform (slack or teams) and the id of a workspace or tenant there."""

OPERATORS: tuple[Operator, ...] = ("bureau", "employer")
KNOWN = {
    "operator", "country", "retention_days", "slack_team", "teams_tenant", "leadership",
    "contacts", "surface", "slack_bot_token_file", "batch_hour", "time_zone", "people",
}  # fmt: skip
SURFACES: tuple[Surfaces, ...] = ("choose", "private")
SHORTEST_RETENTION, LONGEST_RETENTION = 14, 90
COUNTRY = re.compile("[A-Z]{2}")


def organisations(env: Mapping[str, str]) -> dict[Tenant, Organisation]:
    """From the file that `LUWTE_CONFIG` names, else one organisation from the environment.

    Raises SettingsError for anything missing, unknown or given twice.
    """
    path = text(env, "LUWTE_CONFIG")
    return _from_file(Path(path)) if path else _from_environment(env)


def _from_environment(env: Mapping[str, str]) -> dict[Tenant, Organisation]:
    given = {
        "operator": text(env, "LUWTE_OPERATOR"),
        "country": text(env, "LUWTE_COUNTRY"),
        "retention_days": number(
            env,
            "LUWTE_RETENTION_DAYS",
            LONGEST_RETENTION,
            low=SHORTEST_RETENTION,
            high=LONGEST_RETENTION,
        ),
        "surface": text(env, "LUWTE_SURFACE"),
        "batch_hour": number(env, "LUWTE_BATCH_HOUR", rounds.HOUR, low=0, high=23),
        "time_zone": text(env, "LUWTE_TIME_ZONE"),
        "people": number(env, "LUWTE_PEOPLE", 0, low=0, high=rounds.MOST_PEOPLE),
        "slack_team": text(env, "LUWTE_SLACK_TEAM"),
        "teams_tenant": text(env, "MicrosoftAppTenantId"),
    }
    where = "LUWTE_OPERATOR, LUWTE_COUNTRY"
    return _organisation("default", {k: v for k, v in given.items() if v is not None}, where)


def _from_file(path: Path) -> dict[Tenant, Organisation]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("organisations", {})
    except (OSError, UnicodeDecodeError):
        raise SettingsError("LUWTE_CONFIG names a file that cannot be read") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"the file of LUWTE_CONFIG is not valid TOML: {error}") from None
    if not isinstance(tables, dict) or not tables:
        raise SettingsError("the file of LUWTE_CONFIG has no [organisations.LABEL]")
    known: dict[Tenant, Organisation] = {}
    for label, table in tables.items():
        found = _organisation(label, table, f"[organisations.{label}]")
        twice = known.keys() & found.keys()
        if twice:
            raise SettingsError(f"[organisations.{label}] has a workspace or tenant of another one")
        known |= found
    return known


def _organisation(label: str, table: Any, where: str) -> dict[Tenant, Organisation]:
    if not isinstance(table, dict) or set(table) - KNOWN:
        raise SettingsError(f"{where}: only {', '.join(sorted(KNOWN))} can be set")
    operator = next((each for each in OPERATORS if each == table.get("operator")), None)
    if operator is None:
        raise SettingsError(
            f"{where}: operator is required, bureau or employer: who runs this server and holds "
            "the keys; people read it before the first question"
        )
    country = table.get("country")
    if country is not None and not (isinstance(country, str) and COUNTRY.fullmatch(country)):
        raise SettingsError(f"{where}: country is two capital letters, such as NL")
    days = table.get("retention_days", LONGEST_RETENTION)
    if not isinstance(days, int) or not SHORTEST_RETENTION <= days <= LONGEST_RETENTION:
        raise SettingsError(f"{where}: retention_days is a whole number from 14 to 90")
    surface = next((each for each in SURFACES if each == table.get("surface", "choose")), None)
    if surface is None:
        raise SettingsError(
            f"{where}: surface is choose (the person picks chat or private window) or private"
        )
    leadership = None
    if "leadership" in table:
        leadership = published(table["leadership"], f"{where[:-1]}.leadership]")
    contacts = listed(table.get("contacts", []), f"[{where[:-1]}.contacts]]")
    hour, zone, people = rounds.read(table, where)
    organisation = Organisation(
        label, operator, country, days, leadership, contacts, surface, hour, zone, people
    )
    slack, teams = table.get("slack_team"), table.get("teams_tenant")
    if not all(each is None or isinstance(each, str) for each in (slack, teams)):
        raise SettingsError(f"{where}: slack_team and teams_tenant are texts in quotes")
    given = {("slack", slack): organisation, ("teams", teams and teams.lower()): organisation}
    return {(platform, tenant): value for (platform, tenant), value in given.items() if tenant}

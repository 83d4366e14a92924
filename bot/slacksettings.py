"""The settings of Slack: whose tokens, and whether requests come in over HTTP or Socket Mode."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.environment import Secret, loopback_url, secret, text
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.organisations import Tenant
    from conversations.organisation import Organisation

TOKEN_FILE = "slack_bot_token_file"  # noqa: S105  the name of a setting
"""In `[organisations.LABEL]`: the file that holds the bot token of that workspace."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """`tokens` are those of the settings, by organisation: T…, or E… on Enterprise Grid.

    With `client` (id and secret) workspaces install the app themselves, and no token is set here.
    Requests are proved by `signing_secret`, or come over a connection opened with `app_token`.
    """

    tokens: Mapping[str, Secret]
    signing_secret: Secret | None
    app_token: Secret | None
    client: tuple[str, Secret] | None
    tenants: Mapping[str, Organisation]
    api_url: str | None


def slack(
    env: Mapping[str, str], known: Mapping[Tenant, Organisation], public_url: str | None
) -> SlackSettings | None:
    """None where nothing of Slack is set. Raises SettingsError for half a configuration."""
    token, client = secret(env, "SLACK_BOT_TOKEN"), _client(env)
    signing, app_token = secret(env, "SLACK_SIGNING_SECRET"), secret(env, "SLACK_APP_TOKEN")
    files = _token_files(env)
    if not any((token, client, signing, app_token, files)):
        return None
    tenants = {tenant: value for (platform, tenant), value in known.items() if platform == "slack"}
    ways = [bool(token), bool(client), bool(files)]
    if sum(ways) != 1 or (signing is None) == (app_token is None):
        raise SettingsError(
            "set both SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN in its place, for "
            "Socket Mode), or neither. For several workspaces, in place of SLACK_BOT_TOKEN: "
            f"{TOKEN_FILE} in the file, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
        )
    if client is not None and public_url is None:
        raise SettingsError(
            "SLACK_CLIENT_ID needs LUWTE_PUBLIC_URL: where an installation comes back"
        )
    if not tenants:
        raise SettingsError(
            "no organisation has a slack_team: nobody could talk to the bot; "
            "set LUWTE_SLACK_TEAM (T…), or slack_team in the file"
        )
    tokens = files if token is None else {_only(tenants): token}
    return SlackSettings(
        tokens, signing, app_token, client, tenants, loopback_url(env, "LUWTE_SLACK_API_URL")
    )


def _only(tenants: Mapping[str, Organisation]) -> str:
    if len(tenants) != 1:
        raise SettingsError(
            "say which workspace the bot token belongs to: set LUWTE_SLACK_TEAM (T…), "
            "or slack_team in exactly one [organisations.…] of the file"
        )
    return next(iter(tenants))


def _client(env: Mapping[str, str]) -> tuple[str, Secret] | None:
    name, own = text(env, "SLACK_CLIENT_ID"), secret(env, "SLACK_CLIENT_SECRET")
    if (name is None) != (own is None):
        raise SettingsError("set both SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, or neither")
    return None if name is None or own is None else (name, own)


def _token_files(env: Mapping[str, str]) -> dict[str, Secret]:
    """From the file that LUWTE_CONFIG names; `organisations` has read it and found it in order."""
    path = text(env, "LUWTE_CONFIG")
    if path is None:
        return {}
    tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))["organisations"]
    found = {}
    for name, table in tables.items():
        if TOKEN_FILE not in table:
            continue
        team = table.get("slack_team")
        if not team:
            raise SettingsError(f"[organisations.{name}] has {TOKEN_FILE} and no slack_team")
        read = secret({f"{TOKEN_FILE}_FILE": str(table[TOKEN_FILE])}, TOKEN_FILE)
        if read is not None:
            found[team] = read
    return found

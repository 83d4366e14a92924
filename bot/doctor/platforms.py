"""Whether the credentials are good, belong to the right workspace or tenant, and may do what is needed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding, note, well, wrong

if TYPE_CHECKING:
    import aiohttp

    from adapters.slack.examine import Token
    from bot.slacksettings import SlackSettings
    from bot.teamssettings import TeamsSettings

OF_MICROSOFT = {
    "700016": "the tenant knows no such application: check MicrosoftAppId and MicrosoftAppTenantId",
    "90002": "there is no such tenant: check MicrosoftAppTenantId",
    "7000215": "the client secret is not right: take its value, not its id",
    "7000222": "the client secret has ended: make a new one and replace MicrosoftAppPassword",
    "7000112": "the application is switched off in the tenant: its administrator can switch it on",
}
"""Numbers of https://learn.microsoft.com/entra/identity-platform/reference-error-codes."""

OF_SLACK = {
    "account_inactive": "the app was removed from the workspace: install it again",
    "invalid_auth": "the token is not right: copy the Bot User OAuth Token anew",
    "not_authed": "the token is not right: copy the Bot User OAuth Token anew",
    "token_revoked": "the token was taken back: install the app again and copy the new one",
    "token_expired": "the token has ended: install the app again and copy the new one",
}


async def slack(
    session: aiohttp.ClientSession, given: SlackSettings
) -> tuple[list[Finding], str | None]:
    """What Slack says of each token of the settings, and its Date header."""
    from adapters.slack import examine
    from adapters.slack.manifest import SCOPES

    found: list[Finding] = []
    date: str | None = None
    if given.client is not None:
        found.append(note("Slack token", "workspaces install the app themselves, none is set here"))
    for tenant, value in given.tokens.items():
        seen = await examine.token(session, value.reveal(), given.api_url)
        organisation = given.tenants[tenant]
        whose = "Slack" if len(given.tokens) == 1 else f"Slack of {organisation.label}"
        found += _token(whose, seen, tenant, frozenset(SCOPES[organisation.surface]))
        date = seen.date or date
    return found, date


def _token(whose: str, seen: Token, tenant: str, needed: frozenset[str]) -> list[Finding]:
    if seen.error == "unreachable":
        remedy = "let this machine reach slack.com by https, directly"
        return [wrong(f"{whose} token", "Slack cannot be reached", remedy)]
    if seen.error is not None:
        remedy = OF_SLACK.get(seen.error, "install the app again and copy the Bot User OAuth Token")
        return [wrong(f"{whose} token", f"Slack says {seen.error}", remedy)]
    found = [well(f"{whose} token", "good")]
    if tenant in seen.homes:
        found.append(well(f"{whose} workspace", "the token's own"))
    else:
        remedy = "slack_team (or LUWTE_SLACK_TEAM) must be the token's workspace, or on Enterprise Grid its E… id"
        found.append(wrong(f"{whose} workspace", "the token belongs to another one", remedy))
    return [*found, _scopes(f"{whose} scopes", seen.scopes, needed)]


def _scopes(what: str, granted: frozenset[str] | None, needed: frozenset[str]) -> Finding:
    if granted is None:
        return note(what, "Slack did not say which the token has")
    missing, surplus = sorted(needed - granted), sorted(granted - needed)
    if missing:
        remedy = "add them under OAuth & Permissions, then install the app again"
        return wrong(what, f"missing: {', '.join(missing)}", remedy)
    if surplus:
        remedy = (
            "take them away: each tells the bot, or whoever steals its token, more about people"
        )
        return wrong(what, f"more than is needed: {', '.join(surplus)}", remedy)
    return well(what, "exactly those that are needed")


async def teams(
    session: aiohttp.ClientSession, given: TeamsSettings
) -> tuple[list[Finding], str | None]:
    """What Microsoft says of our credentials, and its Date header."""
    from adapters.teams import examine
    from adapters.teams.keyset import METADATA
    from bot.teams import registration

    own = registration(given)
    if own is None:
        remedy = "take away LUWTE_TEAMS_DEVELOPMENT before anybody talks to this bot"
        return [wrong("Teams credentials", "nobody proves who they are", remedy)], None
    seen = await examine.grant(session, own.ask(time.time()))
    if seen.error == "unreachable":
        remedy = "let this machine reach login.microsoftonline.com by https"
        found = [wrong("Teams credentials", "Microsoft cannot be reached", remedy)]
    elif seen.error is not None:
        remedy = OF_MICROSOFT.get(seen.error, "look that number up at Microsoft")
        found = [wrong("Teams credentials", f"refused (AADSTS{seen.error})", remedy)]
    else:
        found = [well("Teams credentials", "good"), _tenant(seen.tenant, given.app_tenant)]
    if not await examine.signing_keys(session, given.metadata_url or METADATA):
        remedy = "let this machine reach login.botframework.com by https: without it nobody gets in"
        found.append(wrong("Teams signing keys", "cannot be fetched", remedy))
    else:
        found.append(well("Teams signing keys", "published and fetched"))
    return found, seen.date


def _tenant(seen: str | None, expected: str) -> Finding:
    if seen is None:
        return note("Teams tenant", "Microsoft's token does not say")
    if seen.lower() != expected.lower():
        return wrong(
            "Teams tenant", "the token is for another tenant", "check MicrosoftAppTenantId"
        )
    return well("Teams tenant", "the registration's own")

"""`luwte setup slack`: every step to Slack in order, who must click what, with the exact values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.environment import public_url, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

WHO = """\
Luwte in Slack: five steps, within the hour. Names in CAPITALS are values that a step gives and a later one
takes. One person is enough: an owner or administrator of the workspace (steps 1, 2 and 4) who can also reach
the server (step 3). Where apps need approval, an owner approves it in step 2.
"""

APP = """\
1  MAKE THE APP                          api.slack.com/apps > Create New App > From a manifest
     Workspace                           the one where people will talk; on Enterprise Grid any of its workspaces
     Manifest                            paste, as YAML, what this prints:
                                         luwte manifest slack --surface {surface}{flags}
     Create. Slack shows what the app may do, and nothing else belongs there:
       {scopes}
   Who owns the app can act in anybody's name with its secrets. With operator = "bureau" the bureau makes it.
"""

HTTP = """\
   From Basic Information > App Credentials:
                                         SIGNING_SECRET  = Signing Secret > Show
   Event Subscriptions says that the Request URL is not verified yet: that comes in step 3.
"""

SOCKET = """\
   Basic Information > App-Level Tokens > Generate Token and Scopes:
     Token name                          luwte
     Scope                               connections:write
                                         APP_TOKEN  = the token, xapp-…
"""

INSTALL = """\
2  INSTALL IT                            Settings > Install App > Install to Workspace > Allow
                                         BOT_TOKEN  = Bot User OAuth Token, xoxb-…
   The workspace's own id:               TEAM  = in the address of Slack in a browser, app.slack.com/client/T…
   On Enterprise Grid:                   TEAM  = the organisation's id, E…: Settings of the organisation > General
"""

PAGES = """\
2  LET WORKSPACES INSTALL IT             from Basic Information > App Credentials:
                                         CLIENT_ID, CLIENT_SECRET
     Manage Distribution                 Remove Hard Coded Information: yes; Activate Public Distribution
   An administrator of each workspace opens {url}/slack/install and allows it. Only workspaces that
   the file of LUWTE_CONFIG names with slack_team are let in; each token lies sealed in the database.
"""

SERVER = """\
3  START THE SERVER                      luwte keys init, once; then luwte serve with
{settings}
{after}   See that it works:                    luwte doctor
"""

VERIFY = """\
   What ends TLS                         passes {url} on to it, 127.0.0.1:8080; see bot/deploy/Caddyfile
   Then, in the app:                     Event Subscriptions > Request URL > Retry, until it says Verified
                                         Interactivity & Shortcuts shows the same address:
                                         {url}/slack/events
"""

PEOPLE = """\
4  TELL EVERYBODY AT ONCE                or who opens it first says something about themselves
     Everybody finds it under            Apps > Luwte; with the shortcut "Luwte", or /luwte
     A look as an employee               Apps > Luwte > Home > Nederlands or English > begin, one answer, forget me
     Tell people through the organisation's usual channel, never one by one.

5  WHAT MUST STAY AS IT IS
     No further scope and no further event: each tells the bot, or whoever steals its token, more about people.
     No agent view, no message shortcut, no Slack AI on this app, and no access log before {path}.
     With surface = "private" nobody can type in the direct message: Messages tab > read-only stays on.
     An administrator can see that somebody uses the app; people are told so.
     Taking the app away destroys what its people have here 30 days later; installing it again before stops that.
"""


OPERATOR = "who runs this server; people read it before the first question"


def slack(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print the steps for this surface and this way in; what is configured stands in its place."""
    from adapters.slack.manifest import EVENTS, SCOPES

    url = public_url({"--url": given.url}, "--url") if given.url else None
    url = url or public_url(env, "LUWTE_PUBLIC_URL") or "https://HOST"
    flags = "".join((" --socket" if given.socket else "", " --install" if given.install else ""))
    if not given.socket or given.install:
        flags += f" --url {url}"
    values = {
        "surface": given.surface,
        "flags": flags,
        "scopes": ", ".join(SCOPES[given.surface]),
        "url": url,
        "path": EVENTS,
        "settings": "\n".join(f"     {line}" for line in _settings(given, env, url)),
        "after": "" if given.socket else VERIFY.format(url=url),
    }
    way = SOCKET if given.socket else HTTP
    parts = (APP + way, PAGES if given.install else INSTALL, SERVER, PEOPLE)
    print("\n".join(part.format(**values) for part in (WHO, *parts)), end="")
    return 0


def _settings(given: argparse.Namespace, env: Mapping[str, str], url: str) -> list[str]:
    """The variables of step 3 and what each is; secrets come from files."""
    rows = []
    if given.install:
        rows += [("SLACK_CLIENT_ID=CLIENT_ID", ""), _file("SLACK_CLIENT_SECRET", "CLIENT_SECRET")]
        rows.append((f"LUWTE_PUBLIC_URL={url}", ""))
    else:
        rows.append(_file("SLACK_BOT_TOKEN", "BOT_TOKEN"))
    if given.socket:
        rows.append(_file("SLACK_APP_TOKEN", "APP_TOKEN"))
    else:
        rows.append(_file("SLACK_SIGNING_SECRET", "SIGNING_SECRET"))
    if given.install:
        rows.append(("LUWTE_CONFIG=…", "the file with every organisation: bot/README.md, Settings"))
    else:
        rows += [
            (f"LUWTE_SLACK_TEAM={text(env, 'LUWTE_SLACK_TEAM') or 'TEAM'}", ""),
            ("LUWTE_OPERATOR=bureau", f"or employer: {OPERATOR}"),
            (
                f"LUWTE_SURFACE={given.surface}",
                "choose: window or chat; private: nothing in the chat",
            ),
            ("LUWTE_COUNTRY=NL", "for the help lines"),
        ]
    return [f"{name:<36}{what}".rstrip() for name, what in rows]


def _file(name: str, value: str) -> tuple[str, str]:
    return f"{name}_FILE=…", f"a file with {value}"

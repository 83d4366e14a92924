"""What the app asks of Slack: the least for each surface, and nothing that tells who people are.

https://docs.slack.dev/reference/app-manifest. `private`: nobody can type in the direct message, and
without `im:history` no message in it could be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.organisation import Surfaces

    Manifest = dict[str, Any]

EVENTS, INSTALLED = "/slack/events", "/slack/installed"
"""Paths on our server: where Slack's requests come in, and where an installation comes back."""

COMMAND, SHORTCUT = "/luwte", "luwte"

SCOPES: Mapping[Surfaces, tuple[str, ...]] = {
    "private": ("chat:write", "commands"),
    "choose": ("chat:write", "commands", "im:history", "im:write"),
}
"""`chat:write`: answers and kind lines. `commands`: the command and the shortcut. `im:history`: words
in the direct message. `im:write`: an answer to a window reaches the direct message.
"""

SUBSCRIBED: Mapping[Surfaces, tuple[str, ...]] = {
    "private": ("app_home_opened", "app_uninstalled", "tokens_revoked"),
    "choose": ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked"),
}


def manifest(
    surface: Surfaces, url: str | None, *, socket: bool = False, install: bool = False
) -> Manifest:
    """The manifest for a server at `url` (https, without a path), or for Socket Mode.

    `install`: several workspaces install the app through our own page.
    """
    address = None if socket else f"{url}{EVENTS}"
    there = {} if address is None else {"request_url": address}
    oauth: Manifest = {"scopes": {"bot": list(SCOPES[surface])}}
    if install:
        oauth = {"redirect_urls": [f"{url}{INSTALLED}"], **oauth}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Luwte",
            "description": "A career conversation that keeps nobody's name",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": surface == "private",
            },
            "bot_user": {"display_name": "luwte", "always_online": True},
            "shortcuts": [
                {
                    "name": "Luwte",
                    "type": "global",
                    "callback_id": SHORTCUT,
                    "description": "Open the private window",
                }
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    **({} if address is None else {"url": address}),
                    "description": "Open the private window",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": {**there, "bot_events": list(SUBSCRIBED[surface])},
            "interactivity": {"is_enabled": True, **there},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }

"""The app asks for exactly this. Whoever adds a scope or an event changes a promise."""

from __future__ import annotations

import pytest

from adapters.slack.manifest import manifest

URL = "https://luwte.example"
SCOPES = {
    "private": ["chat:write", "commands"],
    "choose": ["chat:write", "commands", "im:history", "im:write"],
}
EVENTS = {
    "private": ["app_home_opened", "app_uninstalled", "tokens_revoked"],
    "choose": ["app_home_opened", "app_uninstalled", "message.im", "tokens_revoked"],
}


@pytest.mark.parametrize("surface", ["private", "choose"])
@pytest.mark.parametrize("socket", [False, True])
@pytest.mark.parametrize("install", [False, True])
def test_scopes_and_events_are_exactly_these(surface: str, socket: bool, install: bool) -> None:
    made = manifest(surface, URL, socket=socket, install=install)  # type: ignore[arg-type]

    assert made["oauth_config"]["scopes"] == {"bot": SCOPES[surface]}
    assert made["settings"]["event_subscriptions"]["bot_events"] == EVENTS[surface]


@pytest.mark.parametrize("surface", ["private", "choose"])
def test_where_only_the_window_is_allowed_nobody_can_type_in_the_direct_message(
    surface: str,
) -> None:
    home = manifest(surface, URL)["features"]["app_home"]  # type: ignore[arg-type]

    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": surface == "private",
    }


def test_there_is_nothing_that_shows_the_bot_what_people_look_at() -> None:
    features = manifest("choose", URL)["features"]

    assert set(features) == {"app_home", "bot_user", "shortcuts", "slash_commands"}
    assert [each["type"] for each in features["shortcuts"]] == ["global"]
    assert [each["should_escape"] for each in features["slash_commands"]] == [False]


def test_over_http_every_request_comes_to_one_address() -> None:
    made = manifest("choose", URL)
    where = f"{URL}/slack/events"

    assert made["settings"]["event_subscriptions"]["request_url"] == where
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": where}
    assert made["features"]["slash_commands"][0]["url"] == where
    assert made["settings"]["socket_mode_enabled"] is False


def test_in_socket_mode_there_is_no_address_at_all() -> None:
    made = manifest("private", None, socket=True)

    assert "http" not in str(made)
    assert made["settings"]["socket_mode_enabled"] is True


def test_an_installation_comes_back_to_our_own_page() -> None:
    made = manifest("choose", URL, install=True)

    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/installed"]
    assert "redirect_urls" not in manifest("choose", URL)["oauth_config"]

"""What can be set for Teams, and that half of it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.teams.credentials import ManagedIdentity, Password
from bot import settings
from bot.errors import SettingsError
from bot.teams import registration, teams_app

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {
    "LUWTE_OPERATOR": "bureau",
    "MicrosoftAppId": "app",
    "MicrosoftAppTenantId": "tenant",
    "MicrosoftAppPassword": "quokka",
}
BARE = {name: value for name, value in WHOLE.items() if name != "MicrosoftAppPassword"}
OPEN = {
    "LUWTE_OPERATOR": "bureau",
    "MicrosoftAppTenantId": "tenant",
    "LUWTE_TEAMS_DEVELOPMENT": "unproved",
    "LUWTE_HOST": "0.0.0.0",
}


def test_a_registration_is_single_tenant_and_run_by_botbuilder_unless_said_otherwise() -> None:
    read = settings.read(WHOLE).teams
    assert read is not None
    own = registration(read)

    assert own is not None
    assert (own.app_id, own.app_tenant, read.tenants) == ("app", "tenant", frozenset({"tenant"}))
    assert isinstance(own.credential, Password)
    assert (read.sdk, read.development) == ("botbuilder", False)
    assert "quokka" not in repr(read)


def test_a_managed_identity_needs_no_secret() -> None:
    given = {
        **BARE,
        "MicrosoftAppType": "UserAssignedMSI",
        "IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi",
        "IDENTITY_HEADER": "quokka",
    }
    read = settings.read(given).teams
    assert read is not None
    own = registration(read)

    assert own is not None
    assert own.credential == ManagedIdentity("http://127.0.0.1:41/msi", "quokka")
    assert "quokka" not in repr(read)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (BARE, "one of MicrosoftAppPassword"),
        ({**WHOLE, "MicrosoftAppId": ""}, "MicrosoftAppId"),
        ({**WHOLE, "MicrosoftAppTenantId": ""}, "MicrosoftAppTenantId"),
        ({**WHOLE, "MicrosoftAppCertificate": "pem"}, "keep one of"),
        ({**WHOLE, "MicrosoftAppType": "UserAssignedMSI"}, "keep one of"),
        ({**WHOLE, "MicrosoftAppType": "MultiTenant"}, "SingleTenant or UserAssignedMSI"),
        ({**WHOLE, "LUWTE_TEAMS_SDK": "teams"}, "botbuilder, agents"),
        ({**WHOLE, "LUWTE_TEAMS_DEVELOPMENT": "unproved"}, "takes no registration"),
        ({**OPEN, "LUWTE_TEAMS_DEVELOPMENT": "1"}, "the word unproved"),
        ({**WHOLE, "LUWTE_TEAMS_TOKEN_URL": "https://example.org/"}, "LUWTE_TEAMS_TOKEN_URL"),
    ],
)
def test_half_a_configuration_is_refused_with_what_to_do(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        settings.read(wrong)
    assert "quokka" not in str(refused.value)


def test_a_certificate_that_cannot_be_used_is_refused_before_anything_listens() -> None:
    read = settings.read({**BARE, "MicrosoftAppCertificate": "quokka"}).teams
    assert read is not None

    with pytest.raises(SettingsError, match="MicrosoftAppCertificate: needs") as refused:
        registration(read)
    assert "quokka" not in str(refused.value)


def test_a_certificate_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "bot.pem").write_text("quokka")
    given = {**BARE, "MicrosoftAppCertificate_FILE": str(tmp_path / "bot.pem")}
    read = settings.read(given).teams

    assert read is not None
    assert read.certificate is not None


def test_the_development_switch_listens_on_this_machine_only_whatever_is_asked() -> None:
    read = settings.read(OPEN)

    assert read.teams is not None
    assert read.teams.development
    assert read.host == "127.0.0.1"
    assert registration(read.teams) is None


def test_an_sdk_that_is_not_installed_is_told_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*_: object) -> None:
        raise ImportError

    monkeypatch.setattr("adapters.teams.app.chosen", missing)
    read = settings.read({**OPEN, "LUWTE_TEAMS_SDK": "agents"}).teams
    assert read is not None

    class Desk:
        def knows(self, *_: str) -> bool:
            return True

    with pytest.raises(SettingsError, match=r"luwte\[agents\]"):
        teams_app(read, Desk(), None, None, lambda: 0.0)  # type: ignore[arg-type]

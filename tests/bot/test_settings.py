"""Settings are read once, refused when half-configured, and all of them stand in the README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import settings
from bot.errors import SettingsError

SLACK = {
    "LUWTE_OPERATOR": "bureau",
    "LUWTE_SLACK_TEAM": "TEXAMPLE",
    "SLACK_BOT_TOKEN": "xoxb-invented",
    "SLACK_SIGNING_SECRET": "invented",
}
TEAMS = {
    "LUWTE_OPERATOR": "employer",
    "MicrosoftAppId": "00000000-0000-0000-0000-00000000a001",
    "MicrosoftAppPassword": "invented",
    "MicrosoftAppTenantId": "00000000-0000-0000-0000-00000000b001",
}


def test_one_workspace_by_the_environment() -> None:
    read = settings.read({**SLACK, "LUWTE_COUNTRY": "NL", "LUWTE_DATA": "/srv/luwte"})

    assert read.slack is not None
    assert set(read.slack.tokens) == {"TEXAMPLE"}
    assert read.teams is None
    assert read.organisations["slack", "TEXAMPLE"].country == "NL"
    assert read.database == "sqlite:////srv/luwte/luwte.db"
    assert (read.host, read.port) == ("127.0.0.1", 8080)


def test_teams_takes_only_its_own_tenant() -> None:
    read = settings.read(TEAMS)

    assert read.teams is not None
    assert read.teams.tenants == {TEAMS["MicrosoftAppTenantId"]}
    assert read.slack is None


def test_several_organisations_by_a_file(tmp_path: Path) -> None:
    config = tmp_path / "luwte.toml"
    config.write_text(
        """
        [organisations.mill]
        operator = "bureau"
        country = "NL"
        slack_team = "TMILL"
        [organisations.yard]
        operator = "employer"
        retention_days = 30
        teams_tenant = "00000000-0000-0000-0000-00000000b002"
        """
    )

    read = settings.read({**SLACK, **TEAMS, "LUWTE_CONFIG": str(config)})

    assert read.organisations["slack", "TMILL"].label == "mill"
    assert read.teams is not None
    assert read.teams.tenants == {"00000000-0000-0000-0000-00000000b002"}


def test_secrets_come_from_files_too_and_never_print(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("xoxb-from-a-file\n")
    env = {**SLACK, "SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": str(file)}

    read = settings.read(env)

    assert read.slack is not None
    assert read.slack.tokens["TEXAMPLE"].reveal() == "xoxb-from-a-file"
    assert "xoxb" not in repr(read)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"LUWTE_OPERATOR": ""}, "operator is required"),
        ({"LUWTE_OPERATOR": "somebody"}, "operator is required"),
        ({"SLACK_SIGNING_SECRET": ""}, "set both"),
        ({"SLACK_APP_TOKEN": "xapp-invented"}, "set both"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "invented"}, "set both"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET"),
        (
            {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "invented"},
            "LUWTE_PUBLIC_URL",
        ),
        ({"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""}, "no platform is configured"),
        ({"LUWTE_SLACK_TEAM": ""}, "LUWTE_SLACK_TEAM"),
        ({"LUWTE_COUNTRY": "nl"}, "two capital letters"),
        ({"LUWTE_PORT": "http"}, "LUWTE_PORT"),
        ({"LUWTE_PORT": "70000"}, "LUWTE_PORT"),
        ({"LUWTE_RETENTION_DAYS": "365"}, "LUWTE_RETENTION_DAYS"),
        ({"LUWTE_DATABASE": "mysql://x"}, "LUWTE_DATABASE"),
        ({"LUWTE_LOG_LEVEL": "LOUD"}, "LUWTE_LOG_LEVEL"),
        ({"LUWTE_SLACK_API_URL": "https://elsewhere.example/api/"}, "LUWTE_SLACK_API_URL"),
        ({"LUWTE_CONFIG": "/nowhere/at/all.toml"}, "LUWTE_CONFIG"),
        ({"SLACK_BOT_TOKEN_FILE": "/nowhere"}, "both set"),
        ({"MicrosoftAppId": "x"}, "together, or none"),
        ({**TEAMS, "LUWTE_OPERATOR": "bureau", "MicrosoftAppType": "MultiTenant"}, "SingleTenant"),
    ],
)
def test_half_a_configuration_is_refused_with_what_to_do(change: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(says)):
        settings.read({**SLACK, **change})


LED = """
[organisations.a]
operator = "bureau"
slack_team = "TMILL"
[organisations.a.leadership]
words = { nl = "Praten over je loopbaan mag hier.", en = "You may talk about your career here." }
role = { nl = "directeur", en = "director" }
date = 2026-01-31
"""


def test_the_words_of_the_leadership_come_with_role_and_day(tmp_path: Path) -> None:
    config = tmp_path / "luwte.toml"
    config.write_text(LED)

    read = settings.read({**SLACK, "LUWTE_OPERATOR": "", "LUWTE_CONFIG": str(config)})

    told = read.organisations["slack", "TMILL"].leadership
    assert told is not None
    assert told.words["nl"] == "Praten over je loopbaan mag hier."
    assert (told.role["en"], told.date.isoformat()) == ("director", "2026-01-31")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("role = ", "rol = ", "words, role and date"),
        ("date = 2026-01-31", 'date = "2026-01-31"', "date is a day"),
        (', en = "director"', "", 'nl = "…", en = "…"'),
        ("Praten over je loopbaan mag hier.", "x" * 401, "at most 400"),
        ("Praten over je loopbaan mag hier.", "Dit is 100% anoniem.", "more than anyone can keep"),
    ],
)
def test_words_of_the_leadership_that_cannot_be_shown_are_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    config = tmp_path / "luwte.toml"
    assert old in LED
    config.write_text(LED.replace(old, new))

    with pytest.raises(SettingsError, match=re.escape(says)):
        settings.read({**SLACK, "LUWTE_OPERATOR": "", "LUWTE_CONFIG": str(config)})


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("", "no [organisations.LABEL]"),
        ("[organisations.a]\n", "operator is required"),
        ('[organisations.a]\noperator = "bureau"\nslack_taem = "T1"\n', "only"),
        ("[organisations.a\n", "not valid TOML"),
        (
            """
            [organisations.a]
            operator = "bureau"
            slack_team = "T1"
            [organisations.b]
            operator = "bureau"
            slack_team = "T1"
            """,
            "of another one",
        ),
        ('[organisations.a]\noperator = "bureau"\nretention_days = 91\n', "retention_days"),
    ],
)
def test_a_file_with_a_mistake_is_refused(tmp_path: Path, toml: str, says: str) -> None:
    config = tmp_path / "luwte.toml"
    config.write_text(toml)

    with pytest.raises(SettingsError, match=re.escape(says)):
        settings.read({**SLACK, "LUWTE_CONFIG": str(config)})


def test_the_data_folder_is_the_users_own_unless_said_otherwise(tmp_path: Path) -> None:
    assert settings.data_folder({"LUWTE_DATA": str(tmp_path)}) == tmp_path
    assert settings.data_folder({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "luwte"
    assert settings.data_folder({}) == Path.home() / ".local/share/luwte"


def test_every_setting_stands_in_the_table_of_the_readme_and_nothing_else_does() -> None:
    bot = Path(settings.__file__).parent
    code = "".join(file.read_text() for file in bot.glob("*.py"))
    read = set(re.findall(r'"((?:LUWTE|SLACK|Microsoft)[A-Za-z_]*)"', code))
    table = set(re.findall(r"^\| `([A-Za-z_]+)`", (bot / "README.md").read_text(), re.MULTILINE))

    assert table == read


def test_several_workspaces_each_have_a_token_in_a_file(tmp_path: Path) -> None:
    for name in ("mill", "dyke"):
        (tmp_path / name).write_text(f"xoxb-{name}\n")
    config = tmp_path / "luwte.toml"
    config.write_text(
        "".join(
            f'[organisations.{name}]\noperator = "bureau"\nslack_team = "T{name.upper()}"\n'
            f'slack_bot_token_file = "{tmp_path / name}"\n'
            for name in ("mill", "dyke")
        )
    )

    read = settings.read({"LUWTE_CONFIG": str(config), "SLACK_SIGNING_SECRET": "invented"})

    assert read.slack is not None
    tokens = {team: token.reveal() for team, token in read.slack.tokens.items()}
    assert tokens == {"TMILL": "xoxb-mill", "TDYKE": "xoxb-dyke"}


def test_a_token_file_needs_the_workspace_that_it_belongs_to(tmp_path: Path) -> None:
    config = tmp_path / "luwte.toml"
    config.write_text('[organisations.a]\noperator = "bureau"\nslack_bot_token_file = "x"\n')

    with pytest.raises(SettingsError, match="no slack_team"):
        settings.read({"LUWTE_CONFIG": str(config), "SLACK_SIGNING_SECRET": "invented"})


def test_workspaces_may_install_the_app_themselves_and_socket_mode_needs_no_signing_secret() -> (
    None
):
    read = settings.read(
        {
            "LUWTE_OPERATOR": "bureau",
            "LUWTE_SLACK_TEAM": "TEXAMPLE",
            "LUWTE_PUBLIC_URL": "https://luwte.example",
            "SLACK_CLIENT_ID": "1.2",
            "SLACK_CLIENT_SECRET": "invented",
            "SLACK_APP_TOKEN": "xapp-invented",
        }
    )

    assert read.slack is not None
    assert read.slack.tokens == {}
    assert read.slack.signing_secret is None
    assert read.slack.client is not None

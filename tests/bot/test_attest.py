"""The hash under "About": the same for the same promise, another one for another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot import attest, wiring
from conversations.dialogue import take
from conversations.organisation import Organisation
from conversations.turn import Reply

if TYPE_CHECKING:
    from pathlib import Path

MILL = {("slack", "T0INVENTED"): Organisation("mill", "bureau", "NL", 90)}
FILES = {"bot/a.py": b"one", "conversations/b.yaml": b"two"}
SQLITE = "sqlite:////var/lib/luwte/luwte.db"


def the_hash(
    files: dict[str, bytes] = FILES, lock: bytes = b"lock", **env: str
) -> attest.Attestation:
    return attest.compute(files, lock, attest.canonical(MILL, SQLITE, env))


def test_the_order_of_the_files_does_not_matter_and_every_byte_and_name_does() -> None:
    assert the_hash(dict(reversed(FILES.items()))) == the_hash()
    assert the_hash(FILES | {"bot/a.py": b"One"}).code != the_hash().code
    assert the_hash({"bot/c.py": b"one", "conversations/b.yaml": b"two"}).code != the_hash().code
    assert the_hash(lock=b"other").whole != the_hash().whole


def test_what_a_promise_hangs_on_counts_and_secrets_paths_and_ports_do_not() -> None:
    one = the_hash(SLACK_BOT_TOKEN="xoxb-one", LUWTE_PORT="8080", LUWTE_DATA="/srv/a")

    assert one == the_hash(SLACK_BOT_TOKEN="xoxb-two", LUWTE_PORT="8081", LUWTE_DATA="/srv/b")
    assert one.settings != the_hash().settings
    assert the_hash(LUWTE_LOG_LEVEL="DEBUG").settings != the_hash().settings


@pytest.mark.parametrize(
    "other",
    [
        {("slack", "T0INVENTED"): Organisation("mill", "employer", "NL", 90)},
        {("slack", "T0INVENTED"): Organisation("mill", "bureau", "BE", 90)},
        {("slack", "T0INVENTED"): Organisation("mill", "bureau", "NL", 30)},
        {("slack", "T0OTHER"): Organisation("mill", "bureau", "NL", 90)},
    ],
)
def test_another_organisation_or_setting_of_it_is_another_hash(
    other: dict[tuple[str, str], Organisation],
) -> None:
    assert attest.canonical(other, SQLITE, {}) != attest.canonical(MILL, SQLITE, {})


def test_no_secret_and_no_password_of_a_database_is_in_the_settings() -> None:
    url = "postgresql+psycopg://luwte:quokka-password@db/luwte"
    env = {"SLACK_BOT_TOKEN": "xoxb-quokka", "MicrosoftAppPassword": "quokka-app-password"}

    settings = attest.canonical(MILL, url, env)

    assert "quokka" not in str(settings)
    assert settings["database"] == "postgresql"
    assert settings["set"] == ["MicrosoftAppPassword", "SLACK_BOT_TOKEN"]


def test_people_see_sixteen_characters_in_groups() -> None:
    found = the_hash()

    assert found.short.replace(" ", "") == found.whole[:16]
    assert [len(group) for group in found.short.split()] == [4, 4, 4, 4]


def test_it_covers_the_code_and_the_conversations_of_this_installation() -> None:
    found = attest.of_this_installation(MILL, SQLITE, {})

    assert found == attest.of_this_installation(MILL, SQLITE, {})
    names = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}"
        for folder in map(attest._folder, attest.PACKAGES)
        for path in attest._sources(folder)
    }
    assert {"bot/attest.py", "storage/keys.py", "conversations/content/frame.yaml"} <= names


async def test_the_same_hash_stands_under_about(tmp_path: Path) -> None:
    made = wiring.house(
        database=f"sqlite:///{tmp_path / 'luwte.db'}",
        keys=tmp_path / "keys",
        organisations=MILL,
        clock=lambda: 1_795_521_600.0,
        env={},
        development=True,
    )
    expected = attest.of_this_installation(MILL, f"sqlite:///{tmp_path / 'luwte.db'}", {}).short
    scripts = made.reception.scripts("slack", "T0INVENTED")
    await made.close()

    asked = Reply(week=2969, seed="0a1b2c3d", pressed="about", token="new.nl.promise")
    assert any(expected in said for said in take(scripts, None, asked).says)
    bare = replace(scripts, attested="")
    assert not any("instellingen:" in said for said in take(bare, None, asked).says)

"""`luwte manifest teams` and `luwte setup teams`, as an administrator meets them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bot.__main__ import main

APP = "00000000-0000-0000-0000-00000000A001"


def run(out: Path, *more: str, env: dict[str, str] | None = None) -> int:
    return main(["manifest", "teams", "--app-id", APP, "--out", str(out), *more], env or {})


def manifest(out: Path) -> dict[str, object]:
    with zipfile.ZipFile(out) as archive:
        found: dict[str, object] = json.loads(archive.read("manifest.json"))
        return found


def test_a_package_is_made_from_the_app_id_alone_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "luwte.zip") == 0

    assert manifest(tmp_path / "luwte.zip")["id"] == APP.lower()
    told = capsys.readouterr()
    assert "luwte setup teams" in told.out
    assert "--website" in told.err


def test_the_pages_of_the_operator_stand_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "luwte.zip"
    given = (
        "--website",
        "https://a.example",
        "--privacy",
        "https://a.example/p",
        "--release",
        "1.2.3",
    )
    assert run(out, *given) == 0

    developer = manifest(out)["developer"]
    assert developer == {
        "name": "Luwte",
        "websiteUrl": "https://a.example",
        "privacyUrl": "https://a.example/p",
        "termsOfUseUrl": "https://a.example",
    }
    assert manifest(out)["version"] == "1.2.3"
    assert capsys.readouterr().err == ""


def test_without_a_website_the_address_of_the_server_is_taken(tmp_path: Path) -> None:
    run(tmp_path / "a.zip", env={"LUWTE_PUBLIC_URL": "https://bot.example"})

    developer = manifest(tmp_path / "a.zip")["developer"]
    assert isinstance(developer, dict)
    assert developer["websiteUrl"] == "https://bot.example"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--app-id", "luwte"), "GUID"),
        (("--release", "1.0"), "three numbers"),
        (("--website", "http://a.example"), "--website must be an https"),
        (("--privacy", "a.example"), "--privacy must be an https"),
        (("--developer", "x" * 33), "32 characters"),
        (("--out", "/nowhere/at/all.zip"), "cannot write"),
    ],
)
def test_what_microsoft_would_refuse_is_refused_here(
    more: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "luwte.zip", *more) == 2
    assert told in capsys.readouterr().err


def test_the_steps_stand_in_order_with_the_values_that_are_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    env = {"LUWTE_PUBLIC_URL": "https://bot.example", "MicrosoftAppId": APP}
    assert main(["setup", "teams"], env) == 0

    told = capsys.readouterr().out
    steps = [told.index(f"\n{number}  ") for number in range(1, 6)]
    assert steps == sorted(steps)
    assert "https://bot.example/api/messages" in told
    assert f"--app-id {APP} " in told
    assert "TENANT_ID" in told


def test_every_command_and_setting_that_the_steps_name_exists(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["setup", "teams"], {})
    told = capsys.readouterr().out
    settings = (Path(__file__).parents[2] / "bot/README.md").read_text()

    for name in ("MicrosoftAppId", "MicrosoftAppTenantId", "MicrosoftAppType", "LUWTE_OPERATOR"):
        assert f"{name}=" in told
        assert f"| `{name}` |" in settings
    for name in ("MicrosoftAppPassword", "MicrosoftAppCertificate"):
        assert f"{name}_FILE" in told
        assert f"| `{name}` | *secret*" in settings

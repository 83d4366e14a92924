"""The doctor finds what is wrong, says how to mend it, and never shows a secret."""

from __future__ import annotations

import re
import ssl
import time
from contextlib import asynccontextmanager
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import aiohttp
import jwt
import pytest
from aiohttp import web

from bot import __main__, settings, wiring
from bot.doctor import clock, here, listeners, outside
from bot.doctor.command import examine
from bot.doctor.finding import Finding, page
from tests.support import slack
from tests.support.installation import installed
from tests.support.tls import certified

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

SCOPES = "chat:write,commands,im:history,im:write"
TENANT = "00000000-0000-0000-0000-00000000b001"


class Cloud:
    """Slack's and Microsoft's answers to whoever asks who they are."""

    def __init__(self) -> None:
        self.slack: dict[str, Any] = {"ok": True, "team_id": slack.TEAM}
        self.scopes: str | None = SCOPES
        self.microsoft: dict[str, Any] = {
            "access_token": jwt.encode({"tid": TENANT}, "x" * 32, algorithm="HS256")
        }
        self.ahead = 0.0
        self.base = ""

    def routes(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/auth.test", self._auth_test)
        app.router.add_post("/token", self._token)
        app.router.add_get("/metadata", self._metadata)
        app.router.add_get("/keys", self._keys)
        return app

    def env(self, folder: Path) -> dict[str, str]:
        return {
            "LUWTE_OPERATOR": "bureau",
            "LUWTE_DATA": str(folder / "data"),
            "LUWTE_KEYS": str(folder / "keys"),
            "LUWTE_ADMIN_PORT": "0",
            "LUWTE_PORT": "1",
            "LUWTE_SLACK_TEAM": slack.TEAM,
            "LUWTE_SLACK_API_URL": f"{self.base}/api/",
            "SLACK_BOT_TOKEN": slack.TOKEN,
            "SLACK_SIGNING_SECRET": slack.SECRET,
            "MicrosoftAppId": "00000000-0000-0000-0000-00000000a001",
            "MicrosoftAppPassword": "an-invented-password",
            "MicrosoftAppTenantId": TENANT,
            "LUWTE_TEAMS_TOKEN_URL": f"{self.base}/token",
            "LUWTE_TEAMS_METADATA_URL": f"{self.base}/metadata",
        }

    @property
    def _date(self) -> dict[str, str]:
        return {"Date": formatdate(time.time() + self.ahead, usegmt=True)}

    async def _auth_test(self, _: web.Request) -> web.Response:
        told = {} if self.scopes is None else {"X-OAuth-Scopes": self.scopes}
        return web.json_response(self.slack, headers={**self._date, **told})

    async def _token(self, _: web.Request) -> web.Response:
        status = 200 if "access_token" in self.microsoft else 400
        return web.json_response(self.microsoft, status=status, headers=self._date)

    async def _metadata(self, _: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self.base}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [{}]})


@pytest.fixture
async def cloud() -> AsyncIterator[Cloud]:
    made = Cloud()
    runner, port = await slack.serve(made.routes())
    made.base = f"http://127.0.0.1:{port}"
    yield made
    await runner.cleanup()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    wiring.make_root(tmp_path / "keys")
    return tmp_path


async def examined(env: Mapping[str, str]) -> list[Finding]:
    return await examine(settings.read(env), env)


def wrongs(findings: list[Finding]) -> dict[str, str]:
    """What is wrong, by name; each has a remedy."""
    found = [each for each in findings if each.state == "wrong"]
    assert all(each.remedy for each in found)
    return {each.what: each.says for each in found}


async def test_before_serve_runs_only_that_is_wrong(cloud: Cloud, folder: Path) -> None:
    assert set(wrongs(await examined(cloud.env(folder)))) == {"serve"}


async def test_a_running_installation_has_nothing_wrong(cloud: Cloud, folder: Path) -> None:
    env = cloud.env(folder)
    async with installed(folder / "data", {**env, "LUWTE_KEYS": str(folder / "keys")}) as house:
        admin = re.search(r'"admin_started".*"count": (\d+)', house.log.getvalue())
        assert admin is not None
        port = house.url.rpartition(":")[2]
        ports = {"LUWTE_PORT": port, "LUWTE_ADMIN_PORT": admin[1]}
        findings = await examined({**env, **ports})
        other = await examined({**env, **ports, "SLACK_SIGNING_SECRET": "another"})

    assert wrongs(findings) == {}
    told = page(findings)
    assert told.endswith("Nothing is wrong.")
    assert "Slack round trip: a signed request is answered" in told
    assert "Teams round trip: there, and closed" in told
    assert wrongs(other) == {"Slack round trip": "a signed request is refused"}


@pytest.mark.parametrize(
    ("said", "what", "says"),
    [
        ({"ok": False, "error": "invalid_auth"}, "Slack token", "invalid_auth"),
        ({"ok": False, "error": "UCANARY"}, "Slack token", "other"),
        ({"ok": True, "team_id": "T0ANOTHER"}, "Slack workspace", "another one"),
    ],
)
async def test_a_token_that_is_not_good_or_not_ours_is_told(
    cloud: Cloud, folder: Path, said: dict[str, Any], what: str, says: str
) -> None:
    cloud.slack = said

    findings = await examined(cloud.env(folder))

    assert says in wrongs(findings)[what]
    assert "UCANARY" not in page(findings)


async def test_on_enterprise_grid_the_enterprise_counts(cloud: Cloud, folder: Path) -> None:
    cloud.slack = {"ok": True, "team_id": "T0ANOTHER", "enterprise_id": slack.ENTERPRISE}

    found = await examined({**cloud.env(folder), "LUWTE_SLACK_TEAM": slack.ENTERPRISE})

    assert "Slack workspace" not in wrongs(found)


@pytest.mark.parametrize(
    ("scopes", "says"),
    [
        ("chat:write, commands, im:write", "missing: im:history"),
        (f"{SCOPES},users:read", "more than is needed: users:read"),
    ],
)
async def test_scopes_must_be_exactly_those_of_the_manifest(
    cloud: Cloud, folder: Path, scopes: str, says: str
) -> None:
    cloud.scopes = scopes

    assert wrongs(await examined(cloud.env(folder)))["Slack scopes"] == says


async def test_a_platform_that_cannot_be_reached_is_told(cloud: Cloud, folder: Path) -> None:
    nowhere = {
        "LUWTE_SLACK_API_URL": "http://127.0.0.1:1/api/",
        "LUWTE_TEAMS_TOKEN_URL": "http://127.0.0.1:1/token",
        "LUWTE_TEAMS_METADATA_URL": "http://127.0.0.1:1/metadata",
    }

    found = wrongs(await examined({**cloud.env(folder), **nowhere}))

    assert {"Slack token", "Teams credentials", "Teams signing keys"} <= set(found)


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("AADSTS7000222: The provided client secret keys for app are expired.", "has ended"),
        ("AADSTS7000215: Invalid client secret provided.", "not right"),
        ("AADSTS700016: Application was not found in the directory.", "no such application"),
        ("UCANARY", "look that number up"),
    ],
)
async def test_what_microsoft_refuses_is_explained(
    cloud: Cloud, folder: Path, said: str, remedy: str
) -> None:
    cloud.microsoft = {"error": "invalid_client", "error_description": said}

    findings = await examined(cloud.env(folder))

    refused = next(each for each in findings if each.what == "Teams credentials")
    assert remedy in refused.remedy
    assert "UCANARY" not in page(findings)


async def test_a_token_of_another_tenant_is_told(cloud: Cloud, folder: Path) -> None:
    elsewhere = jwt.encode({"tid": "another"}, "x" * 32, algorithm="HS256")
    cloud.microsoft = {"access_token": elsewhere}

    assert "Teams tenant" in wrongs(await examined(cloud.env(folder)))


@pytest.mark.parametrize(("ahead", "state"), [(0.0, "well"), (-30.0, "note"), (90.0, "wrong")])
async def test_a_clock_that_differs_from_the_platforms_is_told(
    cloud: Cloud, folder: Path, ahead: float, state: str
) -> None:
    cloud.ahead = ahead

    findings = await examined(cloud.env(folder))

    assert next(each for each in findings if each.what == "clock").state == state


def test_a_date_that_is_none_is_passed_over() -> None:
    assert clock.judge([None, "yesterday"], 0.0).state == "note"


def test_keys_beside_the_database_are_told(cloud: Cloud, tmp_path: Path) -> None:
    env = {**cloud.env(tmp_path), "LUWTE_KEYS": ""}
    wiring.make_root(tmp_path / "data" / "keys")

    found = wrongs(list(here.look(settings.read(env), env, time.time())))

    assert "one backup holds both" in found["keys apart from database"]


@pytest.mark.parametrize(
    ("harm", "what"),
    [("open folder", "key folder"), ("open root", "keys"), ("no root", "keys")],
)
def test_keys_that_are_open_or_gone_are_told(
    cloud: Cloud, folder: Path, harm: str, what: str
) -> None:
    match harm:
        case "open folder":
            (folder / "keys").chmod(0o755)
        case "open root":
            (folder / "keys" / "root.key").chmod(0o644)
        case "no root":
            (folder / "keys" / "root.key").rename(folder / "elsewhere")
    env = cloud.env(folder)

    assert what in wrongs(list(here.look(settings.read(env), env, time.time())))


def test_a_database_that_is_not_there_is_told_by_its_cause(cloud: Cloud, folder: Path) -> None:
    env = {**cloud.env(folder), "LUWTE_DATABASE": "postgresql://nobody:hush@127.0.0.1:1/nothing"}

    found = list(here.look(settings.read(env), env, time.time()))

    assert wrongs(found)["database"] == "PostgreSQL cannot be read (unreachable)"
    assert "hush" not in page(found)


def test_a_secret_in_a_file_that_everybody_can_read_is_told(cloud: Cloud, folder: Path) -> None:
    file = folder / "token"
    file.write_text(slack.TOKEN)
    file.chmod(0o644)
    env = {**cloud.env(folder), "SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": str(file)}

    assert "SLACK_BOT_TOKEN_FILE" in wrongs(list(here.look(settings.read(env), env, time.time())))


@pytest.mark.parametrize("name", ["MicrosoftAppCertificate", "LUWTE_SMTP_PASSWORD"])
def test_no_secret_that_may_be_a_file_is_passed_over(cloud: Cloud, folder: Path, name: str) -> None:
    file = folder / "key"
    file.write_text("invented")
    file.chmod(0o644)
    env = cloud.env(folder)

    found = list(here.look(settings.read(env), {**env, f"{name}_FILE": str(file)}, time.time()))

    assert f"{name}_FILE" in wrongs(found)


def test_a_full_disk_is_told(cloud: Cloud, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "LITTLE", 2**80)
    env = cloud.env(folder)

    assert "data folder" in wrongs(list(here.look(settings.read(env), env, time.time())))


async def _signed_door(request: web.Request) -> web.Response:
    if "X-Slack-Signature" not in request.headers:
        return web.Response(status=401)
    return web.json_response({"challenge": (await request.json())["challenge"]})


async def _closed(_: web.Request) -> web.Response:
    return web.Response(status=401)


async def _ok(_: web.Request) -> web.Response:
    return web.Response(text="alive")


@asynccontextmanager
async def proxied(tls: ssl.SSLContext, *shown: str, alive: bool = True) -> AsyncIterator[str]:
    """A public address on this machine, whose proxy also shows these paths."""
    app = web.Application()
    for path in (*shown, *(["/healthz"] if alive else [])):
        app.router.add_get(path, _ok)
    app.router.add_post(listeners.SLACK_PATH, _signed_door)
    app.router.add_post(listeners.TEAMS_PATH, _closed)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    yield f"https://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


async def from_outside(cloud: Cloud, folder: Path, url: str, trusted: Path | None) -> list[Finding]:
    read = settings.read({**cloud.env(folder), "LUWTE_PUBLIC_URL": url})
    tls = ssl.create_default_context(cafile=trusted)
    return [each async for each in outside.look(read, time.time(), tls)]


async def test_a_good_public_address_has_nothing_wrong(cloud: Cloud, folder: Path) -> None:
    tls, file = certified(folder, 60)
    async with proxied(tls) as url:
        findings = await from_outside(cloud, folder, url, file)

    assert wrongs(findings) == {}
    assert [each.what for each in findings] == [
        "TLS",
        "Slack round trip from outside",
        "Teams round trip from outside",
    ]


@pytest.mark.parametrize(
    ("days", "name", "trusted", "what"),
    [
        (60.0, "localhost", False, "TLS"),
        (-1.0, "localhost", True, "TLS"),
        (60.0, "elsewhere.example", True, "TLS"),
    ],
    ids=["nobody vouches for it", "it has ended", "of another name"],
)
async def test_a_certificate_that_is_not_good_is_told(
    cloud: Cloud, folder: Path, days: float, name: str, trusted: bool, what: str
) -> None:
    tls, file = certified(folder, days, name)
    async with proxied(tls) as url:
        findings = await from_outside(cloud, folder, url, file if trusted else None)

    assert set(wrongs(findings)) == {what}


async def test_a_certificate_that_ends_soon_is_noted(cloud: Cloud, folder: Path) -> None:
    tls, file = certified(folder, 5)
    async with proxied(tls) as url:
        findings = await from_outside(cloud, folder, url, file)

    assert findings[0].state == "note"
    assert wrongs(findings) == {}


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
async def test_figures_that_everybody_can_see_are_told(
    cloud: Cloud, folder: Path, path: str
) -> None:
    tls, file = certified(folder, 60)
    async with proxied(tls, path) as url:
        findings = await from_outside(cloud, folder, url, file)

    assert path in wrongs(findings)["public address"]


async def test_an_address_of_somebody_else_is_told(cloud: Cloud, folder: Path) -> None:
    tls, file = certified(folder, 60)
    async with proxied(tls, alive=False) as url:
        findings = await from_outside(cloud, folder, url, file)

    assert "not this server" in wrongs(findings)["public address"]


async def test_an_address_where_nobody_answers_is_told(cloud: Cloud, folder: Path) -> None:
    findings = await from_outside(cloud, folder, "https://localhost:1", None)

    assert "cannot be reached" in wrongs(findings)["public address"]


async def test_no_secret_is_ever_shown(cloud: Cloud, folder: Path) -> None:
    env = cloud.env(folder)
    cloud.slack = {"ok": False, "error": "invalid_auth"}
    cloud.microsoft = {"error": "invalid_client", "error_description": "AADSTS7000215"}

    told = page(await examined(env))

    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "MicrosoftAppPassword"):
        assert env[name] not in told


def test_the_command_ends_with_one_where_something_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_DATA": str(folder / "data"),
        "LUWTE_KEYS": str(folder / "keys"),
        "LUWTE_SLACK_TEAM": slack.TEAM,
        "LUWTE_SLACK_API_URL": "http://127.0.0.1:1/api/",
        "LUWTE_PORT": "1",
        "SLACK_BOT_TOKEN": slack.TOKEN,
        "SLACK_SIGNING_SECRET": slack.SECRET,
    }

    assert __main__.main(["doctor"], env) == 1
    assert "thing(s) to mend." in capsys.readouterr().out
    assert __main__.main(["doctor"], {}) == 2
    assert __main__.main(["doctor", "explain", "S2"], {}) == 0
    assert "locked" in capsys.readouterr().out
    assert __main__.main(["doctor", "explain", "Q7"], {}) == 2


async def test_whoever_binds_the_second_listener_to_every_address_is_told(
    cloud: Cloud, folder: Path
) -> None:
    env = {**cloud.env(folder), "LUWTE_ADMIN_HOST": "0.0.0.0"}
    async with installed(folder / "data", {**env, "LUWTE_KEYS": str(folder / "keys")}) as house:
        found = settings.read({**env, "LUWTE_PORT": house.url.rpartition(":")[2]})
        async with aiohttp.ClientSession() as session:
            findings = [each async for each in listeners.look(session, found, time.time())]

    assert "second listener" in {each.what for each in findings}

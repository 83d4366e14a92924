"""The steps to Slack, and the manifest that they name."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from adapters.slack.manifest import manifest
from bot.__main__ import main

URL = "https://luwte.example"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, env: Any = None) -> str:
    assert main(arguments, env or {}) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("surface", ["choose", "private"])
def test_the_manifest_is_yaml_that_says_what_the_code_says(
    capsys: pytest.CaptureFixture[str], surface: Any
) -> None:
    text = printed(capsys, "manifest", "slack", "--surface", surface, "--url", URL)

    assert YAML(typ="safe").load(text) == manifest(surface, URL)


def test_the_address_may_come_from_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "manifest", "slack", env={"LUWTE_PUBLIC_URL": URL})

    assert f"{URL}/slack/events" in text


@pytest.mark.parametrize(
    "arguments", [(), ("--install", "--socket"), ("--url", "http://luwte.example")]
)
def test_a_manifest_without_a_good_address_is_refused(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("manifest", "slack", *arguments), {}) == 2
    assert "--url" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected", "absent"),
    [
        ((), ("SIGNING_SECRET", "BOT_TOKEN", "im:history", "/slack/events"), ("APP_TOKEN",)),
        (("--surface", "private"), ("LUWTE_SURFACE=private", "chat:write"), ("im:history",)),
        (("--socket",), ("APP_TOKEN", "connections:write"), ("SIGNING_SECRET", "Request URL")),
        (("--install",), ("CLIENT_SECRET", "/slack/install"), ("SLACK_BOT_TOKEN",)),
    ],
)
def test_the_steps_hold_the_values_of_this_way_and_no_other(
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    expected: tuple[str, ...],
    absent: tuple[str, ...],
) -> None:
    text = printed(capsys, "setup", "slack", *arguments, env={"LUWTE_PUBLIC_URL": URL})

    assert [line[0] for line in text.splitlines() if line[:1].isdigit()] == list("12345")
    assert [each for each in expected if each not in text] == []
    assert [each for each in absent if each in text] == []
    assert max(len(line) for line in text.splitlines()) <= 120


def test_the_address_may_be_given_and_stands_in_every_step_that_needs_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(capsys, "setup", "slack", "--url", f"{URL}/")

    assert f"--url {URL}\n" in text
    assert f"passes {URL} on to it, 127.0.0.1:8080" in text
    assert "https://HOST" not in text


def test_the_command_in_the_steps_is_one_that_works(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "setup", "slack", "--install", env={"LUWTE_PUBLIC_URL": URL})
    command = next(line.split() for line in text.splitlines() if "luwte manifest slack" in line)

    assert printed(capsys, *command[1:])

"""`luwte manifest`: the file with which an administrator adds the bot to a platform."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from bot.environment import public_url
from bot.errors import SettingsError
from conversations import library

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
RELEASE = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
LONGEST_NAME = 32
PLACEHOLDER = "https://luwte.example"
"""Teams wants to know where to read about an app and who runs it; only its operator can say."""


def slack(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Print the manifest for Slack. Raises SettingsError where an address is missing."""
    from adapters.slack.manifest import manifest

    url = public_url({"--url": given.url}, "--url") if given.url else None
    url = url or public_url(env, "LUWTE_PUBLIC_URL")
    if url is None and (given.install or not given.socket):
        raise SettingsError("--url is missing: https://HOST, where Slack reaches this server")
    made = manifest(given.surface, url, socket=given.socket, install=given.install)
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(made, sys.stdout)
    return 0


def teams(given: argparse.Namespace, env: Mapping[str, str]) -> int:
    """Write the app package for Teams. Raises SettingsError for what Microsoft would refuse."""
    from adapters.teams.manifest import package

    app = given.app_id.lower()
    if not GUID.fullmatch(app):
        raise SettingsError("--app-id is the Application (client) ID of the registration: a GUID")
    if not RELEASE.fullmatch(given.release):
        raise SettingsError("--release is three numbers, such as 1.0.1: raise it for each upload")
    if not 0 < len(given.developer) <= LONGEST_NAME:
        raise SettingsError(f"--developer is at most {LONGEST_NAME} characters")
    own = given.website or public_url(env, "LUWTE_PUBLIC_URL")
    website = _address(own or PLACEHOLDER, "--website")
    packed = package(
        library.load(),
        app_id=app,
        version=given.release,
        developer=given.developer,
        website=website,
        privacy=_address(given.privacy or website, "--privacy"),
        terms=_address(given.terms or website, "--terms"),
    )
    try:
        given.out.write_bytes(packed)
    except OSError:
        raise SettingsError(f"cannot write {given.out}") from None
    print(f"{given.out}: {len(packed)} bytes. Next: luwte setup teams, step 3")
    if own is None:
        print(
            f"It names {PLACEHOLDER} as the place to read about the bot: give --website, and "
            "--privacy and --terms if those are other pages, before people see it.",
            file=sys.stderr,
        )
    return 0


def _address(url: str, option: str) -> str:
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise SettingsError(f"{option} must be an https address")
    return url

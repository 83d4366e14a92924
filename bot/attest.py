"""The hash of code, lock and settings: `luwte audit attest` prints it, and people see it under "About".

Three parts, so that whoever compares can see which one differs. Secrets, paths, ports and the lines
of other software are no part of it: two servers that make the same promise show the same hash.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.organisations import Tenant
    from conversations.organisation import Organisation

PACKAGES = ("adapters", "bot", "conversations", "storage")
LOCK = "requirements.lock"

OPEN = (
    "LUWTE_LOG_LEVEL",
    "LUWTE_SLACK_API_URL",
    "LUWTE_TEAMS_DEVELOPMENT",
    "LUWTE_TEAMS_METADATA_URL",
    "LUWTE_TEAMS_SDK",
    "LUWTE_TEAMS_TOKEN_URL",
    "MicrosoftAppId",
    "MicrosoftAppTenantId",
    "MicrosoftAppType",
)
"""Settings that count as they are."""

SECRET = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "MicrosoftAppPassword",
    "MicrosoftAppCertificate",
)
"""Settings of which only counts whether they are set."""

SHOWN, GROUP = 16, 4


@dataclass(frozen=True, slots=True)
class Attestation:
    """SHA-256 in hexadecimal of each part, and of the three together."""

    code: str
    lock: str
    settings: str

    @property
    def whole(self) -> str:
        return _digest(f"{self.code}\n{self.lock}\n{self.settings}\n".encode())

    @property
    def short(self) -> str:
        """The first 16 characters of `whole` in groups, for people to compare by eye."""
        digits = self.whole[:SHOWN]
        return " ".join(digits[at : at + GROUP] for at in range(0, SHOWN, GROUP))


def compute(files: Mapping[str, bytes], lock: bytes, settings: Mapping[str, object]) -> Attestation:
    """Pure. `files` are keyed by their name in the packages; `settings` hold no secret."""
    listed = "".join(f"{_digest(files[name])}  {name}\n" for name in sorted(files))
    written = json.dumps(settings, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return Attestation(_digest(listed.encode()), _digest(lock), _digest(written.encode()))


def canonical(
    organisations: Mapping[Tenant, Organisation], database: str, env: Mapping[str, str]
) -> dict[str, object]:
    """The settings that a promise hangs on. Of the database only its kind is told."""
    described = {
        f"{platform}:{tenant}": {
            name: str(value) for name, value in asdict(organisation).items() if value is not None
        }
        for (platform, tenant), organisation in organisations.items()
    }
    return {
        "organisations": described,
        "database": database.partition(":")[0].partition("+")[0],
        "open": {name: env[name].strip() for name in OPEN if env.get(name, "").strip()},
        "set": sorted(name for name in SECRET if env.get(name) or env.get(f"{name}_FILE")),
    }


def of_this_installation(
    organisations: Mapping[Tenant, Organisation], database: str, env: Mapping[str, str]
) -> Attestation:
    """What runs here: the files as they lie on the disk, and the lock, or what is installed."""
    folders = [_folder(name) for name in PACKAGES]
    files = {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for folder in folders
        for path in _sources(folder)
    }
    beside = folders[0].parent / LOCK
    lock = beside.read_bytes() if beside.is_file() else _installed()
    return compute(files, lock, canonical(organisations, database, env))


def _folder(package: str) -> Path:
    return Path(str(importlib.import_module(package).__file__)).parent


def _sources(folder: Path) -> Iterable[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".py", ".yaml") and "__pycache__" not in path.parts
    )


def _installed() -> bytes:
    """Names and versions of everything installed here, for an installation without its lock."""
    found = {
        f"{each.metadata['Name'].lower()}=={each.version}" for each in metadata.distributions()
    }
    return "\n".join(sorted(found)).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

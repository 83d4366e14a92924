"""Our four generic import names are ours alone, and no file names an address or a machine."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"adapters", "bot", "conversations", "storage"}


def test_nobody_else_provides_our_import_names() -> None:
    others = set()
    for distribution in distributions():
        if distribution.metadata["Name"] == "luwte":
            continue
        for file in distribution.files or ():
            if len(file.parts) > 1 or file.suffix == ".py":
                others.add(file.parts[0].removesuffix(".py"))

    assert len(others) > 20
    assert not OURS & others


def test_the_wheel_holds_exactly_our_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == OURS


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"]
)
def test_the_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==\S+", text, re.MULTILINE)

    assert len(pinned) > 4
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text
    assert "index" not in text


def test_the_tool_locks_agree_with_what_runs() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text()
        return dict(re.findall(r"^([a-z0-9][\w.-]*)(?:\[.*\])?==(\S+)", text, re.MULTILINE))

    runs = pins("requirements.lock")
    for name in ("requirements-build.lock", "requirements-dev.lock"):
        shared = runs.keys() & pins(name).keys()
        assert {p: runs[p] for p in shared} == {p: pins(name)[p] for p in shared}

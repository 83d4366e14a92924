"""Walks through the Dockerfile where no container engine runs: the same commands, in an empty folder.

Reads the steps from the Dockerfile itself, so the two cannot drift apart: every RUN of the build
stage is run with its paths moved below a temporary folder, then the result is made read-only and
`luwte serve` runs from it as a user without rights, is asked for its health with the image's own
HEALTHCHECK, and is stopped by SIGTERM. Needs the package registry; run by `make image`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NOBODY = 65534
PORT = "18080"


def steps(dockerfile: str) -> list[tuple[str, str]]:
    """The instructions, in order, with continued lines joined."""
    joined = re.sub(r"\\\n", " ", dockerfile)
    found = re.findall(
        r"^(FROM|RUN|COPY|USER|ENV|HEALTHCHECK|ENTRYPOINT|CMD) +(.*)$", joined, re.MULTILINE
    )
    return [(word, " ".join(rest.split())) for word, rest in found]


def build(found: list[tuple[str, str]], folder: Path) -> None:
    """The first stage, with /src, /opt and /tmp moved below `folder`."""
    source = folder / "src"
    for name in ("src", "opt", "tmp"):
        (folder / name).mkdir()
    stage = 0
    for word, rest in found:
        stage += word == "FROM"
        if stage != 1:
            continue
        if word == "COPY":
            copy(rest.split(), source)
        elif word == "RUN":
            moved = re.sub(r"(?<![\w.])/(opt|tmp)/", rf"{folder}/\1/", rest)
            moved = moved.replace("python -m venv", f"{interpreter()} -m venv")
            print(f"RUN {rest[:100]}", flush=True)
            subprocess.run(["bash", "-ec", moved], cwd=source, check=True)


def interpreter() -> str:
    """One that a user without rights may run; root's own may lie where nobody else can look."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        path = Path(candidate).resolve()
        if all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents)):
            return candidate
    raise SystemExit("no Python that another user may run: install the system's python3-venv")


def copy(names: list[str], source: Path) -> None:
    *what, target = names
    for name in what:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, source / target, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, source / target)


def serve(found: list[tuple[str, str]], folder: Path) -> None:
    """The second stage: read-only, without rights, healthy, and gone when asked."""
    programs = folder / "opt/luwte/bin"
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
    subprocess.run(["chmod", "-R", "a-w", str(folder / "opt")], check=True)
    folder.chmod(0o755)
    env = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LUWTE_DATA": str(data),
        "LUWTE_PORT": PORT,
        "LUWTE_OPERATOR": "bureau",
        "LUWTE_SLACK_TEAM": "TEXAMPLE",
        "SLACK_BOT_TOKEN": "xoxb-invented",
        "SLACK_SIGNING_SECRET": "invented",
    }
    common: dict[str, Any] = {"env": env, "cwd": "/"}
    if os.geteuid() == 0:
        common |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    subprocess.run([str(programs / "luwte"), "check"], check=True, **common)
    subprocess.run([str(programs / "luwte"), "keys", "init"], check=True, **common)
    running = subprocess.Popen([str(programs / "luwte"), "serve"], **common)
    try:
        health = next(rest for word, rest in found if word == "HEALTHCHECK")
        command = json.loads(health[health.index("CMD") + 3 :])
        for _ in range(40):
            healthy = subprocess.run(
                command, check=False, stderr=subprocess.DEVNULL, **common
            ).returncode
            if healthy == 0:
                break
            time.sleep(0.25)
        assert healthy == 0, "the health check never passed"
    finally:
        running.send_signal(signal.SIGTERM)
    assert running.wait(timeout=20) == 0, "SIGTERM was not answered with a clean end"


def main() -> None:
    found = steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    users = [rest for word, rest in found if word == "USER"]
    assert users, "the image must not run as root"
    assert users[-1] not in ("root", "0"), "the image must not run as root"
    folder = Path(tempfile.mkdtemp(prefix="luwte-image-"))
    try:
        build(found, folder)
        serve(found, folder)
    finally:
        subprocess.run(["chmod", "-R", "u+w", str(folder)], check=False)
        shutil.rmtree(folder, ignore_errors=True)
    print("the steps of the Dockerfile hold")


if __name__ == "__main__":
    main()

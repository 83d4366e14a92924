"""The examples of bot/deploy hold together with the program, as far as that can be seen offline."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from adapters.slack.install import BEGIN
from adapters.slack.manifest import INSTALLED
from bot import settings, web
from bot.doctor.listeners import SLACK_PATH, TEAMS_PATH
from tests.support.programs import found

BOT = Path(settings.__file__).parent
DEPLOY = BOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"

FILES = ("luwte.yaml", "ingress.yaml")
INIT = str(KUBERNETES / "keys-init.yaml")

Yaml = dict[str, Any]

DELIVERY_GRACE = 5.0
"""Seconds that answers on their way get after the turns."""


def documents(path: Path) -> list[Yaml]:
    return list(YAML(typ="safe").load_all(path.read_text()))


@pytest.fixture
def compose() -> Yaml:
    (found,) = documents(DEPLOY / "compose.yaml")
    return found


@pytest.fixture
def pod() -> Yaml:
    deployment = next(each for each in objects() if each["kind"] == "Deployment")
    found: Yaml = deployment["spec"]["template"]["spec"]
    return found


def objects() -> list[Yaml]:
    return [each for file in FILES for each in documents(KUBERNETES / file)]


def known_settings() -> set[str]:
    names = set(re.findall(r"^\| `([A-Za-z_]+)`", (BOT / "README.md").read_text(), re.MULTILINE))
    return names | {f"{name}_FILE" for name in names}


def processes(compose: Yaml) -> list[Yaml]:
    return [each for name, each in compose["services"].items() if name.startswith("luwte-")]


def test_two_processes_run_the_same_and_share_nothing_but_database_and_keys(compose: Yaml) -> None:
    one, other = processes(compose)

    assert one["environment"] == other["environment"]
    shared = set(one["volumes"]) & set(other["volumes"])
    assert shared == {"./config:/config:ro", "keys:/keys"}
    assert one["environment"]["LUWTE_KEYS"] == "/keys"
    assert not [each for each in compose["services"]["database"]["volumes"] if "keys" in each]


def test_every_setting_in_the_examples_exists(compose: Yaml, pod: Yaml) -> None:
    given = set(processes(compose)[0]["environment"])
    given |= {each["name"] for each in pod["containers"][0]["env"]}

    assert given <= known_settings()
    assert "LUWTE_DATABASE_FILE" in given


def test_no_secret_stands_in_the_examples(compose: Yaml, pod: Yaml) -> None:
    environment = {**processes(compose)[0]["environment"]}
    environment |= {each["name"]: each["value"] for each in pod["containers"][0]["env"]}

    for name in ("LUWTE_DATABASE", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        assert name not in environment
    asked = {Path(v).name for k, v in environment.items() if str(v).startswith("/run/secrets/")}
    assert asked <= set(compose["secrets"])


def test_only_the_proxy_can_be_reached_from_outside_and_the_database_reaches_nobody(
    compose: Yaml,
) -> None:
    assert [name for name, each in compose["services"].items() if "ports" in each] == ["proxy"]
    assert compose["services"]["database"]["networks"] == ["inside"]
    assert compose["networks"]["inside"] == {"internal": True}


def test_the_proxy_passes_on_the_platforms_paths_and_nothing_else() -> None:
    caddy = (DEPLOY / "Caddyfile").read_text()
    ingress = next(each for each in objects() if each["kind"] == "Ingress")
    paths = ingress["spec"]["rules"][0]["http"]["paths"]

    known = (SLACK_PATH, BEGIN, INSTALLED, TEAMS_PATH, "/healthz")
    assert re.findall(r"@platforms path (.*)", caddy) == [" ".join(known)]
    assert {(each["path"], each["pathType"]) for each in paths} == {
        (path, "Exact") for path in known
    }
    assert "\n\tlog" not in caddy
    assert f"max_size {web.LARGEST_BODY // 1024}KB" in caddy


def test_a_stopping_process_gets_the_time_that_it_may_take(compose: Yaml, pod: Yaml) -> None:
    for drain, grace in (
        (
            processes(compose)[0]["environment"]["LUWTE_DRAIN_SECONDS"],
            processes(compose)[0]["stop_grace_period"].removesuffix("s"),
        ),
        (
            next(
                each["value"]
                for each in pod["containers"][0]["env"]
                if each["name"] == "LUWTE_DRAIN_SECONDS"
            ),
            pod["terminationGracePeriodSeconds"],
        ),
    ):
        assert int(drain) + web.GRACE + DELIVERY_GRACE < int(grace)


def test_the_pods_are_asked_the_right_questions_and_run_without_rights(pod: Yaml) -> None:
    (container,) = pod["containers"]
    ports = {each["name"]: each["containerPort"] for each in container["ports"]}

    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "platforms"}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "operator"}
    assert ports == {"platforms": 8080, "operator": settings.ADMIN_PORT}
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in pod["volumes"]}
    secrets = next(each for each in pod["volumes"] if each["name"] == "secrets")
    assert secrets["secret"]["defaultMode"] == 0o440


def test_the_root_key_is_made_on_the_volume_of_the_pods_by_the_same_user(pod: Yaml) -> None:
    (job,) = documents(Path(INIT))
    made = job["spec"]["template"]["spec"]
    (container,), (other,) = made["containers"], pod["containers"]

    assert container["args"] == ["keys", "init"]
    assert container["image"] == other["image"]
    assert container["env"] == [each for each in other["env"] if each["name"] == "LUWTE_KEYS"]
    assert made["volumes"] == [each for each in pod["volumes"] if each["name"] == "keys"]
    assert made["securityContext"] == pod["securityContext"]
    assert container["securityContext"] == other["securityContext"]


def test_the_service_does_not_show_the_figures() -> None:
    service = next(each for each in objects() if each["kind"] == "Service")

    assert [each["targetPort"] for each in service["spec"]["ports"]] == ["platforms"]


def test_everything_belongs_together_by_its_names() -> None:
    names = {each["kind"]: each["metadata"]["name"] for each in objects()}
    (kustomization,) = documents(KUBERNETES / "kustomization.yaml")

    for each in objects():
        assert {"apiVersion", "kind", "metadata", "spec"} <= set(each)
    assert set(names.values()) == {"luwte", "luwte-keys"}
    assert all((KUBERNETES / file).is_file() for file in kustomization["resources"])
    generated = kustomization["configMapGenerator"][0]
    assert all((KUBERNETES / file).is_file() for file in generated["files"])
    read = settings.read(
        {
            "LUWTE_CONFIG": str(KUBERNETES / generated["files"][0]),
            "SLACK_BOT_TOKEN": "xoxb-invented",
            "SLACK_SIGNING_SECRET": "invented",
        }
    )
    assert [each.label for each in read.organisations.values()] == ["example"]


@pytest.mark.parametrize(
    "command",
    [
        ["kubernetes-validate", "--strict", *(str(KUBERNETES / each) for each in FILES), INIT],
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
    ],
    ids=["kubernetes", "caddy"],
)
def test_their_own_validators_agree(command: list[str]) -> None:
    program = found(command[0])
    assert program is not None, "it comes with the development lock"
    env = {**os.environ, "LUWTE_DOMAIN": "luwte.example"}

    done = subprocess.run(
        [program, *command[1:]], check=False, capture_output=True, text=True, env=env
    )

    assert done.returncode == 0, done.stderr

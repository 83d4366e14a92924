"""Signed requests with anything in them, through the whole program: never an error, never a trace."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support.besieged import Besieged, besieged, form
from tests.support.payloads import slack_bodies, slack_payloads, teams_activities, teams_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    with besieged(tmp_path_factory.mktemp("besieged")) as made:
        yield made


@FEW
@given(payload=slack_payloads)
def test_every_payload_of_slack_is_answered(house: Besieged, payload: dict[str, Any]) -> None:
    house.slack(*form(payload))


@FEW
@given(body=slack_bodies)
def test_every_body_of_slack_is_answered(house: Besieged, body: bytes) -> None:
    house.slack(body, "application/json")


@FEW
@given(activity=teams_activities)
def test_every_activity_of_teams_is_answered(house: Besieged, activity: dict[str, Any]) -> None:
    house.teams(json.dumps(activity).encode("utf-8", "surrogatepass"))


@FEW
@given(body=teams_bodies)
def test_every_body_of_teams_is_answered(house: Besieged, body: bytes) -> None:
    house.teams(body)

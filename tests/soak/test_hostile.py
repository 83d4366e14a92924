"""Twenty thousand of everything that a platform or a damaged disk can bring."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.support import reading, sealed
from tests.support.besieged import Besieged, besieged, form
from tests.support.payloads import slack_bodies, slack_payloads, teams_activities, teams_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
WHOLE = settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(slack_payloads)
def test_every_payload_of_slack_is_read(payload: dict[str, Any]) -> None:
    reading.hold_slack(payload)


@MANY
@given(slack_bodies)
def test_every_body_of_slack_is_read_or_refused(body: bytes) -> None:
    reading.hold_slack_body(body)


@MANY
@given(teams_activities)
def test_every_activity_of_teams_is_read(activity: dict[str, Any]) -> None:
    reading.hold_teams(activity)


@MANY
@given(teams_bodies)
def test_every_body_of_teams_is_read_or_refused(body: bytes) -> None:
    reading.hold_teams_body(body)


@MANY
@given(sealed.harmed())
def test_a_harmed_row_is_refused_and_left_as_it_is(row: bytes) -> None:
    sealed.hold_sealed(row)


@MANY
@given(sealed.contents())
def test_contents_that_are_no_session_are_refused(inside: bytes) -> None:
    sealed.hold_contents(inside)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    with besieged(tmp_path_factory.mktemp("besieged")) as made:
        yield made


@WHOLE
@given(payload=slack_payloads)
def test_every_payload_of_slack_is_answered(house: Besieged, payload: dict[str, Any]) -> None:
    house.slack(*form(payload))


@WHOLE
@given(body=slack_bodies)
def test_every_body_of_slack_is_answered(house: Besieged, body: bytes) -> None:
    house.slack(body, "application/json")


@WHOLE
@given(activity=teams_activities)
def test_every_activity_of_teams_is_answered(house: Besieged, activity: dict[str, Any]) -> None:
    house.teams(json.dumps(activity).encode("utf-8", "surrogatepass"))


@WHOLE
@given(body=teams_bodies)
def test_every_body_of_teams_is_answered(house: Besieged, body: bytes) -> None:
    house.teams(body)

"""Whatever stands in a payload, it is read or refused, and never an error."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.support import reading
from tests.support.payloads import slack_bodies, slack_payloads, teams_activities, teams_bodies

FEW = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(slack_payloads)
def test_every_payload_of_slack_is_read(payload: dict[str, Any]) -> None:
    reading.hold_slack(payload)


@FEW
@given(slack_bodies)
def test_every_body_of_slack_is_read_or_refused(body: bytes) -> None:
    reading.hold_slack_body(body)


@FEW
@given(teams_activities)
def test_every_activity_of_teams_is_read(activity: dict[str, Any]) -> None:
    reading.hold_teams(activity)


@FEW
@given(teams_bodies)
def test_every_body_of_teams_is_read_or_refused(body: bytes) -> None:
    reading.hold_teams_body(body)

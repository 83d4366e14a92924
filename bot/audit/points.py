"""The places in the program that the audit makes fail, each on the way of one surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["database", "crypto", "HTTP", "platform", "conversation"]
Surface = Literal["Slack", "Teams", "purge"]


@dataclass(frozen=True, slots=True)
class Point:
    """A function that fails, on the way of this surface."""

    kind: Kind
    where: str
    surface: Surface = "Slack"


def _points(kind: Kind, surface: Surface, *places: str) -> tuple[Point, ...]:
    return tuple(Point(kind, place, surface) for place in places)


POINTS = (
    *_points(
        "database",
        "Slack",
        "storage.rows:read",
        "storage.rows:write",
        "storage.rows:row_number",
        "storage.ledger:locators",
        "storage.ledger:Batch",
        "storage.ledger:Ledger._settle",
        "storage.batch:Batch.changes",
        "sqlalchemy.engine.base:Connection.begin",
        "sqlalchemy.engine.base:Connection.execute",
        "sqlalchemy.engine.base:Transaction.commit",
        "sqlalchemy.engine.default:DefaultDialect.do_execute",
        "sqlalchemy.engine.default:DefaultDialect.do_commit",
    ),
    *_points("database", "purge", "storage.rows:purge", "sqlalchemy.engine.base:Connection.begin"),
    *_points(
        "crypto",
        "Slack",
        "storage.batch:seal",
        "storage.batch:unseal",
        "storage.batch:encode",
        "storage.batch:decode",
        "storage.sealing:AESGCM",
        "storage.sealing:_bound_to",
        "storage.identities:place",
        "storage.keys:joined",
        "storage.keys:text",
        "storage.keys:HKDFExpand",
        "storage.epochs:Epochs.usable",
    ),
    *_points(
        "crypto",
        "Teams",
        "storage.batch:seal",
        "storage.batch:unseal",
        "storage.identities:place",
        "jwt:decode",
        "jwt:get_unverified_header",
    ),
    *_points(
        "HTTP",
        "Slack",
        "slack_sdk.web.async_base_client:_request_with_session",
        "slack_sdk.web.async_base_client:AsyncBaseClient._send",
        "aiohttp.web_request:BaseRequest.read",
        "adapters.slack.api:AsyncWebClient.api_call",
        "adapters.slack.api:SlackApi._call",
        "adapters.slack.app:genuine",
        "adapters.slack.app:contents",
        "adapters.slack.app:outline",
        "adapters.slack.app:to_aiohttp_response",
        "slack_bolt.app.async_app:AsyncApp.async_dispatch",
    ),
    *_points(
        "HTTP",
        "Teams",
        "adapters.teams.seam:read_activity",
        "adapters.teams.seam:check_headers",
        "adapters.teams.connector:_url",
        "adapters.teams.connector:Connector.post",
        "adapters.teams.connector:Connector._judge",
        "adapters.teams.token:OutgoingToken.value",
        "adapters.teams.keyset:KeySet.get",
    ),
    *_points(
        "platform",
        "Slack",
        "adapters.slack.inbound:message",
        "adapters.slack.inbound:press",
        "adapters.slack.inbound:submission",
        "adapters.slack.inbound:plain",
        "adapters.slack.inbound:tenant",
        "adapters.slack.render:message",
        "adapters.slack.window:view",
        "adapters.delivery:Delivery.send",
        "adapters.reception:Reception.take",
        "adapters.reception:Reception._reply",
        "adapters.reception:Reception._take",
    ),
    *_points(
        "platform",
        "Teams",
        "adapters.teams.app:read",
        "adapters.teams.inbound:_event",
        "adapters.teams.seam:_addressed",
        "adapters.teams.auth:StrictAuth.verify",
        "adapters.teams.auth:StrictAuth.bind",
        "adapters.teams.cards:message",
        "adapters.teams.dialog:question",
        "adapters.teams.dialog:stays",
        "adapters.teams.app:TeamsApp._visit",
        "botbuilder.core.cloud_adapter_base:CloudAdapterBase.process_activity",
        "adapters.reception:Reception.take",
    ),
    *_points(
        "conversation",
        "Slack",
        "conversations.dialogue:take",
        "conversations.dialogue:advance",
        "conversations.dialogue:encode",
    ),
)
"""Every point. A test counts them, and `inject` tells those that were not reached."""

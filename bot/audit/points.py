"""The places in the program that the audit makes fail, each on the way of one surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["database", "crypto", "HTTP", "platform", "conversation"]
Surface = Literal["Slack", "Teams", "a lock in Slack", "a lock in Teams", "purge"]


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
        "adapters.teams.auth:StrictAuth._proven",
        "jwt:get_unverified_header",
    ),
    *_points(
        "HTTP",
        "Slack",
        "adapters.slack.call:Caller.call",
        "adapters.slack.call:_object",
        "aiohttp.web_request:BaseRequest.read",
        "adapters.slack.api:SlackApi._attempt",
        "adapters.slack.api:SlackApi._call",
        "adapters.slack.app:genuine",
        "adapters.slack.app:contents",
        "adapters.slack.app:_guarded",
        "adapters.slack.app:SlackApp.answer",
        "adapters.slack.envelope:_object",
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
    *_points(
        "crypto",
        "a lock in Slack",
        "storage.lock:Locks.propose",
        "storage.lock:Locks.unlock",
        "storage.lock:stretched",
        "storage.lock:behind",
        "storage.lock:Argon2id",
        "storage.tickets:Tickets._seal",
        "storage.tickets:Tickets._open",
        "storage.tickets:AESGCM",
        "storage.batch:seal",
    ),
    *_points(
        "conversation",
        "a lock in Slack",
        "conversations.locking:with_code",
        "conversations.locking:closed_behind",
        "conversations.codefield:ask",
        "adapters.locker:Locker._set",
        "adapters.locker:Locker._open",
        "adapters.locker:Locker.closed",
        "adapters.locker:Locker.carried",
    ),
    *_points(
        "platform",
        "a lock in Slack",
        "adapters.slack.window:_code",
        "adapters.slack.inbound:_entered",
        "adapters.slack.api:SlackApi.update_window",
    ),
    *_points(
        "platform",
        "a lock in Teams",
        "adapters.locker:Locker.secret",
        "adapters.locker:Locker.opened",
        "adapters.teams.inbound:_typed_in",
        "adapters.teams.dialog:_entering",
        "storage.lock:Locks.proposed",
    ),
)
"""Every point. A test counts them, and `inject` tells those that were not reached."""

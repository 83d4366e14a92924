"""What is kept of a coach, as the server may read it: a value, and its bytes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from conversations.caseports import Address, Door, Invitation
from conversations.cases import Coach
from storage.envelopes import fingerprint
from storage.errors import SealError

if TYPE_CHECKING:
    from conversations.caseports import Platform, Route
    from conversations.script import Language

AWAY_WEEKS = 9
"""Weeks without a look at the desk after which a coach gets no new case."""


@dataclass(frozen=True, slots=True, repr=False)
class Profile:
    """An invitation, and what registration and use added to it.

    `public` is the public half of their key in hexadecimal, empty as long as nobody has
    registered. `seen` is the week in which the desk was last looked at.
    """

    name: str
    languages: tuple[Language, ...]
    knows: str
    external: bool
    answers_within: int
    organisations: tuple[str, ...]
    desk: Platform
    route: Route
    to: str | None
    tenant: str = ""
    public: str = ""
    seen: int = 0
    away_until: int | None = None
    confirmed: bool = False

    def __repr__(self) -> str:
        return "<profile>"

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    def available(self, week: int) -> bool:
        """Whether a new case may be sealed to this coach."""
        seen = week - self.seen < AWAY_WEEKS
        return self.confirmed and seen and not self.on_holiday(week)

    def on_holiday(self, week: int) -> bool:
        return self.away_until is not None and week <= self.away_until

    def told_anew(self, said: Profile) -> Profile:
        """With what a second invitation says; organisations are added, and key and account stay."""
        both = tuple(dict.fromkeys((*self.organisations, *said.organisations)))
        told = {each.name: getattr(said, each.name) for each in fields(Invitation)}
        return replace(self, **{**told, "organisations": both})

    def coach(self, id_: bytes, week: int) -> Coach:
        """As people choose one."""
        return Coach(
            id=id_.hex(),
            name=self.name,
            languages=self.languages,
            knows=self.knows,
            external=self.external,
            answers_within=self.answers_within,
            reads_at=self.desk,
            fingerprint=fingerprint(bytes.fromhex(self.public)),
            available=self.available(week),
        )

    def door(self, id_: bytes, week: int, *, waits: bool) -> Door:
        return Door(
            coach=self.coach(id_, week),
            organisations=self.organisations,
            waits=waits,
            confirmed=self.confirmed,
            away_until=self.away_until,
        )

    def address(self) -> Address | None:
        """Where notices go; None where registration gave no address."""
        return None if self.to is None else Address(self.route, self.tenant, self.to)

    def invitation(self) -> Invitation:
        """What the operator said."""
        return Invitation(**{each.name: getattr(self, each.name) for each in fields(Invitation)})


def of_invitation(invitation: Invitation) -> Profile:
    return Profile(**{each.name: getattr(invitation, each.name) for each in fields(invitation)})


def decoded(data: bytes) -> Profile:
    """Raises SealError where it is none of ours."""
    try:
        value = json.loads(data)
        value["languages"] = tuple(value["languages"])
        value["organisations"] = tuple(value["organisations"])
        return Profile(**value)
    except (ValueError, KeyError, TypeError):
        raise SealError("unopened") from None

"""The registry of coaches: what the operator does, and what everybody may know."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from conversations.caseports import Entry
from conversations.cases import Coaching
from conversations.passphrase import COUNT, SYMBOLS
from storage import coachrows, handing
from storage.coachrows import Told
from storage.envelopes import ID
from storage.profiles import of_invitation
from storage.timetable import Timetable
from storage.weeks import week_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from sqlalchemy import Connection

    from conversations.caseports import Invitation
    from conversations.cases import Coach
    from storage.casework import Casework
    from storage.coachrows import CoachRow
    from storage.sessions import SqlSessions

    Notice = Literal["none", "due", "sent", "failing"]

REMEMBERED = 60.0
"""Seconds for which the coaches of an organisation are not read again."""

MINUTE = 60.0

INVITED_WEEKS = 2

NOTICES: dict[Told, Notice] = {
    Told.NOTHING: "none",
    Told.DUE: "due",
    Told.SENT: "sent",
    Told.FAILING: "failing",
}


class SqlCoaches:
    """Implements `conversations.caseports.Coaches`. For one event loop; see `SqlRounds`."""

    def __init__(
        self, sessions: SqlSessions, work: Casework, timetables: Mapping[str, Timetable]
    ) -> None:
        self._sessions, self._work, self._keys = sessions, work, work.keys
        self._timetables = timetables
        self._remembered: tuple[float, list[CoachRow]] | None = None
        self._known: dict[str, tuple[int, Coaching]] = {}

    async def coaching(self, organisation: str) -> Coaching:
        """See `conversations.caseports.Coaches.coaching`."""
        now = self._work.clock()
        if self._remembered is None or not 0 <= now - self._remembered[0] < REMEMBERED:
            self._remembered = (now, await self._every())
            self._known.clear()
        minute = int(now // MINUTE)
        known = self._known.get(organisation)
        if known is not None and known[0] == minute:
            return known[1]
        self._known[organisation] = (minute, self._coaching(organisation, now, self._remembered[1]))
        return self._known[organisation][1]

    def _coaching(self, organisation: str, now: float, rows: Sequence[CoachRow]) -> Coaching:
        """Rounds leave at whole hours, so it is the same for a whole minute."""
        week = week_of(now)
        serving: list[Coach] = [
            row.profile.coach(row.id, week)
            for row in rows
            if organisation in row.profile.organisations and row.profile.confirmed
        ]
        timetable = self._timetables.get(organisation, Timetable())
        return Coaching(
            coaches=tuple(sorted(serving, key=lambda each: (not each.available, each.name))),
            latest_day=timetable.latest_day(now),
            next_day=timetable.next_day(now),
        )

    async def invite(self, invitation: Invitation) -> str:
        """See `conversations.caseports.Coaches.invite`."""
        code = "".join(secrets.choice(SYMBOLS) for _ in range(COUNT))
        locator, until = self._keys.invitation(code), self._work.week + INVITED_WEEKS
        profile = of_invitation(invitation)
        await self._sessions.perform(
            lambda live: coachrows.invite(live, self._keys, locator, profile, until),
            erases=False,
        )
        return code

    async def listed(self) -> Sequence[Entry]:
        """See `conversations.caseports.Coaches.listed`."""
        week = self._work.week
        coaches = [
            Entry(
                id=row.id.hex(),
                invitation=row.profile.invitation(),
                coach=row.profile.coach(row.id, week),
                away_until=row.profile.away_until,
                notice=NOTICES[row.notice],
                expires_week=None,
            )
            for row in await self._every()
        ]
        waiting = await self._sessions.perform(lambda live: coachrows.invitations(live, self._keys))
        invited = [
            Entry(row.locator.hex(), row.profile.invitation(), None, None, "none", row.expires_week)
            for row in waiting
            if row.expires_week >= week
        ]
        return sorted(coaches, key=lambda each: each.invitation.name) + invited

    async def remove(self, id: str) -> int | None:  # noqa: A002  the word of the port
        """See `conversations.caseports.Coaches.remove`."""
        try:
            whose = bytes.fromhex(id)
        except ValueError:
            return None
        if len(whose) != ID:
            return None
        self._remembered = None
        self._known.clear()

        def go(connection: Connection) -> int | None:
            if coachrows.use_up(connection, whose):
                return 0
            if not coachrows.remove(connection, whose):
                return None
            return handing.leave(self._keys, whose, connection)

        return await self._sessions.perform(go, erases=True)

    async def _every(self) -> list[CoachRow]:
        return await self._sessions.perform(lambda live: coachrows.every(live, self._keys))
